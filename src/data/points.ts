/**
 * What the generated point sets share: evenly spaced angles, class after class, then shuffle, then noise.
 *
 * The order of the draws (first the shuffle, then one normal for each coordinate, row by row) is scikit-learn's.
 */
import { type RandomState, takeRows } from "../random/index.ts";
import type { ClassData } from "./dataset.ts";

/** Options of a generated point set. */
export interface PointOptions {
  /** Number of points. Default 100. */
  readonly samples?: number;
  /** Standard deviation of normal noise on each coordinate; without it no random numbers are drawn. */
  readonly noise?: number;
  /** Mix the classes? Default true. */
  readonly shuffle?: boolean;
  /** Seed, or a generator to go on with. Default 0. */
  readonly seed?: number | RandomState;
}

/** `count` values from 0 to `end`; `end` itself is the last one if `closed`, the one after the last if not. */
export function evenly(end: number, count: number, closed: boolean): number[] {
  const step = end / Math.max(closed ? count - 1 : count, 1);
  return Array.from({ length: count }, (_, i) => (closed && i > 0 && i === count - 1 ? end : i * step));
}

/** Points of class 0, 1, … as one set, shuffled and made noisy as asked. */
export function pointSet(
  classes: readonly (readonly (readonly [number, number])[])[],
  random: RandomState,
  shuffled: boolean,
  noise: number | undefined,
): ClassData {
  const points = classes.flat();
  const labels = Int32Array.from(classes.flatMap((own, label) => own.map(() => label)));
  const index = Int32Array.from(points, (_, i) => i);
  if (shuffled) random.shuffle(index);
  const data = Float64Array.from([...index].flatMap((i) => points[i]!));
  if (noise !== undefined) for (let i = 0; i < data.length; i++) data[i] = data[i]! + random.normal(0, noise);
  return { x: { shape: [points.length, 2], data }, y: takeRows(labels, index) };
}

/** `total` points over `parts` classes: the first ones get one more where it does not divide. */
export const shares = (total: number, parts: number): number[] =>
  Array.from({ length: parts }, (_, i) => Math.floor(total / parts) + (i < total % parts ? 1 : 0));
