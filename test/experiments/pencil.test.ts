/** Tutorial 003: replays of the NumPy runs, the headline, and a proof for every erratum that can be computed. */
import { createEngine, defineStep } from "papergrad/engine";
import { checkGradients, traceStep } from "papergrad/inspect";
import { describe, expect, test } from "vitest";
import { goldenCases } from "../../experiments/pencil/golden.ts";
import { compare, pencil } from "../../experiments/pencil/index.ts";
import { forward, printedGradients, shapesFor, step } from "../../experiments/pencil/step.ts";
import {
  matlabStart,
  numpyStart,
  pencilEntry,
  train,
  type Weights,
  X,
  Y,
} from "../../experiments/pencil/train.ts";
import { maxDifference } from "../../experiments/shared/agreement.ts";
import { weightsHash } from "../../experiments/shared/weights-hash.ts";
import type { RunOptions, Variant } from "../../experiments/types.ts";

const VARIANTS = ["published", "derived"] as const;
const wasm = { backend: "wasm", dtype: "float64" } as const;
const options = (variant: Variant, more: Partial<RunOptions> = {}): RunOptions => ({
  variant,
  ...wasm,
  progress: () => {},
  ...more,
});
const go = (variant: Variant, start: Weights, more: { a?: number; limit?: number } = {}) =>
  train(pencilEntry(variant, start, { ...wasm, ...more }), variant, more);

/** Tests that errata name. */
const proofs = new Set<string>();
const proof = (name: string, run: () => void | Promise<void>) => {
  proofs.add(name);
  test(name, run);
};

describe("pencil: replays and headline", () => {
  test.each(VARIANTS)("%s repeats every reference run within its sensitivity", async (variant) => {
    const starts = [numpyStart(0), numpyStart(1), matlabStart()];
    for (const [i, c] of goldenCases(variant).entries()) {
      for (const [k, w] of [c.w1, c.w2, c.w3].entries()) expect(Array.from(starts[i]![k]!)).toEqual(w.flat());
      const run = await go(variant, starts[i]!);
      const { digits, withinSensitivity, values } = compare(c, run);
      expect(run.updates).toBe(c.iterations);
      expect(withinSensitivity).toBe(true);
      expect(digits).toBeGreaterThan(13);
      expect(values).toBeGreaterThan(38);
    }
  });

  test("a run that differs is not within the sensitivity", async () => {
    const start = numpyStart(0).map((w) => Array.from(w, (v) => v + 1e-9)) as unknown as Weights;
    const agreement = compare(goldenCases("published")[0]!, await go("published", start));
    expect(agreement.withinSensitivity).toBe(false);
    expect(agreement.digits).toBeLessThan(11);
  });

  test.each([
    ["published", 904, 1136],
    ["derived", 9025, 9415],
  ] as const)(
    "%s needs %i updates from NumPy's and %i from MATLAB's random numbers",
    async (variant, numpy, matlab) => {
      const report = await pencil.run(options(variant));
      expect(report.result.updates).toBe(numpy);
      expect(report.headline.map((c) => c.ours)).toEqual([String(numpy), expect.any(String), String(matlab)]);
      expect(report.headline.every((c) => `${c.ours} (NumPy)` === c.published)).toBe(true);
      expect(report.result.loss).toBeLessThanOrEqual(0.001);
      expect(report.replays).toHaveLength(3);
      expect(report.replays.every((r) => r.withinSensitivity)).toBe(true);
      expect(report.console).toContain("trained y");
      const csv = report.files.find((f) => f.name.endsWith(".csv"))!.content as string;
      expect(csv.trim().split("\n")).toHaveLength((variant === "published" ? numpy : numpy + 1) + 1);
    },
  );

  test("the derived run leaves the weights that met the tolerance, and running on changes nothing", async () => {
    const entry = pencilEntry("derived", numpyStart(0), wasm);
    const { D, weights } = await train(entry, "derived");
    expect(D.at(-2)).toBeGreaterThan(0.001);
    expect(entry.run(1).metrics.D![0]).toBe(D.at(-1));
    expect(entry.engine.read("W1").data).toEqual(weights[0]);
  });
});

