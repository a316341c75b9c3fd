/** What a user may get wrong in making a model: one clear sentence each, never a silent number. */
import { describe, expect, it } from "vitest";
import * as p from "../../src/index.ts";

const at = { inputShape: [1] as const };
const wrong = (value: unknown) => value as never;

describe("options by their names and kinds", () => {
  const cases: [string, () => unknown, string][] = [
    ["lr", () => p.adam(wrong({ lr: 0.1 })), 'adam: no option is called "lr". Did you mean "learningRate"?'],
    ["a bare rate", () => p.adam(wrong(0.1)), "adam: expected its options as an object, received 0.1."],
    ["null", () => p.sgd(wrong(null)), "sgd: expected its options as an object, received null."],
    ["adamW", () => p.adamW(wrong({ weigthDecay: 1 })), 'Did you mean "weightDecay"?'],
    ["rmsprop", () => p.rmsprop(wrong({ roh: 1 })), 'Did you mean "rho"?'],
    ["adagrad", () => p.adagrad(wrong({ eps: 1 })), 'adagrad: no option is called "eps"'],
    ["nesterov 1", () => p.sgd(wrong({ nesterov: 1 })), "expected nesterov true or false, received 1"],
    ["nesterov alone", () => p.sgd({ nesterov: true }), "sgd: expected a momentum > 0 with nesterov"],
    [
      "a text as rate",
      () => p.sgd(wrong({ learningRate: "1" })),
      'learningRate to be a finite number ≥ 0, received "1"',
    ],
    [
      "dense",
      () => p.dense(1, wrong({ activaton: "relu" })),
      'dense: no option is called "activaton". Did you mean "activation"?',
    ],
    ["units", () => p.dense(wrong("1")), 'received "1"'],
    ["useBias", () => p.dense(1, wrong({ useBias: "no" })), 'expected useBias true or false, received "no"'],
    [
      "heNormal",
      () => p.dense(1, wrong({ kernelInitializer: p.heNormal })),
      'received a function (heNormal). Give e.g. "heNormal" or heNormal(), with its parentheses',
    ],
    [
      "a bare penalty",
      () => p.dense(1, wrong({ kernelRegularizer: 0.01 })),
      "expected kernelRegularizer as a regularizer, received 0.01. Give e.g. l2(0.01).",
    ],
    [
      "reluWith",
      () => p.dense(1, { activation: wrong(p.reluWith) }),
      "dense: expected an activation, received the function that makes one. Call it: reluWith({ … }).",
    ],
    [
      "reluWith()",
      () => p.reluWith(wrong(undefined)),
      "reluWith: expected its options as an object, received undefined. Write { slopeAtZero",
    ],
    ["reluWith({})", () => p.reluWith(wrong({})), "expected slopeAtZero 0 or 1, received none"],
    [
      "slopeAtZero",
      () => p.reluWith(wrong({ slopeAtZero: 0.5 })),
      "expected slopeAtZero 0 or 1, received 0.5",
    ],
    [
      "leakyReluWith",
      () => p.leakyReluWith(wrong({ alpha: 1 })),
      'no option is called "alpha". Known: slope',
    ],
    ["eluWith", () => p.eluWith(wrong({ alpha: "1" })), 'received "1"'],
    ["activation", () => p.activation("relu", wrong({ nam: "a" })), 'Did you mean "name"?'],
    ["l2", () => p.l2(wrong("0.1")), 'l2: expected a finite factor ≥ 0, received "0.1"'],
    ["l1l2", () => p.l1l2(wrong({ L2: 1 })), 'Did you mean "l2"?'],
    ["dropout", () => p.dropout(wrong("0.5")), 'received "0.5"'],
    ["dropout's options", () => p.dropout(0.5, wrong({ seed: 1 })), 'dropout: no option is called "seed"'],
    ["batchNormalization", () => p.batchNormalization(wrong({ momentun: 0.5 })), 'Did you mean "momentum"?'],
    ["layerNormalization", () => p.layerNormalization(wrong({ eps: 1 })), "Known: name, epsilon"],
    ["rescaling", () => p.rescaling(wrong("2")), 'received scale "2"'],
    ["normal", () => p.normal(wrong({ stddev: 1 })), 'normal: no option is called "stddev"'],
    ["uniform", () => p.uniform(wrong({ low: "0" })), 'received low "0"'],
    ["huber", () => p.huber(wrong({ dleta: 2 })), 'Did you mean "delta"?'],
    [
      "categoricalCrossentropy",
      () => p.categoricalCrossentropy(wrong({ sparse: 1 })),
      "expected sparse true or false",
    ],
    ["a schedule", () => p.stepDecay(wrong({ initial: 1, rate: 1, step: 3 })), 'Did you mean "steps"?'],
    [
      "warmup",
      () => p.warmup(wrong({ steps: 3 })),
      "warmup: expected a finite after ≥ 0, received undefined",
    ],
    [
      "patiance",
      () => p.earlyStopping(wrong({ patiance: 3 })),
      'earlyStopping: no option is called "patiance". Did you mean "patience"?',
    ],
    [
      "mode",
      () => p.modelCheckpoint(wrong({ mode: "maximum" })),
      'expected mode "min" or "max", received "maximum"',
    ],
    ["a minimizer", () => p.lbfgs(wrong({ maxIter: 3 })), 'Did you mean "maxIterations"?'],
    ["printProgress", () => p.printProgress(wrong(undefined)), "expected a function that takes a line"],
    [
      "sequential",
      () => p.sequential([p.dense(1)], wrong([2])),
      "sequential: expected its options as an object",
    ],
  ];
  it.each(cases)("%s", (_, make, message) => {
    expect(make).toThrow(p.UsageError);
    expect(make).toThrow(message);
  });

  it("undefined counts as left out everywhere", () => {
    expect(p.sgd(wrong({ nesterov: undefined, momentum: undefined })).config.momentum).toBe(0);
    expect(p.dense(1, wrong({ name: undefined, kernelRegularizer: undefined })).config.units).toBe(1);
  });
});

