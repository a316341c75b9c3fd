/**
 * ThreeNet on MNIST: its setting, the images as bytes in an engine, and the epochs the tutorial's program runs.
 *
 * The table holds the training images and, after them, the test images. Mini-batches are gathered from it through
 * an index; pixels stay 0 … 255, as published.
 */

import type { RandomState } from "papergrad";
import type { Mnist } from "papergrad/data";
import { createEngine, type Engine, type Entry } from "papergrad/engine";
import type { Pacer } from "../shared/pacer.ts";
import {
  evaluation,
  readParameters,
  type ThreeNet,
  trainingStep,
  type Values,
  writeParameters,
} from "../shared/three-net.ts";
import type { PrepareOptions, Variant } from "../types.ts";

export const NET: ThreeNet = {
  inputs: 784,
  hidden1: 200,
  hidden2: 80,
  classes: 10,
  learningRate: 1e-3,
  decay: 1e-3,
};
export const BATCH = 256;
/** Rows measured at once. */
const MEASURED = 2000;

/** First rows of the batches, as published: arange(0, n − batch, batch), which never reaches the tail. */
export function batchStarts(n: number, batch = BATCH): number[] {
  const starts: number[] = [];
  for (let s = 0; s < n - batch; s += batch) starts.push(s);
  return starts;
}

/**
 * As published: the files of the training images stand class by class, in their order within the class, and are
 * shuffled once; the same stream then gives the start values.
 */
export function shuffledOrder(labels: ArrayLike<number>, random: RandomState): Int32Array {
  const order = Int32Array.from(labels, (_, i) => i).sort((a, b) => labels[a]! - labels[b]!);
  random.shuffle(order);
  return order;
}

export interface MnistEngine {
  readonly engine: Engine;
  readonly step: Entry;
  /** The last batch of an epoch, after the update. */
  readonly lastBatch: Entry;
  /** 2,000 rows of the table at a time: the training images, then the test images. */
  readonly measure: Entry;
  readonly batches: number;
  readonly rows: { readonly train: number; readonly test: number };
}

/** What may differ from the published setting, for the errata. */
export interface Setting {
  readonly net?: ThreeNet;
  /** Pixels are multiplied by this. */
  readonly scale?: number;
}

export function mnistEngine(
  variant: Variant,
  options: Pick<PrepareOptions, "backend" | "dtype">,
  { train, test }: Mnist,
  { net = NET, scale = 1 }: Setting = {},
): MnistEngine {
  const rows = { train: train.labels.length, test: test.labels.length };
  const all = rows.train + rows.test;
  const batches = batchStarts(rows.train).length;
  const engine = createEngine({ backend: options.backend, dtype: options.dtype });
  const entry = (name: string, index: string, length: number, size: number, evaluated: boolean) =>
    engine.entry(name, (g) => {
      const order = g.index(index, length);
      const pixels = g.gather(g.bytes("images", [all, net.inputs], { sparse: true }), order, size);
      const a0 = g.label("a0", scale === 1 ? pixels : g.mul(scale, pixels));
      const y = g.label("y", g.gather(g.input("labels", [all, 1]), order, size));
      if (evaluated) evaluation(g, a0, y, net, `h of ${name}`);
      else trainingStep(variant, g, a0, y, net);
    });
  const made: MnistEngine = {
    engine,
    step: entry("step", "order", batches * BATCH, BATCH, false),
    lastBatch: entry("lastBatch", "order", batches * BATCH, BATCH, true),
    measure: entry("measure", "rows", all, MEASURED, true),
    batches,
    rows,
  };
  const images = engine.live("images");
  images.set(train.images.data);
  images.set(test.images.data, train.images.data.length);
  const labels = engine.live("labels");
  labels.set(train.labels);
  labels.set(test.labels, rows.train);
  engine.write(
    "rows",
    Int32Array.from({ length: all }, (_, i) => i),
  );
  return made;
}

