import { describe, expect, test } from "vitest";
import { makeBlobs, makeCircles, makeMoons, standardize } from "../../../src/data/index.ts";
import {
  type ActivationName,
  adam,
  conjugateGradient,
  constant,
  dense,
  dropout,
  type Initializer,
  l2,
  type Optimizer,
  type Regularizer,
  sequential,
  sgd,
} from "../../../src/index.ts";
import { doctor, type FindingKind } from "../../../src/inspect/index.ts";
import { grave, kinds, one, trainAndAsk } from "./found.ts";

const moons = makeMoons({ samples: 200, noise: 0.15, seed: 1 });
const three = makeBlobs({ samples: 210, seed: 2 });
const blobs = { x: standardize(three.x).x, y: three.y };

/** Start values that are given. */
const planted = (...values: number[]): Initializer => ({
  name: "planted",
  options: {},
  draw: () => Float64Array.from(values),
});

function net(classes: number, activation: ActivationName, seed: number) {
  const last = classes > 2 ? dense(classes, { activation: "softmax" }) : dense(1, { activation: "sigmoid" });
  return sequential([dense(16, { activation }), dense(8, { activation }), last], { inputShape: [2], seed });
}

describe("a healthy training has no warning and no error, at its start, midway and at its end", () => {
  const cases: [ActivationName, string, Optimizer][] = [
    ["tanh", "sgd", sgd({ learningRate: 0.1, momentum: 0.9 })],
    ["relu", "adam", adam({ learningRate: 0.01 })],
    ["tanh", "adam", adam({ learningRate: 0.01 })],
    ["leakyRelu", "adam", adam({ learningRate: 0.01 })],
  ];
  for (const [activation, name, optimizer] of cases)
    test.each([1, 2, 3, 4, 5])(`${activation} with ${name}, seed %i`, async (seed) => {
      for (const { x, y } of [moons, blobs]) {
        const model = net(Math.max(...y) + 1, activation, seed);
        expect(kinds(grave(doctor(model, x, y, { optimizer })))).toEqual([]);
        let losses: readonly number[] = [];
        for (const epochs of [15, 30]) {
          const done = await trainAndAsk(model, x, y, { optimizer, epochs }, { losses });
          losses = [...losses, ...done.losses];
          expect(grave(done.findings).map((f) => f.message.en)).toEqual([]);
        }
        expect(losses.at(-1)).toBeLessThan(0.5 * losses[0]!);
      }
    });
});

describe("units", () => {
  test("dead ones are named, exactly those", async () => {
    const bias = planted(0, -50, 0.1, -50, 0.2, 0.1);
    const model = sequential(
      [
        dense(8, { activation: "tanh" }),
        dense(6, { activation: "relu", name: "gate", biasInitializer: bias }),
        dense(1, { activation: "sigmoid" }),
      ],
      { inputShape: [2], seed: 4 },
    );
    const { findings } = await trainAndAsk(model, moons.x, moons.y, { epochs: 5 });
    const found = one(findings, "dead-units");
    expect(found.where).toEqual({ layer: "gate", value: "a2", units: [1, 3] });
    expect(found).toMatchObject({ severity: "note", evidence: { dead: 2, units: 6, rows: 200 } });
    expect(found.change).toEqual({ option: "activation", layer: "gate", value: "leakyRelu" });
  });

  test("a whole dead layer is an error, and the loss lies on ln 2", async () => {
    const model = sequential(
      [dense(8, { activation: "relu", biasInitializer: constant(-20) }), dense(1, { activation: "sigmoid" })],
      { inputShape: [2] },
    );
    const { findings } = await trainAndAsk(model, moons.x, moons.y, { epochs: 20, optimizer: "sgd" });
    expect(kinds(findings)).toEqual(["dead-units", "plateau"]);
    expect(findings[0]).toMatchObject({ severity: "error", evidence: { dead: 8 } });
    expect(one(findings, "plateau").message.en).toContain("ln 2 (0.693)");
  });

  test.each(["tanh", "sigmoid"] as const)("saturated ones of %s are named", async (activation) => {
    const bias = planted(0, 30, 0, 0, -30);
    const model = sequential(
      [dense(5, { activation, biasInitializer: bias }), dense(1, { activation: "sigmoid" })],
      { inputShape: [2], seed: 1 },
    );
    const { findings } = await trainAndAsk(model, moons.x, moons.y, { epochs: 2 });
    const found = one(findings, "saturated-units");
    expect(found.where).toMatchObject({ layer: "dense_0", units: [1, 4] });
    expect(found.evidence.share).toBeGreaterThanOrEqual(0.4);
  });

  test("inputs in the thousands saturate a tanh layer: the rows do it, the scaling cures it", async () => {
    const x = { shape: moons.x.shape, data: Float64Array.from(moons.x.data, (v) => 1000 * v + 3000) };
    const { findings } = await trainAndAsk(net(2, "tanh", 3), x, moons.y, { epochs: 3 });
    expect(kinds(findings)).toContain("unscaled-inputs");
    expect(one(findings, "saturated-units").where.layer).toBe("dense_0");
    const scaling = one(findings, "unscaled-inputs").change;
    if (scaling?.option !== "scaling") throw new Error("expected scaling");
    const scaled = Float64Array.from(x.data, (v, i) => (v - scaling.shift[i % 2]!) / scaling.scale[i % 2]!);
    const cured = await trainAndAsk(net(2, "tanh", 3), { shape: x.shape, data: scaled }, moons.y, {
      epochs: 3,
    });
    expect(cured.findings).toEqual([]);
  });

  test("squared error behind a saturated sigmoid is stuck on the rows that are wrong", async () => {
    const last = dense(1, { activation: "sigmoid", biasInitializer: constant(15) });
    const model = sequential([dense(4, { activation: "tanh" }), last], { inputShape: [2] });
    const fit = { epochs: 10, optimizer: "sgd", loss: "meanSquaredError" } as const;
    const { findings } = await trainAndAsk(model, moons.x, moons.y, fit);
    const { where, change, severity } = one(findings, "saturated-units");
    const zeros = [...moons.y].flatMap((label, row) => (label === 0 ? [row] : []));
    expect(where).toMatchObject({ layer: "dense_1", units: [0], rows: zeros });
    expect(severity).toBe("error");
    expect(change).toEqual({ option: "loss", value: "binaryCrossentropy" });
  });

  test.each(["zeros", "ones"] as const)("units that start alike from %s stay alike", async (start) => {
    const layers = [
      dense(6, { activation: "tanh", kernelInitializer: start }),
      dense(1, { activation: "sigmoid", kernelInitializer: start }),
    ];
    const model = sequential(layers, { inputShape: [2] });
    const { findings } = await trainAndAsk(model, moons.x, moons.y, { epochs: 10, optimizer: "sgd" });
    expect(one(findings, "equal-units")).toMatchObject({
      severity: "error",
      where: { layer: "dense_0", units: [0, 1, 2, 3, 4, 5] },
    });
  });
});

