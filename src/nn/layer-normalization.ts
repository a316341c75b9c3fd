/**
 * Layer normalization: y = γ·(x − μ)/√(σ² + ε) + β, with mean and variance (divided by the number of features)
 * of each row. The same arithmetic in training and prediction; no state. ε is Keras's 1e-3 by default.
 * Source: Ba, Kiros & Hinton (2016), Layer Normalization, equation 3.
 */
import { checkOptions, layerName, names } from "../tensor/options.ts";
import { checkEpsilon } from "./batch-normalization.ts";
import { ones, zeros } from "./initializers.ts";
import { checkInputs, type Layer } from "./layer.ts";

/** What `layerNormalization` makes. */
export interface LayerNormalizationLayer extends Layer {
  readonly kind: "layerNormalization";
  readonly config: { readonly epsilon: number };
}

/**
 * Normalizes each row over its features. Shapes: [B, features] → the same; gamma, beta [1, features].
 * @throws {UsageError} unless epsilon > 0.
 * @example
 * const model = sequential([layerNormalization({ epsilon: 1e-5 })], { inputShape: [2] });
 * model.predict([[1, 3]]).data // [-1.0000, 1.0000]
 * @see Ba, Kiros & Hinton (2016), Layer Normalization, equation 3
 */
export function layerNormalization(
  options: { readonly name?: string; readonly epsilon?: number } = {},
): LayerNormalizationLayer {
  checkOptions("layerNormalization", { ...layerName, ...names("epsilon") }, options);
  const { name, epsilon = 1e-3 } = options;
  checkEpsilon("layerNormalization", epsilon);
  return {
    kind: "layerNormalization",
    ...(name !== undefined && { name }),
    config: { epsilon },
    plan(inputs) {
      checkInputs("layerNormalization", inputs);
      const shape = [1, inputs] as const;
      return {
        outputs: inputs,
        parameters: [
          { name: "gamma", letter: "γ", shape, initializer: ones() },
          { name: "beta", letter: "β", shape, initializer: zeros() },
        ],
        state: [],
        apply(g, x, { weight }) {
          const centered = g.sub(x, g.mean(x, "cols"));
          const variance = g.mean(g.square(centered), "cols");
          const normalized = g.div(centered, g.sqrt(g.add(variance, epsilon)));
          return g.add(g.mul(normalized, weight("gamma")), weight("beta"));
        },
      };
    },
  };
}