describe("layers of a model", () => {
  const cases: [string, () => unknown, string][] = [
    [
      "a layer not called",
      () => p.sequential([wrong(p.dense)], at),
      "sequential: expected a layer at position 0, received a function (dense). Call it, e.g. dense(1).",
    ],
    [
      "a layer without a list",
      () => p.sequential(wrong(p.dense(1)), at),
      "sequential: expected a list of layers, received an object with kind",
    ],
    [
      "null",
      () => p.planNetwork([p.dense(1), wrong(null)], 2),
      "expected a layer at position 1, received null",
    ],
    [
      "no options",
      () => new p.Model([p.dense(1)], wrong(undefined)),
      "sequential: expected inputShape [features], received none",
    ],
  ];
  it.each(cases)("refuses %s", (_, make, message) => {
    expect(make).toThrow(p.UsageError);
    expect(make).toThrow(message);
  });

  it("an activation that returns no node, and an initializer that draws too few", () => {
    const bad = p.sequential([p.dense(1, { activation: wrong(() => p.ACTIVATIONS.relu) })], at);
    expect(() => bad.predict([[1]])).toThrow(
      "layer dense_0: expected its activation to return a node of shape [1,1]",
    );
    const draw = () => new Float64Array(1);
    const short = { name: "short", options: {}, draw };
    expect(() => p.sequential([p.dense(2, { kernelInitializer: short })], at)).toThrow(
      "sequential: dense_0/kernel: short: expected 2 values for [1,2], received 1",
    );
    expect(() => p.sequential([p.dense(1, { kernelInitializer: p.constant(1e39) })], at)).toThrow(
      "expected numbers that fit float32",
    );
  });
});

describe("predictions and figures", () => {
  it("classesOf and classReports take nested rows too, and name what they cannot read", () => {
    expect(p.classesOf([[0.1, 0.9]])).toEqual(Int32Array.of(1));
    expect(() => p.classesOf(wrong([1, 0]))).toThrow("classesOf: expected prediction as a tensor");
    expect(
      p.classReports([
        [1, 0],
        [0, 1],
      ])[0],
    ).toEqual({ precision: 1, recall: 1, f1: 1, support: 1 });
    expect(() => p.classReports([[1, 0]])).toThrow(
      "classReports: expected a square confusion matrix, received [1,2]",
    );
  });

  it("confusionMatrix and accuracy", () => {
    expect(() => p.confusionMatrix([0], [0], 1.5)).toThrow(
      "expected classes as a whole number ≥ 1, received 1.5",
    );
    expect(() => p.confusionMatrix(wrong(["1"]), [1])).toThrow(
      'confusionMatrix: truth: expected numbers, received "1" at row 0',
    );
    expect(() => p.accuracy(wrong([null]), wrong([null]))).toThrow(
      "accuracy: truth: expected numbers, received null at row 0",
    );
    expect(() => p.accuracy(wrong(null), [0])).toThrow(
      "accuracy: expected truth as a list of class numbers, received null",
    );
  });
});
