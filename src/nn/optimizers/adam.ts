/**
 * Adam, and AdamW, which is Adam after a decoupled weight decay.
 *
 *   m ← β₁·m + (1 − β₁)·dw            c₁ ← β₁·c₁ + (1 − β₁)     (c₁ = 1 − β₁ᵗ)
 *   v ← β₂·v + (1 − β₂)·dw²           c₂ ← β₂·c₂ + (1 − β₂)
 *   w ← w·(1 − η·λ) − η·(m/c₁) / (√(v/c₂) + ε)
 *
 * ε stands outside the root, after the bias correction, as in algorithm 1 of the paper and in PyTorch. (Keras
 * adds its ε to the uncorrected √v.) The correction c is the moving average of ones: the same number as 1 − βᵗ,
 * without the cancellation of 1 − 0.999 in float32.
 * Source: Kingma & Ba (2015), algorithm 1; Loshchilov & Hutter (2019), algorithm 2.
 */
import type { Graph } from "../../graph/graph.ts";
import { checkOptions, names } from "../../tensor/options.ts";
import {
  atLeastZero,
  checkEpsilon,
  checkLearningRate,
  type LearningRate,
  movingAverage,
  type Optimizer,
  type OptimizerContext,
  ownOptimizer,
  type ParameterUpdate,
  share,
} from "./optimizer.ts";

/** Options of `adam`. */
export interface AdamOptions {
  /** Default 0.001. */
  readonly learningRate?: LearningRate;
  /** Share of the mean kept at each step, default 0.9. */
  readonly beta1?: number;
  /** Share of the mean square kept at each step, default 0.999. */
  readonly beta2?: number;
  /** Default 1e-8. */
  readonly epsilon?: number;
}

/** Options of `adamW`. */
export interface AdamWOptions extends AdamOptions {
  /** Default 0.01 (PyTorch's; Keras's is 0.004). */
  readonly weightDecay?: number;
}

const ADAM = names("learningRate", "beta1", "beta2", "epsilon");

/**
 * Adam: w ← w − η·m̂/(√v̂ + ε), with the corrected moving means m̂ of dw and v̂ of dw².
 * @throws {UsageError} for options out of range.
 * @example adam({ learningRate: 1e-3 }).config // { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }
 * @see Kingma & Ba (2015), algorithm 1
 */
export function adam(options: AdamOptions = {}): Optimizer {
  checkOptions("adam", ADAM, options);
  return make("adam", options, 0);
}

/**
 * Adam after a decoupled weight decay: w ← w·(1 − η·λ), then Adam's step.
 * @throws {UsageError} for options out of range.
 * @example adamW({ weightDecay: 0.05 }).config // { weightDecay: 0.05 }
 * @see Loshchilov & Hutter (2019), algorithm 2
 */
export function adamW(options: AdamWOptions = {}): Optimizer {
  checkOptions("adamW", { ...ADAM, ...names("weightDecay") }, options);
  return make("adamW", options, options.weightDecay ?? 0.01);
}

function make(name: string, options: AdamOptions, weightDecay: number): Optimizer {
  const { learningRate = 1e-3, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = options;
  checkLearningRate(name, learningRate);
  share(name, "beta1", beta1);
  share(name, "beta2", beta2);
  checkEpsilon(name, epsilon);
  atLeastZero(name, "weightDecay", weightDecay);
  const config = { beta1, beta2, epsilon, ...(name === "adamW" && { weightDecay }) };
  return ownOptimizer({
    name,
    learningRate,
    config,
    begin: (g, context) => update(g, context, { beta1, beta2, epsilon, weightDecay }),
  });
}

function update(
  g: Graph,
  { learningRate, scalar }: OptimizerContext,
  { beta1, beta2, epsilon, weightDecay }: Required<Omit<AdamWOptions, "learningRate">>,
): ParameterUpdate {
  const c1 = movingAverage(g, scalar("correction1"), beta1, 1);
  const c2 = movingAverage(g, scalar("correction2"), beta2, 1);
  return (w, dw, slot) => {
    const m = movingAverage(g, slot("mean"), beta1, dw);
    const v = movingAverage(g, slot("meanSquare"), beta2, g.square(dw));
    const step = g.mul(learningRate, g.div(g.div(m, c1), g.add(g.sqrt(g.div(v, c2)), epsilon)));
    const kept = weightDecay === 0 ? w : g.mul(w, g.sub(1, g.mul(learningRate, weightDecay)));
    g.store(w, g.sub(kept, step));
  };
}
