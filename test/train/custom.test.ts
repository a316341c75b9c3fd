import { describe, expect, it } from "vitest";
import {
  activation,
  dense,
  INITIALIZERS,
  type Layer,
  type Loss,
  l1l2,
  layerNormalization,
  lbfgs,
  type Optimizer,
  sequential,
  sgd,
} from "../../src/index.ts";
import { traceStep } from "../../src/inspect/trace.ts";
import { clouds } from "./problems.ts";

/** y = x ⊙ s + s²: one trained row. */
const scaled = (): Layer => ({
  kind: "scaled",
  config: {},
  plan: (inputs) => ({
    outputs: inputs,
    parameters: [{ name: "scale", letter: "s", shape: [1, inputs], initializer: INITIALIZERS.ones() }],
    state: [],
    apply: (g, x, { weight }) => g.add(g.mul(x, weight("scale")), g.square(weight("scale"))),
  }),
});

describe("a whole network", () => {
  it("has the gradient of finite differences in its flat parameter vector, a layer of one's own included", () => {
    const { x, y } = clouds(9);
    const layers = [
      dense(5, {
        activation: "silu",
        kernelRegularizer: l1l2({ l1: 0.01, l2: 0.02 }),
        biasInitializer: "ones",
      }),
      scaled(),
      layerNormalization(),
      activation((g, z) => g.sin(z)),
      dense(3, { activation: "softmax" }),
    ];
    const model = sequential(layers, { inputShape: [4], dtype: "float64", backend: "interpreter", seed: 2 });
    const f = model.valueAndGradient(x, y);
    const at = Float64Array.from(model.getWeights().flatMap((w) => Array.from(w.data)));
    const { gradient } = f.at(at);
    for (let i = 0; i < at.length; i++) {
      const shifted = (h: number) => f.at(at.map((v, k) => (k === i ? v + h : v))).value;
      const numeric = (shifted(1e-5) - shifted(-1e-5)) / 2e-5;
      expect(Math.abs(gradient[i]! - numeric)).toBeLessThan(1e-7 * Math.max(1e-2, Math.abs(numeric)));
    }
  });
});

describe("one's own", () => {
  it("optimizer and loss train a model", async () => {
    const signDescent: Optimizer = {
      name: "signDescent",
      learningRate: 0.25,
      config: {},
      begin:
        (g, { learningRate }) =>
        (w, dw, slot) => {
          const count = slot("count");
          g.store(count, g.add(count, 1));
          g.store(w, g.sub(w, g.mul(learningRate, g.sign(dw))));
        },
    };
    const quartic: Loss = {
      name: "quartic",
      config: {},
      takes: "output",
      targets: "numbers",
      apply: (g, a, y) => g.mean(g.square(g.square(g.sub(a, y)))),
    };
    const model = sequential([dense(1, { useBias: false, kernelInitializer: "zeros" })], {
      inputShape: [1],
      dtype: "float64",
    });
    const history = await model.fit([[1]], [1], { loss: quartic, optimizer: signDescent, epochs: 4 });
    expect(history.columns.loss).toEqual([1, 0.75 ** 4, 0.5 ** 4, 0.25 ** 4]);
    expect(model.getWeights()[0]!.data).toEqual(Float64Array.of(1));
    expect(model.state.engine.read("optimizer/signDescent/count").data).toEqual(Float64Array.of(4));
  });

  it("schedule is followed past the end of its table", async () => {
    const model = sequential([dense(1, { useBias: false, kernelInitializer: "zeros" })], {
      inputShape: [1],
      dtype: "float64",
    });
    // With x = 1 and mean absolute error below a far target each step adds exactly its rate.
    const rate = (step: number) => (step % 7) + step / 1024;
    await model.fit([[1], [1], [1]], [1e9, 1e9, 1e9], {
      loss: "meanAbsoluteError",
      optimizer: sgd({ learningRate: rate }),
      epochs: 900,
      batchSize: 2,
    });
    let w = 0;
    for (let step = 0; step < 1800; step++) w += rate(step);
    expect(model.getWeights()[0]!.data[0]).toBe(w);
  });
});

describe("trainingStep", () => {
  it("is the step of fit, and can be traced without being done", async () => {
    const { x, y } = clouds(6);
    const make = () =>
      sequential([dense(4, { activation: "tanh" }), dense(3, { activation: "softmax" })], {
        inputShape: [4],
        dtype: "float64",
      });
    const model = make();
    const before = model.getWeights();
    const entry = model.trainingStep(x, y, { optimizer: sgd({ learningRate: 0.5, momentum: 0.9 }) });
    const trace = traceStep(entry);
    expect(trace.map((v) => v.label)).toEqual(
      expect.arrayContaining([
        "x",
        "W1",
        "z1",
        "a1",
        "z2",
        "a2",
        "loss",
        "dz2",
        "dW2",
        "dz1",
        "dW1",
        "db1",
        "W1'",
        "velocity_W1'",
      ]),
    );
    expect(model.getWeights()).toEqual(before);
    const other = make();
    await other.fit(x, y, {
      optimizer: sgd({ learningRate: 0.5, momentum: 0.9 }),
      batchSize: 6,
      shuffle: false,
    });
    const after = trace.find((v) => v.label === "W1'")!;
    expect(Array.from(after.data)).toEqual(Array.from(other.getWeights()[0]!.data));
    expect(() => model.trainingStep(x, y, { optimizer: lbfgs() })).toThrow("received lbfgs");
  });
});