describe("the learning rate", () => {
  const high: [string, ActivationName, Optimizer][] = [
    ["sgd 10", "tanh", sgd({ learningRate: 10 })],
    ["sgd 100", "tanh", sgd({ learningRate: 100 })],
    ["sgd 30", "relu", sgd({ learningRate: 30 })],
    ["adam 3", "relu", adam({ learningRate: 3 })],
  ];
  test.each(high)(
    "%s with %s is too high; the rate suggested is lower and learns",
    async (_, act, optimizer) => {
      const { findings } = await trainAndAsk(net(3, act, 1), blobs.x, blobs.y, { epochs: 20, optimizer });
      const found = one(findings, "learning-rate-high");
      expect(found.evidence.learningRate).toBe(optimizer.learningRate);
      expect(changedRate(found.change)).toBeLessThan(optimizer.learningRate as number);
      // Its own advice, followed again and again, ends at a rate that learns.
      let rate = changedRate(found.change);
      for (let tries = 0; tries < 4; tries++) {
        const next = optimizer.name === "adam" ? adam({ learningRate: rate }) : sgd({ learningRate: rate });
        const again = await trainAndAsk(net(3, act, 1), blobs.x, blobs.y, { epochs: 20, optimizer: next });
        const still = again.findings.find((f) => f.kind === "learning-rate-high");
        if (still === undefined) {
          expect(again.losses.at(-1)).toBeLessThan(0.5 * Math.log(3));
          return;
        }
        rate = changedRate(still.change);
      }
      expect.fail("the advice did not lead to a rate that learns");
    },
  );

  const low: [string, Optimizer, (rate: number) => Optimizer][] = [
    ["sgd 1e-4", sgd({ learningRate: 1e-4 }), (learningRate) => sgd({ learningRate })],
    ["sgd 1e-6", sgd({ learningRate: 1e-6 }), (learningRate) => sgd({ learningRate })],
    ["adam 1e-6", adam({ learningRate: 1e-6 }), (learningRate) => adam({ learningRate })],
  ];
  test.each(low)("%s is too low; the rate suggested learns", async (_, optimizer, make) => {
    const fit = { epochs: 20, optimizer };
    const { findings } = await trainAndAsk(net(3, "tanh", 1), blobs.x, blobs.y, fit);
    const found = one(findings, "learning-rate-low");
    expect(found.evidence.updateRatio).toBeLessThan(1e-4);
    const rate = changedRate(found.change);
    const cured = await trainAndAsk(net(3, "tanh", 1), blobs.x, blobs.y, {
      epochs: 60,
      optimizer: make(rate),
    });
    expect(cured.losses.at(-1)).toBeLessThan(0.6 * Math.log(3));
    expect(grave(cured.findings)).toEqual([]);
  });

  const changedRate = (change: { option: string; value?: unknown } | undefined): number => {
    if (change?.option !== "learningRate") throw new Error("expected another learning rate");
    return change.value as number;
  };
});

