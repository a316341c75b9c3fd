import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { oneStepPages } from "../../scripts/one-step.ts";

test("docs/one-step is what the code prints today (npx tsx scripts/one-step.ts)", () => {
  for (const [name, text] of Object.entries(oneStepPages()))
    expect(readFileSync(new URL(`../../${name}`, import.meta.url), "utf8"), name).toBe(text);
});