describe("pencil: engine", () => {
  test.each(VARIANTS)("%s gives the same bits on the interpreter and compiled", (variant) => {
    const hash = (backend: "wasm" | "interpreter") => {
      const entry = pencilEntry(variant, numpyStart(0), { backend, dtype: "float64" });
      const { metrics } = entry.run(400);
      const weights = ["W1", "W2", "W3"].map((name) => entry.engine.read(name).data);
      return weightsHash([...weights, metrics.D!]);
    };
    expect(hash("interpreter")).toBe(hash("wasm"));
  });

  test("another seed and float32 run too, twice with the same weights", async () => {
    const first = await pencil.run(options("published", { seed: 3, dtype: "float32" }));
    const again = await pencil.run(options("published", { seed: 3, dtype: "float32" }));
    expect(first.weightsHash).toBe(again.weightsHash);
    expect(Math.abs(first.result.updates! - 763)).toBeLessThanOrEqual(2);
    expect(first.replays.every((r) => r.withinSensitivity)).toBe(true);
  });

  test("stops when its signal says so", async () => {
    const controller = new AbortController();
    const progress = () => controller.abort(new Error("enough"));
    await expect(pencil.run(options("derived", { progress, signal: controller.signal }))).rejects.toThrow(
      "enough",
    );
  });

  test("the step on paper holds what a hand finds", async () => {
    const values = traceStep(await pencil.prepare("published", wasm));
    const at = (label: string) => values.find((v) => v.label === label)!.data;
    const [W1] = numpyStart(0);
    // First sample is (1, 1, 0, 0): its sums are those of the first two rows of W1.
    expect(at("S1")[0]).toBeCloseTo(W1[0]! + W1[3]!, 15);
    expect(at("Z1")[0]).toBeCloseTo(1 / (1 + Math.exp(-at("S1")[0]!)), 14);
    expect(at("E")[0]).toBeCloseTo(at("y")[0]! - 1, 15);
    const g3 = at("Z2")[0]! * at("E")[0]! + at("Z2")[3]! * at("E")[2]! + at("Z2")[6]! * at("E")[4]!;
    expect(at("g3")[0]).toBeCloseTo(g3, 14);
    expect(at("W1'")[0]).toBeCloseTo(W1[0]! - 0.1 * at("g1")[0]!, 15);
  });
});

