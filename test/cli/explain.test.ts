import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runCli } from "../../src/cli/cli.ts";
import { matrixLines, numberTexts } from "../../src/cli/matrix-text.ts";
import { recorded, scratchFolder } from "./fake.ts";

const folder = scratchFolder();

async function explained(...args: string[]): Promise<string> {
  const context = recorded({ language: args.includes("zh") ? "zh" : "en" });
  expect(await runCli(["explain", "xor", ...args], context), context.written.err).toBe(0);
  return context.written.out;
}

test("text: the first step, stage by stage, with its numbers", async () => {
  // x = 2, w = 0.5: z1 = 1, loss = 1, dw = 2·z1·x = 4, w' = 0.5 − 0.1·4 = 0.1.
  const text = await explained();
  for (const line of [
    "Tiny xor",
    "step 1 (seed 7, float64)",
    "x = 2",
    "w = 0.5",
    "z₁ = x · w = 1",
    "loss = z₁ · z₁ = 1",
  ])
    expect(text).toContain(line);
  expect(text).toMatch(/^dw = .* = 4$/m);
  expect(text).toMatch(/^w' = w − 0\.1 · dw = 0\.1$/m);
  const stages = ["Data", "Parameters", "Forward", "Loss", "Backward", "Update"].map((s) =>
    text.indexOf(`── ${s}`),
  );
  expect([...stages].sort((a, b) => a - b)).toEqual(stages);
  expect(stages[0]).toBeGreaterThan(0);
});

test("the second step begins where the first ended; the published one does its own", async () => {
  expect(await explained("--step", "2")).toMatch(/^w = 0\.1$/m);
  expect(await explained("--variant", "published")).toMatch(/^dw = z₁ · x = 2$/m);
});

test("in Chinese", async () => {
  const text = await explained("--lang", "zh");
  for (const word of ["数据", "前向传播", "反向传播", "更新", "第 1 步"]) expect(text).toContain(word);
});

test("latex: a whole document with balanced environments", async () => {
  const text = await explained("--format", "latex");
  expect(text).toMatch(/^\\documentclass\{article\}/);
  expect(text.trimEnd()).toMatch(/\\end\{document\}$/);
  expect(text).toContain("\\begin{align*}\nz_{1} &= x \\cdot w \\\\\n&= 1\n\\end{align*}");
  const open: string[] = [];
  for (const [, what, name] of text.matchAll(/\\(begin|end)\{([a-z*]+)\}/g))
    if (what === "begin") open.push(name!);
    else expect(open.pop()).toBe(name);
  expect(open).toEqual([]);
});

test("json: every value with plain rows", async () => {
  const { values, ...step } = JSON.parse(await explained("--format", "json", "--step", "2"));
  expect(step).toEqual({
    program: "xor",
    variant: "derived",
    step: 2,
    seed: 7,
    dtype: "float64",
    backend: "wasm",
  });
  const w = values.find((v: { label: string }) => v.label === "w");
  expect(w).toMatchObject({ stage: "parameter", shape: [1, 1], formula: "w" });
  expect(w.data[0][0]).toBeCloseTo(0.1, 15);
  const z = values.find((v: { label: string }) => v.label === "z1");
  expect(z.from).toContain(w.id);
});

test("--out writes the file and says so; a folder is refused", async () => {
  const out = join(folder, "deep", "step.tex");
  expect(await explained("--format", "latex", "--out", out)).toBe(`Written to: ${out}\n`);
  expect(readFileSync(out, "utf8")).toContain("\\begin{document}");
  const context = recorded();
  expect(await runCli(["explain", "xor", "--out", folder], context)).toBe(2);
  expect(context.written.err).toContain("expected a file");
});

test("matrices: corners of large ones, all of it with full, true minus signs, aligned", () => {
  const data = Float64Array.from({ length: 200 }, (_, i) => i - 100.5);
  const lines = matrixLines(data, [10, 20], false);
  expect(lines).toHaveLength(7);
  expect(lines[0]).toMatch(/^−100\.5 +−99\.5 +−98\.5 +… +−83\.5 +−82\.5 +−81\.5$/);
  expect(lines[3]).toContain("⋱");
  expect(new Set(lines.map((line) => line.length)).size).toBe(1);
  const whole = matrixLines(data, [10, 20], true);
  expect(whole).toHaveLength(10);
  expect(whole[0]!.trim().split(/\s+/)).toHaveLength(20);
});

test("numbers: whole ones whole, at least four digits of small ones, exponents for extremes", () => {
  expect(numberTexts([0, 1, -2])).toEqual(["0", "1", "−2"]);
  expect(numberTexts([0.5, 0.25])).toEqual(["0.50", "0.25"]);
  expect(numberTexts([Math.PI, 1.23456789e-5])).toEqual(["3.14159", "1.235e−5"]);
  expect(numberTexts([1.5e-9])).toEqual(["1.50000e−9"]);
  expect(numberTexts([123456.75, 1 / 3])).toEqual(["123456.8", "3.333e−1"]);
  expect(numberTexts([Number.NaN, Infinity, -Infinity, 0.5])).toEqual(["NaN", "∞", "−∞", "0.5"]);
});
