/** Two moons: the golden replay, both variants, both backends, gradients, the report. */
import { checkGradients, traceStep } from "papergrad/inspect";
import { htmlReport } from "papergrad/plot";
import { beforeAll, describe, expect, it } from "vitest";
import {
  glorotLayers,
  initLayers,
  NN_ARCHITECTURE,
  parameterNames,
} from "../../experiments/moons/architecture.ts";
import { ourRun } from "../../experiments/moons/comparison.ts";
import { filmGrid, moonsData } from "../../experiments/moons/data.ts";
import { film } from "../../experiments/moons/figures.ts";
import { moons } from "../../experiments/moons/index.ts";
import { GOLDEN, goldenEnd, goldenStart, replay } from "../../experiments/moons/replay.ts";
import { consoleText, headline, pictures, results } from "../../experiments/moons/report.ts";
import { run, SEED } from "../../experiments/moons/run.ts";
import { terms } from "../../experiments/moons/terms.ts";
import { fullBatchStep, predictor, train } from "../../experiments/moons/train.ts";
import { digits, maxDifference } from "../../experiments/shared/agreement.ts";
import { weightsHash } from "../../experiments/shared/weights-hash.ts";
import type { ProgramReport, Variant } from "../../experiments/types.ts";

const VARIANTS: readonly Variant[] = ["published", "derived"];
const quiet = () => {};

describe("moons: data and start values", () => {
  it("has the golden points, classes and split", () => {
    const { train, test } = moonsData();
    for (const [set, rows] of [
      [train, GOLDEN.train_index],
      [test, GOLDEN.test_index],
    ] as const) {
      expect([...set.Y]).toEqual(rows.map((r) => GOLDEN.y[r]!));
      const points = rows.flatMap((r) => [...GOLDEN.x[r]!]);
      expect(maxDifference(set.X, points)).toBeLessThan(1e-15);
    }
  });

  it("draws the golden start values", () => {
    const ours = initLayers(NN_ARCHITECTURE, SEED);
    for (const [name, values] of Object.entries(goldenStart()))
      expect(maxDifference(ours[name]!, values)).toBeLessThan(1e-16);
  });
});

describe("moons: the first iterations", () => {
  const losses: Record<string, Float64Array> = {};
  beforeAll(() => {
    for (const [variant, steps] of [
      ["published", 1260],
      ["derived", 500],
    ] as const) {
      const step = fullBatchStep({ variant, backend: "wasm", dtype: "float64", params: goldenStart() });
      losses[variant] = step.run(steps).metrics.loss!;
    }
  });

  it.each(VARIANTS)("have the golden costs to 14 digits (%s)", (variant) => {
    const result = replay(variant, { losses: losses[variant]!, params: {}, testP: new Float64Array() });
    expect(result.values).toBe(variant === "published" ? 7 : 6);
    expect(result.withinSensitivity).toBe(true);
    expect(result.digits).toBeGreaterThan(14);
    expect(result.note?.en).toContain(String(losses[variant]!.length));
  });

  it("moons: the cost waits above 0.69 for 1,250 iterations", () => {
    const cost = losses.published!;
    expect(cost[0]).toBeCloseTo(0.6936, 4);
    expect(cost.findIndex((v) => v < 0.69)).toBe(1250);
    const { Y } = moonsData().train;
    const share = Y.reduce((s, y) => s + y, 0) / Y.length;
    expect(-share * Math.log(share) - (1 - share) * Math.log(1 - share)).toBeCloseTo(Math.LN2, 4);
  });

  it("moons: the framework's start saves a thousand iterations", () => {
    const params = glorotLayers(NN_ARCHITECTURE, 0);
    const step = fullBatchStep({ variant: "published", backend: "wasm", dtype: "float32", params });
    expect(step.run(1001).metrics.loss![1000]).toBeCloseTo(0.284, 3);
    expect(losses.published![1000]).toBeCloseTo(0.691, 3);
  });
});

describe.each(VARIANTS)("moons %s: the end", (variant) => {
  it("gives the golden probabilities and cost from the golden final parameters", () => {
    const options = { variant, backend: "wasm", dtype: "float64" } as const;
    const step = fullBatchStep({ ...options, params: goldenEnd() });
    const P = predictor(step.engine, "test", moonsData().test.X)();
    expect(digits(P, GOLDEN.cases[0]!.after.test_probs)).toBeGreaterThan(13);
    // The cost goes on falling from that of iteration 9,999.
    const { loss, accuracy } = step.run(1).metrics;
    expect(loss![0]).toBeLessThan(GOLDEN.cases[0]!.losses["9999"]!);
    expect(loss![0]).toBeGreaterThan(GOLDEN.cases[0]!.losses["9999"]! - 1e-4);
    expect(accuracy![0]).toBeCloseTo(GOLDEN.cases[0]!.after.train_accuracy, 12);
  });
});

