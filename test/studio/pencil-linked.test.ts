/** Formulas whose symbols can be pointed at, and lines that break between terms. */
import { describe, expect, test } from "vitest";
import { loadExperiment, programNames } from "../../experiments/index.ts";
import { traceStep } from "../../src/inspect/index.ts";
import { compare } from "../../studio/pencil/compare.ts";
import { linked, terms } from "../../studio/pencil/linked.ts";
import { decimalsShown, written } from "../../studio/pencil/numbers.ts";
import { firstPage, type PencilPage, pageText } from "../../studio/pencil/page.ts";

test("symbols stand in classes; letters of commands and words do not", () => {
  expect(linked("z_{1} = x \\cdot W_{1} + b_{1}", ["z1", "x", "W1", "b1"])).toBe(
    "\\class{to-0}{z_{1}} = \\class{to-1}{x} \\cdot \\class{to-2}{W_{1}} + \\class{to-3}{b_{1}}",
  );
  expect(linked("\\mathrm{d}W_{1} = \\exp\\left(x\\right)", ["dW1", "x", "W1", "e"])).toBe(
    "\\class{to-0}{\\mathrm{d}W_{1}} = \\exp\\left(\\class{to-1}{x}\\right)",
  );
  expect(linked("W_{1}' = W_{1} - a \\cdot g_{1}", ["W1'", "W1", "a", "g1"])).toContain(
    "\\class{to-0}{W_{1}'} = \\class{to-1}{W_{1}} - \\class{to-2}{a}",
  );
});

test.each(programNames)(
  "%s: every formula links its own symbol and all it was computed from",
  async (name) => {
    const experiment = await loadExperiment(name);
    for (const variant of ["published", "derived"] as const) {
      const values = traceStep(await experiment.prepare(variant, { backend: "wasm", dtype: "float64" }));
      const labels = new Map(values.map((v) => [v.id, v.label]));
      for (const v of values) {
        const all = [...new Set([v.label, ...v.from.flatMap((f) => labels.get(f) ?? [])])];
        const text = linked(v.formula, all);
        for (const i of all.keys()) expect(text, `${v.label} → ${all[i]}`).toContain(`\\class{to-${i}}{`);
        expect(text.replaceAll(/\\class\{to-\d+\}\{((?:[^{}]|\{[^{}]*\})*)\}/g, "$1")).toBe(v.formula);
        expect(terms(v.formula).join(" ")).toBe(v.formula);
      }
    }
  },
);

test("lines break outside brackets only", () => {
  expect(terms("y = a + \\left(b + c\\right) - \\frac{d + e}{2} \\odot f")).toEqual([
    "y = a",
    "+ \\left(b + c\\right)",
    "- \\frac{d + e}{2}",
    "\\odot f",
  ]);
  expect(terms("\\begin{cases}a + b & x \\\\ c & y\\end{cases} + d")).toHaveLength(2);
});

describe("numbers", () => {
  test("are written with a true minus and no more decimals than they have", () => {
    expect(written(-0.5, 2)).toBe("−0.50");
    expect(written(-0, 1)).toBe("0.0");
    expect(
      [Number.NaN, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY].map((v) => written(v, 3)),
    ).toEqual(["NaN", "−∞", "∞"]);
    expect(decimalsShown([0, 1, 255], 0)).toBe(0);
    expect(decimalsShown([5.1, 3.25], 2)).toBe(2);
    expect(decimalsShown([0.123456], 3)).toBe(4);
  });

  test("differ in cells, by a factor, in shape, or not at all", () => {
    const value = (data: number[], shape: [number, number] = [1, data.length]) => ({
      shape,
      data: Float64Array.from(data),
    });
    expect(compare(value([1, 2]), value([1, 2 + 1e-12]))).toEqual({ kind: "same" });
    expect(compare(value([8, -16]), value([1, -2]))).toEqual({ kind: "factor", factor: 8 });
    expect(compare(value([1, 3]), value([1, 2]))).toEqual({ kind: "cells", cells: new Set([1]) });
    expect(compare(value([1, 2], [2, 1]), value([1, 2]))).toEqual({ kind: "shape" });
    expect(compare(undefined, value([1]))).toEqual({ kind: "alone" });
  });
});

test("a page is written into a link and read back", () => {
  const page: PencilPage = {
    program: "xor",
    view: "both",
    paper: "answers",
    step: 12,
    chosen: { variant: "derived", label: "W1'", row: 1, col: 5 },
    edits: [
      { step: 1, label: "W1", row: 0, col: 2, value: -1e-7 },
      { step: 3, label: "x", row: 3, col: 1, value: 0.25 },
    ],
  };
  expect(pageText.encode(firstPage)).toBe("");
  expect(pageText.encode(page)).toBe(
    "program=xor&view=both&paper=answers&step=12&cell=W1':1:5:derived&edits=1:W1:0:2:-1e-7;3:x:3:1:0.25",
  );
  expect(pageText.decode(pageText.encode(page))).toEqual({ record: page, problems: [] });
  expect(pageText.decode("step=1.5&cell=W1:0&edits=0:W1:0:0:1").problems).toHaveLength(3);
});
