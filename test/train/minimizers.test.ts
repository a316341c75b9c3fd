import { describe, expect, it } from "vitest";
import { conjugateGradient, dense, dropout, l2, lbfgs, type Minimizer, sequential } from "../../src/index.ts";
import { circle, clouds } from "./problems.ts";

const { x, y } = clouds(60);
const logistic = (backend: "interpreter" | "wasm" = "wasm") =>
  sequential([dense(3, { activation: "softmax", kernelRegularizer: l2(1e-3) })], {
    inputShape: [4],
    dtype: "float64",
    backend,
  });

/** ∇ of the regularised softmax regression at the model's weights, written out by hand. */
function gradientByHand(model: ReturnType<typeof logistic>): number[] {
  const [kernel, bias] = model.getWeights().map((w) => w.data);
  const dW = Array.from(kernel!, (w) => 2e-3 * w);
  const db = [0, 0, 0];
  x.forEach((row, r) => {
    const e = [0, 1, 2].map((k) => Math.exp(row.reduce((s, v, i) => s + v * kernel![i * 3 + k]!, bias![k]!)));
    const sum = e.reduce((a, b) => a + b);
    e.forEach((v, k) => {
      const dz = (v / sum - (y[r] === k ? 1 : 0)) / x.length;
      db[k]! += dz;
      row.forEach((xi, i) => {
        dW[i * 3 + k]! += xi * dz;
      });
    });
  });
  return [...dW, ...db];
}

describe("full-batch minimizers in fit", () => {
  it.each([
    ["conjugateGradient", conjugateGradient({ gradientTolerance: 1e-8 })],
    ["lbfgs", lbfgs({ gradientTolerance: 1e-8, memory: 5 })],
  ] as [string, Minimizer][])("%s brings the gradient of logistic regression to 0", async (_, optimizer) => {
    const results = [];
    for (const backend of ["interpreter", "wasm"] as const) {
      const model = logistic(backend);
      const seen: number[] = [];
      const history = await model.fit(x, y, {
        optimizer,
        epochs: 500,
        callbacks: [{ onEpochEnd: (log) => void seen.push(log.epoch) }],
      });
      expect(history.stoppedBy).toBe("converged");
      expect(Math.max(...gradientByHand(model).map(Math.abs))).toBeLessThan(2e-8);
      expect(history.columns.accuracy!.length).toBe(history.epochs.length);
      expect(seen).toEqual(history.epochs.map((_, i) => i + 1));
      expect(history.columns.loss.at(-1)!).toBeLessThan(history.columns.loss[0]!);
      expect(model.evaluate(x, y).loss).toBeCloseTo(history.columns.loss.at(-1)!, 12);
      results.push(model.getWeights());
    }
    expect(results[0]).toEqual(results[1]);
  });

  it("train a network with a hidden layer", async () => {
    const data = circle(80);
    const model = sequential([dense(12, { activation: "tanh" }), dense(1, { activation: "sigmoid" })], {
      inputShape: [2],
      dtype: "float64",
    });
    const history = await model.fit(data.x, data.y, { optimizer: lbfgs(), epochs: 150 });
    expect(history.columns.accuracy!.at(-1)).toBe(1);
  });

  it("take bytes", async () => {
    const bytes = Uint8Array.from({ length: 30 * 2 }, (_, i) => (i * 91) % 256);
    const train = async (data: Uint8Array | Float64Array) => {
      const model = sequential([dense(1)], { inputShape: [2], dtype: "float64" });
      await model.fit(
        { shape: [30, 2], data },
        Array.from({ length: 30 }, (_, i) => i / 10),
        { optimizer: lbfgs(), epochs: 5 },
      );
      return model.getWeights();
    };
    expect(await train(bytes)).toEqual(await train(Float64Array.from(bytes)));
  });

  it("stop where a hook or a signal says so, keep to epochs and to maxIterations", async () => {
    const stop = {
      onEpochEnd: (log: { epoch: number }, run: { stop(r: string): void }) =>
        log.epoch === 3 ? run.stop("enough") : undefined,
    };
    const stopped = await logistic().fit(x, y, { optimizer: lbfgs(), epochs: 100, callbacks: [stop] });
    expect([stopped.stoppedBy, stopped.epochs.length]).toEqual(["enough", 3]);
    const few = await logistic().fit(x, y, { optimizer: conjugateGradient(), epochs: 2 });
    expect([few.stoppedBy, few.epochs.length]).toEqual(["maxIterations", 2]);
    const own = await logistic().fit(x, y, { optimizer: conjugateGradient({ maxIterations: 4 }), epochs: 2 });
    expect(own.epochs.length).toBe(4);
  });

  it("refuse random layers and wrong options", async () => {
    const model = sequential([dense(3), dropout(0.5), dense(3, { activation: "softmax" })], {
      inputShape: [4],
    });
    await expect(model.fit(x, y, { optimizer: lbfgs() })).rejects.toThrow(
      "layer dropout_1 is random or keeps running statistics",
    );
    expect(() => lbfgs({ memory: 0 })).toThrow("lbfgs: expected memory ≥ 1, a whole number, received 0.");
    expect(() => conjugateGradient({ gradientTolerance: -1 })).toThrow(
      "conjugateGradient: expected gradientTolerance ≥ 0",
    );
  });
});

describe("valueAndGradient", () => {
  it("is the loss and its gradient at any point", () => {
    const model = logistic();
    const f = model.valueAndGradient(x, y);
    const point = Float64Array.from({ length: 15 }, (_, i) => Math.sin(i));
    const { value, gradient } = f.at(point);
    const byHand = gradientByHand(model);
    gradient.forEach((v, i) => {
      expect(v).toBeCloseTo(byHand[i]!, 13);
    });
    expect(model.evaluate(x, y).loss).toBeCloseTo(value, 13);
  });
});
