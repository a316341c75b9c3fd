/** What a user may get wrong in training: refused in one sentence, before anything changes. */
import { describe, expect, it } from "vitest";
import {
  dense,
  type Loss,
  type Model,
  meanSquaredError,
  type Optimizer,
  ShapeError,
  sequential,
  sgd,
  UsageError,
} from "../../src/index.ts";

const line = (dtype: "float32" | "float64" = "float32") =>
  sequential([dense(1)], { inputShape: [1], dtype, backend: "interpreter" });
const wrong = (value: unknown) => value as never;
const weights = (model: Model) => model.getWeights().map((w) => Array.from(w.data));

describe("missing values", () => {
  it.each([[null], [""], [" "], [true], ["3"], [[]]])("%j is no number", async (v) => {
    const bad = [[0], [v]] as number[][];
    await expect(line().fit(bad, [1, 2])).rejects.toThrow("model.fit: x: expected numbers, received");
    await expect(line().fit([[0], [1]], wrong([1, v]))).rejects.toThrow(UsageError);
    await expect(line().fit([[0], [1]], wrong([v, 1]))).rejects.toThrow(UsageError);
    await expect(line().fit([[0], [1]], wrong([[1], [v]]))).rejects.toThrow("at row 1, column 0");
    expect(() => line().predict(bad)).toThrow("at row 1, column 0");
    expect(() => line().evaluate({ shape: [1, 1], data: wrong([v]) }, [1])).toThrow(UsageError);
    expect(() => line().setWeights([[[v]], [[0]]] as number[][][])).toThrow(
      "model.setWeights: dense_0/kernel: expected numbers, received",
    );
  });
});

describe("custom losses and optimizers of the same name", () => {
  const loss = (factor: number): Loss => ({
    name: "mine",
    config: {},
    takes: "output",
    targets: "numbers",
    apply: (g, a, y) => g.mul(factor, g.mean(g.square(g.sub(a, y)))),
  });
  const optimizer = (factor: number): Optimizer => ({
    name: "mine",
    learningRate: 1,
    config: {},
    begin:
      (g, { learningRate }) =>
      (w) =>
        void g.store(w, g.add(w, g.mul(learningRate, factor))),
  });

  it("evaluate, fit and valueAndGradient do not mix them up", async () => {
    const model = line();
    model.setWeights([[[1]], [[0]]]);
    expect(model.evaluate([[3]], [1], { loss: loss(1) }).loss).toBe(4);
    expect(model.evaluate([[3]], [1], { loss: loss(10) }).loss).toBe(40);
    const at = Float64Array.of(1, 0);
    expect(model.valueAndGradient([[3]], [1], { loss: loss(1) }).at(at).value).toBe(4);
    expect(model.valueAndGradient([[3]], [1], { loss: loss(10) }).at(at).value).toBe(40);
    const losses = [];
    for (const l of [loss(1), loss(10)])
      losses.push(
        (await model.fit([[3]], [1], { loss: l, optimizer: sgd({ learningRate: 0 }) })).columns.loss?.[0],
      );
    expect(losses).toEqual([4, 40]);
    await model.fit([[3]], [1], { optimizer: optimizer(1) });
    await model.fit([[3]], [1], { optimizer: optimizer(100) });
    expect(weights(model)).toEqual([[102], [101]]);
  });

  it("objects that share a method but not what it reads are two losses", () => {
    class Scaled implements Loss {
      readonly name = "scaled";
      readonly config = {};
      readonly takes = "output";
      readonly targets = "numbers";
      readonly factor: number;
      constructor(factor: number) {
        this.factor = factor;
      }
      apply: Loss["apply"] = Scaled.prototype.compute;
      compute(...[g, a, y]: Parameters<Loss["apply"]>) {
        return g.mul(this.factor, g.mean(g.square(g.sub(a, y))));
      }
    }
    const model = line();
    model.setWeights([[[1]], [[0]]]);
    expect(model.evaluate([[3]], [1], { loss: new Scaled(1) }).loss).toBe(4);
    expect(model.evaluate([[3]], [1], { loss: new Scaled(2) }).loss).toBe(8);
  });

  it("those of papergrad share compiled code, however often they are made", () => {
    const { state } = line();
    const step = () => state.entry("a", [meanSquaredError().name], () => {});
    expect(step()).toBe(step());
    const model = line();
    const entry = () => model.trainingStep([[1]], [1], { optimizer: sgd(), loss: meanSquaredError() });
    expect(entry()).toBe(entry());
  });
});

