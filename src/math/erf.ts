/**
 * The error function: x + x·R(x²) up to |x| = 1, then 1 − e^(−x²)·G(v), where G is the scaled complementary
 * error function e^(x²)·erfc(x), smooth in v = 1 / (|x| + 3) − 1/4. v is 0 at x = 1, where errors weigh most.
 *
 * R and G are minimax polynomials of our own (test/golden/scripts/fit_polynomials.py), weighted by their share in
 * the result. There is no erfc: from |x| = 6 (float32: 4) on erf is ±1.
 */
import { exp } from "./exp.ts";
import type { MathKit } from "./kit.ts";
import { polynomial } from "./polynomial.ts";

/** erf(x)/x − 1 in x² ≤ 1; error relative to erf 2^−56.9 and 2^−29.6. */
const NEAR = {
  float64: [
    0.12837916709551256, -0.3761263890318352, 0.11283791670944185, -0.026866170643111413,
    0.0052239776061181135, -0.000854832592930003, 0.00012055293576533761, -1.4924712295970096e-5,
    1.6447131506868005e-6, -1.620631332905939e-7, 1.3710978771185197e-8, -7.779465816070692e-10,
  ],
  float32: [0.12837917, -0.37612626, 0.112835854, -0.026853811, 0.0051883277, -0.0008010193, 7.853859e-5],
};
/** e^(x²)·erfc(x) in 1 / (x + 3) − 1/4, 1 ≤ x ≤ 6 (4); absolute error of erf 2^−57.1 and 2^−33.0. */
const FAR = {
  float64: [
    0.427583576155807, 4.371392236542458, 22.033550765099868, 78.30298289617761, 185.32267289585565,
    229.32176427390434, -91.62291533010351, -698.266952773099, -134.74728428134725, 2311.0166438267697,
    1169.040553171296, -5515.699967982836,
  ],
  float32: [0.42758358, 4.371392, 22.033463, 78.29756, 185.24911, 232.24522],
};
const SATURATED = { float64: 6, float32: 4 };

/**
 * erf x = 2/√π · ∫₀ˣ e^(−t²) dt; odd.
 * @example erf(numberKit("float64"), 1) // 0.8427007929497149
 */
export function erf<T, M>(kit: MathKit<T, M>, x: T): T {
  const one = kit.constant(1);
  const size = kit.abs(x);
  const near = kit.add(x, kit.mul(x, polynomial(kit, kit.mul(x, x), NEAR[kit.dtype])));
  const limited = kit.min(size, kit.constant(SATURATED[kit.dtype]));
  const inverse = kit.div(one, kit.add(limited, kit.constant(3)));
  const v = kit.sub(inverse, kit.constant(0.25));
  const gauss = exp(kit, kit.neg(kit.mul(limited, limited)));
  const far = kit.sub(one, kit.mul(gauss, polynomial(kit, v, FAR[kit.dtype])));
  const signed = kit.select(kit.less(x, kit.constant(0)), kit.neg(far), far);
  return kit.select(kit.less(size, one), near, signed);
}
