/**
 * Sine and cosine for |x| ≤ 100 000.
 *
 * n = round(2x/π) and r = x − n·π/2 in two numbers, with π/2 split into parts short enough that n·part is exact
 * (Cody & Waite, 1980); then ±sin r or ±cos r by n mod 4. Beyond the range the result has an absolute error of
 * about |x|·2^−53 (float32: |x|·2^−24) and stays in [−1, 1] up to |x| = 10³⁰⁰ (10³⁷); there is no Payne–Hanek step.
 * The polynomials are minimax ones of our own (test/golden/scripts/fit_polynomials.py).
 */
import type { MathKit } from "./kit.ts";
import { polynomial } from "./polynomial.ts";

const TWO_OVER_PI = 0.6366197723675814;
/** π/2 = sum of `exact` + sum of `rest`: parts of 36 bits (float32: 8), the last one of full precision. */
const HALF_PI = {
  float64: { exact: [1.5707963267923333], rest: [2.5633441515839558e-12, 1.0562999066987428e-23] },
  float32: {
    exact: [1.5703125, 0.000484466552734375],
    rest: [-6.407499313354492e-7, 9.89530235528946e-10, 2.5579538487363607e-12, 5.390302953474238e-15],
  },
};
/** (sin r − r) / r³ in z = r² ≤ 0.64; error relative to sin r: 2^−57.6 and 2^−27.8. */
const SIN_TAIL = {
  float64: [
    -0.16666666666666624, 0.008333333333320222, -0.00019841269828002432, 2.755731305082163e-6,
    -2.5050655799668655e-8, 1.5890770794262194e-10,
  ],
  float32: [-0.16666654, 0.00833209, -0.0001950524],
};
/** (cos r − 1 + z/2) / z² in z = r² ≤ 0.64; absolute error 2^−63.8 and 2^−33.0. */
const COS_TAIL = {
  float64: [
    0.04166666666666658, -0.001388888888887116, 2.480158728757533e-5, -2.755731378770419e-7,
    2.0875644932720698e-9, -1.1355521461477974e-11,
  ],
  float32: [0.041666646, -0.0013887251, 2.4424924e-5],
};
/** Bounds of r and rLost that only an x out of range exceeds: a little above π/4 (n may round the wrong way). */
const LARGEST = 0.8;
const LARGEST_LOST = 2 ** -20;

/** a limited to [−bound, bound]. */
const clamp = <T, M>(kit: MathKit<T, M>, a: T, bound: number): T =>
  kit.max(kit.min(a, kit.constant(bound)), kit.constant(-bound));

/** r + rLost = x − n·π/2. */
function reduce<T, M>(kit: MathKit<T, M>, x: T): { n: T; r: T; rLost: T } {
  const { exact, rest } = HALF_PI[kit.dtype];
  const n = kit.floor(kit.add(kit.mul(x, kit.constant(TWO_OVER_PI)), kit.constant(0.5)));
  let r = x;
  for (const part of exact) r = kit.sub(r, kit.mul(n, kit.constant(part)));
  let rLost = kit.constant(0);
  for (const [i, part] of rest.entries()) {
    const product = kit.mul(n, kit.constant(part));
    const step = i === 0 ? product : kit.sub(product, rLost);
    const next = kit.sub(r, step);
    rLost = kit.sub(kit.sub(r, next), step);
    r = next;
  }
  return { n, r: clamp(kit, r, LARGEST), rLost: clamp(kit, rLost, LARGEST_LOST) };
}

/** sin(x + quarters·π/2). */
function shiftedSin<T, M>(kit: MathKit<T, M>, x: T, quarters: 0 | 1): T {
  const one = kit.constant(1);
  const { n, r, rLost } = reduce(kit, x);
  const z = kit.mul(r, r);
  const sine = kit.add(r, kit.add(kit.mul(kit.mul(r, z), polynomial(kit, z, SIN_TAIL[kit.dtype])), rLost));
  const halfZ = kit.mul(z, kit.constant(0.5));
  const base = kit.sub(one, halfZ);
  const baseLost = kit.sub(kit.sub(one, base), halfZ);
  const tail = kit.sub(kit.mul(kit.mul(z, z), polynomial(kit, z, COS_TAIL[kit.dtype])), kit.mul(r, rLost));
  const cosine = kit.add(base, kit.add(baseLost, tail));
  // q = (n + quarters) / 2: q has a fraction where the cosine is meant, and is odd where the sign changes.
  const q = kit.mul(quarters === 0 ? n : kit.add(n, one), kit.constant(0.5));
  const whole = kit.floor(q);
  const value = kit.select(kit.less(whole, q), cosine, sine);
  const halfWhole = kit.mul(whole, kit.constant(0.5));
  return kit.select(kit.less(kit.floor(halfWhole), halfWhole), kit.neg(value), value);
}

/**
 * sin x, x in radians.
 * @example sin(numberKit("float64"), 1) // 0.8414709848078965
 */
export function sin<T, M>(kit: MathKit<T, M>, x: T): T {
  // The sums above turn −0 into +0.
  return kit.select(kit.equal(x, kit.constant(0)), x, shiftedSin(kit, x, 0));
}

/**
 * cos x, x in radians.
 * @example cos(numberKit("float64"), 1) // 0.5403023058681397
 */
export function cos<T, M>(kit: MathKit<T, M>, x: T): T {
  return shiftedSin(kit, x, 1);
}
