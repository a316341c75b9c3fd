import { describe, expect, test } from "vitest";
import { makeMoons } from "../../../src/data/index.ts";
import { createEngine, defineStep, type Graph, type Node } from "../../../src/engine.ts";
import { dense, type NotFiniteError, sequential, sgd } from "../../../src/index.ts";
import { doctor, openStep, snapshotOfEntry } from "../../../src/inspect/index.ts";
import { kinds, one, trainAndAsk } from "./found.ts";

const { x, y } = makeMoons({ samples: 200, noise: 0.15, seed: 1 });

describe("a training whose loss overflows", () => {
  const rates = [20, 50, 1000];
  test.each(rates)(
    "rate %d: the step that fit names, its value, sample and operation",
    async (learningRate) => {
      const make = () =>
        sequential([dense(8, { activation: "relu" }), dense(1)], { inputShape: [2], seed: 2 });
      const optimizer = sgd({ learningRate });
      const fit = { epochs: 10, batchSize: 16, optimizer };
      const model = make();
      const { findings, failure } = await trainAndAsk(model, x, y, fit);
      if (failure === undefined) throw new Error("expected the loss to overflow");
      const found = one(findings, "not-finite");
      expect(found.change).toEqual({ option: "learningRate", value: learningRate / 10 });

      // The same training by hand, up to the step found: there, and not before, a number is not finite.
      const again = make();
      const trainer = again.trainer(x, y, { batchSize: 16, optimizer });
      trainer.run(found.where.step! - 1);
      const rows = trainer.nextRows();
      expect([...again.state.engine.read("parameters").data].every(Number.isFinite)).toBe(true);
      const batch = [...rows].map((r) => [x.data[2 * r]!, x.data[2 * r + 1]!]);
      const step = again.trainingStep(
        batch,
        [...rows].map((r) => y[r]!),
        { optimizer },
      );
      const bad = openStep(step).values.find((v) => v.data.some((n) => !Number.isFinite(n)))!;
      expect(found.where.value).toBe(bad.label);
      expect(found.where.formula).toBe(bad.formula);
      if (found.where.rows) expect([...rows]).toContain(found.where.rows[0]);
      expect(found.message.en).toMatch(/ = -?Infinity\.$/);
    },
  );

  test("the error carries what it takes to do it again", async () => {
    const model = sequential([dense(1)], { inputShape: [2] });
    const failure = (await model
      .fit(x, y, { epochs: 50, batchSize: 64, optimizer: sgd({ learningRate: 1e6 }) })
      .catch((error: unknown) => error)) as NotFiniteError;
    expect(failure.name).toBe("UsageError");
    expect(failure.order).toHaveLength(200);
    expect([...failure.order].sort((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, i) => i));
    expect(failure.stepsBefore).toBe((failure.epoch - 1) * 4);
    expect(failure.batchSize).toBe(64);
  });

  test("where the inputs are unscaled, they are the cure", async () => {
    const wide = { shape: x.shape, data: Float64Array.from(x.data, (v, i) => (i % 2 ? 1e4 * v : v)) };
    const model = sequential([dense(8, { activation: "relu" }), dense(1)], { inputShape: [2], seed: 2 });
    const { findings } = await trainAndAsk(model, wide, y, {
      epochs: 9,
      optimizer: sgd({ learningRate: 0.1 }),
    });
    expect(kinds(findings).slice(0, 2)).toEqual(["not-finite", "unscaled-inputs"]);
    expect(one(findings, "not-finite").change).toMatchObject({ option: "scaling", columns: [1] });
  });
});

