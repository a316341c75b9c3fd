import { describe, expect, test } from "vitest";
import type { Line, SearchStart } from "../../src/minimize/line.ts";
import { type MoreThuenteOptions, moreThuente } from "../../src/minimize/more-thuente.ts";
import { strongWolfe } from "../../src/minimize/strong-wolfe.ts";
import { lines } from "./functions.ts";
import { golden } from "./golden.ts";

const searches = { moreThuente, strongWolfe };

function record(
  search: (
    line: Line,
    start: SearchStart,
    options: MoreThuenteOptions,
  ) => { step: number; value: number } | undefined,
  line: Line,
  firstStep: number,
  options: MoreThuenteOptions,
) {
  const trials: number[] = [];
  const spied: Line = {
    value: (a) => {
      trials.push(a);
      return line.value(a);
    },
    slope: (a) => line.slope(a),
  };
  const found = search(spied, { value: line.value(0), slope: line.slope(0), firstStep }, options);
  return { trials, found };
}

function expectStrongWolfe(line: Line, step: number, c1: number, c2: number) {
  expect(step).toBeGreaterThan(0);
  expect(line.value(step)).toBeLessThanOrEqual(line.value(0) + c1 * step * line.slope(0));
  expect(Math.abs(line.slope(step))).toBeLessThanOrEqual(c2 * Math.abs(line.slope(0)));
}

describe("both searches try the steps that SciPy 1.10.1 tries", () => {
  for (const [index, row] of golden.lineSearches.entries()) {
    for (const name of ["moreThuente", "strongWolfe"] as const) {
      test(`${name} ${index}: function ${row.function}, c1 ${row.c1}, c2 ${row.c2}`, () => {
        const wanted = row[name];
        const { trials, found } = record(searches[name], lines[row.function]!, wanted.trials[0]!, row);
        expect(trials.length).toBe(wanted.trials.length);
        for (const [i, step] of trials.entries()) {
          expect(Math.abs(step - wanted.trials[i]!)).toBeLessThanOrEqual(10 * wanted.sens + 1e-14);
        }
        if (wanted.step === null) expect(found).toBeUndefined();
        else expect(Math.abs(found!.step - wanted.step)).toBeLessThanOrEqual(10 * wanted.sens + 1e-14);
      });
    }
  }
});

describe("Moré & Thuente (1994), tables I–VI: function, c1, c2, evaluations from 1e-3, 1e-1, 1e1, 1e3", () => {
  const tables = [
    [1, 0.001, 0.1, [6, 3, 1, 4]],
    [2, 0.1, 0.1, [12, 8, 8, 11]],
    [3, 0.1, 0.1, [12, 12, 10, 13]],
    [4, 0.001, 0.001, [4, 1, 3, 4]],
    [5, 0.001, 0.001, [6, 3, 7, 8]],
    [6, 0.001, 0.001, [13, 11, 8, 11]],
  ] as const;
  test.each(tables)("function %i", (number, c1, c2, counts) => {
    const line = lines[number]!;
    const starts = [1e-3, 1e-1, 1e1, 1e3];
    const runs = starts.map((first) => record(moreThuente, line, first, { c1, c2 }));
    for (const { found } of runs) expectStrongWolfe(line, found!.step, c1, c2);
    expect(runs.map((r) => r.trials.length)).toEqual([...counts]);
  });
});

describe("where the function is not finite, a step counts as too far", () => {
  // −5a − ln(1 − a): minimum at 0.8, infinite at 1, NaN beyond
  const barrier: Line = { value: (a) => -5 * a - Math.log(1 - a), slope: (a) => -5 + 1 / (1 - a) };
  for (const [name, search] of Object.entries(searches)) {
    test.each([0.01, 0.3, 1, 3, 1000])(`${name} from %d`, (first) => {
      const { found } = record(search, barrier, first, { c1: 1e-4, c2: 0.1 });
      expectStrongWolfe(barrier, found!.step, 1e-4, 0.1);
      expect(found!.value).toBe(barrier.value(found!.step));
    });
    test(`${name}: a slope that is NaN where the value is finite`, () => {
      const holed: Line = {
        value: (a) => (a - 0.1) ** 2,
        slope: (a) => (a > 0.5 ? Number.NaN : 2 * (a - 0.1)),
      };
      const { found } = record(search, holed, 1, { c1: 1e-4, c2: 0.1 });
      expectStrongWolfe(holed, found!.step, 1e-4, 0.1);
    });
    test(`${name}: finite nowhere but at 0`, () => {
      const point: Line = {
        value: (a) => (a === 0 ? 1 : Number.NaN),
        slope: (a) => (a === 0 ? -1 : Number.NaN),
      };
      expect(record(search, point, 1, { c1: 1e-4, c2: 0.1 }).found).toBeUndefined();
    });
  }
});

test("Moré–Thuente refuses a direction that does not descend and a first step outside its limits", () => {
  const up: Line = { value: (a) => a, slope: () => 1 };
  expect(record(moreThuente, up, 1, { c1: 1e-4, c2: 0.4 })).toEqual({ trials: [], found: undefined });
  const down: Line = { value: (a) => (a - 1) ** 2, slope: (a) => 2 * (a - 1) };
  expect(record(moreThuente, down, 5, { c1: 1e-4, c2: 0.4, maxStep: 2 }).found).toBeUndefined();
});

test("the step stays at maxStep's side where the function still falls there", () => {
  const down: Line = { value: (a) => -a, slope: () => -1 };
  const { trials, found } = record(moreThuente, down, 1, { c1: 1e-4, c2: 0.4, maxStep: 50 });
  expect(found).toBeUndefined();
  expect(Math.max(...trials)).toBe(50);
});

test("a run of doublings does not end on a point without a slope", () => {
  // falls for ever; from 0.9 on (the last doubling of 0.001 is 1.024) only the value exists
  const half: Line = { value: (a) => -a, slope: (a) => (a > 0.9 ? Number.NaN : -1) };
  expect(record(strongWolfe, half, 0.001, { c1: 1e-4, c2: 0.4 }).found).toBeUndefined();
  const whole: Line = { value: (a) => -a, slope: () => -1 };
  expect(record(strongWolfe, whole, 0.001, { c1: 1e-4, c2: 0.4 }).found?.step).toBe(1.024);
});

test("strongWolfe goes on until the caller's condition holds as well", () => {
  const line: Line = { value: (a) => (a - 1) ** 2, slope: (a) => 2 * (a - 1) };
  const start = { value: 1, slope: -2, firstStep: 0.7 };
  expect(strongWolfe(line, start, { c1: 1e-4, c2: 0.9 })!.step).toBe(0.7);
  const { step } = strongWolfe(line, start, { c1: 1e-4, c2: 0.9, accept: (a) => a > 0.9 })!;
  expect(step).toBeGreaterThan(0.9);
});
