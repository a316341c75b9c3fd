/** Tutorial 002: replays of the NumPy and SciPy runs, the headline, and a proof for every erratum with a figure. */
import { createEngine } from "papergrad/engine";
import { checkGradients } from "papergrad/inspect";
import { conjugateGradient } from "papergrad/minimize";
import { describe, expect, test } from "vitest";
import {
  biasIndices,
  checkGradient,
  debugDescent,
  debugNet,
  debugObjective,
  debugProblem,
  debugStart,
  withoutBiasColumns,
} from "../../experiments/digits/debug-net.ts";
import { digitsNet, loadDigits, randomStart } from "../../experiments/digits/digits-net.ts";
import { golden, goldenRun } from "../../experiments/digits/golden.ts";
import { digits } from "../../experiments/digits/index.ts";
import { minimizeInPieces } from "../../experiments/digits/minimize-in-pieces.ts";
import { confusion, csv } from "../../experiments/digits/pictures.ts";
import { checkReplays, descentCosts, descentReplay } from "../../experiments/digits/replays.ts";
import { partsOf, predict } from "../../experiments/digits/step.ts";
import { maxDifference } from "../../experiments/shared/agreement.ts";
import { weightsHash } from "../../experiments/shared/weights-hash.ts";
import type { ProgramReport, RunOptions, Variant } from "../../experiments/types.ts";

const VARIANTS = ["published", "derived"] as const;
const wasm = { backend: "wasm", dtype: "float64" } as const;

/** One run of each variant serves all tests. */
const reports = new Map<Variant, Promise<ProgramReport>>();
const report = (variant: Variant): Promise<ProgramReport> => {
  const options: RunOptions = { variant, ...wasm, progress: () => {} };
  if (!reports.has(variant)) reports.set(variant, digits.run(options));
  return reports.get(variant)!;
};

const norm = (v: Float64Array) => Math.sqrt(v.reduce((s, x) => s + x * x, 0));

/** Tests that errata name. */
const proofs = new Set<string>();
const proof = (name: string, run: () => void | Promise<void>) => {
  proofs.add(name);
  test(name, run);
};

describe("digits: replays and headline", () => {
  test("the data are the reference's", async () => {
    const { train, test: held } = await loadDigits();
    let sum = 0;
    for (let i = 0; i < train.x.length; i++) sum += train.x[i]!;
    expect(Math.abs(sum - golden.digits.X_sum)).toBeLessThan(1e-6);
    expect([train.y.length, held.y.length]).toEqual([5000, 10000]);
  });

  test.each(VARIANTS)("%s: check and gradient descent of the small net to the last digits", (variant) => {
    const [analytic, differences] = checkReplays(variant, "wasm");
    expect(analytic!.withinSensitivity).toBe(true);
    expect(analytic!.digits).toBeGreaterThan(15);
    expect(differences!.withinSensitivity).toBe(true);
    expect(differences!.digits).toBeGreaterThan(10);
    const descent = descentReplay(variant, "wasm");
    expect(descent.withinSensitivity).toBe(true);
    expect(descent.digits).toBeGreaterThan(15);
  });

  test.each(VARIANTS)(
    "%s: start and all costs of conjugate gradients agree with SciPy's",
    async (variant) => {
      const { replays, headline } = await report(variant);
      expect(replays).toHaveLength(5);
      for (const replay of replays) {
        expect(replay.withinSensitivity, replay.golden).toBe(true);
        expect(replay.digits, replay.golden).toBeGreaterThanOrEqual(10);
      }
      expect(replays.at(-1)!.values).toBe(goldenRun(variant).cost_after_each_cg_iteration.length);
      for (const { ours, published } of headline)
        if (published !== "–") expect(`${ours} (SciPy)`).toBe(published);
    },
  );

  test("a history that differs is not within the sensitivity", () => {
    const costs = goldenRun("derived").cost_after_each_cg_iteration;
    expect(descentCosts("derived", costs).withinSensitivity).toBe(true);
    expect(
      descentCosts(
        "derived",
        costs.map((c) => c + 1e-9),
      ).withinSensitivity,
    ).toBe(false);
    expect(descentCosts("derived", costs.slice(0, 49)).withinSensitivity).toBe(false);
  });

  test("derived reads 97 % after 50 iterations and 99 % after 100", async () => {
    const { result, steps } = await report("derived");
    expect(steps).toBe(100);
    expect(result.trainAccuracy50).toBe(0.9768);
    expect(result.testAccuracy50).toBe(0.9195);
    expect(result.trainAccuracy).toBeGreaterThanOrEqual(0.99);
    expect(result.testAccuracy).toBeGreaterThan(0.92);
  });

  test("the files hold the weights and outputs of the run", async () => {
    const { files, weightsHash: hash } = await report("derived");
    const numbers = (what: string) =>
      (files.find((f) => f.name === `digits-derived-${what}.csv`)!.content as string)
        .trim()
        .split("\n")
        .map((line) => line.split(",").map(Number));
    const [theta1, theta2, h2] = [numbers("Theta1"), numbers("Theta2"), numbers("h2")];
    expect([theta1.length, theta1[0]!.length, theta2.length, theta2[0]!.length]).toEqual([25, 401, 10, 26]);
    expect([h2.length, h2[0]!.length]).toEqual([5000, 10]);
    expect(weightsHash([Float64Array.from([...theta1.flat(), ...theta2.flat()])])).toBe(hash);
    expect(csv([0.5, -1e-10, 0, 1e100], 2)).toBe(
      "5.000000000000000000e-01,-1.000000000000000036e-10\n0.000000000000000000e+00,1.000000000000000016e+100\n",
    );
  });
});

