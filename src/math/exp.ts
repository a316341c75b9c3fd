/**
 * eˣ, and the reduced form eˣ = 2ᵏ·(1 + r + tail) from which tanh is built too.
 *
 * k = round(x / ln 2), so |r| ≤ ln 2 / 2; ln 2 is split in two (Cody & Waite, "Software Manual for the Elementary
 * Functions", 1980) so that k·high and x − k·high are exact. tail = r²·P(r) and what the rounding of r lost;
 * P is a minimax polynomial of our own (test/golden/scripts/fit_polynomials.py).
 */
import type { MathKit } from "./kit.ts";
import { polynomial } from "./polynomial.ts";

const LN2 = {
  float64: { high: 0.6931471805598903, low: 5.497923018708371e-14 },
  float32: { high: 0.693145751953125, low: 1.428606765330187e-6 },
};
/** (eʳ − 1 − r) / r² for |r| ≤ 0.35; error relative to eʳ − 1: 2^−61.6 and 2^−31.9. */
const TAIL = {
  float64: [
    0.5, 0.16666666666666677, 0.041666666666666706, 0.008333333333320666, 0.0013888888888865043,
    0.00019841269888861042, 2.4801587364121545e-5, 2.7557241198953275e-6, 2.755723970718519e-7,
    2.5110165885847634e-8, 2.0925386182860246e-9,
  ],
  float32: [0.5, 0.16666667, 0.041666344, 0.00833327, 0.0013942034, 0.00019915606],
};
/** Below `low` the result is 0, above `high` it is Infinity. */
const LIMITS = { float64: { low: -746, high: 710 }, float32: { low: -104, high: 89 } };

/** eˣ = 2ᵏ·(1 + (r + tail)), with |tail| < r²; for |x| up to 750 (float32: 104). */
export function reduceExp<T, M>(kit: MathKit<T, M>, x: T): { k: T; r: T; tail: T } {
  const ln2 = LN2[kit.dtype];
  const k = kit.floor(kit.add(kit.mul(x, kit.constant(Math.LOG2E)), kit.constant(0.5)));
  const high = kit.sub(x, kit.mul(k, kit.constant(ln2.high)));
  const low = kit.mul(k, kit.constant(ln2.low));
  const r = kit.sub(high, low);
  const lost = kit.sub(kit.sub(high, r), low);
  const tail = kit.add(kit.mul(kit.mul(r, r), polynomial(kit, r, TAIL[kit.dtype])), lost);
  return { k, r, tail };
}

/**
 * eˣ; Infinity on overflow, gradually 0 on underflow.
 * @example exp(numberKit("float64"), 1) // 2.718281828459045
 */
export function exp<T, M>(kit: MathKit<T, M>, x: T): T {
  const one = kit.constant(1);
  const { low, high } = LIMITS[kit.dtype];
  const clamped = kit.max(kit.min(x, kit.constant(high)), kit.constant(low));
  const { k, r, tail } = reduceExp(kit, clamped);
  const sum = kit.add(one, r);
  const lost = kit.add(kit.sub(one, sum), r);
  const factor = kit.add(sum, kit.add(lost, tail));
  // 2ᵏ itself may lie outside the exponents; each half does not. Only the last product can round.
  const half = kit.floor(kit.mul(k, kit.constant(0.5)));
  return kit.mul(kit.mul(factor, kit.pow2(half)), kit.pow2(kit.sub(k, half)));
}
