/** The network for XOR in an engine: start values, training, scores. One engine serves any number of seeds. */

import { RandomState } from "papergrad";
import { createEngine, type Engine, type Entry } from "papergrad/engine";
import type { Pacer } from "../shared/pacer.ts";
import type { PrepareOptions, Variant } from "../types.ts";
import {
  derivedStep,
  forward,
  INPUTS,
  leaves,
  PARAMETERS,
  publishedStep,
  STEPS,
  TARGETS,
  update,
} from "./step.ts";

export interface TwoNet {
  readonly hidden: number;
  readonly engine: Engine;
  readonly step: Entry;
  /** Writes softmax of the four inputs to "h". */
  readonly scores: Entry;
}

/** Start or final values of W1, b1, W2, b2, row after row. */
export type Weights = Readonly<Record<(typeof PARAMETERS)[number], ArrayLike<number>>>;

export function createTwoNet(
  hidden: number,
  options: Omit<PrepareOptions, "seed"> & { readonly variant: Variant },
): TwoNet {
  const engine = createEngine({ backend: options.backend, dtype: options.dtype });
  const make = options.variant === "published" ? publishedStep : derivedStep;
  const step = engine.entry("xor", (g) => {
    const at = leaves(g, hidden);
    update(g, at, make(g, at));
  });
  const scores = engine.entry("scores", (g) => {
    g.store(g.parameter("h", [4, 2]), g.softmax(forward(g, leaves(g, hidden)).z2));
  });
  engine.write("x", INPUTS.flat());
  engine.write("y", TARGETS);
  return { hidden, engine, step, scores };
}

/** The tutorial's start: W1, b1, W2, b2 in this order, each 0.01 · normal. */
export function startValues(hidden: number, seed: number): Weights {
  const random = new RandomState(seed);
  const scaled = (count: number) => random.randn(count).map((v) => 0.01 * v);
  return { W1: scaled(2 * hidden), b1: scaled(hidden), W2: scaled(hidden * 2), b2: scaled(2) };
}

export function begin({ engine, step }: TwoNet, start: Weights): void {
  for (const name of PARAMETERS) engine.write(name, start[name]);
  step.stepNumber = 0;
}

export function weights({ engine }: TwoNet): Record<(typeof PARAMETERS)[number], Float64Array> {
  const read = (name: string) => Float64Array.from(engine.read(name).data);
  return { W1: read("W1"), b1: read("b1"), W2: read("W2"), b2: read("b2") };
}

export interface TrainOptions {
  readonly steps?: number;
  /** Steps between two calls of `each`; default 500. */
  readonly piece?: number;
  readonly each?: (done: number, loss: number) => void;
}

/** Trains from start values; the data loss of every step, before its update. */
export async function train(
  net: TwoNet,
  start: Weights,
  breathe: Pacer,
  { steps = STEPS, piece = 500, each }: TrainOptions = {},
): Promise<Float64Array> {
  begin(net, start);
  const losses = new Float64Array(steps);
  for (let done = 0; done < steps; ) {
    const now = Math.min(piece, steps - done);
    losses.set(net.step.run(now).metrics.loss!, done);
    done += now;
    each?.(done, losses[done - 1]!);
    await breathe();
  }
  return losses;
}

/** Scores of the four inputs [4, 2], the classes they name (the first on a tie), and the share that is right. */
export function evaluate(net: TwoNet): { h: Float64Array; predicted: number[]; accuracy: number } {
  net.scores.run(1);
  const h = Float64Array.from(net.engine.read("h").data);
  const predicted = TARGETS.map((_, i) => (h[2 * i + 1]! > h[2 * i]! ? 1 : 0));
  return { h, predicted, accuracy: predicted.filter((p, i) => p === TARGETS[i]).length / 4 };
}

/** Compiles P(class 1) at given points; the result reads it for the weights as they are then. */
export function fieldOf(net: TwoNet, points: readonly (readonly number[])[]): () => Float64Array {
  const { engine, hidden } = net;
  const entry = engine.entry("field", (g) => {
    const x = g.input("points", [points.length, 2]);
    const h = g.softmax(forward(g, leaves(g, hidden, x)).z2);
    g.store(g.parameter("field", [points.length, 1]), g.matmul(h, g.constant([[0], [1]])));
  });
  engine.write("points", points.flat());
  return () => {
    entry.run(1);
    return Float64Array.from(engine.read("field").data);
  };
}
