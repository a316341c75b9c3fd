/**
 * Nonlinear conjugate gradients: each direction is the negative gradient plus a part of the direction before.
 *
 *   d₀ = −g₀,   dₖ₊₁ = −gₖ₊₁ + max(0, βₖ)·dₖ,   βₖ = gₖ₊₁·(gₖ₊₁ − gₖ) / (gₖ·gₖ)
 *
 * Made to repeat the iterates of SciPy's `fmin_cg` to rounding (with the tests of 1.10.1), as programs that
 * called it are replayed with this. It keeps four vectors and no matrix.
 * Source: Polak & Ribière (1969), Revue française d'informatique 3(16), 35–43; the max(0, ·) and the descent
 * condition: Gilbert & Nocedal (1992), SIAM J. Optim. 2(1), 21–42; Nocedal & Wright (2006), section 5.2.
 */
import { advance, report, startDescent } from "./descent.ts";
import { Ray } from "./line.ts";
import { checkOptions } from "./options.ts";
import type { MinimizeOptions, MinimizeResult, Objective } from "./types.ts";
import { dot, maxNorm, negate } from "./vector.ts";
import { wolfeSearch } from "./wolfe-search.ts";

/** How steep the next direction must be: d·g ≤ −0.01·g·g. */
const LEAST_DESCENT = 0.01;

/**
 * Minimises f by nonlinear conjugate gradients (Polak–Ribière, never negative) with strong Wolfe line searches.
 *
 * @param objective f and ∇f, together or apart; x has the length of `x0`
 * @param x0 the start, any length ≥ 1; not changed
 * @throws {UsageError} for options out of range and where f or ∇f is not finite at x0
 * @throws {ShapeError} where a gradient has not the length of x
 * @example
 * const bowl = (x: Float64Array) => ({ value: x[0]! ** 2, gradient: Float64Array.of(2 * x[0]!) });
 * conjugateGradient(bowl, Float64Array.of(3)).x.every((v) => Math.abs(v) < 1e-5) // true
 */
export function conjugateGradient(
  objective: Objective,
  x0: Float64Array,
  options: MinimizeOptions = {},
): MinimizeResult {
  const checked = checkOptions("conjugateGradient", x0, options, 0.4);
  const { maxIterations, gradientTolerance, callback } = checked;
  const descent = startDescent("conjugateGradient", objective, x0);
  let direction = negate(descent.gradient);
  let valueBefore = descent.value + Math.sqrt(dot(descent.gradient, descent.gradient)) / 2;

  while (!(maxNorm(descent.gradient) <= gradientTolerance) && descent.history.length < maxIterations) {
    const { f, x, value, gradient } = descent;
    const ray = new Ray(f, x, direction);
    const slope = dot(gradient, direction);
    const accept = (step: number): boolean => {
      const g = ray.gradient(step);
      return (
        maxNorm(g) <= gradientTolerance ||
        dot(nextDirection(gradient, g, direction), g) <= -LEAST_DESCENT * dot(g, g)
      );
    };
    const found = wolfeSearch(
      ray,
      { value, slope, firstStep: firstStep(value, valueBefore, slope) },
      checked,
      accept,
    );
    if (!found) return report(descent, checked, "lineSearchFailed");

    const g = ray.gradient(found.step);
    direction = nextDirection(gradient, g, direction);
    valueBefore = value;
    if (advance(descent, ray.point(found.step), found.value, g, callback)) {
      return report(descent, checked, "stopped");
    }
  }
  return report(descent, checked, undefined);
}

/** −g + max(0, β)·d. */
function nextDirection(gBefore: Float64Array, g: Float64Array, direction: Float64Array): Float64Array {
  let change = 0;
  for (let i = 0; i < g.length; i++) change += (g[i]! - gBefore[i]!) * g[i]!;
  const beta = Math.max(0, change / dot(gBefore, gBefore));
  return g.map((v, i) => -v + beta * direction[i]!);
}

/** The minimiser of the parabola with this slope that would repeat the last decrease, 1 % more, at most 1. */
function firstStep(value: number, valueBefore: number, slope: number): number {
  if (slope === 0) return 1;
  const step = Math.min(1, (1.01 * 2 * (value - valueBefore)) / slope);
  return step < 0 ? 1 : step;
}
