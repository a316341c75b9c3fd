/** Long curves made short: one value for each stretch of equally many steps. */

/** At most so many places on a curve. */
const PLACES = 300;

/** Steps of a stretch, so that a curve of so many steps has no more places than can be seen. */
export const stretchLength = (steps: number): number => Math.max(1, Math.ceil(steps / PLACES));

/** What the values of a stretch are reduced to; null leaves a gap. */
export type Reduce = (part: Float32Array | Float64Array) => number | null;

export const mean: Reduce = (part) => {
  let sum = 0;
  for (const v of part) sum += v;
  return sum / part.length;
};

/** The largest; a gap where it is 0, which has no place on an axis by factors. */
export const largestAboveZero: Reduce = (part) => {
  let most = 0;
  for (const v of part) most = Math.max(most, v);
  return most || null;
};

/** `count` values, one for each stretch of `length` steps; null where there are no steps (yet). */
export const stretches = (
  values: Float32Array | Float64Array,
  length: number,
  count: number,
  reduce: Reduce,
): (number | null)[] =>
  Array.from({ length: count }, (_, k) => {
    const part = values.subarray(k * length, (k + 1) * length);
    return part.length === 0 ? null : reduce(part);
  });
