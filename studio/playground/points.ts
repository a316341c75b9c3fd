/** The points of the plane as they are shown and edited: pure functions over lists of them. */
import type { PlaneRange } from "../data/sets.ts";
import type { DrawnPoint } from "../state/experiment.ts";
import type { PointList } from "../train/protocol.ts";

/** A list of points out of coordinates and answers. */
export const pointsOf = ({ x, y }: PointList): DrawnPoint[] =>
  Array.from(y, (answer, i) => [x[2 * i]!, x[2 * i + 1]!, answer]);

/** Distance of two points as a share of the width and height of what is shown. */
export const apart = (
  a: readonly [number, number, ...unknown[]],
  b: readonly [number, number, ...unknown[]],
  range: PlaneRange,
): number => Math.hypot((a[0] - b[0]) / (range[1] - range[0]), (a[1] - b[1]) / (range[3] - range[2]));

/** A place that a link can hold in few digits. */
export const rounded = (x: number): number => Number(x.toFixed(3));

/** The points without those within `reach` of a place. */
export const withoutNear = (
  points: readonly DrawnPoint[],
  place: readonly [number, number],
  range: PlaneRange,
  reach: number,
): DrawnPoint[] => points.filter((p) => apart(p, place, range) > reach);

/** What a grid of outputs says at a place: the value of the cell it lies in. Shapes: → [columns]. */
export function outputAt(
  grid: {
    readonly values: ArrayLike<number>;
    readonly nx: number;
    readonly ny: number;
    readonly columns: number;
  },
  range: PlaneRange,
  [x1, x2]: readonly [number, number],
): number[] {
  const cell = (share: number, n: number) => Math.max(0, Math.min(n - 1, Math.floor(share * n)));
  const column = cell((x1 - range[0]) / (range[1] - range[0]), grid.nx);
  const row = cell((range[3] - x2) / (range[3] - range[2]), grid.ny);
  const from = (row * grid.nx + column) * grid.columns;
  return Array.from({ length: grid.columns }, (_, k) => grid.values[from + k]!);
}
