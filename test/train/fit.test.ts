import { describe, expect, it } from "vitest";
import {
  activation,
  adam,
  adamW,
  batchNormalization,
  cosineDecay,
  dense,
  dropout,
  type Layer,
  l2,
  layerNormalization,
  type Model,
  type Optimizer,
  rescaling,
  rmsprop,
  sequential,
  sgd,
} from "../../src/index.ts";
import golden from "../golden/optimizers-training.json" with { type: "json" };
import { circle, clouds } from "./problems.ts";

const bits = (model: Model): number[][] => model.getWeights().map((w) => Array.from(w.data));

describe("fit", () => {
  describe.each(["interpreter", "wasm"] as const)("against PyTorch, on the %s", (backend) => {
    const run = async (
      layers: Layer[],
      optimizer: Optimizer,
      batchSize: number,
      expected: { losses: number[]; weights: number[][][][] },
    ) => {
      const model = sequential(layers, { inputShape: [3], dtype: "float64", backend });
      model.setWeights(
        model.weights.map((w) => {
          if (w.label === "W1") return golden.W1;
          return w.shape[0] === 4
            ? golden.W2
            : { shape: w.shape, data: w.initializer.draw(null as never, w.shape) };
        }),
      );
      for (const [epoch, loss] of expected.losses.entries()) {
        const history = await model.fit(golden.x, golden.y, { optimizer, batchSize, shuffle: false });
        expect(Math.abs(history.columns.loss[0]! - loss)).toBeLessThan(1e-12);
        // PyTorch's running variance is another one (divided by B − 1): it is not among the expected weights.
        const got = model.weights.flatMap((w, i) =>
          w.name === "movingVariance" ? [] : [model.getWeights()[i]!],
        );
        expected.weights[epoch]!.forEach((w, i) => {
          w.flat().forEach((v, k) => {
            expect(Math.abs(got[i]!.data[k]! - v)).toBeLessThan(1e-12);
          });
        });
        expect(got.length).toBe(expected.weights[epoch]!.length);
      }
    };

    it("tanh and softmax, adam, batches of 4 and 2", () =>
      run(
        [dense(4, { activation: "tanh" }), dense(2, { activation: "softmax" })],
        adam({ learningRate: 0.05 }),
        4,
        golden.adam,
      ));

    it("batch normalization and relu, momentum", () =>
      run(
        [
          dense(4),
          batchNormalization({ momentum: 0.9 }),
          activation("relu"),
          dense(2, { activation: "softmax" }),
        ],
        sgd({ learningRate: 0.2, momentum: 0.9 }),
        6,
        golden.normalized,
      ));
  });

  it.each(["float32", "float64"] as const)(
    "gives the same bits on interpreter and wasm, %s",
    async (dtype) => {
      const { x, y } = clouds(50);
      const layers = () => [
        dense(9, { activation: "gelu", kernelRegularizer: l2(1e-3) }),
        layerNormalization(),
        dense(7),
        batchNormalization(),
        activation("tanh"),
        dropout(0.3),
        dense(3, { activation: "softmax" }),
      ];
      const results = [];
      for (const backend of ["interpreter", "wasm"] as const) {
        const model = sequential(layers(), { inputShape: [4], dtype, backend, seed: 3 });
        const history = await model.fit(x, y, {
          epochs: 3,
          batchSize: 16,
          optimizer: adamW({ learningRate: 0.02 }),
          validationSplit: 0.1,
        });
        results.push([bits(model), history.columns, Array.from(model.predict(x).data)]);
      }
      expect(results[0]).toEqual(results[1]);
    },
  );

  it("gives the same bits again from the same seed, others from another", async () => {
    const { x, y } = circle(40);
    const train = async (seed: number) => {
      const model = sequential(
        [dense(6, { activation: "relu" }), dropout(0.2), dense(1, { activation: "sigmoid" })],
        { inputShape: [2], seed },
      );
      await model.fit(x, y, { epochs: 4, batchSize: 8 });
      return bits(model);
    };
    const first = await train(5);
    expect(await train(5)).toEqual(first);
    expect(await train(6)).not.toEqual(first);
  });

  it("in two parts is the same as in one: order, dropout, slots and rates go on", async () => {
    const { x, y } = circle(30);
    const train = async (parts: number[]) => {
      const model = sequential(
        [dense(5, { activation: "tanh" }), dropout(0.1), dense(1, { activation: "sigmoid" })],
        { inputShape: [2], dtype: "float64" },
      );
      const optimizer = () =>
        rmsprop({ learningRate: cosineDecay({ initial: 0.05, steps: 40 }), momentum: 0.5 });
      for (const epochs of parts) await model.fit(x, y, { epochs, batchSize: 7, optimizer: optimizer() });
      return bits(model);
    };
    expect(await train([2, 3])).toEqual(await train([5]));
  });

  it("follows a schedule at every step", async () => {
    const model = sequential([dense(1, { useBias: false, kernelInitializer: "zeros" })], {
      inputShape: [1],
      dtype: "float64",
    });
    const rates = [0.5, 0.25, 0.125, 1];
    // dLoss/dw = 2(w − 1) for x = y = 1.
    const h = await model.fit([[1], [1]], [1, 1], {
      epochs: 2,
      batchSize: 1,
      optimizer: sgd({ learningRate: (step) => rates[step]! }),
    });
    const w = rates.reduce((old, rate) => old - rate * 2 * (old - 1), 0);
    expect(bits(model)[0]).toEqual([w]);
    expect(h.epochs.map((e) => e.learningRate)).toEqual([0.25, 1]);
    await expect(
      model.fit([[1]], [1], { optimizer: sgd({ learningRate: () => Number.NaN }) }),
    ).rejects.toThrow(
      "expected the learning-rate schedule to give a finite rate ≥ 0, received NaN for step 4",
    );
  });

  it("learns a circle, in chunks, and reports it", async () => {
    const { x, y } = circle(200);
    const model = sequential([dense(16, { activation: "tanh" }), dense(1, { activation: "sigmoid" })], {
      inputShape: [2],
    });
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    const history = await model.fit(x, y, {
      epochs: 300,
      batchSize: 32,
      optimizer: adam({ learningRate: 0.02 }),
    });
    clearInterval(timer);
    expect(history.stoppedBy).toBe("epochs");
    expect(history.columns.loss.length).toBe(300);
    expect(history.columns.accuracy!.at(-1)).toBeGreaterThan(0.97);
    expect(history.epochs[299]).toMatchObject({ epoch: 300, step: 300 * 7 });
    expect(model.evaluate(x, y).accuracy).toBeGreaterThan(0.97);
    const classes = model.predictClasses(x);
    const right = Array.from(classes).filter((c, i) => c === y[i]).length;
    expect(right / 200).toBeCloseTo(model.evaluate(x, y).accuracy!, 6);
    expect(turns).toBeGreaterThan(0);
  });

  it("keeps bytes as bytes, to the same result as floats", async () => {
    const bytes = Uint8Array.from({ length: 40 * 6 }, (_, i) => (i * 37) % 256);
    const y = Array.from({ length: 40 }, (_, i) => i % 2);
    const train = async (data: Uint8Array | Float32Array) => {
      const model = sequential([rescaling(1 / 255), dense(1, { activation: "sigmoid" })], {
        inputShape: [6],
      });
      await model.fit({ shape: [40, 6], data }, y, { epochs: 3, batchSize: 16 });
      const table = [...(model.state.engine.has("train/x 40×6 bytes") ? ["bytes"] : ["floats"])];
      return { weights: bits(model), table, p: model.predict({ shape: [40, 6], data }).data };
    };
    const a = await train(bytes);
    const b = await train(Float32Array.from(bytes));
    expect([a.table, b.table]).toEqual([["bytes"], ["floats"]]);
    expect(a.weights).toEqual(b.weights);
    expect(a.p).toEqual(b.p);
  });

  it("skips the zeros of wide, mostly empty data, to the same bits", async () => {
    const bytes = Uint8Array.from({ length: 30 * 100 }, (_, i) => (i % 7 === 0 ? 1 + ((i * 37) % 255) : 0));
    const y = Array.from({ length: 30 }, (_, i) => i % 3);
    const weights = [];
    for (const backend of ["interpreter", "wasm"] as const)
      for (const data of [bytes, Float32Array.from(bytes)]) {
        const layers = [
          rescaling(1 / 255),
          dense(5, { activation: "relu" }),
          dense(3, { activation: "softmax" }),
        ];
        const model = sequential(layers, { inputShape: [100], backend });
        const x = { shape: [30, 100] as const, data };
        const { kernels } = model.trainingStep(x, y).program;
        expect(kernels.filter((k) => k.kind === "gemm" && k.sparse).length).toBe(2);
        await model.fit(x, y, { epochs: 2, batchSize: 8 });
        weights.push(bits(model));
      }
    for (const w of weights) expect(w).toEqual(weights[0]);
  });

  it("stops with one clear error where the loss is not finite, and goes back to the weights before the epoch", async () => {
    const x = [[100], [-50], [70]];
    const model = sequential([dense(1, { kernelInitializer: "ones" })], {
      inputShape: [1],
      dtype: "float64",
    });
    let last: number[][] = [];
    const keep = {
      onEpochEnd: () => {
        last = bits(model);
      },
    };
    const fit = model.fit(x, [1, 2, 3], {
      epochs: 100,
      optimizer: sgd({ learningRate: 10 }),
      callbacks: [keep],
    });
    await expect(fit).rejects.toThrow(
      /model\.fit: the loss became (NaN|Infinity) in epoch \d+, step 1\. Lower learningRate \(now 10\)/,
    );
    expect(bits(model)).toEqual(last);
    expect(bits(model).flat().every(Number.isFinite)).toBe(true);
  });

  it("does not start twice at once", async () => {
    const { x, y } = circle(10);
    const model = sequential([dense(1, { activation: "sigmoid" })], { inputShape: [2] });
    const first = model.fit(x, y, { epochs: 2 });
    await expect(model.fit(x, y)).rejects.toThrow("this model is being trained already");
    await first;
    await model.fit(x, y);
  });
});

