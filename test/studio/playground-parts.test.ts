/** The pure parts of the playground: numbers, curves, points, idle units, cures, weights and their places. */
import { describe, expect, it } from "vitest";
import { cureOf } from "../../studio/playground/cures.ts";
import { curvesOf } from "../../studio/playground/curves.ts";
import { placeNetwork } from "../../studio/playground/network-place.ts";
import { count, decimals, weight } from "../../studio/playground/numbers.ts";
import { apart, outputAt, pointsOf, withoutNear } from "../../studio/playground/points.ts";
import { smoothed } from "../../studio/playground/smooth.ts";
import { idleUnits, unitLevels } from "../../studio/playground/units.ts";
import { kernelIndex, layersOf } from "../../studio/playground/weights.ts";
import { experimentOf } from "../../studio/state/experiment.ts";
import type { About, CurvePoint } from "../../studio/train/protocol.ts";

const place = (path: string, rows: number, columns: number, offset: number) => ({
  path,
  label: path,
  shape: [rows, columns] as const,
  offset,
});
/** 2-3-1 with a dropout layer in between, which has no weights but counts in the names. */
const about: About = {
  weights: [
    place("dense_0/kernel", 2, 3, 0),
    place("dense_0/bias", 1, 3, 6),
    place("dense_2/kernel", 3, 1, 9),
    place("dense_2/bias", 1, 1, 12),
  ],
  units: [3, 1],
  activations: ["relu", "sigmoid"],
  inputs: 2,
  classes: 2,
  labels: [],
  head: { units: 1, activation: "sigmoid", loss: "binaryCrossentropy", oneHot: 0 },
  range: [-1, 1, -1, 1],
  trainRows: 4,
  testRows: 0,
  train: null,
  test: null,
  threads: 1,
};

describe("numbers", () => {
  it("are short and say what they are", () => {
    expect([0, -0.01234, 123.4, 1e-7, 2e6].map((v) => decimals(v))).toEqual([
      "0.0000",
      "−0.0123",
      "123.4000",
      "1.00e−7",
      "2.00e+6",
    ]);
    expect([undefined, Number.NaN, -Infinity].map((v) => decimals(v))).toEqual(["–", "NaN", "−∞"]);
    expect([0.5, -1.234, 123.4, 0.00012].map(weight)).toEqual(["0.500", "−1.23", "123.4", "0.00012"]);
    expect([7, 1234, 1234567].map(count).map((text) => text.replace(/\s/g, " "))).toEqual([
      "7",
      "1 234",
      "1 234 567",
    ]);
  });
});

describe("curves", () => {
  const point = (step: number, loss: number): CurvePoint => ({
    step,
    loss,
    epoch: step,
    learningRate: 0.1,
    gradients: [],
    updates: [],
  });

  it("smoothing starts at the first value, keeps a constant, and leaves gaps alone", () => {
    expect(smoothed([2, 2, 2], 0.9)).toEqual([2, 2, 2].map(() => expect.closeTo(2, 12)));
    expect(smoothed([1, null, 3], 0.5)).toEqual([1, null, expect.closeTo(7 / 3, 12)]);
    expect(smoothed([1, 5], 0)).toEqual([1, 5]);
  });

  it("a run and its forks lie over common steps", () => {
    const curves = [
      { name: "train", color: 0, of: (p: CurvePoint) => p.loss },
      { name: "test", color: 1, of: (p: CurvePoint) => p.testLoss },
    ];
    const fork = { points: [point(0, 1), point(1, 3)] };
    const { steps, lines } = curvesOf(curves, [point(0, 1), point(2, Number.NaN)], [fork], 0);
    expect(steps).toEqual([0, 1, 2]);
    // There is no test loss: no empty line for it.
    expect(lines.map(({ name, values, dash }) => [name, values, dash !== undefined])).toEqual([
      ["train", [1, null, null], false],
      ["train A", [1, 3, null], true],
    ]);
  });
});

