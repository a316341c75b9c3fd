/**
 * Two interleaving half circles: scikit-learn's `make_moons`, the same points for the same seed.
 *
 * Class 0 is (cos t, sin t), class 1 is (1 − cos t, ½ − sin t), t from 0 to π.
 */
import { cos, sin } from "../random/elementary.ts";
import { randomFrom } from "../random/index.ts";
import { checkCount, checkNonNegative, checkPointOptions } from "./check.ts";
import type { ClassData } from "./dataset.ts";
import { evenly, type PointOptions, pointSet } from "./points.ts";

/**
 * ⌊n/2⌋ points on the outer moon (class 0), the rest on the inner one (class 1).
 * @throws {UsageError} if an option is out of range.
 * @example makeMoons({ samples: 1000, noise: 0.2, seed: 100 }).x.shape // [1000, 2]
 */
export function makeMoons(options: PointOptions = {}): ClassData {
  checkPointOptions("makeMoons", options, "noise");
  const { samples = 100, noise, shuffle = true, seed = 0 } = options;
  checkCount("makeMoons", "samples", samples);
  if (noise !== undefined) checkNonNegative("makeMoons", "noise", noise);
  const outerCount = Math.floor(samples / 2);
  const outer = evenly(Math.PI, outerCount, true).map((t) => [cos(t), sin(t)] as const);
  const inner = evenly(Math.PI, samples - outerCount, true).map(
    (t) => [1 - cos(t), 1 - sin(t) - 0.5] as const,
  );
  return pointSet([outer, inner], randomFrom(seed), shuffle, noise);
}
