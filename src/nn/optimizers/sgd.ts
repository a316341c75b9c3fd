/**
 * Stochastic gradient descent with momentum and decoupled weight decay.
 *
 *   w ← w·(1 − η·λ)                       (weightDecay λ)
 *   v ← μ·v − η·dw                        (momentum μ; Keras's velocity, the rate inside)
 *   w ← w + v,   nesterov: w ← w + μ·v − η·dw with the new v
 *
 * With a constant rate this equals PyTorch's buf ← μ·buf + dw, w ← w − η·buf (v = −η·buf). PyTorch's
 * `weight_decay` is another thing: it adds λ·w to the gradient, as `kernelRegularizer: l2(λ/2)` does here.
 * Source: Sutskever et al. (2013), On the importance of initialization and momentum, equations 1 to 4.
 */
import { UsageError } from "../../tensor/errors.ts";
import { checkOptions, flags, names } from "../../tensor/options.ts";
import {
  atLeastZero,
  checkLearningRate,
  type LearningRate,
  type Optimizer,
  ownOptimizer,
  share,
} from "./optimizer.ts";

/** Options of `sgd`. */
export interface SgdOptions {
  /** Default 0.01. */
  readonly learningRate?: LearningRate;
  /** 0 ≤ momentum < 1; default 0. */
  readonly momentum?: number;
  /** Look ahead along the velocity; needs momentum. Default false. */
  readonly nesterov?: boolean;
  /** Decoupled: the share η·weightDecay of each weight is taken off at each step. Default 0. */
  readonly weightDecay?: number;
}

/**
 * Gradient descent: w ← w − η·dw; with momentum μ: v ← μ·v − η·dw, w ← w + v.
 * @throws {UsageError} for options out of range.
 * @example sgd({ learningRate: 0.1, momentum: 0.9, nesterov: true }).config // { momentum: 0.9, nesterov: true }
 * @see Sutskever et al. (2013), On the importance of initialization and momentum, equations 1 to 4
 */
export function sgd(options: SgdOptions = {}): Optimizer {
  checkOptions("sgd", { ...names("learningRate", "momentum", "weightDecay"), ...flags("nesterov") }, options);
  const { learningRate = 0.01, momentum = 0, nesterov = false, weightDecay = 0 } = options;
  checkLearningRate("sgd", learningRate);
  share("sgd", "momentum", momentum);
  atLeastZero("sgd", "weightDecay", weightDecay);
  if (nesterov && momentum === 0)
    throw new UsageError("sgd: expected a momentum > 0 with nesterov, received 0. Give e.g. momentum 0.9.");
  return ownOptimizer({
    name: "sgd",
    learningRate,
    config: { momentum, nesterov, weightDecay },
    begin(g, { learningRate: rate }) {
      return (w, dw, slot) => {
        const kept = weightDecay === 0 ? w : g.mul(w, g.sub(1, g.mul(rate, weightDecay)));
        const step = g.mul(rate, dw);
        if (momentum === 0) {
          g.store(w, g.sub(kept, step));
          return;
        }
        const before = slot("velocity");
        const velocity = g.sub(g.mul(momentum, before), step);
        g.store(before, velocity);
        g.store(w, g.add(kept, nesterov ? g.sub(g.mul(momentum, velocity), step) : velocity));
      };
    },
  });
}