describe("points", () => {
  const range = [0, 10, 0, 5] as const;

  it("near ones are told by what is shown of the plane", () => {
    expect(apart([0, 0], [1, 0], range)).toBeCloseTo(0.1, 12);
    expect(apart([0, 0], [0, 1], range)).toBeCloseTo(0.2, 12);
    const points = pointsOf({ x: Float64Array.of(1, 1, 9, 4), y: Float64Array.of(0, 1) });
    expect(withoutNear(points, [1.1, 1], range, 0.05)).toEqual([[9, 4, 1]]);
  });

  it("a grid answers for the cell a place lies in, first row on top", () => {
    const grid = { values: [1, 2, 3, 4, 5, 6, 7, 8], nx: 2, ny: 2, columns: 2 };
    expect(outputAt(grid, range, [1, 4.9])).toEqual([1, 2]);
    expect(outputAt(grid, range, [9, 0.1])).toEqual([7, 8]);
    expect(outputAt(grid, range, [99, -99])).toEqual([7, 8]);
  });
});

describe("units", () => {
  it("maps are unit after unit, sigmoid around one half", () => {
    expect([...unitLevels([0, 0.5, 1, 0.5], 2, "sigmoid")]).toEqual([0, 254, 127, 127]);
    expect([...unitLevels([-2, 0, 2, 1], 2, "relu")]).toEqual([0, 254, 127, 191]);
  });

  it("dead and saturated hidden units are found, busy ones and the output not", () => {
    const rows = 50;
    const layer = (of: (row: number) => number[]) =>
      Float32Array.from(Array.from({ length: rows }, (_, r) => of(r)).flat());
    const layers = [layer((r) => [0, r]), layer((r) => [1, Math.tanh(r - 25)]), layer(() => [1])];
    expect(idleUnits({ rows, layers }, [2, 2, 1], ["relu", "tanh", "sigmoid"])).toEqual([
      { layer: 1, index: 0, why: "dead" },
      { layer: 2, index: 0, why: "saturated" },
    ]);
  });
});

describe("the network", () => {
  it("weights are found by layer, input and unit", () => {
    const parameters = Float32Array.from({ length: 13 }, (_, i) => i);
    const [first, second] = layersOf(about, parameters);
    expect([...Array.from(first!.bias)]).toEqual([6, 7, 8]);
    expect(first!.kernel[kernelIndex(first!, 1, 2)]).toBe(5);
    expect(kernelIndex(second!, 2, 0)).toBe(11);
  });

  it("features that are not used have a place but no unit", () => {
    const all = placeNetwork(about, ["x2", "radius"], 800, true);
    expect(all.features.filter(({ used }) => used).map(({ name }) => name)).toEqual(["x2", "radius"]);
    expect(all.layout.units.map((units) => units.length)).toEqual([2, 3, 1]);
    expect(all.layout.units[0]![1]!.top).toBe(all.features.at(-1)!.place.top);
    expect(placeNetwork(about, ["x2"], 800, false).features).toHaveLength(1);
  });
});

describe("cures of the doctor", () => {
  const record = experimentOf({ layers: [{ units: 3, activation: "relu", dropout: 0.2 }] });

  it("change the record where one change does it", () => {
    expect(cureOf({ option: "learningRate", value: 0.5 }, record, about)?.optimizer?.learningRate).toBe(0.5);
    expect(cureOf({ option: "dtype", value: "float64" }, record, about)).toEqual({ precision: "float64" });
    expect(cureOf({ option: "loss", value: "huber" }, record, about)).toEqual({ loss: "huber" });
    expect(
      cureOf({ option: "activation", layer: "dense_0", value: "leakyRelu" }, record, about)?.layers,
    ).toEqual([{ units: 3, activation: "leakyRelu", dropout: 0.2 }]);
    expect(
      cureOf({ option: "kernelInitializer", layer: "dense_0", value: "heNormal" }, record, about),
    ).toEqual({ initializer: "heNormal" });
  });

  it("have no button where they need more", () => {
    // The last layer follows from the task; there is no hidden layer of this name.
    expect(cureOf({ option: "activation", layer: "dense_2", value: "relu" }, record, about)).toBeNull();
    expect(cureOf({ option: "activation", layer: "dense_0", value: "softmax" }, record, about)).toBeNull();
    const scaling = { option: "scaling", data: "x", columns: [0], shift: [0], scale: [9] } as const;
    expect(cureOf(scaling, record, about)).toBeNull();
    const table = experimentOf({ data: { kind: "csv", scale: false } });
    expect(cureOf(scaling, table, about)?.data?.scale).toBe(true);
  });
});
