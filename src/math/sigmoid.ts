/**
 * The logistic function 1 / (1 + e^(−x)), from e = e^(−|x|) ≤ 1, which cannot overflow.
 *
 * Where e is small, 1 + e rounds by nearly a whole ulp of itself; for negative x that error is avoided with
 * e / (1 + e) = e − e·(e / (1 + e)), where the quotient counts only with the small factor e.
 */
import { exp } from "./exp.ts";
import type { MathKit } from "./kit.ts";

/** −log 4: below it e < 1/4. */
const FAR_LEFT = -1.3862943611198906;

/**
 * σ(x) = 1 / (1 + e) for x ≥ 0 and e / (1 + e) for x < 0, with e = e^(−|x|): small relative error at both ends.
 * @example sigmoid(numberKit("float64"), 0) // 0.5
 */
export function sigmoid<T, M>(kit: MathKit<T, M>, x: T): T {
  const one = kit.constant(1);
  const e = exp(kit, kit.neg(kit.abs(x)));
  const quotient = kit.div(kit.select(kit.less(x, kit.constant(0)), e, one), kit.add(one, e));
  return kit.select(kit.less(x, kit.constant(FAR_LEFT)), kit.sub(e, kit.mul(e, quotient)), quotient);
}
