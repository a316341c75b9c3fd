/**
 * The options of fit, evaluate and predict: their types, and one table of checks and defaults for each.
 */

import { isLoss, type Loss, type LossName } from "../nn/losses.ts";
import { METRICS, type MetricName } from "../nn/metrics.ts";
import { isOptimizer, type Optimizer, type OptimizerName } from "../nn/optimizers/index.ts";
import { suggestion } from "../tensor/names.ts";
import { flags, isObject, isWhole, type OptionTable } from "../tensor/options.ts";
import type { Callback } from "./callbacks.ts";
import type { Examples, Targets } from "./data.ts";
import { isMinimizer, type Minimizer } from "./minimizer.ts";

/** Options of `model.fit`. */
export interface FitOptions {
  /** Default by the last activation: softmax → categoricalCrossentropy, sigmoid → binaryCrossentropy, else meanSquaredError. */
  readonly loss?: LossName | Loss;
  /** Default "adam". `conjugateGradient()` and `lbfgs()` train on the whole data set at once. */
  readonly optimizer?: OptimizerName | Optimizer | Minimizer;
  /** Passes over the data (for a minimizer: at most this many iterations), ≥ 1; default 1. */
  readonly epochs?: number;
  /** Rows of a step, ≥ 1; default 32. The last batch of an epoch may be shorter. Minimizers ignore it. */
  readonly batchSize?: number;
  /** A new order of the rows in each epoch; default true. */
  readonly shuffle?: boolean;
  /** Restarts the random numbers (order of rows, dropout), 0 … 2³²−1; default: they go on from the model's seed. */
  readonly seed?: number;
  /** Reported beside the loss; default ["accuracy"] for classes, none for numbers. */
  readonly metrics?: readonly MetricName[];
  /** Evaluated after each epoch. */
  readonly validationData?: { readonly x: Examples; readonly y: Targets };
  /** Share of the rows, the last ones, kept for validation and not trained on, 0 ≤ share < 1; default 0. */
  readonly validationSplit?: number;
  readonly callbacks?: readonly Callback[];
  /** Ends the training after the running chunk of steps; everything done so far is kept. */
  readonly signal?: AbortSignal;
}

/** Options of `model.trainer`: those of `fit` that a single step depends on. */
export type TrainerOptions = Pick<
  FitOptions,
  "loss" | "optimizer" | "metrics" | "batchSize" | "shuffle" | "seed"
>;

/** Options of `model.evaluate`. */
export interface EvaluateOptions {
  /** Default: that of the last fit, else by the last activation. */
  readonly loss?: LossName | Loss;
  readonly metrics?: readonly MetricName[];
  /** Rows computed at once, ≥ 1; default 256. The result depends on it in the last bits only. */
  readonly batchSize?: number;
}

/** Options of `model.predict`. */
export interface PredictOptions {
  /** Rows computed at once, ≥ 1; default 256. */
  readonly batchSize?: number;
}

export const DEFAULTS = {
  epochs: 1,
  batchSize: 32,
  shuffle: true,
  validationSplit: 0,
  optimizer: "adam",
} as const;
export const PREDICT_BATCH = 256;

const HOOKS = ["onTrainBegin", "onEpochEnd", "onProgress", "onTrainEnd"];
const isCallback = (v: unknown) =>
  isObject(v) && HOOKS.every((h) => ["undefined", "function"].includes(typeof (v as never)[h]));
const rows = (what: string) => ({
  expected: `${what} ≥ 1, a whole number`,
  accepts: isWhole(1),
  cure: "Give the number of rows computed at once, e.g. 32.",
});
const loss = {
  expected: "loss as a name or an object",
  accepts: (v: unknown) => typeof v === "string" || isLoss(v),
  cure: `Give e.g. "meanSquaredError" or huber({ delta: 1 }); one of your own has name, config, takes, targets and apply.`,
};
const metrics = {
  expected: "metrics as a list of names",
  accepts: (v: unknown) => Array.isArray(v) && v.every((m) => Object.hasOwn(METRICS, m)),
  cure: suggestion(undefined, Object.keys(METRICS)),
};

export const FIT_TABLE: OptionTable = {
  loss,
  optimizer: {
    expected: "optimizer as a name or an object",
    accepts: (v) => typeof v === "string" || isOptimizer(v) || isMinimizer(v),
    cure: `Give e.g. "adam" or sgd({ learningRate: 0.1 }); one of your own has name, learningRate, config and begin.`,
  },
  epochs: {
    expected: "epochs ≥ 1, a whole number",
    accepts: isWhole(1),
    cure: "Give the number of passes over the data, e.g. 10.",
  },
  batchSize: rows("batchSize"),
  ...flags("shuffle"),
  seed: {
    expected: "seed as a whole number from 0 to 4294967295",
    accepts: (v) => isWhole(0)(v) && (v as number) <= 0xffffffff,
    cure: "Give e.g. 0.",
  },
  metrics,
  validationData: {
    expected: "validationData { x, y }",
    accepts: (v) => isObject(v) && "x" in (v as object) && "y" in (v as object),
    cure: "Give an object with x and y.",
  },
  validationSplit: {
    expected: "0 ≤ validationSplit < 1",
    accepts: (v) => typeof v === "number" && v >= 0 && v < 1,
    cure: "Give the share of rows to validate on, e.g. 0.1.",
  },
  callbacks: {
    expected: "callbacks as a list of objects",
    accepts: (v) => Array.isArray(v) && v.every(isCallback),
    cure: `Give e.g. [earlyStopping({ patience: 5 })]; ${HOOKS.join(", ")} are functions.`,
  },
  signal: {
    expected: "signal as an AbortSignal",
    accepts: (v) => isObject(v) && "aborted" in (v as object),
    cure: "Give the signal of an AbortController.",
  },
};

export const EVALUATE_TABLE: OptionTable = { loss, metrics, batchSize: rows("batchSize") };
export const LOSS_TABLE: OptionTable = { loss };
/** Of `trainingStep`: those options of fit that one step has. */
export const STEP_TABLE: OptionTable = { loss, optimizer: FIT_TABLE.optimizer!, metrics };
/** Of `trainer`: those that a run of steps has. */
export const TRAINER_TABLE: OptionTable = {
  ...STEP_TABLE,
  batchSize: FIT_TABLE.batchSize!,
  shuffle: FIT_TABLE.shuffle!,
  seed: FIT_TABLE.seed!,
};
export const PREDICT_TABLE: OptionTable = { batchSize: rows("batchSize") };
