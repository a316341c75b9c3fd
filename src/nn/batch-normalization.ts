/**
 * Batch normalization: y = γ·(x − μ)/√(σ² + ε) + β for each feature.
 *
 * Training uses the mean μ and the variance σ² (divided by B, not B − 1) of the batch and moves the running ones:
 * running ← momentum·running + (1 − momentum)·batch. Predicting uses the running ones. Defaults are Keras's.
 * Source: Ioffe & Szegedy (2015), algorithms 1 and 2.
 */
import { UsageError } from "../tensor/errors.ts";
import { checkOptions, isNumber, layerName, names } from "../tensor/options.ts";
import { show } from "../tensor/show.ts";
import { ones, zeros } from "./initializers.ts";
import { checkInputs, type Layer } from "./layer.ts";

/** Options of `batchNormalization`. */
export interface BatchNormalizationOptions {
  readonly name?: string;
  /** Share of the running values kept at each step, 0 ≤ momentum < 1; default 0.99. */
  readonly momentum?: number;
  /** Added to the variance, > 0; default 1e-3. */
  readonly epsilon?: number;
}

/** What `batchNormalization` makes. */
export interface BatchNormalizationLayer extends Layer {
  readonly kind: "batchNormalization";
  readonly config: { readonly momentum: number; readonly epsilon: number };
}

/**
 * Normalizes each feature over the batch. Shapes: [B, features] → the same. Weights: gamma and beta (trained),
 * movingMean and movingVariance (state), all [1, features].
 * @throws {UsageError} for a momentum or epsilon out of range.
 * @example
 * const layers = [dense(64), batchNormalization(), activation("relu"), dense(10)];
 * sequential(layers, { inputShape: [784] }).countParameters().nonTrainable // 128
 */
export function batchNormalization(options: BatchNormalizationOptions = {}): BatchNormalizationLayer {
  checkOptions("batchNormalization", { ...layerName, ...names("momentum", "epsilon") }, options);
  const { name, momentum = 0.99, epsilon = 1e-3 } = options;
  if (!isNumber(momentum, 0, 1))
    throw new UsageError(
      `batchNormalization: expected 0 ≤ momentum < 1, received ${show(momentum)}. Usual is 0.99.`,
    );
  checkEpsilon("batchNormalization", epsilon);
  return {
    kind: "batchNormalization",
    ...(name !== undefined && { name }),
    config: { momentum, epsilon },
    plan(inputs) {
      checkInputs("batchNormalization", inputs);
      const shape = [1, inputs] as const;
      return {
        outputs: inputs,
        parameters: [
          { name: "gamma", letter: "γ", shape, initializer: ones() },
          { name: "beta", letter: "β", shape, initializer: zeros() },
        ],
        state: [
          { name: "movingMean", letter: "μ", shape, initializer: zeros() },
          { name: "movingVariance", letter: "σ²", shape, initializer: ones() },
        ],
        apply(g, x, { training, weight }) {
          const [movingMean, movingVariance] = [weight("movingMean"), weight("movingVariance")];
          const mean = training ? g.mean(x, "rows") : movingMean;
          const centered = g.sub(x, mean);
          const variance = training ? g.mean(g.square(centered), "rows") : movingVariance;
          if (training) {
            g.store(movingMean, g.add(g.mul(momentum, movingMean), g.mul(1 - momentum, mean)));
            g.store(movingVariance, g.add(g.mul(momentum, movingVariance), g.mul(1 - momentum, variance)));
          }
          const normalized = g.div(centered, g.sqrt(g.add(variance, epsilon)));
          return g.add(g.mul(normalized, weight("gamma")), weight("beta"));
        },
      };
    },
  };
}

/** @throws {UsageError} unless epsilon > 0. */
export function checkEpsilon(where: string, epsilon: number): void {
  if (!isNumber(epsilon) || epsilon <= 0)
    throw new UsageError(
      `${where}: expected a finite epsilon > 0, received ${show(epsilon)}. Usual is 1e-3.`,
    );
}