describe("digits: engine and minimiser", () => {
  test.each(VARIANTS)("%s gives the same bits on the interpreter and compiled", async (variant) => {
    const hash = async (backend: "wasm" | "interpreter") => {
      const small = debugDescent(variant, { backend, dtype: "float64" });
      small.run(300);
      const { train } = await loadDigits();
      const part = {
        x: Array.from({ length: 40_000 }, (_, i) => train.x[(20_000 * i) % 1_999_999]!),
        y: Array.from({ length: 100 }, (_, i) => i % 10),
      };
      const net = digitsNet({ train: part, test: part }, variant, { backend, dtype: "float64" });
      const theta = randomStart(0, net.net);
      const { value, gradient } = net.objective(theta);
      const outputs = Float64Array.from(net.predict(theta, "test").h2);
      return weightsHash([
        Float64Array.from(small.engine.read("theta").data),
        Float64Array.of(value),
        gradient,
        outputs,
      ]);
    };
    expect(await hash("interpreter")).toBe(await hash("wasm"));
  });

  test("a descent in pieces takes the path of one without", async () => {
    for (const variant of VARIANTS) {
      const objective = debugObjective(variant, "wasm", 1);
      const whole = conjugateGradient(objective, debugStart, { maxIterations: 20 });
      let [pauses, told] = [0, [] as number[]];
      const pieces = await minimizeInPieces(
        objective,
        debugStart,
        { maxIterations: 20, callback: (_, value) => void told.push(value) },
        async () => void pauses++,
        0,
      );
      expect(pieces).toEqual(whole);
      expect(told).toEqual(whole.history);
      expect(pauses).toBe(whole.evaluations);
    }
  });

  test("stops when its signal says so", async () => {
    const controller = new AbortController();
    const progress = () => controller.abort(new Error("enough"));
    const run = digits.run({ variant: "derived", ...wasm, progress, signal: controller.signal });
    await expect(run).rejects.toThrow("enough");
  });

  test("the confusion matrix counts true rows and predicted columns", () => {
    const counts = confusion({ x: [], y: [3, 3, 1] }, { h2: [], classes: [3, 5, 1], accuracy: 2 / 3 });
    expect([counts[3]![3], counts[3]![5], counts[1]![1], counts.flat().reduce((a, b) => a + b)]).toEqual([
      1, 1, 1, 3,
    ]);
  });
});

