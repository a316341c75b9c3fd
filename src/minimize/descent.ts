/**
 * The state both minimisers carry from step to step, how it begins and how it is reported.
 */
import { UsageError } from "../tensor/errors.ts";
import { Evaluator } from "./evaluator.ts";
import type { CheckedOptions } from "./options.ts";
import type { MinimizeResult, MinimizeStatus, Objective } from "./types.ts";
import { maxNorm } from "./vector.ts";

/** A point of the descent; its arrays are never changed, only replaced. */
export interface Descent {
  readonly f: Evaluator;
  x: Float64Array;
  value: number;
  gradient: Float64Array;
  readonly history: number[];
}

/** @throws UsageError where the objective is not finite at x0. */
export function startDescent(where: string, objective: Objective, x0: Float64Array): Descent {
  const f = new Evaluator(where, objective);
  const x = x0.slice();
  const value = f.value(x);
  if (!Number.isFinite(value)) {
    throw new UsageError(
      `${where}: the objective must be finite at x0, received ${value}. Start elsewhere, or check the data for NaN and the logarithms for 0.`,
    );
  }
  const gradient = f.gradient(x);
  const odd = gradient.findIndex((v) => !Number.isFinite(v));
  if (odd >= 0) {
    throw new UsageError(
      `${where}: the gradient must be finite at x0, received ${gradient[odd]} at index ${odd}. Start elsewhere, or check the gradient.`,
    );
  }
  return { f, x, value, gradient, history: [] };
}

/** Moves to a new point and tells the callback; true if the callback wants to stop. */
export function advance(
  descent: Descent,
  x: Float64Array,
  value: number,
  gradient: Float64Array,
  callback: CheckedOptions["callback"],
): boolean {
  descent.x = x;
  descent.value = value;
  descent.gradient = gradient;
  descent.history.push(value);
  descent.f.keepOnly(x);
  return callback?.(x.slice(), value, descent.history.length) === true;
}

/** The result; `interrupted` is the reason why the descent ended before its own tests did. */
export function report(
  descent: Descent,
  options: CheckedOptions,
  interrupted: "lineSearchFailed" | "stopped" | undefined,
): MinimizeResult {
  const { f, x, value, gradient, history } = descent;
  const gradientNorm = maxNorm(gradient);
  const converged = gradientNorm <= options.gradientTolerance;
  const status: MinimizeStatus = converged ? "converged" : (interrupted ?? "maxIterations");
  const count = `${history.length} iteration${history.length === 1 ? "" : "s"}`;
  const message = {
    converged: `Converged after ${count}: no entry of the gradient exceeds ${options.gradientTolerance}.`,
    maxIterations: `Stopped after ${count}, the limit; the largest entry of the gradient is ${gradientNorm}.`,
    lineSearchFailed: `Stopped after ${count}: no step along the search direction is good enough, though the largest entry of the gradient is ${gradientNorm}. Either rounding hides any further decrease, or the gradient does not belong to the value; check it by finite differences.`,
    stopped: `Stopped by the callback after ${count}.`,
  }[status];
  return {
    x: x.slice(),
    value,
    gradientNorm,
    iterations: history.length,
    evaluations: f.evaluations,
    gradientEvaluations: f.gradientEvaluations,
    status,
    message,
    history: [...history],
  };
}
