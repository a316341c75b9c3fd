/**
 * Full-batch minimizers as a choice of `optimizer` in `fit`: plain objects that say which and with what options.
 * `train/minimize` runs them.
 */
import { UsageError } from "../tensor/errors.ts";
import { checkOptions, isNumber, isWhole, names } from "../tensor/options.ts";
import { show } from "../tensor/show.ts";

/** Options of `conjugateGradient`. */
export interface MinimizerOptions {
  /** Default: `epochs` of fit. */
  readonly maxIterations?: number;
  /** Converged when no entry of the gradient is larger, ≥ 0; default 1e-5. */
  readonly gradientTolerance?: number;
}

/** Options of `lbfgs`. */
export interface LbfgsMinimizerOptions extends MinimizerOptions {
  /** Steps remembered, ≥ 1; default 10. */
  readonly memory?: number;
}

/** A full-batch minimizer to give `fit` as its optimizer. */
export interface Minimizer {
  readonly minimizer: "conjugateGradient" | "lbfgs";
  readonly options: LbfgsMinimizerOptions;
}

/**
 * Nonlinear conjugate gradients on the whole data set. Use `dtype: "float64"`: in float32 the line search soon
 * runs out of digits.
 * @throws {UsageError} for options out of range.
 * @example
 * const model = sequential([dense(1)], { inputShape: [1], dtype: "float64" });
 * await model.fit([[0], [1], [2]], [1, 3, 5], { optimizer: conjugateGradient(), epochs: 100 });
 * model.predict([[10]]).data // [21.000], as y = 2x + 1
 * @see Nocedal & Wright (2006), section 5.2
 */
export const conjugateGradient = (options: MinimizerOptions = {}): Minimizer =>
  make("conjugateGradient", options, ["maxIterations", "gradientTolerance"]);

/**
 * L-BFGS on the whole data set. Use `dtype: "float64"`, as with `conjugateGradient`.
 * @throws {UsageError} for options out of range.
 * @example
 * const model = sequential([dense(1)], { inputShape: [1], dtype: "float64" });
 * await model.fit([[0], [1], [2]], [1, 3, 5], { optimizer: lbfgs({ memory: 20 }), epochs: 100 });
 * model.predict([[10]]).data // [21.000], as y = 2x + 1
 * @see Liu & Nocedal (1989)
 */
export const lbfgs = (options: LbfgsMinimizerOptions = {}): Minimizer =>
  make("lbfgs", options, ["maxIterations", "gradientTolerance", "memory"]);

export const isMinimizer = (optimizer: unknown): optimizer is Minimizer =>
  typeof optimizer === "object" &&
  optimizer !== null &&
  "minimizer" in optimizer &&
  (optimizer.minimizer === "conjugateGradient" || optimizer.minimizer === "lbfgs") &&
  "options" in optimizer;

function make(
  minimizer: Minimizer["minimizer"],
  options: LbfgsMinimizerOptions,
  known: readonly string[],
): Minimizer {
  checkOptions(minimizer, names(...known), options);
  const { maxIterations, gradientTolerance, memory } = options;
  const whole = (name: string, value: number | undefined) => {
    if (value !== undefined && !isWhole(1)(value))
      throw new UsageError(
        `${minimizer}: expected ${name} ≥ 1, a whole number, received ${show(value)}. Give e.g. 10.`,
      );
  };
  whole("maxIterations", maxIterations);
  whole("memory", memory);
  if (gradientTolerance !== undefined && !isNumber(gradientTolerance, 0))
    throw new UsageError(
      `${minimizer}: expected gradientTolerance ≥ 0, received ${show(gradientTolerance)}. Leave it out for 1e-5.`,
    );
  return { minimizer, options };
}
