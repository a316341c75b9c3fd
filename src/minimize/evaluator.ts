/**
 * Calls the user's objective, counts the calls, and remembers points so that none is paid for twice.
 *
 * A joint objective remembers every point since the last `keepOnly`, because a search that fails is followed by
 * another one that may try the same points. A split objective remembers the newest point only: then its counts
 * are those of SciPy's optimisers, which users compare with. The objective gets a copy of x and its gradient is
 * copied, so an objective that writes into x or reuses one buffer does no harm.
 */
import { ShapeError, UsageError } from "../tensor/errors.ts";
import { hasMethods } from "../tensor/options.ts";
import { show } from "../tensor/show.ts";
import type { Objective } from "./types.ts";

interface Sample {
  readonly x: Float64Array;
  value: number | undefined;
  gradient: Float64Array | undefined;
}

export class Evaluator {
  evaluations = 0;
  gradientEvaluations = 0;
  readonly #where: string;
  readonly #objective: Objective;
  #samples: Sample[] = [];

  constructor(where: string, objective: Objective) {
    if (typeof objective !== "function" && !hasMethods("value", "gradient")(objective))
      throw new UsageError(
        `${where}: expected the objective as a function or { value, gradient } of functions, received ${show(objective)}. Give x => ({ value, gradient }).`,
      );
    this.#where = where;
    this.#objective = objective;
  }

  /** f(x). The evaluator keeps x: do not change it afterwards. */
  value(x: Float64Array): number {
    const sample = this.#sample(x);
    if (sample.value === undefined) {
      if (typeof this.#objective === "function") this.#fillBoth(sample);
      else {
        this.evaluations++;
        sample.value = this.#checkValue(this.#objective.value(x.slice()));
      }
    }
    return sample.value!;
  }

  /** ∇f(x). The evaluator keeps x: do not change it afterwards. */
  gradient(x: Float64Array): Float64Array {
    const sample = this.#sample(x);
    if (sample.gradient === undefined) {
      if (typeof this.#objective === "function") this.#fillBoth(sample);
      else {
        this.gradientEvaluations++;
        sample.gradient = this.#checkGradient(this.#objective.gradient(x.slice()), x.length);
      }
    }
    return sample.gradient!;
  }

  /** Forgets every point but x. */
  keepOnly(x: Float64Array): void {
    if (typeof this.#objective === "function") this.#samples = this.#samples.filter((s) => same(s.x, x));
  }

  #fillBoth(sample: Sample): void {
    if (typeof this.#objective !== "function") return;
    this.evaluations++;
    this.gradientEvaluations++;
    const { value, gradient } = this.#objective(sample.x.slice()) ?? {};
    sample.value = this.#checkValue(value);
    sample.gradient = this.#checkGradient(gradient, sample.x.length);
  }

  #sample(x: Float64Array): Sample {
    for (let i = this.#samples.length - 1; i >= 0; i--) {
      if (same(this.#samples[i]!.x, x)) return this.#samples[i]!;
    }
    const sample: Sample = { x, value: undefined, gradient: undefined };
    if (typeof this.#objective !== "function") this.#samples = [];
    this.#samples.push(sample);
    return sample;
  }

  #checkValue(value: unknown): number {
    if (typeof value === "number") return value;
    throw new UsageError(
      `${this.#where}: the objective's value must be a number, received ${value === null ? "null" : typeof value}. Return f(x) as a plain number.`,
    );
  }

  #checkGradient(gradient: Float64Array, length: number): Float64Array {
    if (gradient?.length !== length) {
      throw new ShapeError(
        `${this.#where}: the objective's gradient must have ${length} entries like x, received ${gradient?.length ?? "none"}. Return one partial derivative for each entry of x.`,
      );
    }
    return Float64Array.from(gradient);
  }
}

function same(a: Float64Array, b: Float64Array): boolean {
  if (a === b) return true;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
