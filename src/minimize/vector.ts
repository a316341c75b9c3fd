/**
 * Sums over flat float64 vectors, in index order with one accumulator, so every machine gives the same bits.
 */

/** a·b */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** Largest |aᵢ|; NaN if any entry is NaN. */
export function maxNorm(a: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i]!));
  return largest;
}

/** a + scale·b as a new vector; each entry is one product and one sum. */
export function addScaled(a: Float64Array, scale: number, b: Float64Array): Float64Array {
  const out = new Float64Array(a.length);
  for (let i = 0; i < a.length; i++) out[i] = a[i]! + scale * b[i]!;
  return out;
}

/** a − b as a new vector. */
export function subtract(a: Float64Array, b: Float64Array): Float64Array {
  const out = new Float64Array(a.length);
  for (let i = 0; i < a.length; i++) out[i] = a[i]! - b[i]!;
  return out;
}

/** −a as a new vector. */
export function negate(a: Float64Array): Float64Array {
  return a.map((v) => -v);
}
