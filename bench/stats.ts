/**
 * The benchmark's arithmetic: medians, spreads, counts of operations, when two losses are the same.
 */
import type { Net, Precision } from "./types.ts";

/** Quantile by linear interpolation between the sorted values, 0 ≤ q ≤ 1. */
export function quantile(values: readonly number[], q: number): number {
  if (values.length === 0) return Number.NaN;
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * q;
  const below = sorted[Math.floor(at)]!;
  return below + (sorted[Math.ceil(at)]! - below) * (at - Math.floor(at));
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** Half the distance between the quartiles, over the median. */
export const spread = (values: readonly number[]): number =>
  (quantile(values, 0.75) - quantile(values, 0.25)) / 2 / median(values);

/** Multiplications and additions of one forward pass over `rows` examples, dense products only. */
export function forwardFlops(sizes: readonly number[], rows: number): number {
  let products = 0;
  for (let i = 1; i < sizes.length; i++) products += sizes[i - 1]! * sizes[i]!;
  return 2 * rows * products;
}

/** The same for a training step: forward, gradient of every W, gradient of every layer's input but the first. */
export function stepFlops({ sizes, batch }: Net): number {
  return 3 * forwardFlops(sizes, batch) - forwardFlops(sizes.slice(0, 2), batch);
}

/** Difference allowed between two systems after the few steps of the check, relative to 1 + |value|. */
export const tolerance = (dtype: Precision | null): number => (dtype === "float64" ? 1e-9 : 2e-3);

/** Whether a computed value is the agreed one, within what its precision allows. */
export const agrees = (value: number, agreed: number, dtype: Precision | null): boolean =>
  Math.abs(value - agreed) <= tolerance(dtype) * (1 + Math.abs(agreed));

/** The number independent systems agree on: the median of the float64 ones, where there are any. */
export function agreed(rows: readonly { dtype: Precision | null; value: number }[]): number {
  const precise = rows.filter((r) => r.dtype === "float64");
  const values = (precise.length > 0 ? precise : rows).map((r) => r.value).sort((a, b) => a - b);
  return values[Math.floor((values.length - 1) / 2)] ?? Number.NaN;
}

/** Steps of one round so that it lasts about `seconds`, at least one. */
export const stepsFor = (seconds: number, secondsPerStep: number): number =>
  Math.max(1, Math.round(seconds / Math.max(secondsPerStep, 1e-9)));

/** A time in the unit a reader expects. */
export function timeText(microseconds: number): string {
  if (microseconds < 1e3) return `${microseconds.toPrecision(3)} µs`;
  if (microseconds < 1e6) return `${(microseconds / 1e3).toPrecision(3)} ms`;
  return `${(microseconds / 1e6).toPrecision(3)} s`;
}
