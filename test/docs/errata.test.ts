import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { loadExperiment, programNames } from "../../experiments/index.ts";
import { errataPages } from "../../scripts/errata.ts";

test("docs/errata is what the programs say today (npx tsx scripts/errata.ts)", async () => {
  for (const [name, text] of Object.entries(await errataPages()))
    expect(readFileSync(new URL(`../../${name}`, import.meta.url), "utf8"), name).toBe(text);
});

test("every erratum names a test that exists, or says in both languages why there is none", async () => {
  const folder = new URL("../experiments/", import.meta.url);
  const sources = readdirSync(folder).map((f) => readFileSync(new URL(f, folder), "utf8"));
  const ids = new Set<string>();
  for (const name of programNames)
    for (const e of (await loadExperiment(name)).errata) {
      expect(ids.has(e.id), e.id).toBe(false);
      ids.add(e.id);
      expect(e.text.en.length > 20 && /[\u4e00-\u9fff]{2}/.test(e.text.zh), e.id).toBe(true);
      if ("test" in e.proof) {
        const wanted = e.proof.test;
        expect(
          sources.some((s) => s.includes(wanted)),
          `${e.id}: ${wanted}`,
        ).toBe(true);
      } else
        expect(e.proof.reason.en.length > 10 && /[\u4e00-\u9fff]{2}/.test(e.proof.reason.zh), e.id).toBe(
          true,
        );
    }
});
