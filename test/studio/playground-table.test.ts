/** The table of docs/playground.md: no row without a test, no test that does not exist, the same rows in both languages. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../../scripts/sources.ts";
import { controlNames } from "../../studio/playground/control-names.ts";

const folder = join(root, "test/studio");
const tests = readdirSync(folder)
  .filter((name) => name.endsWith(".test.ts") && name !== "playground-table.test.ts")
  .map((name) => readFileSync(join(folder, name), "utf8"))
  .join("\n");

const flat = tests.replace(/\s+/g, " ");

/** Whether a test file declares a test of this name: it stands first in a call. */
const exists = (name: string): boolean => [`("${name}",`, `( "${name}",`].some((call) => flat.includes(call));

/** The tests named in each row. */
function rows(file: string): string[][] {
  const lines = readFileSync(join(root, "docs", file), "utf8").split("\n");
  return lines
    .filter((line) => line.startsWith("| ") && !/^\| TensorFlow Playground \|/.test(line))
    .map((line) =>
      [
        ...line
          .split(" | ")
          .at(-1)!
          .matchAll(/`([^`]+)`/g),
      ].map((match) => match[1]!),
    );
}

test("every row names tests, and each of them exists", () => {
  const named = rows("playground.md");
  expect(named.length).toBeGreaterThan(45);
  for (const row of named) {
    expect(row.length).toBeGreaterThan(0);
    for (const name of row) expect(exists(name), name).toBe(true);
  }
  expect(exists("a test that nobody wrote")).toBe(false);
});

test("the Chinese table has the same rows", () => {
  expect(rows("playground.zh-CN.md")).toEqual(rows("playground.md"));
});

test("the number of controls that can be hidden is the one in the table", () => {
  expect(controlNames).toHaveLength(32);
  expect(readFileSync(join(root, "docs/playground.md"), "utf8")).toContain("Thirty-two controls");
});
