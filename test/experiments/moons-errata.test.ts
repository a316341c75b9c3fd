/** Two moons: every figure the errata name, computed; those about the first iterations are in moons.test.ts. */
import { traceStep } from "papergrad/inspect";
import { describe, expect, it } from "vitest";
import { glorotLayers, initLayers, NN_ARCHITECTURE } from "../../experiments/moons/architecture.ts";
import { comparison, ourRun } from "../../experiments/moons/comparison.ts";
import { accuracyOf, moonsData, pictureGrid } from "../../experiments/moons/data.ts";
import { errata } from "../../experiments/moons/errata.ts";
import { GOLDEN, goldenEnd } from "../../experiments/moons/replay.ts";
import { largestDifference } from "../../experiments/moons/report.ts";
import { BATCH, EPOCHS, terms } from "../../experiments/moons/terms.ts";
import { fullBatchStep, predictor, STEPS } from "../../experiments/moons/train.ts";

const wasm = { backend: "wasm", dtype: "float64" } as const;
const { train, test } = moonsData();

describe("moons: errata", () => {
  it("moons: the tutorial's run sees 50 times as many examples as the framework's", async () => {
    const published = STEPS * train.Y.length;
    expect(published).toBe(9_000_000);
    expect(terms(EPOCHS, train.Y.length).order).toHaveLength(180_000);
    expect(published / terms(EPOCHS, train.Y.length).order.length).toBe(50);
    const { ours, framework } = await comparison({ epochs: 6, backend: "wasm", progress: () => {} });
    expect(ours.steps).toBe(6 * Math.ceil(900 / BATCH));
    expect(framework!.steps).toBe(ours.steps);
    expect(framework!.samples).toBe(ours.samples);
    expect(largestDifference(ours.params, glorotLayers(NN_ARCHITECTURE, 0))).toBeGreaterThan(0.01);
    expect(largestDifference(ours.params, framework!.params)).toBeLessThan(1e-6);
    expect(framework!.testAccuracy).toBe(ours.testAccuracy);
    expect(framework!.seconds).toBeGreaterThan(2 * ours.seconds);
  });

  it("moons: the final weights give 98 of 100 test points, not 95", async () => {
    const step = fullBatchStep({ ...wasm, variant: "published", params: goldenEnd() });
    expect(accuracyOf(predictor(step.engine, "test", test.X)(), test.Y)).toBe(0.98);
    expect(accuracyOf(predictor(step.engine, "train", train.X)(), train.Y)).toBeCloseTo(0.9689, 4);
    expect(step.run(1).metrics.loss![0]).toBeCloseTo(0.0743, 4);
    const options = { epochs: EPOCHS, backend: "wasm", progress: () => {} } as const;
    const fair = await ourRun(terms(EPOCHS, train.Y.length), options);
    expect(fair.testAccuracy).toBe(0.96);
  });

  it("moons: 15 of the grid's 100 rows lie below −1", () => {
    const rows = (variant: "published" | "derived") => {
      const { points, nx, ny } = pictureGrid(variant);
      return Array.from({ length: ny }, (_, iy) => points[iy * nx * 2 + 1]!);
    };
    const [wrong, right] = [rows("published"), rows("derived")];
    expect(wrong[0]).toBe(-1.5);
    expect(right[0]).toBe(-1);
    expect(wrong.at(-1)).toBe(2);
    expect(right.at(-1)).toBe(2);
    expect(wrong[1]! - wrong[0]!).toBeCloseTo(0.03535, 5);
    expect(right[1]! - right[0]!).toBeCloseTo(0.0303, 5);
    expect(wrong.filter((y) => y < -1)).toHaveLength(15);
    expect(right.filter((y) => y < -1)).toHaveLength(0);
  });

  it("moons: relu passes nothing back where Z is exactly 0", () => {
    const params = { ...goldenEnd(), W1: new Float64Array(50), b1: new Float64Array(25) };
    for (const variant of ["published", "derived"] as const) {
      const values = traceStep(
        fullBatchStep({ ...wasm, variant, params }, { X: train.X.slice(0, 8), Y: train.Y.slice(0, 4) }),
      );
      const of = (label: string) => values.find((v) => v.label === label)!.data;
      expect([...of("Z1")].every((v) => v === 0)).toBe(true);
      expect([...of("dA1")].some((v) => v !== 0)).toBe(true);
      expect([...of("dZ1")].every((v) => v === 0)).toBe(true);
      expect([...of("dW1")].every((v) => v === 0)).toBe(true);
    }
  });

  it("moons: the start values are those of seed 2, not of the default 99", () => {
    const first = GOLDEN.params0[0]!.w[0]![0]!;
    expect(initLayers(NN_ARCHITECTURE, 2).W1![0]).toBeCloseTo(first, 15);
    expect(Math.abs(initLayers(NN_ARCHITECTURE, 99).W1![0]! - first)).toBeGreaterThan(0.01);
  });

  it("moons: numbering by index // 50 keeps 200 of 10,000 pictures", () => {
    const names = (every: number) => {
      const calls = Array.from({ length: STEPS / every }, (_, i) => i * every);
      return new Set(calls.map((index) => Math.floor(index / 50))).size / calls.length;
    };
    expect(names(1) * STEPS).toBe(200);
    expect(names(50)).toBe(1);
  });

  it("names only tests that exist", async () => {
    const { readFile } = await import("node:fs/promises");
    const files = ["moons.test.ts", "moons-errata.test.ts", "moons-saturation.test.ts"];
    const text = (await Promise.all(files.map((f) => readFile(new URL(f, import.meta.url), "utf8")))).join();
    for (const { id, proof } of errata)
      if ("test" in proof) expect(text.includes(`it("${proof.test}"`), id).toBe(true);
      else expect(proof.reason.zh.length, id).toBeGreaterThan(5);
  });
});