describe("moons: the step", () => {
  it("is the same on both backends to the bit", () => {
    const { train } = moonsData();
    const some = { X: train.X.slice(0, 30), Y: train.Y.slice(0, 15) };
    for (const variant of VARIANTS) {
      const hashes = (["wasm", "interpreter"] as const).map((backend) => {
        const options = {
          variant,
          backend,
          dtype: "float64",
          params: initLayers(NN_ARCHITECTURE, 2),
        } as const;
        const step = fullBatchStep(options, some);
        step.run(200);
        return weightsHash(parameterNames(NN_ARCHITECTURE).map((name) => step.engine.read(name).data));
      });
      expect(hashes[0]).toBe(hashes[1]);
      expect(hashes[0]).not.toBe(weightsHash(Object.values(initLayers(NN_ARCHITECTURE, 2))));
    }
  });

  it("gives both variants the same gradients of W and b", async () => {
    const [published, derived] = await Promise.all(
      VARIANTS.map(async (variant) =>
        traceStep(await moons.prepare(variant, { backend: "interpreter", dtype: "float64" })),
      ),
    );
    for (const name of ["W1", "b1", "W2", "b2", "W3", "b3", "W4", "b4", "W5", "b5"]) {
      const [a, b] = [published!, derived!].map((t) => t.find((v) => v.label === `d${name}`)!.data);
      expect(digits(a!, b!)).toBeGreaterThan(12);
    }
  });

  it.each(VARIANTS)("has the gradient of its cost (%s)", async (variant) => {
    const check = checkGradients(await moons.gradientProblem(variant), { samples: 15 });
    expect(check.entries).toBe(5226);
    expect(check.rows.filter((r) => !r.kink).length).toBeGreaterThan(80);
    expect(check.worst).toBeLessThan(1e-7);
  });
});

describe("moons: a short run", () => {
  let reports: ProgramReport[];
  const short = { steps: 200, epochs: 1 };
  const options = { backend: "wasm", dtype: "float64", progress: quiet } as const;
  beforeAll(async () => {
    reports = [
      await run({ ...options, variant: "published" }, short),
      await run({ ...options, variant: "published" }, short),
      await run({ ...options, variant: "derived" }, short),
    ];
  });

  it("repeats itself to the bit, films included", () => {
    const [a, b] = reports;
    expect(a!.weightsHash).toBe(b!.weightsHash);
    const film = (r: ProgramReport) => r.files.find((f) => f.name === "moons-published-film.gif")!.content;
    expect(film(a!)).toEqual(film(b!));
    expect(film(a!).length).toBeGreaterThan(1000);
  });

  it("reports the tutorial's two lines, the comparison, pictures and files", () => {
    for (const r of reports) {
      expect(r.console).toMatch(
        /^Test set accuracy: \d\.\d\d - David\nTest set accuracy: \d\.\d\d - Goliath$/,
      );
      expect(r.headline).toHaveLength(4);
      expect(r.result.fairTimeRatio).toBeGreaterThan(1);
      expect(r.replays[0]!.withinSensitivity).toBe(true);
      expect(r.blocks.filter((b) => b.kind === "figure")).toHaveLength(7);
      expect(r.files.map((f) => f.name.replace(r.variant, "V"))).toEqual([
        "moons-V-cost.svg",
        "moons-V-cost.csv",
        "moons-V-boundary.svg",
        "moons-V-film.gif",
        "moons-V-framework-boundary.svg",
        "moons-V-framework-film.gif",
      ]);
    }
  });

  it("gives blocks that a report can show in both languages", () => {
    const sections = reports.slice(1).map((r) => ({ id: r.variant, heading: moons.title, blocks: r.blocks }));
    const text = { id: "text", heading: moons.title, blocks: moons.derivation };
    const html = htmlReport({ title: moons.title, language: "both", sections: [text, ...sections] });
    expect(html).toContain("data:image/gif;base64,");
    expect(html).toContain("两弯月牙");
  });

  it("says so where the framework is not installed", async () => {
    const start = initLayers(NN_ARCHITECTURE, SEED);
    const trained = await train({ ...options, variant: "derived", params: start, steps: 20 });
    const ours = await ourRun(terms(1, 900), { ...options, epochs: 1 });
    const compared = { ours, framework: null };
    const findings = { variant: "derived", dtype: "float64", start, trained, compared } as const;
    expect(consoleText(findings)).toContain("not installed");
    expect(
      headline(findings)
        .map((h) => h.ours)
        .slice(1),
    ).toEqual(Array(3).fill("not installed"));
    expect(results(findings)).not.toHaveProperty("frameworkSeconds");
    const { blocks, files } = await pictures(findings);
    expect(JSON.stringify(blocks.at(-1))).toContain("没有安装");
    expect(files).toHaveLength(4);
  });

  it("compares the first 500 golden steps where the headline has another precision", async () => {
    const r = await run({ ...options, variant: "derived", dtype: "float32" }, { steps: 20, epochs: 1 });
    expect(r.replays[0]!.note?.en).toContain("500");
    expect(r.replays[0]!.digits).toBeGreaterThan(14);
  });

  it("ends with the reason of the signal", async () => {
    const stop = new AbortController();
    const reason = new Error("enough");
    const params = initLayers(NN_ARCHITECTURE, SEED);
    const seen: number[] = [];
    const progress = ({ done }: { done: number }) => {
      seen.push(done);
      if (done >= 40) stop.abort(reason);
    };
    const going = train({
      ...options,
      variant: "derived",
      params,
      steps: 2000,
      progress,
      signal: stop.signal,
    });
    await expect(going).rejects.toBe(reason);
    expect(seen).toEqual([20, 40]);
  });

  it("crops a film from the published grid to the meant one", async () => {
    const P = new Float64Array(41 * 36).map((_, i) => (Math.floor(i / 41) < 5 ? 1 : 0));
    const { test } = moonsData();
    const low = await film([{ iteration: 0, P }], "epoch", filmGrid("published"), test);
    const cropped = await film([{ iteration: 0, P }], "epoch", filmGrid("derived"), test);
    const zeros = await film(
      [{ iteration: 0, P: new Float64Array(41 * 31) }],
      "epoch",
      filmGrid("derived"),
      test,
    );
    expect(cropped).toEqual(zeros);
    expect(low).not.toEqual(cropped);
  });
});
