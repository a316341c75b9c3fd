/**
 * The points of the tutorial, its split, and the grids the boundary is looked at on.
 *
 * The tutorial's grid starts y at the left end of x (−1.5) where it means −1; `published` keeps that.
 */
import { makeMoons, trainTestSplit } from "papergrad/data";
import type { ProbabilityGrid } from "papergrad/plot";
import type { Variant } from "../types.ts";

/** Points row by row (x₁, x₂) and their classes 0 or 1. */
export interface PointSet {
  readonly X: Float64Array;
  readonly Y: Int32Array;
}

/** 900 training and 100 test points of make_moons(1000, noise 0.2, seed 100), split with seed 42. */
export function moonsData(): { readonly train: PointSet; readonly test: PointSet } {
  const split = trainTestSplit(makeMoons({ samples: 1000, noise: 0.2, seed: 100 }), {
    testSize: 0.1,
    seed: 42,
  });
  const set = (part: (typeof split)["train"]): PointSet => ({ X: part.x.data, Y: part.y });
  return { train: set(split.train), test: set(split.test) };
}

/** Points of the plane in rows of equal y, from the smallest y upwards. */
export interface Grid {
  readonly points: Float64Array;
  readonly nx: number;
  readonly ny: number;
  readonly xRange: readonly [number, number];
  readonly yRange: readonly [number, number];
}

/** nx × ny points over a rectangle, corners included (NumPy's mgrid with 100j). */
export function rectangle(
  xRange: readonly [number, number],
  yRange: readonly [number, number],
  nx: number,
  ny: number,
): Grid {
  const points = new Float64Array(nx * ny * 2);
  const at = ([low, high]: readonly [number, number], i: number, n: number) =>
    low + i * ((high - low) / (n - 1));
  for (let iy = 0; iy < ny; iy++)
    for (let ix = 0; ix < nx; ix++) points.set([at(xRange, ix, nx), at(yRange, iy, ny)], (iy * nx + ix) * 2);
  return { points, nx, ny, xRange, yRange };
}

const GRID_X: readonly [number, number] = [-1.5, 2.5];
const GRID_Y: readonly [number, number] = [-1, 2];

/** The grid of the last picture, 100 × 100: y from −1.5 as published, or from −1 as meant. */
export const pictureGrid = (variant: Variant): Grid =>
  rectangle(GRID_X, [variant === "published" ? GRID_X[0] : GRID_Y[0], GRID_Y[1]], 100, 100);

/** The coarser grid of the films: squares of 1/10. */
export const filmGrid = (variant: Variant): Grid =>
  variant === "published"
    ? rectangle(GRID_X, [GRID_X[0], GRID_Y[1]], 41, 36)
    : rectangle(GRID_X, GRID_Y, 41, 31);

/** Probabilities on a grid, as pictures want them. */
export const onGrid = ({ nx, ny, xRange, yRange }: Grid, values: ArrayLike<number>): ProbabilityGrid => ({
  values,
  nx,
  ny,
  xRange,
  yRange,
});

/** Share of points on the right side of 0.5. */
export function accuracyOf(P: ArrayLike<number>, Y: ArrayLike<number>): number {
  let right = 0;
  for (let i = 0; i < Y.length; i++) if ((P[i]! > 0.5 ? 1 : 0) === Y[i]) right++;
  return right / Y.length;
}
