/**
 * Rescaling: y = x·scale + offset, with fixed numbers. As the first layer it turns bytes 0…255 into 0…1 inside
 * the step, so that a data set of bytes stays bytes in memory. Without an offset a dense layer behind it scales
 * its product instead, (x·W)·scale, and can skip the zeros of x.
 */
import { UsageError } from "../tensor/errors.ts";
import { checkOptions, isNumber, layerName, names } from "../tensor/options.ts";
import { show } from "../tensor/show.ts";
import { checkInputs, type Layer } from "./layer.ts";

/** What `rescaling` makes. */
export interface RescalingLayer extends Layer {
  readonly kind: "rescaling";
  readonly config: { readonly scale: number; readonly offset: number };
}

/**
 * Multiplies by `scale` and adds `offset`. Shapes: [B, features] → the same.
 * @throws {UsageError} if one is not finite.
 * @example
 * const model = sequential([rescaling(1 / 255)], { inputShape: [2] });
 * model.predict(tensor(Uint8Array.of(0, 255), [1, 2])).data // [0, 1]
 */
export function rescaling(
  scale: number,
  options: { readonly name?: string; readonly offset?: number } = {},
): RescalingLayer {
  checkOptions("rescaling", { ...layerName, ...names("offset") }, options);
  const { name, offset = 0 } = options;
  if (!isNumber(scale) || !isNumber(offset))
    throw new UsageError(
      `rescaling: expected finite numbers, received scale ${show(scale)} and offset ${show(offset)}. Give e.g. rescaling(1 / 255).`,
    );
  return {
    kind: "rescaling",
    ...(name !== undefined && { name }),
    config: { scale, offset },
    plan(inputs) {
      checkInputs("rescaling", inputs);
      return {
        outputs: inputs,
        parameters: [],
        state: [],
        ...(offset === 0 && { scale }),
        apply: (g, x) => g.add(g.mul(x, scale), offset),
      };
    },
  };
}
