import { expect, test } from "vitest";
import {
  applyScaler,
  assertFinite,
  classCounts,
  minMaxScale,
  oneHot,
  standardize,
} from "../../src/data/index.ts";
import { ShapeError, UsageError } from "../../src/tensor/errors.ts";
import { golden, worstDifference } from "../random/golden.ts";

const reference = golden("data.json").scalers;

test("standardize equals scikit-learn's StandardScaler, a constant column included", () => {
  const { x, scaler } = standardize(reference.x);
  expect(worstDifference(scaler.shift, reference.mean)).toBeLessThan(1e-14);
  expect(worstDifference(scaler.scale, reference.deviation)).toBeLessThan(1e-14);
  expect(worstDifference(x.data, reference.standard.flat())).toBeLessThan(1e-14);
  expect(applyScaler(reference.x, scaler)).toEqual(x);
});

test("minMaxScale equals scikit-learn's MinMaxScaler", () => {
  const { x } = minMaxScale(reference.x);
  expect(worstDifference(x.data, reference.range.flat())).toBeLessThan(1e-15);
});

test("one-hot rows and class counts", () => {
  expect(oneHot([0, 2])).toEqual({ shape: [2, 3], data: Float64Array.of(1, 0, 0, 0, 0, 1) });
  expect(oneHot([1], 4).data).toEqual(Float64Array.of(0, 1, 0, 0));
  expect(classCounts(Uint8Array.of(0, 2, 2))).toEqual(Int32Array.of(1, 0, 2));
  expect(oneHot([])).toEqual({ shape: [0, 0], data: new Float64Array(0) });
});

test("errors say where", () => {
  const bad = [
    [1, 2],
    [3, 4],
    [5, 6],
    [7, Number.NaN],
  ];
  expect(() => assertFinite("fit", "x", bad)).toThrow("x has NaN at row 3, column 1");
  expect(() => standardize([[1], [Number.POSITIVE_INFINITY]])).toThrow("Infinity at row 1, column 0");
  expect(() => standardize([])).toThrow(UsageError);
  expect(() => oneHot([0, 3], 3)).toThrow("< 3, received 3 at row 1");
  expect(() => oneHot([0.5])).toThrow(UsageError);
  expect(() => classCounts([0, -1])).toThrow("received -1 at row 1");
  expect(() => applyScaler([[1, 2, 3]], standardize(bad.slice(0, 3)).scaler)).toThrow(ShapeError);
});