describe("a step of one's own", () => {
  interface Values {
    readonly z: Node;
    readonly y: Node;
  }
  const step = (make: (g: Graph, at: Values) => Node, w: number) => {
    const entry = defineStep({ dtype: "float64" }, (g) => {
      const z = g.label("z1", g.matmul(g.input("x", [3, 1]), g.parameter("W1", [1, 1])));
      const loss = g.label("loss", make(g, { z, y: g.input("y", [3, 1]) }));
      g.metric("loss", loss);
      const W = g.parameter("W1", [1, 1]);
      g.store(W, g.sub(W, g.mul(0.1, g.gradient(loss, [W])[0]!)));
    });
    entry.engine.write("x", [1, -2, 3]);
    entry.engine.write("y", [1, 0, 1]);
    entry.engine.write("W1", [w]);
    return entry;
  };
  // −mean(y·log p + (1 − y)·log(1 − p)): p rounds to 1 beyond z ≈ 37.
  const naive = (g: Graph, { z, y: target }: Values) => {
    const p = g.sigmoid(z);
    const right = g.add(g.mul(target, g.log(p)), g.mul(g.sub(1, target), g.log(g.sub(1, p))));
    return g.neg(g.mean(right));
  };

  test("log(0) of a cross-entropy written on probabilities: sample, operation, cure", () => {
    const entry = step(naive, 400);
    const found = one(doctor(entry), "not-finite");
    expect(found.message.en).toContain("log(0) = -Infinity");
    expect(found.where).toMatchObject({ step: 1, value: "loss", rows: [1] });
    expect(found.cure.en).toContain("pre-activations");
    expect(kinds(doctor(step(naive, 1)))).not.toContain("not-finite");
  });

  test("exp overflows; the formula is that of the labelled value", () => {
    const entry = step((g, { z }) => g.mean(g.exp(g.square(z))), 10);
    const { notFinite } = snapshotOfEntry(entry);
    expect(notFinite).toMatchObject({
      op: "exp",
      operation: "exp(900) = Infinity",
      sample: 2,
      label: "loss",
    });
    expect(notFinite?.formula).toMatch(/^\\mathrm\{loss\} = /);
  });

  test("0/0 and a square root below 0", () => {
    const ratio = step((g, { z }) => g.mean(g.div(g.sub(z, z), g.sub(z, z))), 1);
    expect(snapshotOfEntry(ratio).notFinite).toMatchObject({ op: "div", operation: "0 / 0 = NaN" });
    const root = step((g, { z }) => g.mean(g.sqrt(z)), 1);
    expect(snapshotOfEntry(root).notFinite).toMatchObject({
      op: "sqrt",
      operation: "sqrt(-2) = NaN",
      sample: 1,
    });
  });

  test("a matrix product overflows in float32", () => {
    const engine = createEngine({ dtype: "float32" });
    const entry = engine.entry("wide", (g) => {
      const z = g.label("z1", g.matmul(g.input("x", [2, 2]), g.parameter("W1", [2, 1])));
      g.metric("loss", g.label("loss", g.mean(z)));
    });
    engine.write("x", [1, 2, 1e20, 3]);
    engine.write("W1", [1e20, 1]);
    expect(snapshotOfEntry(entry).notFinite).toMatchObject({
      label: "z1",
      op: "matmul",
      row: 1,
      operation: "Σ(… + 1.000e+20·1.000e+20 + …) = Infinity",
    });
  });

  test("weights that are spoilt already", () => {
    const entry = step((g, { z }) => g.mean(g.square(z)), 1);
    entry.engine.live("W1").fill(Number.NaN);
    const found = one(doctor(entry), "not-finite");
    expect(found.message.en).toContain("before step 1 even begins");
    expect(found.where).toMatchObject({ value: "W1" });
  });

  test("an overflow that reaches neither loss nor update is none", () => {
    const entry = defineStep({ dtype: "float64" }, (g) => {
      const x = g.label("x", g.input("x", [2, 1]));
      g.metric("loss", g.label("loss", g.mean(g.select(g.less(x, 1e3), x, g.exp(x)))));
    });
    entry.engine.write("x", [1, 999]);
    expect(snapshotOfEntry(entry).notFinite).toBeNull();
    entry.engine.write("x", [1, 1001]);
    expect(snapshotOfEntry(entry).notFinite).toMatchObject({ op: "exp", sample: null, row: 1 });
  });

  test("the engine is left as it was", () => {
    const entry = step(naive, 1);
    entry.run(3);
    const before = [...entry.engine.read("W1").data];
    doctor(entry);
    expect([...entry.engine.read("W1").data]).toEqual(before);
    expect(entry.stepNumber).toBe(3);
  });
});
