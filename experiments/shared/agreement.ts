/** How many digits two runs have in common. */
import type { Agreement } from "../types.ts";

/** −log10(max |a−b| / max(max |b|, 1e-12)), from 0 to 16. @throws if the lengths differ. */
export function digits(ours: ArrayLike<number>, golden: ArrayLike<number>): number {
  return Math.max(0, Math.min(16, -Math.log10(Math.max(maxDifference(ours, golden) / scale(golden), 1e-16))));
}

/** max |a−b|; NaN differs from everything. */
export function maxDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new RangeError(`agreement: ${a.length} values against ${b.length}.`);
  let worst = 0;
  for (let i = 0; i < a.length; i++) {
    const d = Math.abs(a[i]! - b[i]!);
    if (!(d <= worst)) worst = Number.isNaN(d) ? Infinity : d;
  }
  return worst;
}

const scale = (b: ArrayLike<number>): number => {
  let top = 0;
  for (let i = 0; i < b.length; i++) top = Math.max(top, Math.abs(b[i]!));
  return Math.max(top, 1e-12);
};

/** One array of a replay: ours, the golden one, and what one ulp of noise changes there (`sens`). */
export interface Compared {
  readonly ours: ArrayLike<number>;
  readonly golden: ArrayLike<number>;
  readonly sensitivity: number;
}

/** Smallest change a comparison can ask for: a few ulp of the largest golden value. */
const FLOOR = 8 * Number.EPSILON;

/** Sums up a replay; within sensitivity means every array differs by at most 10 × its `sens` (or a few ulp). */
export function agreement(golden: string, arrays: readonly Compared[]): Agreement {
  return {
    golden,
    values: arrays.reduce((n, a) => n + a.golden.length, 0),
    digits: Math.min(...arrays.map((a) => digits(a.ours, a.golden))),
    withinSensitivity: arrays.every(
      (a) => maxDifference(a.ours, a.golden) <= Math.max(10 * a.sensitivity, FLOOR * scale(a.golden)),
    ),
  };
}