/** Puts the order of the training images and the start values into the engine. */
export function load(net: MnistEngine, order: Int32Array, values: Values): void {
  net.engine.write("order", order.subarray(0, net.batches * BATCH));
  writeParameters(net.engine, values);
  net.step.stepNumber = 0;
}

export interface Measured {
  readonly accuracy: number;
  readonly loss: number;
  /** Probabilities of each image, row after row. */
  readonly probabilities: Float64Array;
}

/** Measures the net as it stands on all training or all test images. */
export async function measure(net: MnistEngine, part: "train" | "test", pace: Pacer): Promise<Measured> {
  const rows = net.rows[part];
  const pieces = rows / MEASURED;
  const probabilities = new Float64Array(rows * NET.classes);
  let correct = 0;
  let loss = 0;
  net.measure.stepNumber = part === "train" ? 0 : net.rows.train / MEASURED;
  for (let i = 0; i < pieces; i++) {
    const { metrics } = net.measure.run();
    correct += metrics.correct![0]!;
    loss += metrics.loss![0]! / pieces;
    probabilities.set(net.engine.live("h of measure"), i * MEASURED * NET.classes);
    await pace();
  }
  return { accuracy: correct / rows, loss, probabilities };
}

export interface Epoch {
  /** Of each batch, before its update. */
  readonly losses: Float64Array;
  readonly meanLoss: number;
  /** On the batch just trained on, after the update. */
  readonly lastBatchAccuracy: number;
}

/** Runs all batches once, `piece` of them between two pauses. */
export async function epoch(
  net: MnistEngine,
  pace: Pacer,
  onPiece: (done: number, loss: number) => void = () => {},
): Promise<Epoch> {
  const { batches, step, lastBatch } = net;
  const piece = net.engine.dtype === "float32" ? 4 : 2;
  const losses = new Float64Array(batches);
  for (let done = 0; done < batches; ) {
    const asked = Math.min(piece, batches - done);
    const part = step.run(asked).metrics.loss!;
    losses.set(part, done);
    done += asked;
    onPiece(done, part[asked - 1]!);
    await pace();
  }
  lastBatch.stepNumber = batches - 1;
  const lastBatchAccuracy = lastBatch.run().metrics.correct![0]! / BATCH;
  return { losses, meanLoss: losses.reduce((a, b) => a + b, 0) / batches, lastBatchAccuracy };
}

export interface Training {
  readonly epochs: readonly Epoch[];
  /** Of the net at the end of each epoch. */
  readonly testAccuracies: readonly number[];
  readonly bestEpoch: number;
  readonly bestLastBatchAccuracy: number;
  readonly start: Values;
  readonly best: Values;
  readonly last: Values;
}

/** Trains, keeping the latest net among the best on the last batch of an epoch, as published. */
export async function train(
  net: MnistEngine,
  epochs: number,
  pace: Pacer,
  onPiece: (step: number, loss: number, accuracy: number) => void = () => {},
): Promise<Training> {
  const done: Epoch[] = [];
  const testAccuracies: number[] = [];
  const start = readParameters(net.engine);
  let [bestEpoch, bestLastBatchAccuracy, best] = [0, 0, start];
  for (let e = 1; e <= epochs; e++) {
    const accuracy = testAccuracies.at(-1) ?? 0;
    const one = await epoch(net, pace, (batch, loss) =>
      onPiece((e - 1) * net.batches + batch, loss, accuracy),
    );
    done.push(one);
    testAccuracies.push((await measure(net, "test", pace)).accuracy);
    if (one.lastBatchAccuracy >= bestLastBatchAccuracy)
      [bestEpoch, bestLastBatchAccuracy, best] = [e, one.lastBatchAccuracy, readParameters(net.engine)];
  }
  return {
    epochs: done,
    testAccuracies,
    bestEpoch,
    bestLastBatchAccuracy,
    start,
    best,
    last: readParameters(net.engine),
  };
}