describe("pencil: gradients and errata", () => {
  test("the derived gradient is that of D, the published one is not", async () => {
    expect(checkGradients(await pencil.gradientProblem("derived")).worst).toBeLessThan(1e-7);
    expect(checkGradients(await pencil.gradientProblem("published")).worst).toBeGreaterThan(0.5);
  });

  proof("pencil-other-loss: the printed gradients belong to the cross-entropy", async () => {
    const problem = await pencil.gradientProblem("published");
    const check = checkGradients({
      ...problem,
      build: (g) => {
        const f = forward(g, shapesFor(3, 4, 2));
        const wanted = g.input("Y", [3, 2]);
        const right = g.mul(wanted, g.log(f.y));
        const loss = g.neg(g.sum(g.add(right, g.mul(g.sub(1, wanted), g.log(g.sub(1, f.y))))));
        const [W1, W2, W3] = printedGradients(g, f);
        return { loss, gradients: { W1, W2, W3 } };
      },
    });
    expect(check.entries).toBe(27);
    expect(check.worst).toBeLessThan(1e-9);

    const ratio = (weights: Weights) => {
      const entry = defineStep(wasm, (g) => {
        const f = forward(g, shapesFor(3, 4, 2));
        const lengths = (list: readonly Parameters<typeof g.square>[0][]) =>
          g.sqrt(list.map((n) => g.sum(g.square(n))).reduce((a, b) => g.add(a, b)));
        g.metric("printed", lengths(printedGradients(g, f)));
        g.metric("true", lengths(g.gradient(f.sum, [f.W1, f.W2, f.W3])));
      });
      for (const [i, w] of weights.entries()) entry.engine.write(`W${i + 1}`, w);
      entry.engine.write("X", X.flat());
      entry.engine.write("Y", Y.flat());
      const { metrics } = entry.run(1);
      return metrics.printed![0]! / metrics.true![0]!;
    };
    const published = await go("published", numpyStart(0));
    expect(ratio(numpyStart(0))).toBeCloseTo(2.4, 1);
    expect(ratio(published.weights)).toBeGreaterThan(25);
    expect(ratio(published.weights)).toBeLessThan(27);
    expect(published.updates).toBe(904);
    expect((await go("derived", numpyStart(0))).updates).toBe(9025);
  });

  proof("pencil-no-limit: seed 6 needs 71,597 updates", async () => {
    const updates: number[] = [];
    for (const seed of [0, 1, 2, 3, 4, 6]) updates.push((await go("published", numpyStart(seed))).updates);
    expect(updates).toEqual([904, 861, 1379, 763, 871, 71597]);
  });

  proof("pencil-running-minimum: D cannot rise, the sum of squares can", async () => {
    const rises = (values: readonly number[]) => values.filter((v, i) => i > 0 && v > values[i - 1]!).length;
    let rising = 0;
    for (let seed = 0; seed < 20; seed++) {
      const slow = await go("published", numpyStart(seed), { limit: 5000 });
      expect(rises(slow.sums)).toBe(0);
      const fast = await go("published", numpyStart(seed), { a: 5, limit: 2000 });
      expect(rises(fast.D)).toBe(0);
      if (rises(fast.sums) > 0) rising++;
    }
    expect(rising).toBe(17);
  });

  proof("pencil-one-more-update: printed weights and printed y differ by one step", async () => {
    const run = await go("published", numpyStart(0));
    const after = pencilEntry("published", run.weights, wasm).run(1).metrics.sum![0]!;
    expect(run.D.at(-1)!.toFixed(9)).toBe("0.000997352");
    expect(after.toFixed(9)).toBe("0.000993335");
    expect(Math.abs(after - goldenCases("published")[0]!.after.sse_of_returned_weights)).toBeLessThan(1e-15);
  });

  proof("pencil-width-is-samples: the second hidden width follows the number of samples", () => {
    const found = [2, 3, 5, 8].map((samples) => {
      const engine = createEngine(wasm);
      engine.entry("step", (g) => step(g, shapesFor(samples, 4, 2), "published"));
      const sizes = ["W1", "W2", "W3"].map((name) => engine.shapeOf(name));
      return { W2: sizes[1], weights: sizes.reduce((n, [rows, cols]) => n + rows * cols, 0) };
    });
    expect(found.map((f) => f.W2)).toEqual([
      [3, 2],
      [3, 3],
      [3, 5],
      [3, 8],
    ]);
    expect(found.map((f) => f.weights)).toEqual([22, 27, 37, 52]);
  });

  proof("pencil-equal-start: units that start equal stay equal", async () => {
    const flat = numpyStart(0).map((w) => Array.from(w, () => 0.5)) as unknown as Weights;
    const { D, weights, halted } = await go("published", flat, { limit: 20_000 });
    expect(halted).toBe(false);
    expect(D.at(-1)).toBeCloseTo(1.063, 3);
    const [W1] = weights;
    for (let r = 0; r < 4; r++) expect(W1[3 * r + 1]).toBe(W1[3 * r]);
  });

  proof("pencil-softmax: the rows of y do not sum to 1", async () => {
    const { y } = await go("published", numpyStart(0));
    const sums = [0, 1, 2].map((r) => (y[2 * r]! + y[2 * r + 1]!).toFixed(4));
    expect(sums).toEqual(["1.0002", "0.9994", "1.0002"]);
    expect(maxDifference(y, goldenCases("published")[0]!.after.y.flat())).toBeLessThan(1e-15);
  });

  test("every erratum has its test or a reason, in both languages", () => {
    for (const { proof: shown, text } of pencil.errata) {
      if ("test" in shown) expect(proofs).toContain(shown.test);
      else expect(shown.reason.zh).toMatch(/\p{Script=Han}/u);
      expect(text.zh).toMatch(/\p{Script=Han}/u);
    }
    expect(pencil.errata.filter((e) => "test" in e.proof)).toHaveLength(proofs.size);
  });
});
