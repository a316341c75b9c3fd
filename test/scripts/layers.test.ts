/** The check of the architecture: every kind of forbidden import is found, and this repository has none. */
import { expect, test } from "vitest";
import { violations } from "../../scripts/layers.ts";
import { readAliases, readSources } from "../../scripts/sources.ts";

const findings = (files: Readonly<Record<string, string>>): string[] =>
  violations(new Map(Object.entries(files)), {
    papergrad: "src/index.ts",
    "papergrad/engine": "src/engine.ts",
  });

test.each([
  [
    "the engine imports a network",
    "src/wasm/a.ts",
    'import { dense } from "../nn/dense.ts";',
    "src/nn/dense.ts",
  ],
  ["… only its type", "src/wasm/a.ts", 'import type { D } from "../nn/dense.ts";', "src/nn/dense.ts"],
  ["… in a type expression", "src/wasm/a.ts", 'type D = import("../nn/dense.ts").D;', "src/nn/dense.ts"],
  ["… re-exported", "src/wasm/a.ts", 'export * from "../nn/dense.ts";', "src/nn/dense.ts"],
  ["… when it runs", "src/wasm/a.ts", 'const d = () => import("../nn/dense.ts");', "src/nn/dense.ts"],
  ["a layer imports the model", "src/nn/a.ts", 'import { Model } from "./model.ts";', "src/nn/model.ts"],
  ["Node in the core", "src/train/a.ts", 'import { readFileSync } from "node:fs";', "node:fs"],
  ["a package in the core", "src/nn/a.ts", 'import { max } from "d3-array";', "d3-array"],
  [
    "an experiment goes inside",
    "experiments/a/b.ts",
    'import { g } from "../../src/graph/grad.ts";',
    "src/graph/grad.ts",
  ],
  [
    "the command line goes inside",
    "src/cli/a.ts",
    'import { lower } from "../compile/lower.ts";',
    "src/compile/lower.ts",
  ],
  ["an experiment uses Node", "experiments/a/b.ts", 'import { join } from "node:path";', "node:path"],
])("%s", (_, path, text, target) => {
  expect(findings({ [path]: text })).toEqual([expect.stringContaining(`${path}: imports ${target}.`)]);
});

test("what the table allows is not reported", () => {
  const files = {
    "src/wasm/a.ts": 'import type { Program } from "../compile/program.ts";\nexport const a = 1;',
    "experiments/a/b.ts":
      'import { dense } from "papergrad";\nimport { defineStep } from "papergrad/engine";',
    "src/cli/main.ts": 'import { argv } from "node:process";\nconsole.log(argv);',
  };
  expect(findings(files)).toEqual([]);
});

test("cycles are reported, with the way around", () => {
  const files = {
    "src/nn/a.ts": 'import { b } from "./b.ts";',
    "src/nn/b.ts": 'export { type C, c } from "./c.ts";',
    "src/nn/c.ts": 'import { a } from "./a.ts";',
  };
  expect(findings(files)).toEqual(["cycle: src/nn/a.ts → src/nn/b.ts → src/nn/c.ts → src/nn/a.ts"]);
});

test("a type import and an import at run time close no cycle", () => {
  const files = {
    "src/nn/a.ts": 'import { b } from "./b.ts";\nimport { c } from "./c.ts";',
    "src/nn/b.ts": 'import type { A } from "./a.ts";',
    "src/nn/c.ts": 'export const c = () => import("./a.ts");',
  };
  expect(findings(files)).toEqual([]);
});

test.each(['import "./b.ts";', "start();", "for (const x of y) start(x);", "globalThis.x = 1;"])(
  "an effect of importing is reported: %s",
  (text) => {
    expect(findings({ "src/nn/a.ts": text })).toEqual([`src/nn/a.ts: does something when imported: ${text}`]);
  },
);

test("a folder that the table forgets is reported", () => {
  expect(findings({ "src/new/a.ts": "" })).toEqual([expect.stringContaining("belongs to no layer")]);
});

test("this repository follows the table", () => {
  expect(violations(readSources(), readAliases())).toEqual([]);
});
