/** The snapshot of a step that was written by hand: data, targets and layers as far as its labels tell. */
import type { Entry } from "../../compile/engine.ts";
import { runApart } from "../run-apart.ts";
import { crossEntropyOfConstant } from "./constant-loss.ts";
import { dataOf, layOpen } from "./lay-open.ts";
import type { NetworkSnapshot } from "./snapshot.ts";

/** What the doctor is told about a step of one's own. */
export interface EntryOptions {
  /** Mean losses so far, oldest first. */
  readonly losses?: readonly number[];
  readonly learningRate?: number;
}

/**
 * Gathers what the next step of an entry tells. The engine is left as it is.
 * @example
 * const model = sequential([dense(2, { activation: "relu" }), dense(1)], { inputShape: [2] });
 * const step = model.trainingStep([[0, 1], [1, 0]], [0, 1], { optimizer: "sgd" });
 * snapshotOfEntry(step).layers.map((layer) => layer.label) // ["a1"]
 */
export function snapshotOfEntry(entry: Entry, options: EntryOptions = {}): NetworkSnapshot {
  const apart = runApart(entry);
  const target = dataOf(entry, "Y", apart) ?? dataOf(entry, "y", apart);
  const rows = target && Int32Array.from({ length: target.shape[0] }, (_, i) => i);
  return {
    ...layOpen(entry, { layerOf: (label) => label, rows, target }, apart),
    learningRate: options.learningRate ?? null,
    losses: options.losses ?? [],
    testLosses: [],
    constant: target && crossEntropyOfConstant(target),
    data: null,
  };
}
