/**
 * Round normal clouds: scikit-learn's `make_blobs` in two dimensions, and four of them laid out as XOR.
 *
 * For the same seed and options `makeBlobs` gives scikit-learn's points.
 */
import { type RandomState, randomFrom } from "../random/index.ts";
import { UsageError } from "../tensor/errors.ts";
import { isNumber } from "../tensor/options.ts";
import { show } from "../tensor/show.ts";
import { checkCount, checkNonNegative, checkPointOptions } from "./check.ts";
import type { ClassData } from "./dataset.ts";
import { pointSet, shares } from "./points.ts";

/** Options of `makeBlobs`. */
export interface BlobOptions {
  /** Number of points. Default 100. */
  readonly samples?: number;
  /** Number of clouds, placed uniformly in [−10, 10]², or their centres. Default 3. */
  readonly centers?: number | readonly (readonly [number, number])[];
  /** Standard deviation of each cloud. Default 1. */
  readonly deviation?: number;
  /** Mix the classes? Default true. */
  readonly shuffle?: boolean;
  /** Seed, or a generator to go on with. Default 0. */
  readonly seed?: number | RandomState;
}

type Point = readonly [number, number];

const cloud = (random: RandomState, [a, b]: Point, deviation: number, count: number): Point[] =>
  Array.from({ length: count }, () => [random.normal(a, deviation), random.normal(b, deviation)]);

/**
 * One class for each cloud.
 * @throws {UsageError} if an option is out of range.
 * @example makeBlobs({ samples: 60, centers: [[-2, 0], [2, 0]], deviation: 0.5, seed: 3 }).x.shape // [60, 2]
 */
export function makeBlobs(options: BlobOptions = {}): ClassData {
  checkPointOptions("makeBlobs", options, "centers", "deviation");
  const { samples = 100, centers = 3, deviation = 1, shuffle = true, seed = 0 } = options;
  checkCount("makeBlobs", "samples", samples);
  if (Array.isArray(centers)) checkCentres(centers);
  checkCount("makeBlobs", "centers", Array.isArray(centers) ? centers.length : (centers as number));
  checkNonNegative("makeBlobs", "deviation", deviation);
  const random = randomFrom(seed);
  const places: readonly Point[] =
    typeof centers === "number"
      ? Array.from({ length: centers }, () => [random.uniform(-10, 10), random.uniform(-10, 10)])
      : centers;
  const counts = shares(samples, places.length);
  const classes = places.map((place, i) => cloud(random, place, deviation, counts[i]!));
  return pointSet(classes, random, shuffle, undefined);
}

function checkCentres(centres: readonly unknown[]): void {
  for (const [i, centre] of centres.entries())
    if (!Array.isArray(centre) || centre.length !== 2 || !centre.every((v) => isNumber(v)))
      throw new UsageError(
        `makeBlobs: expected center ${i} as two finite numbers, received ${show(centre)}. Give e.g. [-2, 0].`,
      );
}

/**
 * Four clouds at (±1, ±1); class 1 where the signs differ, as in the XOR table.
 * @throws {UsageError} if an option is out of range.
 * @example makeXor({ samples: 200, deviation: 0.3, seed: 0 }).x.shape // [200, 2]
 */
export function makeXor(options: Omit<BlobOptions, "centers"> = {}): ClassData {
  checkPointOptions("makeXor", options, "deviation");
  const { samples = 100, deviation = 0.3, shuffle = true, seed = 0 } = options;
  checkCount("makeXor", "samples", samples);
  checkNonNegative("makeXor", "deviation", deviation);
  if (samples < 4)
    throw new UsageError(`makeXor: samples must be ≥ 4, received ${samples}. Give one for each corner.`);
  const random = randomFrom(seed);
  const places: readonly Point[] = [
    [-1, -1],
    [1, 1],
    [-1, 1],
    [1, -1],
  ];
  const counts = shares(samples, 4);
  const clouds = places.map((place, i) => cloud(random, place, deviation, counts[i]!));
  return pointSet(
    [
      [...clouds[0]!, ...clouds[1]!],
      [...clouds[2]!, ...clouds[3]!],
    ],
    random,
    shuffle,
    undefined,
  );
}
