/**
 * The terms of a race, the same for both sides: data, network, start weights, and the batches of every epoch. All
 * follow from the setting.
 */
import { classesOf, dense, type Layer, RandomState, sequential } from "papergrad";
import {
  applyScaler,
  type ClassData,
  iris,
  makeCircles,
  makeMoons,
  makeSpirals,
  makeXor,
  standardize,
  trainTestSplit,
} from "papergrad/data";

export const RACE_DATA = ["moons", "circles", "spirals", "xor", "iris"] as const;
export const RACE_ACTIVATIONS = ["relu", "tanh", "sigmoid"] as const;
export const RACE_OPTIMIZERS = ["sgd", "momentum", "adam"] as const;

/** Where TensorFlow.js can compute. */
export const BACKENDS = ["cpu", "webgl"] as const;
export type TensorFlowBackend = (typeof BACKENDS)[number];

/** What a race is, and nothing else: the same setting, the same losses. */
export interface RaceSetting {
  readonly data: (typeof RACE_DATA)[number];
  /** Units of the hidden layers. */
  readonly hidden: readonly number[];
  readonly activation: (typeof RACE_ACTIVATIONS)[number];
  readonly optimizer: (typeof RACE_OPTIMIZERS)[number];
  readonly learningRate: number;
  readonly batchSize: number;
  readonly epochs: number;
  readonly seed: number;
}

/** The tutorial's network, rate, batch and epochs. */
export const RACE_SETTING: RaceSetting = {
  data: "moons",
  hidden: [25, 50, 50, 25],
  activation: "relu",
  optimizer: "sgd",
  learningRate: 0.01,
  batchSize: 32,
  epochs: 200,
  seed: 1,
};

/** Examples in rows and their classes. */
export interface Part {
  readonly x: Float32Array;
  readonly y: Int32Array;
}

/** What both sides are given. Plain data. */
export interface Terms {
  readonly setting: RaceSetting;
  readonly features: number;
  /** Units of the last layer: 1 for two classes (sigmoid), else one for each class (softmax). */
  readonly outputs: number;
  readonly train: Part;
  readonly test: Part;
  /** Kernel and bias of each layer. */
  readonly start: readonly Float32Array[];
}

/** Momentum of the optimizer "momentum". */
export const MOMENTUM = 0.9;
/** Epsilon of Adam on both sides; their defaults differ. */
export const EPSILON = 1e-7;

const SAMPLES = 1000;

/** The points of a data set; the moons are those of the tutorial. */
function dataOf(name: RaceSetting["data"]): ClassData {
  switch (name) {
    case "moons":
      return makeMoons({ samples: SAMPLES, noise: 0.2, seed: 100 });
    case "circles":
      return makeCircles({ samples: SAMPLES, noise: 0.1, factor: 0.5, seed: 100 });
    case "spirals":
      return makeSpirals({ samples: SAMPLES, noise: 0.1, seed: 100 });
    case "xor":
      return makeXor({ samples: SAMPLES, deviation: 0.35, seed: 100 });
    case "iris":
      return iris();
  }
}

/** The network as papergrad's layers. */
export function layersOf({ hidden, activation }: RaceSetting, outputs: number): Layer[] {
  return [
    ...hidden.map((units) => dense(units, { activation })),
    dense(outputs, { activation: outputs === 1 ? "sigmoid" : "softmax" }),
  ];
}

/** Everything that follows from a setting. Iris is standardized by its training rows. */
export function termsOf(setting: RaceSetting): Terms {
  const { train, test } = trainTestSplit(dataOf(setting.data), { testSize: 0.1, seed: 42 });
  const scaled = standardize(train.x);
  const isIris = setting.data === "iris";
  const numbers = (x: typeof train.x) =>
    Float32Array.from(isIris ? applyScaler(x, scaled.scaler).data : x.data);
  const classes = Math.max(...train.y) + 1;
  const outputs = classes === 2 ? 1 : classes;
  const features = train.x.shape[1];
  const model = sequential(layersOf(setting, outputs), { inputShape: [features], seed: setting.seed });
  return {
    setting,
    features,
    outputs,
    train: { x: numbers(train.x), y: train.y },
    test: { x: numbers(test.x), y: test.y },
    start: model.getWeights().map((w) => Float32Array.from(w.data)),
  };
}

/** Numbers trained. */
export const parametersOf = ({ start }: Terms): number => start.reduce((n, w) => n + w.length, 0);

/** Steps of an epoch, the last of them with fewer rows. */
export const stepsPerEpoch = ({ train, setting }: Terms): number =>
  Math.ceil(train.y.length / setting.batchSize);

/** The batches of one epoch after another: row numbers, in the orders that papergrad's `trainer` draws. */
export function* batchesOf({ train, setting }: Terms): Generator<Int32Array> {
  const random = new RandomState(setting.seed);
  const { batchSize } = setting;
  for (;;) {
    const order = random.permutation(train.y.length);
    for (let at = 0; at < order.length; at += batchSize) yield order.subarray(at, at + batchSize);
  }
}

/** Share of test points whose class is right; `probabilities` as the last layer gives them. */
export function testAccuracy({ test, outputs }: Terms, probabilities: ArrayLike<number>): number {
  const classes = classesOf({ shape: [test.y.length, outputs], data: probabilities });
  return classes.reduce((n, k, i) => n + Number(k === test.y[i]), 0) / test.y.length;
}
