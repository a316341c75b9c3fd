/** An activation as a layer of its own, e.g. after a normalization. No weights. */
import { checkOptions, layerName } from "../tensor/options.ts";
import { type Activation, activationFunction } from "./activations.ts";
import { checkInputs, type Layer } from "./layer.ts";

/** What `activation` makes. */
export interface ActivationLayer extends Layer {
  readonly kind: "activation";
  readonly config: { readonly activation: Activation };
}

/**
 * Applies an activation. Shapes: [B, features] → the same.
 * @throws {UsageError} for an unknown name.
 * @example sequential([activation("relu")], { inputShape: [2] }).predict([[-1, 2]]).data // [0, 2]
 */
export function activation(f: Activation, options: { readonly name?: string } = {}): ActivationLayer {
  checkOptions("activation", layerName, options);
  const apply = activationFunction("activation", f);
  return {
    kind: "activation",
    ...options,
    config: { activation: f },
    plan(inputs) {
      checkInputs("activation", inputs);
      return { outputs: inputs, parameters: [], state: [], apply: (_, x) => x, activation: apply };
    },
  };
}
