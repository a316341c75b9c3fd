/**
 * Starts and runs of tutorial 003: NumPy's and MATLAB's random numbers, the loop until the tolerance is met.
 *
 * The loop itself runs inside the engine, which ends it; here it is only cut into pieces so that others get a turn.
 */

import { RandomState } from "papergrad";
import { type BackendName, createEngine, type Entry } from "papergrad/engine";
import { pause } from "../shared/pause.ts";
import type { Variant } from "../types.ts";
import { golden } from "./golden.ts";
import { type Shapes, shapesFor, step } from "./step.ts";

export type Weights = readonly [ArrayLike<number>, ArrayLike<number>, ArrayLike<number>];

export const X: readonly (readonly number[])[] = golden.x;
export const Y: readonly (readonly number[])[] = golden.y;
export const shapes: Shapes = shapesFor(3, 4, 2);

const sizes = ({ inputs, hidden1, hidden2, outputs }: Shapes) =>
  [
    [inputs, hidden1],
    [hidden1, hidden2],
    [hidden2, outputs],
  ] as const;

/** `np.random.random` for W1, W2, W3 in turn. */
export function numpyStart(seed: number): Weights {
  const random = new RandomState(seed);
  return sizes(shapes).map(([rows, cols]) => random.rand(rows, cols).data) as unknown as Weights;
}

/**
 * `rand` in a fresh MATLAB session: the stream of seed 5489, each matrix filled column by column.
 * (0.8147, 0.9058, 0.1270, 0.9134, … are the first numbers a fresh session shows.)
 */
export function matlabStart(): Weights {
  const random = new RandomState(5489);
  return sizes(shapes).map(([rows, cols]) => {
    const columns = random.rand(rows * cols);
    return columns.map((_, i) => columns[(i % cols) * rows + Math.floor(i / cols)]!);
  }) as unknown as Weights;
}

export interface PencilOptions {
  readonly backend: BackendName;
  readonly dtype: "float32" | "float64";
  /** Learning rate, 0.1 in the tutorial. */
  readonly a?: number;
  /** Tolerance, 0.001 in the tutorial. */
  readonly res?: number;
}

/** The step with data and start values in place. */
export function pencilEntry(variant: Variant, start: Weights, options: PencilOptions): Entry {
  const engine = createEngine({ backend: options.backend, dtype: options.dtype });
  const entry = engine.entry("step", (g) => step(g, shapes, variant));
  engine.write("X", X.flat());
  engine.write("Y", Y.flat());
  engine.write("a", [options.a ?? golden.lr]);
  engine.write("res", [options.res ?? golden.tol]);
  restart(entry, start);
  return entry;
}

/** Back to the first step, from other weights. */
export function restart(entry: Entry, start: Weights): void {
  const { engine } = entry;
  for (const [i, values] of start.entries()) engine.write(`W${i + 1}`, values);
  if (engine.has("D")) engine.write("D", [100]);
  entry.stepNumber = 0;
}

export interface Training {
  /** Weight updates made. */
  readonly updates: number;
  readonly halted: boolean;
  /** D, and the sum of squares before each update; the last one is the one that met the tolerance. */
  readonly D: readonly number[];
  readonly sums: readonly number[];
  readonly weights: readonly [Float64Array, Float64Array, Float64Array];
  /** The outputs that are printed: those of the last forward pass. */
  readonly y: Float64Array;
}

/** Nobody waits for ever: the tutorial's loop has no limit. */
export const MOST_STEPS = 1_000_000;

/** Runs until the tolerance is met, at most `limit` steps. */
export async function train(
  entry: Entry,
  variant: Variant,
  options: { limit?: number; signal?: AbortSignal; each?: (steps: number, D: number) => void } = {},
): Promise<Training> {
  const { limit = MOST_STEPS, signal, each } = options;
  const piece = entry.engine.backend.name === "interpreter" ? 100 : 5000;
  const D: number[] = [];
  const sums: number[] = [];
  let halted = false;
  while (!halted && D.length < limit) {
    await pause(signal);
    const result = entry.run(Math.min(piece, limit - D.length));
    for (const v of result.metrics.D!) D.push(v);
    for (const v of result.metrics.sum!) sums.push(v);
    halted = result.halted;
    each?.(D.length, D.at(-1)!);
  }
  const read = (name: string) => Float64Array.from(entry.engine.read(name).data);
  return {
    // The derived variant's last step finds the tolerance met and changes nothing.
    updates: variant === "derived" && halted ? D.length - 1 : D.length,
    halted,
    D,
    sums,
    weights: [read("W1"), read("W2"), read("W3")],
    y: read("output"),
  };
}
