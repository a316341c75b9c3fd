/** Pencil's session: its numbers are the programs' own, edits and differences do what they say. */
import { describe, expect, test } from "vitest";
import { loadExperiment, programNames } from "../../experiments/index.ts";
import { gradientErrata } from "../../experiments/shared/errata-list.ts";
import type { ProgramName, Variant } from "../../experiments/types.ts";
import { traceStep } from "../../src/inspect/index.ts";
import { loadMnist } from "../../src/platform/node.ts";
import { type Edit, PencilSession, type Sheet } from "../../studio/pencil/session.ts";

const session = () => new PencilSession(loadMnist);
const open = (
  program: ProgramName,
  variant: Variant,
  step = 1,
  edits: readonly Edit[] = [],
  in_ = session(),
) => in_.sheet({ program, variant, step, edits });
const value = (sheet: Sheet, label: string) => sheet.values.find((v) => v.label === label)!;

/** Programs that are written out whole; the others take fewer samples. */
const whole = programNames.filter((name) => name !== "moons" && name !== "mnist");

describe.each(whole)("%s", (name) => {
  test.each(["published", "derived"] as const)("%s: steps 1 and 7 are the program's", async (variant) => {
    const experiment = await loadExperiment(name);
    const entry = await experiment.prepare(variant, { backend: "interpreter", dtype: "float64" });
    const own = session();
    for (const step of [1, 7]) {
      entry.run(step === 1 ? 0 : 6);
      const trace = new Map(traceStep(entry).map((v) => [v.label, v]));
      const sheet = await open(name, variant, step, [], own);
      expect(sheet).toMatchObject({ step, halted: false, variant });
      expect(sheet.values.length).toBeGreaterThan(10);
      for (const v of sheet.values) {
        expect([...v.data], v.label).toEqual([...trace.get(v.label)!.data]);
        expect(v.formula).toBe(trace.get(v.label)!.formula);
      }
    }
  });
});

test("moons takes 8 points and MNIST 4 images, with the programs' own weights", async () => {
  for (const [name, x, shape] of [
    ["moons", "X", [8, 2]],
    ["mnist", "a0", [4, 784]],
  ] as const) {
    const sheet = await open(name, "derived");
    expect(value(sheet, x).shape).toEqual(shape);
    const experiment = await loadExperiment(name);
    const trace = traceStep(await experiment.prepare("derived", { backend: "wasm", dtype: "float64" }));
    const theirs = trace.find((v) => v.label === "W1")!;
    expect([...value(sheet, "W1").data]).toEqual([...theirs.data]);
    const data = trace.find((v) => v.label === x)!.data;
    expect([...value(sheet, x).data]).toEqual([...data.subarray(0, shape[0] * shape[1])]);
  }
});

describe.each(programNames)("%s", (name) => {
  test.each(["published", "derived"] as const)(
    "%s: labels are unique, cells can be opened",
    async (variant) => {
      const own = session();
      const sheet = await open(name, variant, 1, [], own);
      const labels = sheet.values.map((v) => v.label);
      expect(new Set(labels).size).toBe(labels.length);
      for (const v of sheet.values) {
        const cell = own.cell(variant, v.label, v.shape[0] - 1, v.shape[1] - 1);
        expect(cell.value).toBe(v.data.at(-1));
        for (const { label } of cell.from) expect(labels).toContain(label);
      }
    },
  );

  test.each(["published", "derived"] as const)("%s: gradients beside differences", async (variant) => {
    const own = session();
    const step = 3;
    const sheet = await open(name, variant, step, [], own);
    const checked = await own.gradients(name, variant);
    expect(checked.length).toBeGreaterThan(1);
    const wrong = new Set<string>();
    for (const { parameter, label, rows } of checked) {
      const held = value(sheet, label);
      expect(held, `${parameter} in ${label}`).toBeDefined();
      for (const r of rows) {
        if (held.stage === "backward")
          expect(held.data[r.row * held.shape[1] + r.col]).toBeCloseTo(r.analytic, 8);
        if (!r.kink && r.relativeError > 1e-6) wrong.add(parameter);
      }
    }
    if (variant === "derived") expect([...wrong]).toEqual([]);
    else expect(wrong.size > 0).toBe(gradientErrata[name].length > 0);
  });
});

test("a program that ends by itself shows its last step", async () => {
  const sheet = await open("pencil", "published", 5000);
  expect(sheet).toMatchObject({ step: 904, halted: true });
  expect(value(sheet, "D'").data[0]).toBeLessThanOrEqual(0.001);
  expect(await open("pencil", "published", 904)).toMatchObject({ step: 904, halted: false });
  expect(await open("pencil", "published", 905)).toMatchObject({ step: 904, halted: true });
});

describe("edits", () => {
  const edit: Edit = { step: 1, label: "W1", row: 0, col: 2, value: 0.5 };

  test("change what depends on them, and nothing else", async () => {
    const plain = await open("xor", "derived");
    const sheet = await open("xor", "derived", 1, [edit]);
    expect(value(sheet, "W1").data[2]).toBe(0.5);
    expect(value(sheet, "W1").changed).toEqual([2]);
    expect(value(sheet, "z1").changed).toEqual([2 * 6 + 2, 3 * 6 + 2]); // the inputs (1,0) and (1,1)
    expect(value(sheet, "x").changed).toEqual([]);
    expect(value(plain, "z1").changed).toEqual([]);
    expect(value(sheet, "z1").data[2 * 6 + 2]).toBe(0.5 + value(plain, "b1").data[2]!);
  });

  test("take hold at their step, whichever way it is reached", async () => {
    const late = { ...edit, step: 4 };
    const own = session();
    expect(value(await open("xor", "derived", 3, [late], own), "W1").changed).toEqual([]);
    const there = await open("xor", "derived", 4, [late], own);
    expect(value(there, "W1").data[2]).toBe(0.5);
    const after = await open("xor", "derived", 9, [late], own);
    const direct = await open("xor", "derived", 9, [late]);
    expect(after.values.map((v) => [...v.data])).toEqual(direct.values.map((v) => [...v.data]));
    const back = await open("xor", "derived", 2, [late], own);
    expect(back.values).toEqual((await open("xor", "derived", 2)).values);
  });

  test("reach views, data and settings; the rest is not writable", async () => {
    const digits = await open("digits", "published", 1, [
      { step: 1, label: "W2", row: 2, col: 4, value: 9 },
      { step: 1, label: "lr", row: 0, col: 0, value: 0 },
    ]);
    expect(value(digits, "W2").data[2 * 5 + 4]).toBe(9);
    expect([...value(digits, "W2'").data]).toEqual([...value(digits, "W2").data]);
    expect(digits.values.filter((v) => v.writable).map((v) => v.label)).toEqual(
      expect.arrayContaining(["x", "y", "W1", "b1", "W2", "b2", "lambda", "lr"]),
    );
    expect(value(digits, "z2").writable).toBe(false);
  });
});
