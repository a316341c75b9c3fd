/**
 * A network described by a list of layers, as the tutorial does it, and the first values of its parameters.
 *
 * Data are rows (one example per row), so a weight matrix is stored [inputs, outputs]: the transpose of the
 * tutorial's W. The numbers are drawn in the tutorial's order.
 */
import { RandomState } from "papergrad";

/** One entry of the list. */
export interface LayerSpec {
  readonly input_dim: number;
  readonly output_dim: number;
  readonly activation: "relu" | "sigmoid";
}

/** The tutorial's list: 2-25-50-50-25-1, 5,226 parameters. */
export const NN_ARCHITECTURE: readonly LayerSpec[] = [
  { input_dim: 2, output_dim: 25, activation: "relu" },
  { input_dim: 25, output_dim: 50, activation: "relu" },
  { input_dim: 50, output_dim: 50, activation: "relu" },
  { input_dim: 50, output_dim: 25, activation: "relu" },
  { input_dim: 25, output_dim: 1, activation: "sigmoid" },
];

/** Values of all parameters by name: W1 [inputs, outputs] row by row, b1, W2, … in the order of the layers. */
export type Params = Readonly<Record<string, Float64Array>>;

/** W1, b1, W2, b2, … */
export const parameterNames = (nn: readonly LayerSpec[]): string[] =>
  nn.flatMap((_, k) => [`W${k + 1}`, `b${k + 1}`]);

/** The tutorial's start: W and b of every layer 0.1 times a standard normal. */
export function initLayers(nn: readonly LayerSpec[], seed: number): Params {
  const random = new RandomState(seed);
  const params: Record<string, Float64Array> = {};
  for (const [k, { input_dim, output_dim }] of nn.entries()) {
    const W = random.randn(output_dim, input_dim).data.map((v) => v * 0.1);
    params[`W${k + 1}`] = transposed(W, output_dim, input_dim);
    params[`b${k + 1}`] = random.randn(output_dim).map((v) => v * 0.1);
  }
  return params;
}

/** Keras's start: W uniform in ±√(6 / (inputs + outputs)), b zero. Source: Glorot & Bengio (2010), equation 16. */
export function glorotLayers(nn: readonly LayerSpec[], seed: number): Params {
  const random = new RandomState(seed);
  const params: Record<string, Float64Array> = {};
  for (const [k, { input_dim, output_dim }] of nn.entries()) {
    const limit = Math.sqrt(6 / (input_dim + output_dim));
    params[`W${k + 1}`] = random.uniform(-limit, limit, input_dim * output_dim);
    params[`b${k + 1}`] = new Float64Array(output_dim);
  }
  return params;
}

/** Columns of a rows × cols matrix as rows. */
export function transposed(values: ArrayLike<number>, rows: number, cols: number): Float64Array {
  const out = new Float64Array(rows * cols);
  for (let r = 0; r < rows; r++) for (let c = 0; c < cols; c++) out[c * rows + r] = values[r * cols + c]!;
  return out;
}
