/**
 * The hidden layer that the tutorial prints, with an output layer trained on it: is it a solution?
 *
 * W2 and b2 are not printed. Here b2 is 0, as the published update makes it, and W2 alone is trained.
 */
import { createEngine } from "papergrad/engine";
import type { PrepareOptions } from "../types.ts";
import { DECAY, HIDDEN_IN_TEXT, INPUTS, leaves, publishedStep, RATE, STEPS, TARGETS } from "./step.ts";

export const PRINTED_W1 = [
  -1.39091559, 0.26154732, -0.90273461, 1.66258303, 1.63181952, -1.61815551, 1.39121663, 0.26156278,
  0.90284832, -1.66206662, 1.63189271, -1.61824032,
];
export const PRINTED_B1 = [
  4.92481313e-5, -2.61570825e-1, 8.55319233e-6, 8.17393648e-5, -1.631694, 1.61798312,
];

/** Trains W2 on the printed hidden layer; data loss before the first and after the last update. */
export function fitPrintedLayer(options: Omit<PrepareOptions, "seed">): { first: number; last: number } {
  const engine = createEngine({ backend: options.backend, dtype: options.dtype });
  const entry = engine.entry("printed hidden layer", (g) => {
    const at = leaves(g, HIDDEN_IN_TEXT);
    const { loss, directions } = publishedStep(g, at);
    g.store(at.W2, g.sub(at.W2, g.mul(RATE, directions.W2)));
    g.metric("loss", loss);
  });
  engine.write("x", INPUTS.flat());
  engine.write("y", TARGETS);
  engine.write("W1", PRINTED_W1);
  engine.write("b1", PRINTED_B1);
  const losses = entry.run(STEPS).metrics.loss!;
  return { first: losses[0]!, last: losses.at(-1)! };
}

/** λ/2·(‖W1‖² + ‖W2‖²) of given weights: in J, not in the loss that is printed. */
export function penaltyOf(W1: ArrayLike<number>, W2: ArrayLike<number>): number {
  const squares = (v: ArrayLike<number>) => Array.from(v).reduce((sum, x) => sum + x * x, 0);
  return (DECAY / 2) * (squares(W1) + squares(W2));
}
