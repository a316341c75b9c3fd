/**
 * What a minimiser takes and gives: objective functions, options and the result.
 *
 * The minimisers of this folder see a flat vector of float64 numbers and a function; they know nothing of
 * networks, graphs or programs. Use them where the whole data set is one batch.
 */

/** A value f(x) and its gradient ∇f(x), as long as x. */
export interface Evaluation {
  readonly value: number;
  readonly gradient: Float64Array;
}

/** Value and gradient in one call. `x` is a private copy: whatever the function does to it stays without effect. */
export type JointObjective = (x: Float64Array) => Evaluation;

/** Value and gradient apart, for functions whose gradient costs much more than their value. */
export interface SplitObjective {
  value(x: Float64Array): number;
  gradient(x: Float64Array): Float64Array;
}

/** A function to minimise, with its gradient. */
export type Objective = JointObjective | SplitObjective;

/** Options of both minimisers. */
export interface MinimizeOptions {
  /** Stop after this many steps (integer ≥ 0; default 200 times the length of x). */
  readonly maxIterations?: number;
  /** Converged when no entry of the gradient is larger than this in size (≥ 0; default 1e-5). */
  readonly gradientTolerance?: number;
  /** Sufficient decrease: f(x + αd) ≤ f(x) + c1·α·f′ (0 < c1 < c2; default 1e-4). */
  readonly c1?: number;
  /** Curvature: |f′(x + αd)| ≤ c2·|f′(x)| (c1 < c2 < 1; default 0.4 for conjugate gradients, 0.9 for L-BFGS). */
  readonly c2?: number;
  /** Called after each step with a copy of x, f(x) and the number of steps done; return true to stop. */
  readonly callback?: (x: Float64Array, value: number, iteration: number) => unknown;
}

/** Options of `lbfgs`. */
export interface LbfgsOptions extends MinimizeOptions {
  /** How many past steps describe the curvature (integer ≥ 1; default 10). */
  readonly memory?: number;
}

/** `lineSearchFailed`: no acceptable step was found: precision is exhausted, or the gradient is wrong. */
export type MinimizeStatus = "converged" | "maxIterations" | "lineSearchFailed" | "stopped";

/** Where a minimiser ended, and why. */
export interface MinimizeResult {
  readonly x: Float64Array;
  readonly value: number;
  /** Largest entry of the gradient at x, in size. */
  readonly gradientNorm: number;
  readonly iterations: number;
  /** Values computed; a joint objective counts once here and once in `gradientEvaluations`. */
  readonly evaluations: number;
  readonly gradientEvaluations: number;
  readonly status: MinimizeStatus;
  /** One sentence for people. */
  readonly message: string;
  /** The value after each iteration; the value at the start is not among them. */
  readonly history: number[];
}
