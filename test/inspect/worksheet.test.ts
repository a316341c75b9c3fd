import { describe, expect, test } from "vitest";
import { loadExperiment } from "../../experiments/index.ts";
import { checkAnswer, decimalsFor, traceStep, worksheet } from "../../src/inspect/index.ts";

const right = { shape: [2, 3] as const, data: [0.5, -1, 1 / 3, 0, 2, -0.125] };

describe("a typed matrix", () => {
  test.each([
    ["0.5 -1 0.333\n0 2 -0.125"],
    ["0.5, −1, 1/3; 0, 2, -1/8"],
    ["[[.5, -1, 0.33],\n [0, 2, -0.13]]"],
    ["5e-1\t-1\t0.34\n\n0\t2\t-0.12\n"],
    ["0.5，-1，0.33；0，2，-0.13"],
  ])("is right: %j", (typed) => {
    expect(checkAnswer(typed, right)).toEqual({ kind: "right" });
  });

  test("names the first wrong cell", () => {
    expect(checkAnswer("0.5 -1 0.35\n9 2 -0.125", right)).toEqual({
      kind: "wrong",
      row: 0,
      col: 2,
      typed: 0.35,
    });
    expect(checkAnswer("0.5 -1 0.33\n0 2 0.125", right)).toEqual({
      kind: "wrong",
      row: 1,
      col: 2,
      typed: 0.125,
    });
    expect(checkAnswer("0.5 -1 0.33\n0 2 -0.125", right, 4)).toMatchObject({ kind: "wrong", row: 0, col: 2 });
  });

  test("names what is no number, and another shape", () => {
    expect(checkAnswer("0.5 -1 0.33\n0 two -0.1", right)).toEqual({
      kind: "unread",
      row: 1,
      col: 1,
      text: "two",
    });
    expect(checkAnswer("0.5 -1 1/0\n0 2 -0.1", right)).toMatchObject({ kind: "unread", row: 0, col: 2 });
    expect(checkAnswer("0.5 -1 0.33\n0 2", right)).toEqual({
      kind: "shape",
      expected: [2, 3],
      rows: 2,
      row: 1,
      cols: 2,
    });
    expect(checkAnswer("0.5 -1 0.33", right)).toMatchObject({ kind: "shape", rows: 1 });
    expect(checkAnswer(" [ ] \n", right)).toEqual({ kind: "empty" });
    expect(() => checkAnswer("1", right, -1)).toThrow("decimals");
  });

  test("NaN is only right where the step gives NaN", () => {
    const broken = { shape: [1, 2] as const, data: [Number.NaN, 1] };
    expect(checkAnswer("NaN 1", broken)).toEqual({ kind: "right" });
    expect(checkAnswer("0 1", broken)).toMatchObject({ kind: "wrong", row: 0, col: 0 });
    expect(checkAnswer("NaN", { shape: [1, 1], data: [1] })).toMatchObject({ kind: "wrong" });
  });
});

test("decimals follow the largest number", () => {
  expect(decimalsFor([0.0123, 2])).toBe(2);
  expect(decimalsFor([1234.5])).toBe(0);
  expect(decimalsFor([0.000456, 0])).toBe(6);
  expect(decimalsFor([0, 0])).toBe(2);
  expect(decimalsFor([1e-30])).toBe(12);
});

test.each(["pencil", "and", "digits"] as const)(
  "%s: every answer of the sheet, rounded as asked, is right",
  async (name) => {
    const experiment = await loadExperiment(name);
    const entry = await experiment.prepare("derived", { backend: "interpreter", dtype: "float64" });
    const sheet = worksheet(traceStep(entry));
    expect(sheet.filter((e) => !e.given).length).toBeGreaterThan(5);
    expect(sheet.some((e) => e.value.label === "theta")).toBe(false);
    for (const { value, given, decimals } of sheet) {
      expect(given).toBe(["data", "parameter"].includes(value.stage));
      const [rows, cols] = value.shape;
      const typed = Array.from({ length: rows }, (_, i) =>
        Array.from({ length: cols }, (_, j) => value.data[i * cols + j]!.toFixed(decimals)).join(" "),
      ).join("\n");
      expect(checkAnswer(typed, value, decimals), value.label).toEqual({ kind: "right" });
    }
  },
);
