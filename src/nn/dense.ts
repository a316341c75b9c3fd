/**
 * The dense layer: a = f(x·W + b).
 *
 * Shapes: x [B, inputs], W (kernel) [inputs, units], b (bias) [1, units], a [B, units].
 * Source: Goodfellow, Bengio & Courville (2016), chapter 6.
 */
import type { Graph } from "../graph/graph.ts";
import type { Node } from "../graph/nodes.ts";
import { checkOptions, flags, layerName, names, type OptionTable } from "../tensor/options.ts";
import { type Activation, activationFunction } from "./activations.ts";
import {
  glorotUniform,
  type Initializer,
  type InitializerName,
  initializerOf,
  zeros,
} from "./initializers.ts";
import { checkInputs, checkUnits, type Layer, type WeightSpec } from "./layer.ts";
import { isRegularizer, type Regularizer } from "./regularizers.ts";

/** Options of `dense`. */
export interface DenseOptions {
  readonly name?: string;
  /** A name or a function (g, z) => a; default "linear". */
  readonly activation?: Activation;
  /** Default true. */
  readonly useBias?: boolean;
  /** Default "glorotUniform". */
  readonly kernelInitializer?: InitializerName | Initializer;
  /** Default "zeros". */
  readonly biasInitializer?: InitializerName | Initializer;
  readonly kernelRegularizer?: Regularizer;
  readonly biasRegularizer?: Regularizer;
}

/** What `dense` makes. */
export interface DenseLayer extends Layer {
  readonly kind: "dense";
  readonly config: {
    readonly units: number;
    readonly activation: Activation;
    readonly useBias: boolean;
    readonly kernelInitializer: Initializer;
    readonly biasInitializer: Initializer;
    readonly kernelRegularizer?: Regularizer;
    readonly biasRegularizer?: Regularizer;
  };
}

const penalty = (name: string) => ({
  expected: `${name} as a regularizer`,
  accepts: isRegularizer,
  cure: "Give e.g. l2(0.01).",
});
const DENSE_TABLE: OptionTable = {
  ...layerName,
  ...names("activation"),
  ...flags("useBias"),
  ...names("kernelInitializer", "biasInitializer"),
  kernelRegularizer: penalty("kernelRegularizer"),
  biasRegularizer: penalty("biasRegularizer"),
};

const scaled = (g: Graph, x: Node, scale: number): Node => (scale === 1 ? x : g.mul(x, scale));

/**
 * A fully connected layer, a = f(x·W + b). Shapes: [B, inputs] → [B, units].
 * @throws {UsageError} if `units` is not a whole number ≥ 1, or an option or name is unknown.
 * @example
 * const hidden = dense(128, { activation: "relu", kernelInitializer: "heUniform", kernelRegularizer: l2(1e-4) });
 * sequential([hidden], { inputShape: [784] }).countParameters().total // 100480
 * @see Goodfellow, Bengio & Courville (2016), chapter 6
 */
export function dense(units: number, options: DenseOptions = {}): DenseLayer {
  checkUnits("dense", "units", units);
  checkOptions("dense", DENSE_TABLE, options);
  const { name, activation = "linear", useBias = true, kernelRegularizer, biasRegularizer } = options;
  const config = {
    units,
    activation,
    useBias,
    kernelInitializer: initializerOf("dense", options.kernelInitializer ?? glorotUniform()),
    biasInitializer: initializerOf("dense", options.biasInitializer ?? zeros()),
    ...(kernelRegularizer && { kernelRegularizer }),
    ...(biasRegularizer && { biasRegularizer }),
  };
  const f = activationFunction("dense", activation);
  return {
    kind: "dense",
    ...(name !== undefined && { name }),
    config,
    plan(inputs) {
      checkInputs("dense", inputs);
      const kernel: WeightSpec = {
        name: "kernel",
        letter: "W",
        shape: [inputs, units],
        initializer: config.kernelInitializer,
        ...(kernelRegularizer && { regularizer: kernelRegularizer }),
      };
      const bias: WeightSpec = {
        name: "bias",
        letter: "b",
        shape: [1, units],
        initializer: config.biasInitializer,
        ...(biasRegularizer && { regularizer: biasRegularizer }),
      };
      return {
        outputs: units,
        parameters: useBias ? [kernel, bias] : [kernel],
        state: [],
        scalesInput: true,
        apply(g, x, { weight, inputScale = 1 }) {
          const product = scaled(g, g.matmul(x, weight("kernel")), inputScale);
          return useBias ? g.add(product, weight("bias")) : product;
        },
        activation: f,
      };
    },
  };
}