describe("predict and evaluate", () => {
  it("give a row the same bits whatever its batch", () => {
    const { x } = clouds(37);
    const model = sequential([dense(5, { activation: "silu" }), dense(3, { activation: "softmax" })], {
      inputShape: [4],
    });
    const whole = model.predict(x);
    expect(whole.shape).toEqual([37, 3]);
    for (const batchSize of [1, 5, 16, 37, 100]) expect(model.predict(x, { batchSize })).toEqual(whole);
    expect(model.predict([x[36]!]).data).toEqual(whole.data.slice(36 * 3));
  });

  it("evaluate is the mean over rows, penalties included, whatever the batch size", () => {
    const { x, y } = clouds(23);
    const model = sequential([dense(3, { activation: "softmax", kernelRegularizer: l2(0.01) })], {
      inputShape: [4],
      dtype: "float64",
    });
    const p = model.predict(x);
    const penalty = 0.01 * Array.from(model.getWeights()[0]!.data).reduce((s, w) => s + w * w, 0);
    const loss = y.reduce((s, k, r) => s - Math.log(p.data[r * 3 + k]!), 0) / 23 + penalty;
    for (const batchSize of [1, 4, 23, 256])
      expect(model.evaluate(x, y, { batchSize }).loss).toBeCloseTo(loss, 12);
    const oneHot = y.map((k) => [0, 1, 2].map((c) => (c === k ? 1 : 0)));
    expect(model.evaluate(x, oneHot).loss).toBeCloseTo(loss, 12);
  });
});

