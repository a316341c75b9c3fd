import { describe, expect, it } from "vitest";
import { dense, type FitOptions, sequential, type Targets } from "../../src/index.ts";
import { circle, clouds } from "./problems.ts";

const binary = () =>
  sequential([dense(4, { activation: "tanh" }), dense(1, { activation: "sigmoid" })], { inputShape: [2] });
const classes = () => sequential([dense(3, { activation: "softmax" })], { inputShape: [4] });

describe("options of fit", () => {
  const { x, y } = circle(10);
  const cases: [string, object, string][] = [
    [
      "epochs 0",
      { epochs: 0 },
      "model.fit: expected epochs ≥ 1, a whole number, received 0. Give the number of passes",
    ],
    ["epochs 1.5", { epochs: 1.5 }, "received 1.5"],
    ["batchSize", { batchSize: -2 }, "model.fit: expected batchSize ≥ 1, a whole number, received -2."],
    ["misspelt name", { epoch: 3 }, 'model.fit: no option is called "epoch". Did you mean "epochs"?'],
    ["unknown name", { xyzzy: 3 }, 'no option is called "xyzzy". Known: loss, optimizer, epochs'],
    [
      "loss",
      { loss: "meanSquareError" },
      'no loss is called "meanSquareError". Did you mean "meanSquaredError"?',
    ],
    ["optimizer", { optimizer: "sdg" }, 'no optimizer is called "sdg". Did you mean "sgd"?'],
    [
      "metrics",
      { metrics: ["acuracy"] },
      'expected metrics as a list of names, received ["acuracy"]. Known: accuracy',
    ],
    ["shuffle", { shuffle: 1 }, "expected shuffle true or false, received 1"],
    ["seed", { seed: -1 }, "expected seed as a whole number from 0 to 4294967295, received -1"],
    ["split", { validationSplit: 1 }, "expected 0 ≤ validationSplit < 1, received 1"],
    [
      "split that leaves nothing",
      { validationSplit: 0.95 },
      "validationSplit 0.95 of 10 rows leaves none to train on",
    ],
    ["both validations", { validationSplit: 0.1, validationData: { x, y } }, "received both"],
    ["validation data", { validationData: { x } }, "expected validationData { x, y }, received an object"],
    ["callbacks", { callbacks: () => 1 }, "expected callbacks as a list of objects, received a function"],
    ["signal", { signal: "stop" }, 'expected signal as an AbortSignal, received "stop"'],
  ];
  it.each(cases)("%s", async (_, options, message) => {
    await expect(binary().fit(x, y, options as FitOptions)).rejects.toThrow(message);
  });

  it("undefined is left out", async () => {
    const history = await binary().fit(x, y, { epochs: undefined } as unknown as FitOptions);
    expect(history.epochs.length).toBe(1);
  });

  it("of sequential, evaluate and predict", () => {
    expect(() => sequential([dense(1)], {} as never)).toThrow(
      "sequential: expected inputShape [features], received none.",
    );
    expect(() => sequential([dense(1)], { inputShape: [0] })).toThrow("received [0]");
    expect(() => sequential([dense(1)], { inputShape: [2], dtype: "float16" as "float32" })).toThrow(
      'expected dtype "float32" or "float64", received "float16"',
    );
    expect(() => sequential([dense(1)], { inputShape: [2], sead: 1 } as never)).toThrow(
      'Did you mean "seed"?',
    );
    expect(() => binary().evaluate(x, y, { batchSize: 0 })).toThrow("model.evaluate: expected batchSize ≥ 1");
    expect(() => binary().predict(x, { batchsize: 3 } as never)).toThrow('Did you mean "batchSize"?');
  });
});