describe("digits: gradients and errata", () => {
  test("the derived gradient is that of the cost, the published one is not", () => {
    expect(checkGradients(debugProblem("derived")).worst).toBeLessThan(1e-7);
    expect(checkGradients(debugProblem("published")).worst).toBeGreaterThan(0.1);
  });

  proof("digits-biases-zeroed: conjugate gradients give up with the published gradient", async () => {
    const published = await report("published");
    expect(published.steps).toBe(18);
    expect(published.console).toContain("no step along the search direction is good enough");
    expect(published.result.loss!.toFixed(4)).toBe("1.0968");
    expect([published.result.trainAccuracy, published.result.testAccuracy]).toEqual([0.8604, 0.8532]);
    const derived = await report("derived");
    expect([derived.result.trainAccuracy50, derived.result.trainAccuracy]).toEqual([0.9768, 0.9958]);
  });

  proof("digits-caller-vector: one gradient call changes the cost at the caller's vector", () => {
    const { cost, costAfter, parametersAfter } = checkGradient("published", "wasm", 1);
    expect([cost.toFixed(6), costAfter.toFixed(6)]).toEqual(["2.126291", "2.059821"]);
    expect(biasIndices(debugNet).map((i) => parametersAfter[i])).toEqual(new Array(8).fill(0));
    const derived = checkGradient("derived", "wasm", 1);
    expect(derived.costAfter).toBe(derived.cost);
  });

  proof("digits-blind-check: the published check passes and the gradient is wrong", () => {
    for (const lambda of [0, 1, 3]) {
      const { gradient, numeric, numericThere } = checkGradient("published", "wasm", lambda);
      expect(maxDifference(gradient, numeric)).toBeLessThan(2e-11);
      expect(maxDifference(gradient, numericThere).toFixed(4)).toBe("0.0213");
    }
    const worst = checkGradients(debugProblem("published")).worst;
    expect(worst.toFixed(2)).toBe("0.19");
  });

  proof("digits-copy-is-not-enough: plain gradient descent diverges on a copy", () => {
    const descend = (variant: Variant) => {
      const entry = debugDescent(variant, wasm);
      const cost = entry.run(500).metrics.cost!.at(-1)!;
      const theta = entry.engine.read("theta").data;
      return { cost, bias: Math.max(...biasIndices(debugNet).map((i) => Math.abs(theta[i]!))) };
    };
    expect(descend("derived").cost).toBeCloseTo(1.178, 3);
    const copy = descend("published");
    expect(copy.cost).toBeCloseTo(10.68, 2);
    expect(copy.bias).toBeCloseTo(53, 0);
    // In place: the gradient call zeroes the biases of the vector that is then updated.
    const at = debugObjective("published", "wasm", 1);
    let theta = debugStart;
    let cost = 0;
    for (let i = 0; i < 500; i++) {
      const { value, gradient } = at(theta);
      cost = value;
      theta = withoutBiasColumns(theta, debugNet).map((v, k) => v - 0.5 * gradient[k]!);
    }
    expect(cost).toBeCloseTo(1.607, 3);
    expect(Math.max(...biasIndices(debugNet).map((i) => Math.abs(theta[i]!)))).toBeLessThan(0.12);
  });

  proof("digits-check-labels: label 3 has no column", () => {
    expect(golden.debug.y).toEqual([2, 3, 1, 2, 3]);
    const entry = debugDescent("derived", wasm);
    entry.engine
      .entry("targets", (g) => {
        g.store(g.parameter("Y", [5, 3]), g.oneHot(g.input("y", [5, 1]), 3));
      })
      .run(1);
    const Y = [...entry.engine.read("Y").data];
    expect(Y).toEqual([0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0]);
    const { gradient, numeric } = checkGradient("derived", "wasm", 1);
    expect(maxDifference(gradient, numeric)).toBeLessThan(2e-11);
  });

  proof("digits-debug-order: row by row and column by column give different costs", () => {
    const sines = golden.debug.params; // sin(1)/10, … from the start of Θ1
    const columns = (rows: number, cols: number) =>
      Array.from({ length: rows * cols }, (_, i) => sines[(i % cols) * rows + Math.floor(i / cols)]!);
    const byRows = debugObjective("derived", "wasm", 1)(debugStart).value;
    const at = debugObjective("derived", "wasm", 1, { x: columns(5, 3) });
    const byColumns = at([...columns(5, 4), ...columns(3, 6)]).value;
    expect([byRows.toFixed(6), byColumns.toFixed(6)]).toEqual(["2.126291", "2.136574"]);
  });

  proof("digits-predict-ties: a tied row has two largest columns", () => {
    const net = { inputs: 2, hidden: 2, outputs: 3, samples: 1, rows: 1 };
    const engine = createEngine(wasm);
    const entry = engine.entry("predict", (g) => predict(g, net, "x", 1));
    engine
      .entry("fill", (g) => {
        const { b2 } = partsOf(g, "theta", net);
        g.store(b2, g.constant([[-1, 1, 1]]));
      })
      .run(1);
    entry.run(1);
    const h2 = [...engine.read("h2 of x").data];
    expect(h2.filter((h) => h === Math.max(...h2))).toHaveLength(2);
    expect([...engine.read("class of x").data]).toEqual([1]);
  });

  proof("digits-mean-square: the residual of the squared error does not fit the cost", () => {
    const gradients = (square: boolean) => {
      const engine = debugDescent("derived", wasm).engine;
      engine
        .entry("gradient", (g) => {
          const { b1, W1, b2, W2 } = partsOf(g, "theta", debugNet);
          const a2 = g.sigmoid(g.add(g.matmul(g.input("x", [5, 3]), W1, { transposeB: true }), b1));
          const h = g.sigmoid(g.add(g.matmul(a2, W2, { transposeB: true }), b2));
          const E = g.sub(h, g.oneHot(g.input("y", [5, 1]), 3));
          const delta3 = square ? g.mul(E, h, g.sub(1, h)) : E;
          g.store(g.parameter("out", [3, 5]), g.div(g.matmul(delta3, a2, { transposeA: true }), 5));
        })
        .run(1);
      return engine.read("out").data as Float64Array;
    };
    const cross = gradients(false);
    const miss = cross.map((v, i) => v - gradients(true)[i]!);
    // With λ = 0 the printed gradient is that of the cross-entropy …
    const printed = checkGradient("derived", "wasm", 0).gradient;
    const W2 = Array.from({ length: 15 }, (_, i) => printed[20 + Math.floor(i / 5) * 6 + 1 + (i % 5)]!);
    expect(maxDifference(cross, W2)).toBeLessThan(1e-15);
    // … and that of the squared error is far from it.
    expect((norm(miss) / norm(cross)).toFixed(2)).toBe("0.75");
  });

  proof("digits-sample-loop: sample by sample gives the same gradient", () => {
    for (const variant of VARIANTS) {
      const together = debugObjective(variant, "wasm", 1)(debugStart);
      const apart = debugObjective(variant, "wasm", 1, { rows: 1 })(debugStart);
      expect(maxDifference(together.gradient, apart.gradient)).toBeLessThan(1e-15);
      expect(Math.abs(together.value - apart.value)).toBeLessThan(2e-15);
    }
  });

  test("every erratum has its test or a reason, in both languages", () => {
    for (const { proof: shown, text } of digits.errata) {
      if ("test" in shown) expect(proofs).toContain(shown.test);
      else expect(shown.reason.zh).toMatch(/\p{Script=Han}/u);
      expect(text.zh).toMatch(/\p{Script=Han}/u);
    }
    expect(digits.errata.filter((e) => "test" in e.proof)).toHaveLength(proofs.size);
  });
});
