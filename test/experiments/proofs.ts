/** Every erratum that names a test must name one that exists. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Experiment } from "../../experiments/types.ts";

/** Adds a test that looks for the proofs' names in the given files (template names are passed in `made`). */
export function proofTest(experiment: Experiment, file: URL, made: readonly string[] = []): void {
  test(`${experiment.name}: every erratum has ids of its own, texts in both languages, and a proof that exists`, () => {
    const source = readFileSync(file, "utf8");
    const ids = experiment.errata.map((e) => e.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id, text, proof } of experiment.errata) {
      expect(text.en.length, id).toBeGreaterThan(20);
      expect(text.zh, id).toMatch(/[\u4e00-\u9fff]/);
      if ("test" in proof)
        expect(source.includes(`test("${proof.test}"`) || made.includes(proof.test), proof.test).toBe(true);
      else expect(proof.reason.zh, id).toMatch(/[\u4e00-\u9fff]/);
    }
  });
}
