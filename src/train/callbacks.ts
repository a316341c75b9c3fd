/**
 * Callbacks: objects whose functions `fit` calls. A hook may return a promise; fit waits for it (a minimizer,
 * whose iterations are synchronous, does not).
 *
 * Here: the interface, early stopping, the best weights kept in memory, and lines of progress.
 */
import { UsageError } from "../tensor/errors.ts";
import { checkOptions, flags, isNumber, isWhole, names, oneOf } from "../tensor/options.ts";
import { show } from "../tensor/show.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { EpochLog, History } from "./history.ts";

/** What a callback may do to the run. */
export interface RunControl {
  /** Epochs asked for. */
  readonly epochs: number;
  /** Copies of all weights, as `model.getWeights()`. */
  weights(): Tensor[];
  setWeights(weights: readonly Tensor[]): void;
  /** Ends the training after this epoch; `reason` (default "callback") becomes `history.stoppedBy`. */
  stop(reason?: string): void;
}

/** Functions that `fit` calls; each may be left out. */
export interface Callback {
  onTrainBegin?(run: RunControl): void | Promise<void>;
  onEpochEnd?(log: EpochLog, run: RunControl): void | Promise<void>;
  /** After each chunk of steps: how far the epoch is. Chunks last some tens of milliseconds. */
  onProgress?(progress: Progress): void | Promise<void>;
  onTrainEnd?(history: History, run: RunControl): void | Promise<void>;
}

/** How far an epoch is. */
export interface Progress {
  /** From 1. */
  readonly epoch: number;
  readonly stepsDone: number;
  readonly stepsPerEpoch: number;
  /** Mean over the steps of this epoch so far. */
  readonly loss: number;
}

/** Which value is watched. */
export interface MonitorOptions {
  /** A value of the logs; default "valLoss" where there is validation, else "loss". */
  readonly monitor?: string;
  /** Whether small or large is good; default "max" for names that end in "ccuracy", else "min". */
  readonly mode?: "min" | "max";
}

const MONITOR_TABLE = { ...names("monitor"), ...oneOf("mode", "min", "max") };

/** Options of `earlyStopping`. */
export interface EarlyStoppingOptions extends MonitorOptions {
  /** Stop after this many epochs in a row without improvement, ≥ 0 (0 is the same as 1); default 0. */
  readonly patience?: number;
  /** An improvement must be larger than this, ≥ 0; default 0. */
  readonly minDelta?: number;
  /** Go back to the weights of the best epoch at the end; default false. */
  readonly restoreBestWeights?: boolean;
}

/**
 * Ends the training when a value has not improved for `patience` epochs.
 * @throws {UsageError} for options out of range, or (in fit) a value that the logs do not have.
 * @example
 * const { x, y } = makeMoons({ samples: 100, noise: 0.2 });
 * const model = sequential([dense(1, { activation: "sigmoid" })], { inputShape: [2] });
 * const callbacks = [earlyStopping({ patience: 2, restoreBestWeights: true })];
 * const optimizer = sgd({ learningRate: 3 });
 * (await model.fit(x, y, { epochs: 500, validationSplit: 0.2, optimizer, callbacks })).stoppedBy // "earlyStopping"
 * @see Prechelt (1998), Early Stopping — But When?
 */
export function earlyStopping(options: EarlyStoppingOptions = {}): Callback {
  const own = { ...names("patience", "minDelta"), ...flags("restoreBestWeights") };
  checkOptions("earlyStopping", { ...MONITOR_TABLE, ...own }, options);
  const { patience = 0, minDelta = 0, restoreBestWeights = false } = options;
  if (!isWhole(0)(patience))
    throw new UsageError(
      `earlyStopping: expected a whole patience ≥ 0, received ${show(patience)}. Give e.g. 5.`,
    );
  if (!isNumber(minDelta, 0))
    throw new UsageError(
      `earlyStopping: expected minDelta ≥ 0, received ${show(minDelta)}. Leave it out for 0.`,
    );
  let best = track("earlyStopping", options, minDelta);
  return {
    onTrainBegin() {
      best = track("earlyStopping", options, minDelta);
    },
    onEpochEnd(log, run) {
      if (best.improves(log)) {
        if (restoreBestWeights) best.weights = run.weights();
      } else if (log.epoch - best.epoch >= patience) run.stop("earlyStopping");
    },
    onTrainEnd(_, run) {
      if (best.weights) run.setWeights(best.weights);
    },
  };
}

/** The weights of the best epoch so far. */
export interface Checkpoint extends Callback {
  /** null before the first epoch. */
  readonly best: { readonly epoch: number; readonly value: number; readonly weights: Tensor[] } | null;
}

/**
 * Keeps the weights of the best epoch in memory.
 * @example
 * const { x, y } = makeMoons({ samples: 100, noise: 0.2 });
 * const model = sequential([dense(1, { activation: "sigmoid" })], { inputShape: [2] });
 * const checkpoint = modelCheckpoint({ monitor: "valAccuracy" });
 * await model.fit(x, y, { epochs: 20, validationSplit: 0.1, callbacks: [checkpoint] });
 * model.setWeights(checkpoint.best!.weights);
 * checkpoint.best!.weights.length // 2
 */
export function modelCheckpoint(options: MonitorOptions = {}): Checkpoint {
  checkOptions("modelCheckpoint", MONITOR_TABLE, options);
  let best = track("modelCheckpoint", options, 0);
  return {
    get best() {
      return best.weights && { epoch: best.epoch, value: best.value, weights: best.weights };
    },
    onTrainBegin() {
      best = track("modelCheckpoint", options, 0);
    },
    onEpochEnd(log, run) {
      if (best.improves(log)) best.weights = run.weights();
    },
  };
}

/**
 * One line of text for each epoch, given to `write`; nothing is printed by the library itself.
 * @example
 * const lines: string[] = [];
 * const model = sequential([dense(1, { kernelInitializer: "zeros" })], { inputShape: [1] });
 * await model.fit([[1]], [3], { callbacks: [printProgress((line) => lines.push(line))] });
 * lines[0]?.startsWith("epoch 1/1  loss 9.000") // true, then the seconds
 */
export function printProgress(write: (line: string) => void): Callback {
  if (typeof write !== "function")
    throw new UsageError(
      `printProgress: expected a function that takes a line of text, received ${show(write)}. Give e.g. console.log.`,
    );
  return {
    onEpochEnd(log, run) {
      const values = Object.entries(log.values).map(([name, v]) => `${name} ${v.toPrecision(4)}`);
      write([`epoch ${log.epoch}/${run.epochs}`, ...values, `${log.seconds.toFixed(2)} s`].join("  "));
    },
  };
}

interface Best {
  value: number;
  epoch: number;
  weights: Tensor[] | null;
  improves(log: EpochLog): boolean;
}

function track(where: string, options: MonitorOptions, minDelta: number): Best {
  return {
    value: Number.NaN,
    epoch: 0,
    weights: null,
    improves(log) {
      const name = options.monitor ?? ("valLoss" in log.values ? "valLoss" : "loss");
      const value = log.values[name];
      if (value === undefined)
        throw new UsageError(
          `${where}: expected monitor to be one of ${Object.keys(log.values).join(", ")}, received ${show(name)}.${String(name).startsWith("val") ? " Give fit validationData or a validationSplit." : ""}`,
        );
      const sign = (options.mode ?? (name.endsWith("ccuracy") ? "max" : "min")) === "max" ? -1 : 1;
      const better = this.epoch === 0 || sign * value < sign * this.value - minDelta;
      if (better) {
        this.value = value;
        this.epoch = log.epoch;
      }
      return better;
    },
  };
}
