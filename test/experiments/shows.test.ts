/**
 * Where a published step differs from the derived one, an erratum says so, or it is the same but for a factor (moons
 * divides by m after the way back, not before it); and what an erratum shows is there.
 */
import { describe, expect, test } from "vitest";
import { loadExperiment, programNames } from "../../experiments/index.ts";
import { traceStep } from "../../src/inspect/index.ts";

/** Relative to the largest entry; what the last bits do is nobody's mistake. */
const TOLERANCE = 1e-9;

function proportional(a: Float64Array, b: Float64Array): boolean {
  if (a.length !== b.length) return false;
  const largest = b.reduce((best, v, i) => (Math.abs(v) > Math.abs(b[best]!) ? i : best), 0);
  const factor = a[largest]! / b[largest]!;
  return (
    a.every((v, i) => Math.abs(v - factor * b[i]!) <= TOLERANCE * Math.abs(a[largest]!)) ||
    a.every((v, i) => v === b[i])
  );
}

describe.each(programNames)("%s", (name) => {
  test("every difference of the first step has its erratum, every erratum its labels", async () => {
    const experiment = await loadExperiment(name);
    const traced = async (variant: "published" | "derived") =>
      new Map(
        traceStep(await experiment.prepare(variant, { backend: "wasm", dtype: "float64" })).map((v) => [
          v.label,
          v,
        ]),
      );
    const [published, derived] = [await traced("published"), await traced("derived")];
    const shown = new Set(experiment.errata.flatMap((e) => e.shows ?? []));
    for (const label of shown) expect(published.has(label) || derived.has(label), label).toBe(true);
    for (const [label, ours] of derived) {
      const theirs = published.get(label);
      if (!theirs) continue;
      if (!proportional(theirs.data, ours.data)) expect(shown.has(label), `${label} differs`).toBe(true);
    }
  });
});
