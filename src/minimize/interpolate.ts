/**
 * Minimisers of the parabola and of the cubic through known points, undefined where there is none.
 *
 * Source: Nocedal & Wright (2006), section 3.5, "Interpolation".
 */

/** Parabola with the value and slope of a and the value of b. */
export function parabolaMinimum(
  a: number,
  fa: number,
  slope: number,
  b: number,
  fb: number,
): number | undefined {
  const d = b - a;
  const curvature = (fb - fa - slope * d) / (d * d);
  return finite(a - slope / (2 * curvature));
}

/** Cubic with the value and slope of a and the values of b and c. */
export function cubicMinimum(
  a: number,
  fa: number,
  slope: number,
  b: number,
  fb: number,
  c: number,
  fc: number,
): number | undefined {
  // p(t) = A·t³ + B·t² + slope·t + fa with t measured from a; A and B from the other two values.
  const tb = b - a;
  const tc = c - a;
  const rb = fb - fa - slope * tb;
  const rc = fc - fa - slope * tc;
  const determinant = (tb * tc) ** 2 * (tb - tc);
  const A = (tc ** 2 * rb - tb ** 2 * rc) / determinant;
  const B = (tb ** 3 * rc - tc ** 3 * rb) / determinant;
  return finite(a + (Math.sqrt(B * B - 3 * A * slope) - B) / (3 * A));
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}
