/** From the points of a run and of its forks to lines over common steps. Pure functions. */
import type { Line, Lines } from "../draw/line-plot.tsx";
import type { CurvePoint } from "../train/protocol.ts";
import { smoothed } from "./smooth.ts";

/** One curve: what it takes of each point. `color`: number of the series. */
export interface Curve {
  readonly name: string;
  readonly color: number;
  readonly of: (point: CurvePoint) => number | undefined;
}

/** A run that a fork left behind. */
export interface Fork {
  readonly points: readonly CurvePoint[];
}

const finite = (value: number | undefined): number | null =>
  value !== undefined && Number.isFinite(value) ? value : null;

/**
 * Lines of all curves over the steps of the run and its forks. A curve that has no value at all is left out.
 * @example curvesOf([{ name: "loss", color: 0, of: (p) => p.loss }], points, [], 0).lines.length // 1
 */
export function curvesOf(
  curves: readonly Curve[],
  points: readonly CurvePoint[],
  forks: readonly Fork[],
  smoothing: number,
): Lines {
  const runs = [points, ...forks.map((fork) => fork.points)];
  const steps = [...new Set(runs.flatMap((run) => run.map(({ step }) => step)))].sort((a, b) => a - b);
  const place = new Map(steps.map((step, i) => [step, i]));
  const lines: Line[] = [];
  for (const [r, run] of runs.entries())
    for (const { name, color, of } of curves) {
      const own = smoothed(
        run.map((point) => finite(of(point))),
        smoothing,
      );
      if (own.every((value) => value === null)) continue;
      const values: (number | null)[] = new Array(steps.length).fill(null);
      for (const [i, { step }] of run.entries()) values[place.get(step)!] = own[i]!;
      lines.push({
        name: r === 0 ? name : `${name} ${LETTERS[(r - 1) % LETTERS.length]}`,
        color: (colors) => colors.series[color % colors.series.length]!,
        values,
        ...(r > 0 && { dash: DASHES[(r - 1) % DASHES.length]!, width: 1.1 }),
      });
    }
  return { steps, lines };
}

/** The names of forks: A is the first run that was left behind. */
export const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

const DASHES: readonly (readonly number[])[] = [
  [5, 4],
  [2, 3],
  [8, 3, 2, 3],
];
