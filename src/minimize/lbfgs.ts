/**
 * L-BFGS: a quasi-Newton method that describes the curvature by the last few steps instead of a matrix.
 *
 * Needs fewer evaluations than conjugate gradients and 2·memory vectors more. Not L-BFGS-B: no bounds.
 * Source: Nocedal (1980), Math. Comp. 35(151), 773–782; Liu & Nocedal (1989), Math. Programming 45, 503–528;
 * Nocedal & Wright (2006), algorithms 7.4 and 7.5.
 */
import { UsageError } from "../tensor/errors.ts";
import { advance, report, startDescent } from "./descent.ts";
import { Ray } from "./line.ts";
import { checkOptions } from "./options.ts";
import type { LbfgsOptions, MinimizeResult, Objective } from "./types.ts";
import { addScaled, dot, maxNorm, negate, subtract } from "./vector.ts";
import { wolfeSearch } from "./wolfe-search.ts";

/** One remembered step: s = xₖ₊₁ − xₖ, y = gₖ₊₁ − gₖ, and s·y > 0. */
export interface CurvaturePair {
  readonly s: Float64Array;
  readonly y: Float64Array;
  readonly sy: number;
}

/**
 * Minimises f by L-BFGS with strong Wolfe line searches; the first trial step is 1, the first of all 1/‖g‖.
 *
 * Where a search fails, the memory is dropped and steepest descent tried once before giving up.
 *
 * @param objective f and ∇f, together or apart; x has the length of `x0`
 * @param x0 the start, any length ≥ 1; not changed
 * @throws {UsageError} for options out of range and where f or ∇f is not finite at x0
 * @throws {ShapeError} where a gradient has not the length of x
 * @example
 * const bowl = (x: Float64Array) => ({ value: x[0]! ** 2, gradient: Float64Array.of(2 * x[0]!) });
 * lbfgs(bowl, Float64Array.of(3), { memory: 5 }).status // "converged"
 */
export function lbfgs(objective: Objective, x0: Float64Array, options: LbfgsOptions = {}): MinimizeResult {
  const checked = checkOptions("lbfgs", x0, options, 0.9, "memory");
  const { maxIterations, gradientTolerance, callback } = checked;
  const { memory = 10 } = options;
  if (!Number.isInteger(memory) || memory < 1) {
    throw new UsageError(`lbfgs: memory must be an integer ≥ 1, received ${memory}. 3 to 20 is usual.`);
  }
  const descent = startDescent("lbfgs", objective, x0);
  let pairs: CurvaturePair[] = [];

  while (!(maxNorm(descent.gradient) <= gradientTolerance) && descent.history.length < maxIterations) {
    const { f, x, value, gradient } = descent;
    const direction = negate(inverseHessianTimes(pairs, gradient));
    const ray = new Ray(f, x, direction);
    const firstStep = pairs.length > 0 ? 1 : Math.min(1, 1 / Math.sqrt(dot(gradient, gradient)));
    const found = wolfeSearch(ray, { value, slope: dot(gradient, direction), firstStep }, checked);
    if (!found) {
      if (pairs.length === 0) return report(descent, checked, "lineSearchFailed");
      pairs = [];
      continue;
    }
    const point = ray.point(found.step);
    const g = ray.gradient(found.step);
    const s = subtract(point, x);
    const y = subtract(g, gradient);
    const sy = dot(s, y);
    // Without positive curvature (only possible where the search gave up early) the step teaches nothing.
    if (sy > Number.EPSILON * dot(y, y)) pairs = [...pairs, { s, y, sy }].slice(-memory);
    if (advance(descent, point, found.value, g, callback)) return report(descent, checked, "stopped");
  }
  return report(descent, checked, undefined);
}

/**
 * H·g by the two loops of Nocedal (1980), where H approximates the inverse Hessian from the pairs, oldest first;
 * it starts from γ·I with γ = s·y / y·y of the newest pair.
 */
export function inverseHessianTimes(pairs: readonly CurvaturePair[], gradient: Float64Array): Float64Array {
  let q: Float64Array = gradient.slice();
  const weights: number[] = [];
  for (let i = pairs.length - 1; i >= 0; i--) {
    const { s, y, sy } = pairs[i]!;
    weights[i] = dot(s, q) / sy;
    q = addScaled(q, -weights[i]!, y);
  }
  const newest = pairs.at(-1);
  if (newest) {
    const gamma = newest.sy / dot(newest.y, newest.y);
    q = q.map((v) => gamma * v);
  }
  for (let i = 0; i < pairs.length; i++) {
    const { s, y, sy } = pairs[i]!;
    q = addScaled(q, weights[i]! - dot(y, q) / sy, s);
  }
  return q;
}
