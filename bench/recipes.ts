/**
 * Recipes for the workload `mnist-time`: 784-200-80-10 from the start of `fit` to a test accuracy.
 *
 * A recipe is a model and the options of its fit. The first one in the table is papergrad's; the same network is
 * always meant, so that the times are those of the training and not of another model.
 */
import {
  adamW,
  cosineDecay,
  dense,
  type FitOptions,
  type Layer,
  rescaling,
  type SequentialOptions,
  sequential,
} from "papergrad";

export interface Recipe {
  readonly name: string;
  layers(): readonly Layer[];
  /** Options of fit for a training set of so many rows. */
  options(rows: number): FitOptions;
}

const BATCH = 96;
const EPOCHS = 6;

/** Test accuracies whose time is asked for. */
export const TARGETS = [0.9792, 0.98] as const;

/**
 * Chosen on 50,000 of the training images by the accuracy on the other 10,000, mean of three seeds, among Adam, AdamW
 * and SGD with Nesterov's momentum, batches of 64 to 256, 3 to 12 epochs, cosine and linear decay, with and without
 * warm-up and dropout. The test images only stop the clock.
 */
export const recipes: readonly Recipe[] = [
  {
    name: "AdamW, cosine, 6 epochs",
    layers: () => [
      rescaling(1 / 255),
      dense(200, { activation: "relu", kernelInitializer: "heNormal" }),
      dense(80, { activation: "relu", kernelInitializer: "heNormal" }),
      dense(10),
    ],
    options: (rows) => ({
      loss: "categoricalCrossentropy",
      optimizer: adamW({
        learningRate: cosineDecay({ initial: 4e-3, steps: EPOCHS * Math.ceil(rows / BATCH) }),
        beta2: 0.99,
        weightDecay: 0.05,
      }),
      batchSize: BATCH,
      epochs: EPOCHS,
    }),
  },
];

/** A model of the recipe. */
export const modelOf = (
  recipe: Recipe,
  seed: number,
  how: Pick<SequentialOptions, "threads" | "blas" | "mode">,
) => sequential(recipe.layers(), { inputShape: [784], seed, ...how });
