/**
 * Recipes for the workload `mnist-time`: 784-200-80-10 from the start of `fit` to a test accuracy.
 *
 * A recipe is a model and the options of its fit. The first one in the table is papergrad's; the same network is
 * always meant, so that the times are those of the training and not of another model.
 */
import { adam, cosineDecay, dense, type FitOptions, type Layer, rescaling, sequential } from "papergrad";

export interface Recipe {
  readonly name: string;
  layers(): readonly Layer[];
  /** Options of fit for a training set of so many rows. */
  options(rows: number): FitOptions;
}

const BATCH = 128;
const EPOCHS = 12;

/** Test accuracies whose time is asked for. */
export const TARGETS = [0.9792, 0.98] as const;

export const recipes: readonly Recipe[] = [
  {
    name: "Adam, cosine",
    layers: () => [
      rescaling(1 / 255),
      dense(200, { activation: "relu", kernelInitializer: "heNormal" }),
      dense(80, { activation: "relu", kernelInitializer: "heNormal" }),
      dense(10),
    ],
    options: (rows) => ({
      loss: "categoricalCrossentropy",
      optimizer: adam({
        learningRate: cosineDecay({ initial: 2e-3, steps: EPOCHS * Math.ceil(rows / BATCH) }),
      }),
      batchSize: BATCH,
      epochs: EPOCHS,
    }),
  },
];

/** A model of the recipe. */
export const modelOf = (recipe: Recipe, seed: number, threads: number) =>
  sequential(recipe.layers(), { inputShape: [784], seed, threads });
