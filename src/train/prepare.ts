/**
 * From what the user gave `fit` to what the training loops need: options checked, names resolved, data checked,
 * encoded and split.
 */
import { type Loss, lossOf } from "../nn/losses.ts";
import type { MetricName } from "../nn/metrics.ts";
import { type Optimizer, type OptimizerName, optimizerOf } from "../nn/optimizers/index.ts";
import type { ModelState } from "../nn/state.ts";
import { UsageError } from "../tensor/errors.ts";
import { checkOptions } from "../tensor/options.ts";
import type { Callback } from "./callbacks.ts";
import { type Examples, examples, type Table, type Targets, targets } from "./data.ts";
import { isMinimizer, type Minimizer } from "./minimizer.ts";
import { checkLink, metricsFor, usualLoss } from "./objective.ts";
import { DEFAULTS, FIT_TABLE, type FitOptions } from "./options.ts";
import { splitTail } from "./tables.ts";

export interface FitPlan {
  readonly x: Table;
  readonly y: Table;
  readonly validation: { readonly x: Table; readonly y: Table } | null;
  readonly loss: Loss;
  readonly optimizer: Optimizer | Minimizer;
  readonly metrics: readonly MetricName[];
  readonly epochs: number;
  readonly batchSize: number;
  readonly shuffle: boolean;
  readonly seed: number | undefined;
  readonly callbacks: readonly Callback[];
  readonly signal: AbortSignal | undefined;
}

/**
 * @param table the options that `where` takes.
 * @throws {UsageError | ShapeError} for options or data that cannot be used.
 */
export function prepareFit(
  state: ModelState,
  x: Examples,
  y: Targets,
  options: FitOptions,
  where = "model.fit",
  table = FIT_TABLE,
): FitPlan {
  checkOptions(where, table, options);
  const { network } = state;
  if (network.parameterCount === 0)
    throw new UsageError(`${where}: the model has no parameters to train. Add a dense layer.`);
  const loss = lossOf(where, options.loss ?? usualLoss(network));
  checkLink(where, loss, network);
  const all = checkPair(where, x, y, loss, state);
  const share = options.validationSplit ?? DEFAULTS.validationSplit;
  if (share > 0 && options.validationData)
    throw new UsageError(`${where}: expected validationData or validationSplit, received both. Drop one.`);
  let [train, held]: [[Table, Table], [Table, Table] | null] = [[all.x, all.y], null];
  if (share > 0) {
    const parts = splitTail(all.x, all.y, share);
    [train, held] = [parts.head, parts.tail];
    if (train[0].shape[0] === 0)
      throw new UsageError(
        `${where}: validationSplit ${share} of ${all.x.shape[0]} rows leaves none to train on. Give a smaller share.`,
      );
  }
  const given = options.validationData;
  if (given) {
    const v = checkPair(`${where}: validationData`, given.x, given.y, loss, state);
    held = [v.x, v.y];
  }
  const optimizer = options.optimizer ?? DEFAULTS.optimizer;
  return {
    x: train[0],
    y: train[1],
    validation: held && { x: held[0], y: held[1] },
    loss,
    optimizer: isMinimizer(optimizer)
      ? optimizer
      : optimizerOf(where, optimizer as OptimizerName | Optimizer),
    metrics: metricsFor(where, options.metrics, loss, all.y.shape[1], network),
    epochs: options.epochs ?? DEFAULTS.epochs,
    batchSize: Math.min(options.batchSize ?? DEFAULTS.batchSize, train[0].shape[0]),
    shuffle: options.shuffle ?? DEFAULTS.shuffle,
    seed: options.seed,
    callbacks: options.callbacks ?? [],
    signal: options.signal,
  };
}

/** x and y checked together and encoded for the loss. */
export function checkPair(
  where: string,
  x: Examples,
  y: Targets,
  loss: Loss,
  state: ModelState,
): { x: Table; y: Table } {
  const { network, engine } = state;
  const checked = examples(where, x, network, engine.dtype);
  return { x: checked, y: targets(where, y, checked.shape[0], loss, network, engine.dtype) };
}
