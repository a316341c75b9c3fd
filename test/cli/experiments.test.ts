/** What the list of programs promises: nine of them, with texts in both languages and errata that are proved. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { loadExperiment, programNames } from "../../experiments/index.ts";

const testFolder = fileURLToPath(new URL("..", import.meta.url));
const HAN = /\p{Script=Han}/u;

test("nine programs in the order of the tutorials", async () => {
  expect(programNames).toEqual(["and", "or", "not", "xor", "iris", "mnist", "moons", "digits", "pencil"]);
  const experiments = await Promise.all(programNames.map(loadExperiment));
  expect(experiments.map(({ name }) => name)).toEqual(programNames);
  const tutorials = experiments.map(({ tutorial }) => tutorial);
  expect(tutorials).toEqual([...tutorials].sort());
});

test("titles, summaries and errata are in both languages", async () => {
  for (const name of programNames) {
    const { title, summary, errata, derivation } = await loadExperiment(name);
    expect(derivation.length, name).toBeGreaterThan(0);
    for (const text of [title, summary, ...errata.map((e) => e.text)]) {
      expect(HAN.test(text.zh), `${name}: ${text.zh}`).toBe(true);
      expect(text.en.length, name).toBeGreaterThan(0);
    }
  }
});

test("every erratum's id is its own, and the test named for it exists", async () => {
  const files = readdirSync(testFolder, { recursive: true, encoding: "utf8" }).filter((f) =>
    f.endsWith(".test.ts"),
  );
  const sources = files.map((file) => readFileSync(join(testFolder, file), "utf8")).join("\n");
  const seen = new Set<string>();
  const missing: string[] = [];
  for (const name of programNames)
    for (const { id, proof } of (await loadExperiment(name)).errata) {
      expect(seen.has(id), id).toBe(false);
      seen.add(id);
      if ("test" in proof && !sources.includes(proof.test)) missing.push(`${id}: ${proof.test}`);
    }
  expect(missing).toEqual([]);
});
