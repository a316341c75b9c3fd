/**
 * Spirals wound around each other, a classic test of hidden layers (after Lang & Witbrock's two spirals, 1988).
 *
 * Point i of k on arm c of C: radius r = (i + 1)/k, angle 2π·(turns·r + c/C); so arms never meet.
 */
import { cos, sin } from "../random/elementary.ts";
import { randomFrom } from "../random/index.ts";
import { checkCount, checkNonNegative, checkPointOptions } from "./check.ts";
import type { ClassData } from "./dataset.ts";
import { type PointOptions, pointSet, shares } from "./points.ts";

/**
 * One class for each arm, inside the unit circle.
 * @param options.arms number of spirals ≥ 1. Default 2.
 * @param options.turns windings of each arm > 0. Default 1.5.
 * @throws {UsageError} if an option is out of range.
 * @example classCounts(makeSpirals({ samples: 300, arms: 3, noise: 0.02, seed: 5 }).y) // [100, 100, 100]
 */
export function makeSpirals(
  options: PointOptions & { readonly arms?: number; readonly turns?: number } = {},
): ClassData {
  checkPointOptions("makeSpirals", options, "noise", "arms", "turns");
  const { samples = 100, noise, shuffle = true, seed = 0, arms = 2, turns = 1.5 } = options;
  checkCount("makeSpirals", "samples", samples);
  checkCount("makeSpirals", "arms", arms);
  checkNonNegative("makeSpirals", "turns", turns);
  if (noise !== undefined) checkNonNegative("makeSpirals", "noise", noise);
  const classes = shares(samples, arms).map((count, arm) =>
    Array.from({ length: count }, (_, i) => {
      const radius = (i + 1) / count;
      const angle = 2 * Math.PI * (turns * radius + arm / arms);
      return [radius * cos(angle), radius * sin(angle)] as const;
    }),
  );
  return pointSet(classes, randomFrom(seed), shuffle, noise);
}
