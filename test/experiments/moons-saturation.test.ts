/** Two moons: the published gradient where P rounds to 1 (long, so in a file of its own). */
import { expect, it } from "vitest";
import { moonsData } from "../../experiments/moons/data.ts";
import { goldenStart } from "../../experiments/moons/replay.ts";
import { fullBatchStep } from "../../experiments/moons/train.ts";
import type { Variant } from "../../experiments/types.ts";

it("moons: the published gradient is NaN from iteration 1,298 on, the fused one never", () => {
  const { train } = moonsData();
  const far = { X: train.X.map((v) => 100 * v), Y: train.Y };
  const losses = (variant: Variant, steps: number) => {
    const step = fullBatchStep(
      { variant, backend: "wasm", dtype: "float64", params: goldenStart() },
      far,
      0.1,
    );
    return step.run(steps).metrics.loss!;
  };
  const published = losses("published", 1310);
  expect(published.findIndex((v) => !Number.isFinite(v))).toBe(1298);
  expect(published.subarray(1298).every((v) => Number.isNaN(v))).toBe(true);
  const derived = losses("derived", 2000);
  expect(derived.every((v) => Number.isFinite(v))).toBe(true);
  expect(derived[1297]).toBeCloseTo(published[1297]!, 6);
});
