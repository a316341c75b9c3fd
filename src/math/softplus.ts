/**
 * log(1 + eˣ) = max(x, 0) + log(1 + e^(−|x|)): no overflow, and no loss where the result is tiny.
 */
import { exp } from "./exp.ts";
import type { MathKit } from "./kit.ts";
import { log1pUnit } from "./log1p.ts";

/**
 * Softplus, the smooth relu.
 * @example softplus(numberKit("float64"), 0) // 0.6931471805599454
 */
export function softplus<T, M>(kit: MathKit<T, M>, x: T): T {
  const correction = log1pUnit(kit, exp(kit, kit.neg(kit.abs(x))));
  return kit.add(kit.max(x, kit.constant(0)), correction);
}