describe("model", () => {
  it("counts, lists and copies weights", () => {
    const make = () =>
      sequential([dense(3, { activation: "relu" }), batchNormalization(), dense(1)], { inputShape: [2] });
    const model = make();
    expect(model.countParameters()).toEqual({ trainable: 9 + 6 + 4, nonTrainable: 6, total: 25 });
    expect(model.weights.map((w) => w.path).slice(0, 3)).toEqual([
      "dense_0/kernel",
      "dense_0/bias",
      "batchNormalization_1/gamma",
    ]);
    const other = make();
    other.setWeights(model.getWeights().map((w) => ({ shape: w.shape, data: w.data.map((v) => v + 1) })));
    expect(other.getWeights()[2]!.data).toEqual(Float32Array.of(2, 2, 2));
    other.setWeights(model.getWeights());
    expect(bits(other)).toEqual(bits(model));
    expect(() => model.setWeights([])).toThrow("model.setWeights: expected 8 matrices (dense_0/kernel");
    expect(() => model.setWeights(model.getWeights().reverse())).toThrow(
      "dense_0/kernel is [2,3], received [1,1]",
    );
    const broken = model
      .getWeights()
      .map((w, i) => (i === 1 ? { shape: w.shape, data: w.data.map(() => Number.NaN) } : w));
    expect(() => model.setWeights(broken)).toThrow(
      "dense_0/bias: expected finite numbers, received NaN at row 0, column 0",
    );
  });

  it("summary", () => {
    const model = sequential(
      [dense(128, { activation: "relu" }), dropout(0.5), dense(10, { name: "out", activation: "softmax" })],
      { inputShape: [784] },
    );
    expect(model.summary()).toBe(
      [
        "Layer                  Output        Parameters",
        "───────────────────────────────────────────────",
        "dense_0 (dense, relu)  [batch, 128]     100,480",
        "dropout_1 (dropout)    [batch, 128]           0",
        "out (dense, softmax)   [batch, 10]        1,290",
        "───────────────────────────────────────────────",
        "Parameters: 101,770 (trained 101,770, kept 0)",
      ].join("\n"),
    );
  });

  it.each(["interpreter", "wasm"] as const)("works at the edges of size, on the %s", async (backend) => {
    const options = { inputShape: [1], dtype: "float64", backend } as const;
    const bare = sequential([rescaling(2, { offset: 1 }), activation("relu")], options);
    expect(Array.from(bare.predict([[3], [-3]]).data)).toEqual([7, 0]);
    expect(bare.countParameters().total).toBe(0);
    await expect(bare.fit([[1]], [1])).rejects.toThrow("the model has no parameters to train");
    const one = sequential([dense(1, { useBias: false, kernelInitializer: "ones" })], options);
    await one.fit([[2]], [0], { optimizer: sgd({ learningRate: 0.125 }), batchSize: 100 });
    // dw = 2·(1·2 − 0)·2 = 8.
    expect(one.getWeights()[0]!.data).toEqual(Float64Array.of(0));
    expect(() => one.predict([])).toThrow("model.predict: expected x with at least one row, received none.");
  });
});
