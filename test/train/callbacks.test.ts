import { describe, expect, it } from "vitest";
import {
  adam,
  type Callback,
  dense,
  type EpochLog,
  earlyStopping,
  modelCheckpoint,
  printProgress,
  sequential,
  sgd,
  type Tensor,
} from "../../src/index.ts";
import type { RunControl } from "../../src/train/callbacks.ts";
import { circle } from "./problems.ts";

const { x, y } = circle(60);
const make = () =>
  sequential([dense(8, { activation: "tanh" }), dense(1, { activation: "sigmoid" })], {
    inputShape: [2],
    dtype: "float64",
  });

/** Feeds values of valLoss to a callback; returns the epoch at which it stopped, and what it restored. */
function play(callback: Callback, values: number[]) {
  let stopped: number | null = null;
  let restored: number | null = null;
  let epoch = 0;
  const run: RunControl = {
    epochs: values.length,
    weights: () => [{ shape: [1, 1], data: Float64Array.of(epoch) } satisfies Tensor],
    setWeights: (w) => {
      restored = w[0]!.data[0]!;
    },
    stop: () => {
      stopped ??= epoch;
    },
  };
  const features = {
    backend: "wasm",
    mode: "deterministic",
    instructions: "",
    threads: 1,
    blas: null,
  } as const;
  void callback.onTrainBegin?.(run);
  for (const valLoss of values) {
    epoch++;
    const log: EpochLog = { epoch, step: epoch, learningRate: 0, values: { loss: 1, valLoss }, seconds: 0 };
    void callback.onEpochEnd?.(log, run);
    if (stopped) break;
  }
  void callback.onTrainEnd?.(
    { epochs: [], columns: { loss: [] }, stoppedBy: "", message: "", features },
    run,
  );
  return { stopped, restored };
}

describe("earlyStopping", () => {
  it("waits its patience", () => {
    const losses = [5, 4, 4.5, 4.2, 3.9, 4, 4, 4, 1];
    expect(play(earlyStopping(), losses).stopped).toBe(3);
    expect(play(earlyStopping({ patience: 1 }), losses).stopped).toBe(3);
    expect(play(earlyStopping({ patience: 2 }), losses).stopped).toBe(4);
    expect(play(earlyStopping({ patience: 3 }), losses).stopped).toBe(8);
    expect(play(earlyStopping({ patience: 3, minDelta: 0.5 }), losses).stopped).toBe(5);
    expect(play(earlyStopping({ patience: 4 }), losses).stopped).toBe(null);
    expect(play(earlyStopping({ mode: "max" }), losses).stopped).toBe(2);
  });

  it("restores the best weights, also where it did not stop, and starts afresh each time", () => {
    const callback = earlyStopping({ patience: 9, restoreBestWeights: true });
    expect(play(callback, [3, 1, 2]).restored).toBe(2);
    expect(play(callback, [3, 2, 2.5, 1.5]).restored).toBe(4);
    expect(play(earlyStopping({ patience: 9 }), [3, 1, 2]).restored).toBe(null);
  });

  it("ends a fit and leaves the weights of the best epoch", async () => {
    const model = make();
    const checkpoint = modelCheckpoint();
    const stop = earlyStopping({ patience: 3, restoreBestWeights: true });
    // A rate this large makes the loss jump.
    const history = await model.fit(x, y, {
      epochs: 500,
      optimizer: sgd({ learningRate: 20 }),
      validationSplit: 0.3,
      callbacks: [stop, checkpoint],
    });
    expect(history.stoppedBy).toBe("earlyStopping");
    const losses = history.columns.valLoss!;
    const best = losses.indexOf(Math.min(...losses));
    expect(losses.length).toBe(best + 1 + 3);
    expect(checkpoint.best).toMatchObject({ epoch: best + 1, value: losses[best] });
    expect(model.getWeights()).toEqual(checkpoint.best!.weights);
    expect(model.evaluate(x.slice(42), y.slice(42)).loss).toBe(losses[best]);
  });

  it("refuses wrong options and values that are not there", async () => {
    expect(() => earlyStopping({ patience: -1 })).toThrow(
      "earlyStopping: expected a whole patience ≥ 0, received -1.",
    );
    const fit = make().fit(x, y, { callbacks: [earlyStopping({ monitor: "valAccuracy" })] });
    await expect(fit).rejects.toThrow(
      'expected monitor to be one of loss, accuracy, received "valAccuracy". Give fit validationData',
    );
  });
});

