/**
 * ThreeNet on the iris table: its setting, its data, and an engine that is compiled once and trained many times.
 *
 * A training run keeps what the tutorial's program keeps: the loss of every step, the accuracy on the training
 * part every 100 steps, and the latest net among the best of these.
 */

import { RandomState } from "papergrad";
import { iris } from "papergrad/data";
import { createEngine, type Engine, type Entry } from "papergrad/engine";
import type { Pacer } from "../shared/pacer.ts";
import {
  classesOf,
  evaluation,
  readParameters,
  startValues,
  type ThreeNet,
  trainingStep,
  type Values,
  writeParameters,
} from "../shared/three-net.ts";
import type { PrepareOptions, Variant } from "../types.ts";

export const NET: ThreeNet = {
  inputs: 4,
  hidden1: 20,
  hidden2: 20,
  classes: 3,
  learningRate: 5e-2,
  decay: 1e-3,
};
export const STEPS = 10_000;
/** Losses are averaged, the accuracy is taken, every so many steps. */
export const BLOCK = 100;
export const TRAIN = 120;
export const TEST = 30;

/** The flowers in an order, the first 120 for training, and the start of the net. */
export interface Start {
  readonly x: Float64Array;
  readonly y: Int32Array;
  readonly values: Values;
}

export type Rows = "kaggle" | "fisher";

/** As published: one stream shuffles the 150 flowers, then draws the weights. */
export function start(seed: number, rows: Rows = "kaggle"): Start {
  const random = new RandomState(seed);
  const order = Int32Array.from({ length: TRAIN + TEST }, (_, i) => i);
  random.shuffle(order);
  return { ...inOrder(order, rows), values: startValues(random, NET) };
}

/** The table's rows in an order. */
export function inOrder(order: ArrayLike<number>, rows: Rows): Pick<Start, "x" | "y"> {
  const table = iris({ variant: rows });
  const x = new Float64Array(order.length * NET.inputs);
  for (let i = 0; i < order.length; i++) {
    const at = order[i]! * NET.inputs;
    x.set(table.x.data.subarray(at, at + NET.inputs), i * NET.inputs);
  }
  return { x, y: Int32Array.from(order, (i) => table.y[i]!) };
}

/** An engine with the step and what measures it. */
export interface IrisEngine {
  readonly engine: Engine;
  readonly step: Entry;
  readonly train: Entry;
  readonly test: Entry;
}

export function irisEngine(variant: Variant, options: Pick<PrepareOptions, "backend" | "dtype">): IrisEngine {
  const engine = createEngine({ backend: options.backend, dtype: options.dtype });
  const step = engine.entry("step", (g) => {
    const a0 = g.label("a0", g.input("x", [TRAIN, NET.inputs]));
    trainingStep(variant, g, a0, g.input("y", [TRAIN, 1]), NET);
  });
  const measure = (name: string, x: string, y: string, rows: number) =>
    engine.entry(name, (g) =>
      evaluation(g, g.input(x, [rows, NET.inputs]), g.input(y, [rows, 1]), NET, name),
    );
  return {
    engine,
    step,
    train: measure("train", "x", "y", TRAIN),
    test: measure("test", "xTest", "yTest", TEST),
  };
}

/** Puts data and start values into the engine. */
export function load({ engine, step }: IrisEngine, { x, y, values }: Start): void {
  engine.write("x", x.subarray(0, TRAIN * NET.inputs));
  engine.write("y", y.subarray(0, TRAIN));
  engine.write("xTest", x.subarray(TRAIN * NET.inputs));
  engine.write("yTest", y.subarray(TRAIN));
  writeParameters(engine, values);
  step.stepNumber = 0;
}

export interface Best {
  /** Steps done when it was kept. */
  readonly step: number;
  readonly trainAccuracy: number;
  readonly testAccuracy: number;
  /** Predicted classes of the test part. */
  readonly predicted: Int32Array;
}

export interface Training {
  /** Before each update. */
  readonly losses: Float64Array;
  /** After every 100 updates. */
  readonly trainAccuracies: readonly number[];
  readonly testAccuracies: readonly number[];
  readonly best: Best;
  /** After the last step. */
  readonly values: Values;
}

/**
 * Trains from a start. `later` decides between equally good nets: true keeps the later one, as published (`>=`).
 */
export async function train(
  net: IrisEngine,
  from: Start,
  pace: Pacer,
  onBlock: (step: number, loss: number, accuracy: number) => void = () => {},
  { steps = STEPS, later = true } = {},
): Promise<Training> {
  load(net, from);
  const losses = new Float64Array(steps);
  const trainAccuracies: number[] = [];
  const testAccuracies: number[] = [];
  let best: Best = { step: 0, trainAccuracy: 0, testAccuracy: 0, predicted: new Int32Array(TEST) };
  for (let done = BLOCK; done <= steps; done += BLOCK) {
    const block = net.step.run(BLOCK).metrics.loss!;
    losses.set(block, done - BLOCK);
    const trainAccuracy = net.train.run().metrics.correct![0]! / TRAIN;
    const testAccuracy = net.test.run().metrics.correct![0]! / TEST;
    trainAccuracies.push(trainAccuracy);
    testAccuracies.push(testAccuracy);
    if (trainAccuracy > best.trainAccuracy || (later && trainAccuracy === best.trainAccuracy)) {
      const predicted = classesOf(net.engine.read("test").data, NET.classes);
      best = { step: done, trainAccuracy, testAccuracy, predicted };
    }
    onBlock(done, block[BLOCK - 1]!, trainAccuracy);
    await pace();
  }
  return { losses, trainAccuracies, testAccuracies, best, values: readParameters(net.engine) };
}