describe("a plateau is named after the constant answer's loss", () => {
  test("ln 2: circles with a sigmoid network", async () => {
    const { x, y } = makeCircles({ samples: 200, noise: 0.1, seed: 1 });
    const fit = { epochs: 20, optimizer: sgd({ learningRate: 0.1 }) };
    const { findings } = await trainAndAsk(net(2, "sigmoid", 1), x, y, fit);
    const { evidence, message } = one(findings, "plateau");
    expect(evidence.constant).toBeCloseTo(Math.LN2, 6);
    expect(message.zh).toContain("ln 2（0.693）");
  });

  test("ln 3, the entropy of unequal shares, and the variance of y", async () => {
    const dead = { activation: "relu", biasInitializer: constant(-1e3) } as const;
    const stuck = (last: ReturnType<typeof dense>) => sequential([dense(4, dead), last], { inputShape: [2] });
    const fit = { epochs: 200, optimizer: sgd({ learningRate: 0.1 }) };
    const equal = await trainAndAsk(stuck(dense(3, { activation: "softmax" })), blobs.x, blobs.y, fit);
    expect(one(equal.findings, "plateau").message.en).toContain("ln 3 (1.1)");
    const unequal = Float64Array.from(moons.y, (_, r) => Number(r % 4 === 0));
    const shares = await trainAndAsk(stuck(dense(1, { activation: "sigmoid" })), moons.x, unequal, fit);
    const quarter = -(0.25 * Math.log(0.25) + 0.75 * Math.log(0.75));
    expect(one(shares.findings, "plateau").evidence.constant).toBeCloseTo(quarter, 6);
    expect(one(shares.findings, "plateau").message.en).toContain("the entropy of the class shares");
    const numbers = await trainAndAsk(stuck(dense(1)), moons.x, moons.y, fit);
    expect(one(numbers.findings, "plateau").evidence.constant).toBeCloseTo(0.25, 6);
  });
});

describe("overfitting", () => {
  const noisy = makeMoons({ samples: 30, noise: 0.5, seed: 3 });
  const held = makeMoons({ samples: 200, noise: 0.5, seed: 4 });
  const ask = async (regularizer?: Regularizer) => {
    const hidden = { activation: "tanh", ...(regularizer && { kernelRegularizer: regularizer }) } as const;
    const model = sequential([dense(32, hidden), dense(32, hidden), dense(1, { activation: "sigmoid" })], {
      inputShape: [2],
      seed: 1,
    });
    const optimizer = adam({ learningRate: 0.01 });
    const { columns } = await model.fit(noisy.x, noisy.y, { optimizer, epochs: 300, validationData: held });
    const options = { optimizer, losses: columns.loss, testLosses: columns.valLoss!, test: held };
    return { findings: doctor(model, noisy.x, noisy.y, options), valLoss: columns.valLoss! };
  };

  test("few noisy rows, many weights: where the test loss was lowest, and where it is now", async () => {
    const { findings, valLoss } = await ask();
    const found = one(findings, "overfitting");
    expect(found.evidence.lowestTestLoss).toBe(Math.min(...valLoss));
    expect(found.evidence.share).toBeCloseTo(valLoss.indexOf(Math.min(...valLoss)) / 299, 9);
    expect(found.change).toEqual({ option: "l2", value: 0.01 });
  });

  test("the L2 penalty it asks for cures it", async () => {
    expect(kinds((await ask(l2(0.01))).findings)).not.toContain("overfitting");
  });
});

describe("the patient is left alone", () => {
  test("asking at every epoch and inside epochs changes no bit", async () => {
    const make = () =>
      sequential([dense(16, { activation: "relu" }), dropout(0.2), dense(1, { activation: "sigmoid" })], {
        inputShape: [2],
        seed: 9,
      });
    const optimizer = adam({ learningRate: 0.01 });
    const [quiet, asked] = [make(), make()];
    const fit = { epochs: 6, batchSize: 16, optimizer };
    await quiet.fit(moons.x, moons.y, fit);
    const trainer = asked.trainer(moons.x, moons.y, { batchSize: 16, optimizer });
    const steps = 6 * trainer.stepsPerEpoch;
    while (trainer.stepsDone < steps) {
      trainer.run(Math.min(5, steps - trainer.stepsDone));
      doctor(asked, moons.x, moons.y, { optimizer });
      doctor(asked, moons.x, moons.y, { optimizer, batch: trainer.nextRows() });
    }
    expect(asked.getWeights().map((w) => [...w.data])).toEqual(quiet.getWeights().map((w) => [...w.data]));
  });

  test("a minimizer has no step; units and data are looked at all the same", async () => {
    const model = sequential([dense(4, { activation: "relu", biasInitializer: constant(-20) }), dense(1)], {
      inputShape: [2],
    });
    const found: FindingKind[] = kinds(doctor(model, moons.x, moons.y, { optimizer: conjugateGradient() }));
    expect(found).toEqual(["dead-units"]);
  });
});
