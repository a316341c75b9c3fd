/** Exported models, reloaded in Node: the same predictions as the run that was kept. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { RandomState } from "papergrad";
import { afterAll, describe, expect, it } from "vitest";
import { featureNames } from "../../studio/data/features.ts";
import type { KeptRun } from "../../studio/runs/kept.ts";
import { modelFile, modelFromFile } from "../../studio/runs/model-file.ts";
import { shortest, standaloneModule } from "../../studio/runs/standalone.ts";
import { ACTIVATION_CHOICES, experimentOf, type GivenExperiment } from "../../studio/state/experiment.ts";
import { Run } from "../../studio/train/run.ts";

const folder = mkdtempSync(join(tmpdir(), "papergrad-export-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Standalone {
  readonly predict: (row: readonly number[]) => number[];
  readonly classOf?: (row: readonly number[]) => number;
  readonly labels?: readonly string[];
}

/** A trained run as it would be kept, and what it predicts itself. */
async function trained(given: GivenExperiment, steps = 60) {
  const experiment = experimentOf({ ...given, step: steps });
  const run = await Run.open(experiment, { threads: 1, mnist: () => Promise.reject(new Error("none")) });
  while (run.step < steps && run.advance(steps - run.step) > 0);
  const kept: KeptRun = {
    id: "test",
    when: 0,
    experiment,
    about: run.about,
    points: run.points(),
    parameters: run.parameters(),
    hash: run.hash(),
  };
  return { run, file: modelFile(kept) };
}

async function load(source: string, name: string): Promise<Standalone> {
  const path = join(folder, `${name.replaceAll(/\W/g, "-")}.mjs`);
  writeFileSync(path, source);
  return import(/* @vite-ignore */ pathToFileURL(path).href);
}

const points = (count: number): number[][] => {
  const flat = new RandomState(3).uniform(-1.5, 1.5, 2 * count);
  return Array.from({ length: count }, (_, i) => [flat[2 * i]!, flat[2 * i + 1]!]);
};

const cases: readonly (readonly [string, GivenExperiment])[] = [
  ...ACTIVATION_CHOICES.flatMap((activation) =>
    (["float32", "float64"] as const).map(
      (precision) =>
        [
          `${activation} ${precision}`,
          {
            precision,
            layers: [
              { units: 5, activation },
              { units: 4, activation },
            ],
          },
        ] as const,
    ),
  ),
  ["every feature", { features: featureNames, layers: [{ units: 3, activation: "relu" }] }],
  ["three classes", { data: { kind: "blobs3" }, layers: [{ units: 4, activation: "relu" }] }],
  ["values, no hidden layer", { data: { kind: "plane" }, layers: [] }],
  ["hinge", { data: { kind: "xor" }, loss: "hinge", layers: [{ units: 4, activation: "relu" }] }],
  ["dropout", { layers: [{ units: 6, activation: "relu", dropout: 0.3 }] }],
];

describe.each(cases)("%s", (name, given) => {
  it("as JSON: the same bits; as a module of its own: the same but for the engine's Math", async () => {
    const { run, file } = await trained(given);
    const rows = points(200);
    const own = run.activations({ points: rows.flat() }, "last").layers[0]!;
    const again = modelFromFile(JSON.parse(JSON.stringify(file)));
    expect([...again.predict(rows).data]).toEqual([...own]);

    const module = await load(standaloneModule(file), name);
    const outputs = rows.flatMap((row) => module.predict(row));
    const size = Math.max(...own.map(Math.abs));
    const ulp = size * (file.precision === "float32" ? 2 ** -23 : 2 ** -52);
    const worst = Math.max(...outputs.map((v, i) => Math.abs(v - own[i]!))) / ulp;
    expect(worst).toBeLessThanOrEqual(16);
  });
});

it("with relu and a linear end the module gives the same bits", async () => {
  for (const precision of ["float32", "float64"] as const) {
    const { run, file } = await trained({
      precision,
      data: { kind: "gaussian" },
      layers: [
        { units: 8, activation: "relu" },
        { units: 8, activation: "leakyRelu" },
      ],
    });
    const rows = points(300);
    const own = run.activations({ points: rows.flat() }, "last").layers[0]!;
    const module = await load(standaloneModule(file), `bits-${precision}`);
    expect(rows.flatMap((row) => module.predict(row))).toEqual([...own]);
  }
});

it("a pasted table keeps its scaling and its labels", async () => {
  const csv = `a,b,kind\n${Array.from({ length: 40 }, (_, i) => `${100 + i},${i % 7},${i < 20 ? "low" : "high"}`).join("\n")}`;
  const { run, file } = await trained(
    { data: { kind: "csv", csv }, layers: [{ units: 4, activation: "relu" }] },
    200,
  );
  const module = await load(standaloneModule(file), "table");
  expect(module.labels).toEqual(["high", "low"]);
  expect(module.labels![module.classOf!([103, 2])]).toBe("low");
  expect(module.labels![module.classOf!([136, 2])]).toBe("high");
  const scaled = [(2 * (103 - 100)) / 39 - 1, (2 * 2) / 6 - 1];
  const own = run.activations({ points: scaled }, "last").layers[0]![0]!;
  expect(modelFromFile(file).predict([[103, 2]]).data[0]).toBe(own);
  expect(module.predict([103, 2])[0]).toBeCloseTo(own, 6);
});

it("numbers are as short as they can be and read back the same", () => {
  const random = new RandomState(1);
  for (const v of [0, -0, 1, 0.1, 1e-30, 3e38, ...random.normal(0, 1, 500)]) {
    const single = Math.fround(v);
    expect(Object.is(Math.fround(Number(shortest(single, "float32"))), single)).toBe(true);
    expect(Object.is(Number(shortest(v, "float64")), v)).toBe(true);
  }
  expect(shortest(Math.fround(0.1), "float32")).toBe("0.1");
});
