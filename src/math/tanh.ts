/**
 * tanh |x| = −E / (2 + E) with E = e^(−2|x|) − 1.
 *
 * With e^(−2|x|) = 2ᵏ·(1 + p), E = (2ᵏ − 1) + 2ᵏ·p loses nothing near 0, where k = 0, and cannot overflow.
 */
import { reduceExp } from "./exp.ts";
import type { MathKit } from "./kit.ts";

/** From |x| = 32 on tanh x is ±1 in both precisions (in truth from 9.1 and 19.1 on). */
const SATURATED = -64;

/**
 * Hyperbolic tangent; odd, |tanh x| ≤ min(1, |x|).
 * @example tanh(numberKit("float64"), 1) // 0.761594155955765
 */
export function tanh<T, M>(kit: MathKit<T, M>, x: T): T {
  const one = kit.constant(1);
  const argument = kit.max(kit.mul(kit.abs(x), kit.constant(-2)), kit.constant(SATURATED));
  const { k, r, tail } = reduceExp(kit, argument);
  const scale = kit.pow2(k);
  const scaled = kit.mul(scale, kit.add(r, tail));
  const numerator = kit.sub(kit.sub(one, scale), scaled);
  const denominator = kit.add(kit.add(one, scale), scaled);
  const size = kit.div(numerator, denominator);
  // size ≤ |x|, so this gives size the sign of x, −0 included.
  return kit.max(kit.min(size, x), kit.neg(size));
}
