/**
 * Inverted dropout: while training, each value becomes 0 with probability `rate`, the others are divided by
 * 1 − rate, so that nothing has to be rescaled when predicting, where the layer does nothing.
 *
 * The mask is counter-based randomness of (seed, stream, step, element): the same on every backend.
 * Source: Srivastava et al. (2014), Dropout, section 10.
 */
import { UsageError } from "../tensor/errors.ts";
import { checkOptions, isNumber, layerName } from "../tensor/options.ts";
import { show } from "../tensor/show.ts";
import { checkInputs, type Layer } from "./layer.ts";

/** What `dropout` makes. */
export interface DropoutLayer extends Layer {
  readonly kind: "dropout";
  readonly config: { readonly rate: number };
}

/**
 * Drops a share `rate` of its inputs in each training step and divides the others by 1 − rate; predictions are
 * left as they are. Shapes: [B, features] → the same.
 * @throws {UsageError} unless 0 ≤ rate < 1.
 * @example sequential([dropout(0.2)], { inputShape: [2] }).predict([[1, 2]]).data // [1, 2]
 * @see Srivastava et al. (2014), Dropout, section 10
 */
export function dropout(rate: number, options: { readonly name?: string } = {}): DropoutLayer {
  checkOptions("dropout", layerName, options);
  if (!isNumber(rate, 0, 1))
    throw new UsageError(
      `dropout: expected 0 ≤ rate < 1, the share of values set to 0, received ${show(rate)}. Give e.g. 0.2.`,
    );
  return {
    kind: "dropout",
    ...options,
    config: { rate },
    plan(inputs) {
      checkInputs("dropout", inputs);
      return {
        outputs: inputs,
        parameters: [],
        state: [],
        random: rate > 0,
        apply(g, x, { training }) {
          if (!training || rate === 0) return x;
          const dropped = g.less(g.random(x.shape), rate);
          return g.select(dropped, 0, g.mul(x, 1 / (1 - rate)));
        },
      };
    },
  };
}
