/**
 * Adagrad: gradients divided by the root of the sum of all their squares so far.
 *
 *   s ← s + dw²
 *   w ← w − η·dw/(√s + ε)
 *
 * s starts at 0 and ε stands outside the root (PyTorch's arithmetic; Keras starts at 0.1, ε inside the root).
 * Source: Duchi, Hazan & Singer (2011), Adaptive Subgradient Methods.
 */
import { checkOptions, names } from "../../tensor/options.ts";
import {
  checkEpsilon,
  checkLearningRate,
  type LearningRate,
  type Optimizer,
  ownOptimizer,
} from "./optimizer.ts";

/** Options of `adagrad`. */
export interface AdagradOptions {
  /** Default 0.01. */
  readonly learningRate?: LearningRate;
  /** Default 1e-10. */
  readonly epsilon?: number;
}

/**
 * Adagrad: s ← s + dw²; w ← w − η·dw/(√s + ε).
 * @throws {UsageError} for options out of range.
 * @example adagrad({ learningRate: 0.05 }).learningRate // 0.05
 * @see Duchi, Hazan & Singer (2011), Adaptive Subgradient Methods
 */
export function adagrad(options: AdagradOptions = {}): Optimizer {
  checkOptions("adagrad", names("learningRate", "epsilon"), options);
  const { learningRate = 0.01, epsilon = 1e-10 } = options;
  checkLearningRate("adagrad", learningRate);
  checkEpsilon("adagrad", epsilon);
  return ownOptimizer({
    name: "adagrad",
    learningRate,
    config: { epsilon },
    begin(g, { learningRate: rate }) {
      return (w, dw, slot) => {
        const sum = slot("sumOfSquares");
        const s = g.add(sum, g.square(dw));
        g.store(sum, s);
        g.store(w, g.sub(w, g.mul(rate, g.div(dw, g.add(g.sqrt(s), epsilon)))));
      };
    },
  });
}
