/**
 * RMSprop: gradients divided by the root of their moving mean square.
 *
 *   s ← ρ·s + (1 − ρ)·dw²
 *   v ← μ·v + dw/(√s + ε)          (momentum μ; without it v is the quotient alone)
 *   w ← w − η·v
 *
 * ε stands outside the root (PyTorch's arithmetic; its α is our ρ, with a default of 0.99).
 * Source: Tieleman & Hinton (2012), Neural Networks for Machine Learning, lecture 6.5.
 */
import { checkOptions, names } from "../../tensor/options.ts";
import {
  checkEpsilon,
  checkLearningRate,
  type LearningRate,
  movingAverage,
  type Optimizer,
  ownOptimizer,
  share,
} from "./optimizer.ts";

/** Options of `rmsprop`. */
export interface RmspropOptions {
  /** Default 0.001. */
  readonly learningRate?: LearningRate;
  /** Share of the mean square kept at each step, default 0.9. */
  readonly rho?: number;
  /** Default 0. */
  readonly momentum?: number;
  /** Default 1e-7. */
  readonly epsilon?: number;
}

/**
 * RMSprop: s ← ρ·s + (1 − ρ)·dw²; w ← w − η·dw/(√s + ε), with momentum if asked for.
 * @throws {UsageError} for options out of range.
 * @example rmsprop({ learningRate: 1e-3, rho: 0.99 }).config // { rho: 0.99, momentum: 0 }
 * @see Tieleman & Hinton (2012), Neural Networks for Machine Learning, lecture 6.5
 */
export function rmsprop(options: RmspropOptions = {}): Optimizer {
  checkOptions("rmsprop", names("learningRate", "rho", "momentum", "epsilon"), options);
  const { learningRate = 1e-3, rho = 0.9, momentum = 0, epsilon = 1e-7 } = options;
  checkLearningRate("rmsprop", learningRate);
  share("rmsprop", "rho", rho);
  share("rmsprop", "momentum", momentum);
  checkEpsilon("rmsprop", epsilon);
  return ownOptimizer({
    name: "rmsprop",
    learningRate,
    config: { rho, momentum, epsilon },
    begin(g, { learningRate: rate }) {
      return (w, dw, slot) => {
        const s = movingAverage(g, slot("meanSquare"), rho, g.square(dw));
        let direction = g.div(dw, g.add(g.sqrt(s), epsilon));
        if (momentum > 0) {
          const velocity = slot("velocity");
          direction = g.add(g.mul(momentum, velocity), direction);
          g.store(velocity, direction);
        }
        g.store(w, g.sub(w, g.mul(rate, direction)));
      };
    },
  });
}
