/** One cell written out: the arithmetic gives the cell's number, and it depends on the cells it says, on no others. */
import { describe, expect, test } from "vitest";
import { loadExperiment, programNames } from "../../experiments/index.ts";
import { defineStep } from "../../src/engine.ts";
import { dense, dropout, sequential } from "../../src/index.ts";
import { type OpenStep, openStep, type TracedValue } from "../../src/inspect/index.ts";
import { formulaValue } from "./formula-value.ts";

/** At most so many cells of each value, spread over it. */
const CELLS = 40;

const cellsOf = ({ shape }: TracedValue): [number, number][] => {
  const size = shape[0] * shape[1];
  const count = Math.min(size, CELLS);
  return Array.from({ length: count }, (_, k) => {
    const at = Math.floor((k * size) / count);
    return [Math.floor(at / shape[1]), at % shape[1]];
  });
};

/** Largest part of a formula's sums, so that five digits of each number can be held against the result. */
const scaleOf = (numbers: string): number =>
  Math.max(1e-9, ...[...numbers.matchAll(/\d+(\.\d+)?/g)].map(([n]) => Number(n)));

/** Evaluates the written numbers of all cells; returns how many were complete enough to evaluate. */
function holdAgainst(step: OpenStep): number {
  let checked = 0;
  for (const v of step.values)
    for (const [row, col] of cellsOf(v)) {
      const cell = step.cell(v.id, row, col);
      expect(cell.value, `${v.label}[${row},${col}]`).toBe(v.data[row * v.shape[1] + col]);
      if (/cdots|ldots|NaN|infty/.test(cell.numbers)) continue;
      const value = formulaValue(cell.numbers);
      const error = Math.abs(value - cell.value) / Math.max(Math.abs(cell.value), scaleOf(cell.numbers));
      expect(error, `${v.label}[${row},${col}] = ${cell.value}: ${cell.numbers}`).toBeLessThan(2e-3);
      checked++;
    }
  return checked;
}

describe.each(programNames)("%s", (name) => {
  test.each(["published", "derived"] as const)(
    "%s: the arithmetic of every cell gives its number",
    async (variant) => {
      const experiment = await loadExperiment(name);
      const entry = await experiment.prepare(variant, { backend: "wasm", dtype: "float64" });
      expect(holdAgainst(openStep(entry))).toBeGreaterThan(15);
    },
  );
});

test("a cell in symbols and numbers", () => {
  const step = defineStep({ dtype: "float64", backend: "interpreter" }, (g) => {
    const x = g.input("x", [2, 2]);
    const W1 = g.parameter("W1", [2, 3]);
    const b1 = g.parameter("b1", [1, 3]);
    const z1 = g.label("z1", g.add(g.matmul(x, W1), b1));
    const loss = g.label("J", g.mean(g.square(z1)));
    const [dW1] = g.gradient(loss, [W1]);
    g.store(W1, g.sub(W1, g.mul(0.5, dW1)));
    g.metric("loss", loss);
  });
  step.engine.write("x", [0.1, 0.2, -0.3, 0.4]);
  step.engine.write("W1", [1, 2, 0.35, 4, 5, -6]);
  step.engine.write("b1", [7, 8, 9]);
  const open = openStep(step);
  const value = (label: string) => open.values.find((v) => v.label === label)!;
  const z = open.cell(value("z1").id, 0, 2);
  expect(z.symbols).toBe("x[0,0] \\cdot W_{1}[0,2] + x[0,1] \\cdot W_{1}[1,2] + b_{1}[0,2]");
  expect(z.numbers).toBe("0.1 \\cdot 0.35 + 0.2 \\cdot \\left(-6\\right) + 9");
  expect(z.value).toBeCloseTo(0.1 * 0.35 - 1.2 + 9, 14);
  expect(z.from).toEqual([
    { id: value("x").id, cells: [0, 1] },
    { id: value("W1").id, cells: [2, 5] },
    { id: value("b1").id, cells: [2] },
  ]);
  const update = open.cell(value("W1'").id, 1, 2);
  expect(update.symbols).toBe("W_{1}[1,2] - 0.5 \\cdot \\mathrm{d}W_{1}[1,2]");
  expect(update.from).toEqual([
    { id: value("W1").id, cells: [5] },
    { id: value("dW1").id, cells: [5] },
  ]);
  expect(open.cell(value("x").id, 1, 0)).toMatchObject({ symbols: "x[1,0]", value: -0.3, from: [] });
  expect(() => open.cell(value("z1").id, 2, 0)).toThrow("z1 is [2,3], received row 2, column 0");
  expect(() => open.cell(999, 0, 0)).toThrow("received 999");
});

/** Values of a run whose input cells differ only where `change` says. */
describe.each(["pencil", "xor", "or"] as const)("%s: what a cell depends on", (name) => {
  test.each(["published", "derived"] as const)(
    "%s: changing a cell changes its dependents only",
    async (variant) => {
      const experiment = await loadExperiment(name);
      const prepare = () => experiment.prepare(variant, { backend: "interpreter", dtype: "float64" });
      const entry = await prepare();
      const before = openStep(entry);
      const direct = new Map<string, Set<string>>();
      for (const v of before.values)
        for (let at = 0; at < v.data.length; at++) {
          const cell = before.cell(v.id, Math.floor(at / v.shape[1]), at % v.shape[1]);
          for (const { id, cells } of cell.from)
            for (const c of cells) {
              const key = `${id} ${c}`;
              direct.set(key, (direct.get(key) ?? new Set()).add(`${v.id} ${at}`));
            }
        }
      const reach = (start: string): Set<string> => {
        const found = new Set<string>();
        const visit = (key: string) => {
          for (const next of direct.get(key) ?? [])
            if (!found.has(next)) {
              found.add(next);
              visit(next);
            }
        };
        visit(start);
        return found;
      };
      const leaves = before.values.filter((v) => v.stage === "parameter" && v.shape[0] * v.shape[1] > 1);
      let moved = 0;
      for (const leaf of leaves.filter((v) => entry.engine.has(v.label)))
        for (const at of [0, leaf.data.length - 1]) {
          const other = await prepare();
          other.engine.live(leaf.label)[at]! += 0.01;
          const after = openStep(other);
          const expected = reach(`${leaf.id} ${at}`);
          for (const [k, v] of after.values.entries())
            for (let c = 0; c < v.data.length; c++)
              if (v.data[c] !== before.values[k]!.data[c] && !(v.id === leaf.id && c === at)) {
                moved++;
                expect(expected.has(`${v.id} ${c}`), `${leaf.label} ${at} moved ${v.label} ${c}`).toBe(true);
              }
        }
      expect(moved).toBeGreaterThan(15);
    },
  );
});

test("gathered rows, random numbers and a step number are written with their numbers", () => {
  const model = sequential([dense(3, { activation: "tanh" }), dropout(0.5), dense(1)], {
    inputShape: [2],
    seed: 3,
  });
  const entry = model.trainingStep(
    [
      [1, 2],
      [3, 4],
      [5, 6],
    ],
    [1, 0, 1],
    { optimizer: "adam" },
  );
  const open = openStep(entry);
  expect(holdAgainst(open)).toBeGreaterThan(50);
  const x = open.values.find((v) => v.label === "x")!;
  const table = open.values.find((v) => v.label.startsWith("train/x"))!;
  expect(open.cell(x.id, 2, 1)).toMatchObject({ numbers: "6", from: [{ id: table.id, cells: [5] }] });
});
