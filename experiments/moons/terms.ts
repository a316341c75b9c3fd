/**
 * What both sides of the comparison are given, and what each gives back: start values, batches and their order.
 */

import { RandomState } from "papergrad";
import type { BackendName } from "papergrad/engine";
import type { Progress } from "../types.ts";
import { glorotLayers, NN_ARCHITECTURE, type Params } from "./architecture.ts";

export const EPOCHS = 200;
export const BATCH = 32;
/** Seed of the common start values; the batch order has the next one. */
export const SEED = 0;

/** What both sides are given. */
export interface Terms {
  readonly start: Params;
  readonly epochs: number;
  /** Row numbers of the training points in the order they are seen, epoch after epoch. */
  readonly order: Int32Array;
}

/** One side's result. */
export interface Side {
  readonly params: Params;
  readonly testAccuracy: number;
  readonly trainAccuracy: number;
  /** Time inside the training steps alone. */
  readonly seconds: number;
  readonly steps: number;
  /** Training examples seen, repeats counted. */
  readonly samples: number;
}

export interface ComparisonOptions {
  readonly epochs: number;
  readonly backend: BackendName;
  readonly progress: (p: Progress) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Glorot start values, and a new permutation of the examples for every epoch. */
export function terms(epochs: number, examples: number): Terms {
  const random = new RandomState(SEED + 1);
  const order = new Int32Array(epochs * examples);
  for (let e = 0; e < epochs; e++) order.set(random.permutation(examples), e * examples);
  return { start: glorotLayers(NN_ARCHITECTURE, SEED), epochs, order };
}