describe("data of fit", () => {
  const { x, y } = clouds(12);
  const refused: [string, () => Promise<unknown>, string][] = [
    [
      "too few features",
      () => sequential([dense(1)], { inputShape: [5] }).fit(x, y),
      "model.fit: x has 4 features but layer 0 (dense_0) was built for 5. Add a column, or rebuild with inputShape [4].",
    ],
    [
      "too many features",
      () => sequential([dense(1)], { inputShape: [2] }).fit(x, y),
      "Drop 2 columns, or rebuild with inputShape [4].",
    ],
    ["no rows", () => classes().fit({ shape: [0, 4], data: [] }, []), "expected x with at least one row"],
    [
      "a flat x",
      () => classes().fit([1, 2, 3] as never, y),
      "expected x as a tensor { shape, data } or rows of numbers, received an array of number",
    ],
    ["ragged rows", () => classes().fit([[1, 2, 3, 4], [1]], [0, 1]), "row 1 has 1 values, row 0 has 4"],
    [
      "a wrong tensor",
      () => classes().fit({ shape: [2, 4], data: [1] }, [0, 1]),
      "x has shape [2,4] but 1 values",
    ],
    [
      "NaN in x",
      () => classes().fit([[1, 2, Number.NaN, 4]], [0]),
      "model.fit: x: expected finite numbers, received NaN at row 0, column 2",
    ],
    [
      "y too short",
      () => classes().fit(x, [0, 1]),
      "x has 12 rows but y has 2. Give one target for each example.",
    ],
    [
      "a label too large",
      () =>
        classes().fit(
          x,
          y.map((v, i) => (i === 3 ? 10 : v)),
        ),
      "model.fit: y has label 10 at row 3; the last layer has 3 units, so labels run 0…2.",
    ],
    [
      "a label that is not whole",
      () =>
        classes().fit(
          x,
          y.map(() => 0.5),
        ),
      "y has label 0.5 at row 0",
    ],
    [
      "one-hot of another width",
      () =>
        classes().fit(
          x,
          y.map(() => [1, 0]),
        ),
      "expects y with 1 or 3 columns (class numbers or one-hot rows), received 2",
    ],
    [
      "sparse with one-hot",
      () =>
        classes().fit(
          x,
          y.map(() => [1, 0, 0]),
          { loss: "sparseCategoricalCrossentropy" },
        ),
      "expects y with 1 columns (class numbers), received 3",
    ],
    [
      "one-hot that does not sum to 1",
      () =>
        classes().fit(
          x,
          y.map(() => [1, 1, 0]),
        ),
      "one-hot rows of y must sum to 1, row 0 sums to 2",
    ],
    [
      "categorical with one output",
      () => sequential([dense(1)], { inputShape: [4] }).fit(x, y, { loss: "categoricalCrossentropy" }),
      "expects at least 2 outputs",
    ],
    [
      "binary labels of 2",
      () => sequential([dense(1, { activation: "sigmoid" })], { inputShape: [4] }).fit(x, y),
      "binaryCrossentropy expects y from 0 to 1, received 2 at row 2",
    ],
    [
      "hinge labels",
      () => sequential([dense(1)], { inputShape: [4] }).fit(x, y, { loss: "hinge" }),
      "hinge expects y of −1 and 1 (0 is read as −1), received 2 at row 2",
    ],
    [
      "numbers for 3 outputs",
      () => sequential([dense(3)], { inputShape: [4] }).fit(x, y),
      "y has 1 column but the last layer (dense_0) has 3 outputs. Use categoricalCrossentropy",
    ],
    [
      "a cross-entropy behind relu",
      () =>
        sequential([dense(3, { activation: "relu" })], { inputShape: [4] }).fit(x, y, {
          loss: "categoricalCrossentropy",
        }),
      'categoricalCrossentropy expects the last layer (dense_0) to have the activation "softmax" or "linear"',
    ],
    [
      "a metric that has no numbers",
      () => classes().fit(x, y, { metrics: ["meanSquaredError"] }),
      "metric meanSquaredError expects y with 3 columns",
    ],
    [
      "validation data",
      () => classes().fit(x, y, { validationData: { x, y: [7, ...y.slice(1)] } }),
      "model.fit: validationData: y has label 7 at row 0",
    ],
  ];
  it.each(refused)("refuses %s", async (_, run, message) => {
    await expect(run()).rejects.toThrow(message);
  });

  it("takes labels in every usual form, to the same weights", async () => {
    const train = async (targets: Targets) => {
      const model = classes();
      await model.fit(x, targets, { epochs: 2, batchSize: 5 });
      return model.getWeights();
    };
    const first = await train(y);
    expect(await train(Int32Array.from(y))).toEqual(first);
    expect(await train(Uint8Array.from(y))).toEqual(first);
    expect(await train(y.map((v) => [v]))).toEqual(first);
    expect(await train({ shape: [12, 1], data: Float32Array.from(y) })).toEqual(first);
    expect(await train(y.map((v) => [0, 1, 2].map((k) => (k === v ? 1 : 0))))).toEqual(first);
  });

  it("reads 0 as −1 for a hinge", async () => {
    const bits = y.map((v) => (v > 0 ? 1 : 0));
    const train = async (targets: number[]) => {
      const model = sequential([dense(1)], { inputShape: [4] });
      const history = await model.fit(x, targets, { loss: "hinge", epochs: 60, optimizer: "adam" });
      return [model.getWeights(), history.columns];
    };
    expect(await train(bits)).toEqual(await train(bits.map((b) => 2 * b - 1)));
  });
});
