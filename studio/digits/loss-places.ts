/** The curves of the training panel: mean losses over stretches of steps and the test accuracies, over one list of steps. */
import { mean, stretches, stretchLength } from "../ui/stretches.ts";
import type { TestPoint } from "./session.ts";

/** Each place has a loss or a test accuracy (in percent), and null for the other. */
export function lossPlaces(losses: Float32Array, tests: readonly TestPoint[]) {
  const length = stretchLength(losses.length);
  const means = stretches(losses, length, Math.ceil(losses.length / length), mean);
  const places = [
    ...means.map((loss, k) => ({ x: (k + 0.5) * length, loss, accuracy: null })),
    ...tests.map(({ step, accuracy }) => ({ x: step, loss: null, accuracy: 100 * accuracy })),
  ].sort((a, b) => a.x - b.x);
  return {
    x: places.map((p) => p.x),
    loss: places.map((p) => p.loss),
    accuracy: places.map((p) => p.accuracy),
  };
}
