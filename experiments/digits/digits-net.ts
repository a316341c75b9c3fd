/**
 * The 400-25-10 net on 5,000 digits: data, random start, objective for the minimiser, predictions.
 *
 * The data stand in for the course file the tutorial used: the first 500 MNIST training digits of each class, cut
 * to 20 × 20 pixels; tested with MNIST's 10,000 test digits, cut alike. To use the course file itself, read it
 * with `loadDigitsMat` of papergrad/node and hand its `x` and `y` to `digitsNet`.
 */

import { RandomState } from "papergrad";
import { crop20, digits20 } from "papergrad/data";
import { type BackendName, createEngine, type Engine } from "papergrad/engine";
import type { Variant } from "../types.ts";
import { type Net, predict, valueAndGradient } from "./step.ts";

export interface Digits {
  /** [n, 400], 0 to 1. */
  readonly x: ArrayLike<number>;
  /** 0…9. */
  readonly y: ArrayLike<number>;
}

export interface DigitsData {
  readonly train: Digits;
  readonly test: Digits;
}

let loaded: Promise<DigitsData> | undefined;

/** Reads MNIST and cuts it; once. Needs Node. */
export const loadDigits = (): Promise<DigitsData> => (loaded ??= read());

async function read(): Promise<DigitsData> {
  const { loadMnist } = await import("papergrad/node");
  const mnist = await loadMnist();
  const { x, y } = digits20(mnist);
  return { train: { x: x.data, y }, test: { x: crop20(mnist.test.images).data, y: mnist.test.labels } };
}

/** Layer sizes of the tutorial; blocks of 50 rows, see step.ts. */
export const netFor = (data: Digits): Net => ({
  inputs: 400,
  hidden: 25,
  outputs: 10,
  samples: data.y.length,
  rows: data.y.length % 50 === 0 ? 50 : data.y.length,
});

/** Θ1 and Θ2 uniform in ±√(6 / (outputs + inputs)), drawn one after the other. */
export function randomStart(seed: number, { inputs, hidden, outputs }: Net): Float64Array {
  const random = new RandomState(seed);
  const layer = (from: number, to: number): number[] => {
    const epsilon = Math.sqrt(6 / (to + from));
    return Array.from(random.rand(to, 1 + from).data, (u) => u * 2 * epsilon - epsilon);
  };
  return Float64Array.from([...layer(inputs, hidden), ...layer(hidden, outputs)]);
}

export interface Predictions {
  /** [n, 10] */
  readonly h2: ArrayLike<number>;
  readonly classes: ArrayLike<number>;
  readonly accuracy: number;
}

export interface DigitsNet {
  readonly engine: Engine;
  readonly net: Net;
  /** Cost and gradient over all training digits. */
  objective(theta: ArrayLike<number>): { value: number; gradient: Float64Array };
  predict(theta: ArrayLike<number>, which: "train" | "test"): Predictions;
}

/** The net in an engine of its own, all data resident. */
export function digitsNet(
  data: DigitsData,
  variant: Variant,
  options: { backend: BackendName; dtype: "float32" | "float64" },
): DigitsNet {
  const net = netFor(data.train);
  const engine = createEngine({ backend: options.backend, dtype: options.dtype });
  const entry = engine.entry("valueAndGradient", (g) => valueAndGradient(g, net, variant));
  const table = { train: "x", test: "xTest" } as const;
  const predictors = {
    train: engine.entry("predict train", (g) => predict(g, net, table.train, net.samples)),
    test: engine.entry("predict test", (g) => predict(g, net, table.test, data.test.y.length)),
  };
  engine.write("x", data.train.x);
  engine.write("y", data.train.y);
  engine.write("xTest", data.test.x);
  engine.write("lambda", [1]);
  engine.write(
    "rows",
    Array.from({ length: net.samples }, (_, i) => i),
  );
  return {
    engine,
    net,
    objective(theta) {
      engine.write("theta", theta);
      const { metrics } = entry.run(net.samples / net.rows);
      return { value: metrics.cost!.at(-1)!, gradient: Float64Array.from(engine.read("gradient").data) };
    },
    predict(theta, which) {
      engine.write("theta", theta);
      predictors[which].run(1);
      const classes = engine.read(`class of ${table[which]}`).data;
      const right = classes.filter((c, i) => c === data[which].y[i]).length;
      return {
        h2: engine.read(`h2 of ${table[which]}`).data,
        classes,
        accuracy: right / classes.length,
      };
    },
  };
}
