/**
 * Regression surfaces over the square [−1, 1]²: a tilted plane, and two normal bumps of opposite sign.
 *
 * Points are uniform (all coordinates drawn first, row by row), then one normal for each target if there is noise.
 */
import { exp } from "../random/elementary.ts";
import { randomFrom } from "../random/index.ts";
import { checkOptions, names } from "../tensor/options.ts";
import { checkCount, checkNonNegative } from "./check.ts";
import type { RegressionData } from "./dataset.ts";
import type { PointOptions } from "./points.ts";

/** Options of a regression surface; noise is added to the target only. */
export type SurfaceOptions = Omit<PointOptions, "shuffle">;

function surface(
  where: string,
  height: (a: number, b: number) => number,
  options: SurfaceOptions,
): RegressionData {
  checkOptions(where, names("samples", "noise", "seed"), options);
  const { samples = 100, noise, seed = 0 } = options;
  checkCount(where, "samples", samples);
  if (noise !== undefined) checkNonNegative(where, "noise", noise);
  const random = randomFrom(seed);
  const x = random.uniform(-1, 1, [samples, 2] as const);
  const y = Float64Array.from({ length: samples }, (_, i) => height(x.data[2 * i]!, x.data[2 * i + 1]!));
  if (noise !== undefined) for (let i = 0; i < samples; i++) y[i] = y[i]! + random.normal(0, noise);
  return { x, y: { shape: [samples, 1], data: y } };
}

/**
 * y = (x₁ + x₂)/2: what a single linear unit can learn exactly.
 * @throws {UsageError} if an option is out of range.
 * @example makePlane({ samples: 50, seed: 2 }).y.shape // [50, 1]
 */
export const makePlane = (options: SurfaceOptions = {}): RegressionData =>
  surface("makePlane", (a, b) => (a + b) / 2, options);

/**
 * y = e^(−4·|x − (½, ½)|²) − e^(−4·|x + (½, ½)|²): needs a hidden layer.
 * @throws {UsageError} if an option is out of range.
 * @example makeGaussian({ samples: 200, noise: 0.05, seed: 2 }).y.shape // [200, 1]
 */
export const makeGaussian = (options: SurfaceOptions = {}): RegressionData => {
  const bump = (a: number, b: number, center: number) => exp(-4 * ((a - center) ** 2 + (b - center) ** 2));
  return surface("makeGaussian", (a, b) => bump(a, b, 0.5) - bump(a, b, -0.5), options);
};