describe("options", () => {
  const train = (options: unknown) => line().fit([[1]], [1], wrong(options));
  it.each([
    [{ loss: {} }, "model.fit: expected loss as a name or an object, received an empty object"],
    [{ loss: meanSquaredError }, "received a function (meanSquaredError)"],
    [{ optimizer: {} }, "expected optimizer as a name or an object, received an empty object"],
    [{ optimizer: [] }, "expected optimizer as a name or an object, received []"],
    [{ optimizer: { minimizer: "x" } }, "expected optimizer as a name or an object"],
    [{ optimizer: { ...sgd(), learningRate: undefined } }, "expected optimizer as a name or an object"],
    [{ callbacks: [{ onEpochEnd: 3 }] }, "expected callbacks as a list of objects, received [an object"],
    [null, "model.fit: expected its options as an object, received null"],
    [{ batchSize: "1" }, 'expected batchSize ≥ 1, a whole number, received "1"'],
  ])("of fit: %j", async (options, message) => {
    await expect(train(options)).rejects.toThrow(UsageError);
    await expect(train(options)).rejects.toThrow(message);
  });

  it("trainingStep and valueAndGradient speak of themselves", () => {
    const model = line();
    expect(() => model.trainingStep([[1, 2]], [1])).toThrow(/^model.trainingStep: x has 2 features/);
    expect(() => model.trainingStep([[1]], [1], wrong({ epochs: 2 }))).toThrow(
      'model.trainingStep: no option is called "epochs"',
    );
    const optimizer = sgd({ learningRate: () => Number.NaN });
    expect(() => model.trainingStep([[1]], [1], { optimizer })).toThrow(
      "model.trainingStep: expected the learning-rate schedule to give a finite rate",
    );
    expect(() => model.valueAndGradient([[1]], [1], wrong({ los: 1 }))).toThrow('Did you mean "loss"?');
  });

  it("run.stop() without a reason stops", async () => {
    const callbacks = [{ onEpochEnd: (_: unknown, run: { stop(): void }) => run.stop() }];
    const history = await line().fit([[1]], [1], { epochs: 5, callbacks });
    expect([history.epochs.length, history.stoppedBy]).toEqual([1, "callback"]);
  });
});

describe("vectors and weights", () => {
  it("at(v) wants all parameters", () => {
    const f = line("float64").valueAndGradient([[1]], [1]);
    for (const v of [new Float64Array(1), new Float64Array(3), undefined])
      expect(() => f.at(v as Float64Array)).toThrow(ShapeError);
    expect(() => f.at(new Float64Array(3))).toThrow(
      "model.valueAndGradient: expected a vector of all 2 parameters, received 3 values. Give a Float64Array of 2",
    );
    expect(() => f.at(wrong([1, "2"]))).toThrow('received "2"');
    expect(f.at(Float64Array.of(1, 0)).value).toBe(0);
  });

  it("setWeights writes all or nothing", () => {
    const model = line();
    const before = weights(model);
    expect(() => model.setWeights([[[5]], [[Number.NaN]]])).toThrow(
      "model.setWeights: dense_0/bias: expected finite numbers",
    );
    expect(() => model.setWeights([[[5]], [[1, 2]]])).toThrow(ShapeError);
    expect(() => model.setWeights(wrong(undefined))).toThrow(
      "model.setWeights: expected 2 matrices (dense_0/kernel, dense_0/bias), received undefined",
    );
    expect(weights(model)).toEqual(before);
  });

  it("numbers that float32 cannot hold are refused by name, and fit float64", async () => {
    const says = (v: string) =>
      `expected numbers that fit float32, received ${v}, column 0. Scale them, or use dtype float64.`;
    const model = line();
    const before = weights(model);
    expect(() => model.setWeights([[[1e39]], [[0]]])).toThrow(
      `model.setWeights: dense_0/kernel: ${says("1e+39 at row 0")}`,
    );
    expect(weights(model)).toEqual(before);
    expect(() => model.predict([[1], [-1e39]])).toThrow(`model.predict: x: ${says("-1e+39 at row 1")}`);
    await expect(model.fit([[1e39]], [1])).rejects.toThrow(says("1e+39 at row 0"));
    await expect(model.fit([[1]], [1e39])).rejects.toThrow(`model.fit: y: ${says("1e+39 at row 0")}`);
    const wide = line("float64");
    wide.setWeights([[[1e39]], [[0]]]);
    expect(wide.predict([[1]]).data[0]).toBe(1e39);
    model.setWeights([[[3.4e38]], [[0]]]);
    expect(model.predict([[1]]).data[0]).toBe(Math.fround(3.4e38));
  });
});
