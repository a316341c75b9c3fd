/**
 * Regularizers: what a kernel adds to the loss to keep its weights small.
 *
 * Keras's meaning: l2(λ) adds λ·Σw² (no ½, no division by the batch), so its gradient is 2λw; l1(λ) adds λ·Σ|w|,
 * with gradient λ·sign(w) and 0 at 0. The reported loss includes these terms.
 */
import type { Graph } from "../graph/graph.ts";
import type { Node } from "../graph/nodes.ts";
import { UsageError } from "../tensor/errors.ts";
import { checkOptions, hasMethods, isNumber, names } from "../tensor/options.ts";
import { show } from "../tensor/show.ts";

/** A penalty on a weight, added to the loss. */
export interface Regularizer {
  readonly name: string;
  readonly l1: number;
  readonly l2: number;
  /** The penalty of one parameter, 1×1. */
  apply(g: Graph, w: Node): Node;
}

/**
 * l1·Σ|w| + l2·Σw², each factor 0 unless given.
 * @throws {UsageError} if a factor is negative.
 * @example dense(8, { kernelRegularizer: l1l2({ l1: 1e-5, l2: 1e-4 }) }).config.kernelRegularizer // { l1: 1e-5, l2: 1e-4 }
 */
export function l1l2(options: { readonly l1?: number; readonly l2?: number }): Regularizer {
  checkOptions("l1l2", names("l1", "l2"), options);
  return make("l1l2", options.l1 ?? 0, options.l2 ?? 0);
}

/**
 * factor·Σ|w|, default factor 0.01; gradient factor·sign(w), 0 at 0.
 * @throws {UsageError} if it is negative.
 * @example
 * const model = sequential([dense(1, { kernelInitializer: "ones", kernelRegularizer: l1(0.5) })], { inputShape: [2] });
 * model.evaluate([[0, 0]], [0]).loss // 1, all of it the penalty 0.5·(1 + 1)
 */
export const l1 = (factor = 0.01): Regularizer => make("l1", factor, 0);

/**
 * factor·Σw², default factor 0.01; gradient 2·factor·w.
 * @throws {UsageError} if it is negative.
 * @example
 * const model = sequential([dense(1, { kernelInitializer: constant(3), kernelRegularizer: l2(0.5) })], { inputShape: [2] });
 * model.evaluate([[0, 0]], [0]).loss // 9, all of it the penalty 0.5·(9 + 9)
 */
export const l2 = (factor = 0.01): Regularizer => make("l2", 0, factor);

/** Whether a value can be used as a regularizer. */
export const isRegularizer = hasMethods("apply");

function make(name: string, l1: number, l2: number): Regularizer {
  for (const value of [l1, l2])
    if (!isNumber(value, 0))
      throw new UsageError(`${name}: expected a finite factor ≥ 0, received ${show(value)}. Give e.g. 0.01.`);
  return {
    name,
    l1,
    l2,
    apply(g, w) {
      const terms: Node[] = [];
      if (l1 > 0) terms.push(g.mul(l1, g.sum(g.abs(w))));
      if (l2 > 0) terms.push(g.mul(l2, g.sum(g.square(w))));
      return terms.length === 0 ? g.constant(0) : terms.reduce((a, b) => g.add(a, b));
    },
  };
}