describe("callbacks", () => {
  it("are called in order and waited for", async () => {
    const calls: string[] = [];
    const callback: Callback = {
      onTrainBegin: (run) => void calls.push(`begin ${run.epochs}`),
      onEpochEnd: async (log) => {
        await new Promise((resolve) => setTimeout(resolve, 5));
        calls.push(`epoch ${log.epoch}`);
      },
      onTrainEnd: (history) => void calls.push(`end ${history.stoppedBy}`),
    };
    await make().fit(x, y, { epochs: 2, callbacks: [callback] });
    expect(calls).toEqual(["begin 2", "epoch 1", "epoch 2", "end epochs"]);
  });

  it("can stop the run and say why", async () => {
    const goal: Callback = {
      onEpochEnd: (log, run) => (log.values.accuracy! > 0.6 ? run.stop("goal") : undefined),
    };
    const history = await make().fit(x, y, {
      epochs: 1000,
      optimizer: adam({ learningRate: 0.05 }),
      callbacks: [goal],
    });
    expect(history.stoppedBy).toBe("goal");
    expect(history.columns.accuracy!.filter((a) => a > 0.6).length).toBe(1);
    expect(history.message).toBe(`Trained for ${history.epochs.length} of 1000 epochs.`);
  });

  it("printProgress writes one line for each epoch", async () => {
    const lines: string[] = [];
    await make().fit(x, y, {
      epochs: 3,
      validationSplit: 0.2,
      callbacks: [printProgress((line) => lines.push(line))],
    });
    expect(lines.length).toBe(3);
    expect(lines[1]).toMatch(
      /^epoch 2\/3 {2}loss 0\.\d{4} {2}accuracy [\d.]+ {2}valLoss 0\.\d{4} {2}valAccuracy [\d.]+ {2}\d\.\d\d s$/,
    );
  });

  it("progress comes between chunks of a long epoch", async () => {
    const big = circle(3000);
    const seen: number[] = [];
    const model = sequential([dense(64, { activation: "tanh" }), dense(1, { activation: "sigmoid" })], {
      inputShape: [2],
      backend: "interpreter",
    });
    await model.fit(big.x, big.y, {
      batchSize: 4,
      callbacks: [{ onProgress: (p) => void seen.push(p.stepsDone) }],
    });
    expect(seen.length).toBeGreaterThan(1);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
  });
});

describe("signal", () => {
  it("ends after the running chunk and keeps what was done", async () => {
    const control = new AbortController();
    const model = make();
    const before = model.getWeights();
    const history = await model.fit(x, y, {
      epochs: 100_000,
      signal: control.signal,
      callbacks: [{ onEpochEnd: (log) => (log.epoch === 7 ? control.abort() : undefined) }],
    });
    expect([history.stoppedBy, history.epochs.length]).toEqual(["signal", 7]);
    expect(model.getWeights()).not.toEqual(before);
  });

  it("is seen from a timer, within an epoch", async () => {
    const control = new AbortController();
    setTimeout(() => control.abort(), 60);
    const big = circle(2000);
    const model = sequential([dense(64, { activation: "tanh" }), dense(1, { activation: "sigmoid" })], {
      inputShape: [2],
      backend: "interpreter",
    });
    const history = await model.fit(big.x, big.y, { epochs: 50, batchSize: 2, signal: control.signal });
    expect(history.stoppedBy).toBe("signal");
    expect(model.state.stepCount).toBeLessThan(1000);
    expect(model.state.stepCount).toBeGreaterThan(0);
  });

  it("already aborted: nothing is done", async () => {
    const model = make();
    const before = model.getWeights();
    const history = await model.fit(x, y, { signal: AbortSignal.abort() });
    expect([history.stoppedBy, history.epochs.length]).toEqual(["signal", 0]);
    expect(model.getWeights()).toEqual(before);
  });
});
