import { expect, test } from "vitest";
import { standardize } from "../../../src/data/index.ts";
import { dense, meanSquaredError, rescaling, sequential, type Targets } from "../../../src/index.ts";
import { doctor } from "../../../src/inspect/index.ts";
import { kinds, one } from "./found.ts";

const softmax = (classes: number, inputs = 2) =>
  sequential([dense(classes, { activation: "softmax" })], { inputShape: [inputs] });
const logistic = (inputs = 2) => sequential([dense(1, { activation: "sigmoid" })], { inputShape: [inputs] });
/** Rows in −1 … 1 that are all different. */
const rows = (n: number, cols = 2) =>
  Array.from({ length: n }, (_, r) => Array.from({ length: cols }, (_, c) => Math.sin(7.3 * r + 2.1 * c)));
const alternating = (n: number) => Array.from({ length: n }, (_, r) => r % 2);

test("a missing value is named by row, column and name, and nothing else is said", () => {
  const x = rows(20);
  x[7]![1] = Number.NaN;
  x[9]![0] = Number.POSITIVE_INFINITY;
  const found = doctor(logistic(), x, alternating(20), { columns: ["width", "height"] });
  const { where, evidence, message } = one(found, "not-finite");
  expect(kinds(found)).toEqual(["not-finite"]);
  expect(where).toMatchObject({ data: "x", rows: [7, 9], columns: [1] });
  expect(evidence.count).toBe(2);
  expect(message.en).toContain("row 7, column 1 (height)");
  expect(message.zh).toContain("第 7 行、第 1 列（height）");
});

test("a value that float32 cannot hold asks for float64", () => {
  const x = rows(20);
  x[3]![0] = 1e39;
  expect(one(doctor(logistic(), x, alternating(20)), "not-finite").change).toEqual({
    option: "dtype",
    value: "float64",
  });
});

test("a missing target is found in y", () => {
  const y = alternating(20);
  y[4] = Number.NaN;
  expect(one(doctor(logistic(), rows(20), y), "not-finite").where).toMatchObject({ data: "y", rows: [4] });
});

test.each<[string, ReturnType<typeof softmax>, number[], Targets]>([
  ["a class beyond the last", softmax(3), [5], [0, 1, 2, 1, 0, 3, 2, 1, 0, 2]],
  ["classes counted from 1", softmax(3), [2, 4, 8], [1, 2, 3, 1, 3, 2, 2, 1, 3, 2]],
  ["a class between two", softmax(3), [1], [0, 1.5, 2, 1, 0, 0, 2, 1, 0, 2]],
  ["−1 and 1 for a sigmoid", logistic(), [1, 4], [1, -1, 1, 1, -1, 0, 1, 0, 1, 0]],
])("labels outside the classes: %s", (_, model, at, y) => {
  const found = one(doctor(model, rows(10), y), "labels-outside");
  expect(found.severity).toBe("error");
  expect(found.where).toMatchObject({ data: "y", rows: at });
});

test("labels outside: the cure counts the units that would be needed", () => {
  const found = one(doctor(softmax(3), rows(5), [0, 1, 2, 4, 1]), "labels-outside");
  expect(found.cure.en).toContain("5 units");
  expect(found.cure.zh).toContain("5 个单元");
});

test("columns far from −1 … 1, with the numbers that standardize them", () => {
  const x = rows(50, 3).map(([a, b, c], r) => [a!, 1000 * b! + 4000, c!, 1e-3 * Math.cos(r)]);
  const found = one(doctor(logistic(4), x, alternating(50)), "unscaled-inputs");
  const { change } = found;
  if (change?.option !== "scaling") throw new Error("expected scaling");
  expect(found.where.columns).toEqual([1, 3]);
  const { scaler } = standardize(x);
  for (const [i, c] of [1, 3].entries()) {
    expect(change.shift[i]).toBeCloseTo(scaler.shift[c]!, 9);
    expect(change.scale[i]).toBeCloseTo(scaler.scale[c]!, 9);
  }
  expect(kinds(doctor(logistic(4), standardize(x).x, alternating(50)))).not.toContain("unscaled-inputs");
});

test("a network that scales its inputs itself is not told to", () => {
  const x = { shape: [4, 2] as const, data: Uint8Array.of(0, 255, 255, 0, 3, 9, 200, 7) };
  const bare = sequential([dense(1, { activation: "sigmoid" })], { inputShape: [2] });
  const scaled = sequential([rescaling(1 / 255), dense(1, { activation: "sigmoid" })], { inputShape: [2] });
  expect(kinds(doctor(bare, x, [0, 1, 0, 1]))).toContain("unscaled-inputs");
  expect(kinds(doctor(scaled, x, [0, 1, 0, 1]))).not.toContain("unscaled-inputs");
});

test("targets that spread widely are to be scaled; labels never", () => {
  const model = sequential([dense(1)], { inputShape: [2] });
  const prices = rows(30).map(([a]) => 200_000 + 50_000 * a!);
  const found = one(doctor(model, rows(30), prices, { loss: meanSquaredError() }), "unscaled-targets");
  expect(found.where).toMatchObject({ data: "y", columns: [0] });
  expect(found.change).toMatchObject({ option: "scaling", data: "y" });
});

test("constant columns are noted", () => {
  const x = rows(20, 3).map(([a, , c]) => [a!, 0.5, c!]);
  const found = one(doctor(logistic(3), x, alternating(20)), "constant-columns");
  expect(found).toMatchObject({ severity: "note", where: { data: "x", columns: [1] } });
  expect(kinds(doctor(logistic(3), rows(20, 3), alternating(20)))).not.toContain("constant-columns");
});

test("class imbalance from 9 to 1 on, by which classes and what guessing scores", () => {
  const y = Array.from({ length: 100 }, (_, r) => Number(r % 20 === 0));
  const found = one(doctor(logistic(), rows(100), y), "class-imbalance");
  expect(found.evidence).toMatchObject({ largest: 0, smallest: 1, most: 95, least: 5, share: 0.95 });
  expect(
    kinds(
      doctor(
        logistic(),
        rows(100),
        y.map((_, r) => Number(r % 5 === 0)),
      ),
    ),
  ).toEqual([]);
  expect(one(doctor(softmax(3), rows(9), new Array(9).fill(1)), "class-imbalance").message.en).toContain(
    "Every row is of class 1",
  );
});

test("rows of the test among the training rows, with their twins", () => {
  const x = rows(40);
  const test = { x: [...rows(10).map(([a, b]) => [a! + 0.5, b! - 0.5]), x[13]!] };
  const found = one(doctor(logistic(), x, alternating(40), { test }), "duplicate-rows");
  expect(found).toMatchObject({ severity: "warning", where: { data: "test", rows: [10] } });
  expect(found.evidence).toMatchObject({ count: 1, twin: 13 });
  const apart = { x: test.x.slice(0, 10) };
  expect(kinds(doctor(logistic(), x, alternating(40), { test: apart }))).toEqual([]);
});

test("data that do not fit the model are refused in one sentence", () => {
  expect(() => doctor(logistic(3), rows(4), [0, 1, 0, 1])).toThrow(
    /^doctor: x has 2 features but layer 0 .* was built for 3/,
  );
  expect(() => doctor(logistic(), rows(4), [0, 1])).toThrow(/^doctor: x has 4 rows but y has 2/);
  // @ts-expect-error no data
  expect(() => doctor(logistic())).toThrow(/^doctor: expected a model with its data x and y/);
});
