/** What a training run reports: one log for each epoch, and why it ended. Plain data. */

import type { Features } from "../compile/engine.ts";

/** One epoch. Values without "val" are means over the training rows, each taken before its step's update. */
export interface EpochLog {
  /** From 1. */
  readonly epoch: number;
  /** Training steps done so far in the life of the model. */
  readonly step: number;
  /** Of the last step of the epoch; NaN for a minimizer. */
  readonly learningRate: number;
  /** "loss", "accuracy", …, and with validation "valLoss", "valAccuracy", …. */
  readonly values: Readonly<Record<string, number>>;
  /** Time this epoch took. */
  readonly seconds: number;
}

/** What `fit` returns: the logs, and why it ended. */
export interface History {
  readonly epochs: readonly EpochLog[];
  /** Each value of the logs as a list over the epochs: history.columns.loss[0]. */
  readonly columns: Readonly<Record<string, readonly number[]>> & { readonly loss: readonly number[] };
  /** "epochs": all were done; "signal"; the reason a callback gave; or a minimizer's status. */
  readonly stoppedBy: string;
  /** One sentence on how it ended. */
  readonly message: string;
  /** What it was computed with. */
  readonly features: Features;
}

export function historyOf(
  epochs: readonly EpochLog[],
  { stoppedBy, message, features }: Pick<History, "stoppedBy" | "message" | "features">,
): History {
  const columns: Record<string, number[]> & { loss: number[] } = { loss: [] };
  for (const log of epochs)
    for (const [name, value] of Object.entries(log.values)) {
      columns[name] ??= [];
      columns[name].push(value);
    }
  return { epochs, columns, stoppedBy, message, features };
}

/** "accuracy" → "valAccuracy". */
export const validationName = (name: string): string => `val${name[0]!.toUpperCase()}${name.slice(1)}`;
