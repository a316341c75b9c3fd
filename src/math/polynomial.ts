/**
 * Polynomials over a `MathKit`.
 *
 * Long ones are split into even and odd powers: two Horner chains that a processor runs side by side, for one
 * multiplication more. The order of operations is part of the result, so it must not change.
 */
import type { MathKit } from "./kit.ts";

/** Horner's rule over coefficients first, first + stride, …: c₀ + x·(c₁ + x·(c₂ + …)). */
function horner<T, M>(
  kit: MathKit<T, M>,
  x: T,
  coefficients: readonly number[],
  first: number,
  stride: number,
): T {
  let i = coefficients.length - 1;
  i -= (i - first) % stride;
  let sum = kit.constant(coefficients[i]!);
  for (i -= stride; i >= first; i -= stride) sum = kit.add(kit.mul(sum, x), kit.constant(coefficients[i]!));
  return sum;
}

/** Σ coefficients[i]·xⁱ; n coefficients cost 2(n − 1) operations, from five on two more. */
export function polynomial<T, M>(kit: MathKit<T, M>, x: T, coefficients: readonly number[]): T {
  if (coefficients.length < 5) return horner(kit, x, coefficients, 0, 1);
  const square = kit.mul(x, x);
  const even = horner(kit, square, coefficients, 0, 2);
  const odd = horner(kit, square, coefficients, 1, 2);
  return kit.add(even, kit.mul(x, odd));
}
