/**
 * Natural logarithm: x = 2ᵏ·m with m from √½ to √2, log x = k·ln 2 + 2·atanh(s), s = (m − 1) / (m + 1).
 *
 * float64 keeps s and the sum in two numbers (Dekker, "A floating-point technique for extending the available
 * precision", 1971), so that the result is nearly always the correctly rounded one: NumPy's normal generator is
 * ported on top of it. float32 uses 2·s = f − s·f, f = m − 1 exact, which is enough for its two ulp.
 * T is a minimax polynomial of our own (test/golden/scripts/fit_polynomials.py).
 */
import type { MathKit } from "./kit.ts";
import { polynomial } from "./polynomial.ts";

const LN2 = {
  float64: { high: 0.6931471805598903, low: 5.497923018708371e-14 },
  float32: { high: 0.693145751953125, low: 1.428606765330187e-6 },
};
/** (2·atanh(s) − 2·s) / s³ in z = s² ≤ 0.0295; error relative to 2·s: 2^−66.7 and 2^−30.2. */
const TAIL = {
  float64: [
    0.6666666666666666, 0.40000000000006336, 0.28571428569056606, 0.22222222651225373, 0.1818177530962048,
    0.1538710638453753, 0.1324976428950166, 0.1325456006998988,
  ],
  float32: [0.66666776, 0.39977443, 0.29874596],
};
/** Denormal numbers are first multiplied by 2^lift, which makes them normal. */
const DENORMAL = {
  float64: { below: 2 ** -1022, lift: 54 },
  float32: { below: 2 ** -126, lift: 25 },
};

/** x = 2ᵏ·m with m in [√½, √2) for every positive finite x. */
function decompose<T, M>(kit: MathKit<T, M>, x: T): { k: T; m: T } {
  const one = kit.constant(1);
  const zero = kit.constant(0);
  const { below, lift } = DENORMAL[kit.dtype];
  const tiny = kit.less(x, kit.constant(below));
  const normal = kit.select(tiny, kit.mul(x, kit.constant(2 ** lift)), x);
  const mantissa = kit.mantissa(normal);
  const exponent = kit.sub(kit.exponent(normal), kit.select(tiny, kit.constant(lift), zero));
  const large = kit.less(kit.constant(Math.SQRT2), mantissa);
  return {
    k: kit.add(exponent, kit.select(large, one, zero)),
    m: kit.select(large, kit.mul(mantissa, kit.constant(0.5)), mantissa),
  };
}

/** a in two parts of half as many bits, whose products are exact (Veltkamp). */
function halves<T, M>(kit: MathKit<T, M>, a: T): [T, T] {
  const scaled = kit.mul(a, kit.constant(2 ** 27 + 1));
  const high = kit.sub(scaled, kit.sub(scaled, a));
  return [high, kit.sub(a, high)];
}

/** k·ln 2 + log m with every error but the last rounding below 0.02 ulp. */
function sumInTwo<T, M>(kit: MathKit<T, M>, k: T, m: T): T {
  const one = kit.constant(1);
  const ln2 = LN2.float64;
  const f = kit.sub(m, one);
  // d + dLost = m + 1 exactly.
  const d = kit.add(one, m);
  const dLost = kit.sub(m, kit.sub(d, one));
  const inverse = kit.div(one, d);
  const s = kit.mul(f, inverse);
  // sLost = (f − s·(d + dLost)) / d, with the product s·d = product + error exact (Dekker).
  const [sHigh, sLow] = halves(kit, s);
  const [dHigh, dLow] = halves(kit, d);
  const product = kit.mul(s, d);
  const cross = kit.add(
    kit.sub(kit.mul(sHigh, dHigh), product),
    kit.add(kit.mul(sHigh, dLow), kit.mul(sLow, dHigh)),
  );
  const error = kit.add(cross, kit.mul(sLow, dLow));
  const sLost = kit.mul(kit.sub(kit.sub(kit.sub(f, product), error), kit.mul(s, dLost)), inverse);
  const z = kit.mul(s, s);
  const tail = kit.mul(kit.mul(s, z), polynomial(kit, z, TAIL.float64));
  // k·high is exact, and 0 or larger than 2·s, so that sum + sumLost = k·high + 2·s exactly.
  const whole = kit.mul(k, kit.constant(ln2.high));
  const twice = kit.add(s, s);
  const sum = kit.add(whole, twice);
  const sumLost = kit.sub(twice, kit.sub(sum, whole));
  // The derivative of 2·atanh(s) is 2/(1 − z), nearly 2·(1 + z).
  const lost = kit.add(sLost, kit.mul(sLost, z));
  const rest = kit.add(
    kit.add(tail, kit.mul(k, kit.constant(ln2.low))),
    kit.add(sumLost, kit.add(lost, lost)),
  );
  return kit.add(sum, rest);
}

function sumInOne<T, M>(kit: MathKit<T, M>, k: T, m: T): T {
  const ln2 = LN2[kit.dtype];
  const f = kit.sub(m, kit.constant(1));
  const s = kit.div(f, kit.add(f, kit.constant(2)));
  const z = kit.mul(s, s);
  const tail = kit.mul(z, polynomial(kit, z, TAIL[kit.dtype]));
  const small = kit.sub(kit.mul(k, kit.constant(ln2.low)), kit.mul(s, kit.sub(f, tail)));
  return kit.add(kit.mul(k, kit.constant(ln2.high)), kit.add(f, small));
}

/**
 * log x; −Infinity at 0, NaN below.
 * @example log(numberKit("float64"), 10) // 2.302585092994046
 */
export function log<T, M>(kit: MathKit<T, M>, x: T): T {
  const zero = kit.constant(0);
  const { k, m } = decompose(kit, x);
  const finite = kit.dtype === "float64" ? sumInTwo(kit, k, m) : sumInOne(kit, k, m);
  // Infinity and NaN are their own logarithms; then 0, then what is negative or NaN.
  const positive = kit.select(kit.less(x, kit.constant(Infinity)), finite, x);
  const orZero = kit.select(kit.equal(x, zero), kit.constant(-Infinity), positive);
  return kit.select(kit.lessEqual(zero, x), orZero, kit.constant(NaN));
}
