/**
 * log(1 + t) for 0 ≤ t ≤ 1, the part of softplus that needs care.
 *
 * log(1 + t) = 2·atanh(s) with s = t / (2 + t) ≤ 1/3, and 2·s = t − s·t, so
 * log(1 + t) = t − s·(t − z·T(z)) with z = s²: for small t the leading term t is exact.
 * T is a minimax polynomial of our own (test/golden/scripts/fit_polynomials.py).
 */
import type { MathKit } from "./kit.ts";
import { polynomial } from "./polynomial.ts";

/** (2·atanh(s) − 2·s) / s³ in z = s² ≤ 1/9; error relative to the logarithm: 2^−59.4 and 2^−33.1. */
const TAIL = {
  float64: [
    0.6666666666666631, 0.40000000000157243, 0.2857142854785385, 0.2222222396973327, 0.1818174392482229,
    0.15386559925894275, 0.13300973542692873, 0.12106086630500704, 0.08340099782147269, 0.17018578572982238,
  ],
  float32: [0.66666675, 0.39998877, 0.28616884, 0.2142766, 0.2430093],
};

/**
 * log(1 + t) for t in [0, 1]; NaN gives NaN, other t a wrong number.
 * @example log1pUnit(numberKit("float64"), 1e-20) // 1e-20
 */
export function log1pUnit<T, M>(kit: MathKit<T, M>, t: T): T {
  const s = kit.div(t, kit.add(t, kit.constant(2)));
  const z = kit.mul(s, s);
  const tail = kit.mul(z, polynomial(kit, z, TAIL[kit.dtype]));
  return kit.sub(t, kit.mul(s, kit.sub(t, tail)));
}
