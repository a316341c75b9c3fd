/**
 * The golden MNIST run again, in float64: three epochs in the files' own order from the weights of RandomState(0).
 *
 * Losses, accuracies and the facts the golden file keeps of the final parameters (first values, sums, norms).
 */

import { RandomState } from "papergrad";
import type { Mnist } from "papergrad/data";
import golden from "../golden/mnist.json" with { type: "json" };
import { agreement, type Compared } from "../shared/agreement.ts";
import type { Pacer } from "../shared/pacer.ts";
import { readParameters, startValues, type Values } from "../shared/three-net.ts";
import type { Agreement, RunOptions, Variant } from "../types.ts";
import { type Epoch, epoch, load, type Measured, measure, mnistEngine, NET } from "./net.ts";

export interface GoldenCase {
  readonly variant: string;
  readonly first_20_minibatch_losses: readonly number[];
  readonly epochs: readonly {
    readonly mean_loss: number;
    readonly last_minibatch_loss: number;
    readonly last_minibatch_accuracy_after_update: number;
    readonly test_accuracy: number;
    readonly test_mean_loss: number;
  }[];
  readonly after: readonly {
    readonly w_first5: readonly number[];
    readonly w_sum: number;
    readonly w_norm: number;
    readonly b: readonly number[];
    readonly b_norm: number;
  }[];
}

export const goldenCase = (variant: Variant): GoldenCase =>
  (golden.cases as readonly GoldenCase[]).find(
    (c) => c.variant === (variant === "published" ? "as_published" : "corrected"),
  )!;

/** The files' order and the golden weights. */
export const goldenStart = (rows: number): { order: Int32Array; values: Float64Array[] } => ({
  order: Int32Array.from({ length: rows }, (_, i) => i),
  values: startValues(new RandomState(0), NET),
});

/** Sum with error compensation (Neumaier), so that it is the sum and not the order that is compared. */
function sum(values: ArrayLike<number>): number {
  let [total, lost] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    const v = values[i]!;
    const next = total + v;
    lost += Math.abs(total) >= Math.abs(v) ? total - next + v : v - next + total;
    total = next;
  }
  return total + lost;
}

const norm = (values: Values[number]): number => Math.sqrt(sum(values.map((v) => v * v)));

/** The golden file's facts of the parameters, ours beside NumPy's. */
function parameterFacts(values: Values, after: GoldenCase["after"]): Compared[] {
  return after.flatMap((facts, layer) => {
    const [w, b] = [values[2 * layer]!, values[2 * layer + 1]!];
    // A sum of n numbers of size s is known to about √n·s ulp.
    const sumError = Number.EPSILON * norm(w);
    return [
      { ours: w.subarray(0, 5), golden: facts.w_first5, sensitivity: 0 },
      { ours: b.subarray(0, 10), golden: facts.b, sensitivity: 0 },
      { ours: [sum(w)], golden: [facts.w_sum], sensitivity: sumError },
      { ours: [norm(w), norm(b)], golden: [facts.w_norm, facts.b_norm], sensitivity: 0 },
    ];
  });
}

/** sens.one_ulp_every_step of the golden file: every recorded number changed by at most this. */
const SENSITIVITY = 4.5e-16;

export async function replay(
  options: Pick<RunOptions, "variant" | "backend" | "progress">,
  data: Mnist,
  pace: Pacer,
): Promise<Agreement> {
  const expected = goldenCase(options.variant);
  const net = mnistEngine(options.variant, { backend: options.backend, dtype: "float64" }, data);
  const { order, values } = goldenStart(net.rows.train);
  load(net, order, values);
  const epochs: Epoch[] = [];
  const tests: Measured[] = [];
  const total = expected.epochs.length * net.batches;
  for (const [e] of expected.epochs.entries()) {
    epochs.push(
      await epoch(net, pace, (done, loss) =>
        options.progress({ stage: "replay mnist, float64", done: e * net.batches + done, total, loss }),
      ),
    );
    tests.push(await measure(net, "test", pace));
  }
  const beside = (ours: ArrayLike<number>, theirs: ArrayLike<number>): Compared => ({
    ours,
    golden: theirs,
    sensitivity: SENSITIVITY,
  });
  return agreement(`mnist.json ${expected.variant}`, [
    beside(epochs[0]!.losses.subarray(0, 20), expected.first_20_minibatch_losses),
    beside(
      epochs.flatMap((e) => [e.meanLoss, e.losses.at(-1)!]),
      expected.epochs.flatMap((e) => [e.mean_loss, e.last_minibatch_loss]),
    ),
    beside(
      epochs.flatMap((e, i) => [e.lastBatchAccuracy, tests[i]!.accuracy]),
      expected.epochs.flatMap((e) => [e.last_minibatch_accuracy_after_update, e.test_accuracy]),
    ),
    beside(
      tests.map((t) => t.loss),
      expected.epochs.map((e) => e.test_mean_loss),
    ),
    ...parameterFacts(readParameters(net.engine), expected.after),
  ]);
}
