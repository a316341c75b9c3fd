/** Curves made smoother: an exponential moving average that starts at the first value. Pure. */

/**
 * Each value mixed with those before it; `factor` 0 changes nothing, near 1 smooths much. Missing values stay missing.
 * @example smoothed([1, 3], 0.5) // [1, 2.333…]
 */
export function smoothed(values: readonly (number | null)[], factor: number): (number | null)[] {
  if (factor === 0) return [...values];
  let [sum, weight] = [0, 0];
  return values.map((value) => {
    if (value === null || !Number.isFinite(value)) return value;
    // Dividing by the weights so far takes away the pull towards 0 at the start.
    sum = factor * sum + (1 - factor) * value;
    weight = factor * weight + (1 - factor);
    return sum / weight;
  });
}
