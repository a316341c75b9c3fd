/**
 * Two concentric circles: scikit-learn's `make_circles`, the same points for the same seed.
 *
 * Class 0 has radius 1, class 1 radius `factor`.
 */
import { cos, sin } from "../random/elementary.ts";
import { randomFrom } from "../random/index.ts";
import { UsageError } from "../tensor/errors.ts";
import { isNumber } from "../tensor/options.ts";
import { show } from "../tensor/show.ts";
import { checkCount, checkNonNegative, checkPointOptions } from "./check.ts";
import type { ClassData } from "./dataset.ts";
import { evenly, type PointOptions, pointSet } from "./points.ts";

/**
 * ⌊n/2⌋ points on the outer circle (class 0), the rest on the inner one (class 1).
 * @param options.factor radius of the inner circle, 0 ≤ factor < 1. Default 0.8.
 * @throws {UsageError} if an option is out of range.
 * @example makeCircles({ samples: 200, noise: 0.1, factor: 0.5, seed: 1 }).x.shape // [200, 2]
 */
export function makeCircles(options: PointOptions & { readonly factor?: number } = {}): ClassData {
  checkPointOptions("makeCircles", options, "noise", "factor");
  const { samples = 100, noise, shuffle = true, seed = 0, factor = 0.8 } = options;
  checkCount("makeCircles", "samples", samples);
  if (noise !== undefined) checkNonNegative("makeCircles", "noise", noise);
  if (!isNumber(factor, 0, 1))
    throw new UsageError(`makeCircles: factor must be in [0, 1), received ${show(factor)}. Give e.g. 0.5.`);
  const outerCount = Math.floor(samples / 2);
  const outer = evenly(2 * Math.PI, outerCount, false).map((t) => [cos(t), sin(t)] as const);
  const inner = evenly(2 * Math.PI, samples - outerCount, false).map(
    (t) => [cos(t) * factor, sin(t) * factor] as const,
  );
  return pointSet([outer, inner], randomFrom(seed), shuffle, noise);
}
