import { describe, expect, it } from "vitest";
import { matrix, ShapeError, type Tensor, tensor, UsageError } from "../../src/index.ts";

describe("matrix", () => {
  const missing: [string, unknown, string][] = [
    ["null", [[1, null]], "matrix: expected numbers, received null at row 0, column 1."],
    ["an empty text", [[1], [""]], 'received "" at row 1, column 0'],
    ["a blank text", [[" "]], 'received " " at row 0, column 0'],
    ["true", [[true]], "received true at row 0, column 0"],
    ["a text that reads as a number", [[1, 2, "3"]], 'received "3" at row 0, column 2'],
    ["an empty list", [[1], [[]]], "received [] at row 1, column 0"],
    ["a word", [["a"]], 'received "a" at row 0, column 0'],
    // biome-ignore lint/suspicious/noSparseArray: a gap is what is tested
    ["a gap", [[1, , 3]], "received undefined at row 0, column 1"],
    ["a bigint", [[1n]], "received 1n at row 0"],
    ["null in a tensor", { shape: [2, 1], data: [1, null] }, "received null at row 1, column 0"],
    ["bigints in a tensor", { shape: [1, 1], data: BigInt64Array.of(1n) }, "received 1n at row 0"],
    ["a flat list", [1, 2], "or rows of numbers, received an array of numbers. Write [[1, 2], [3, 4]]"],
    ["a row that is missing", [[1, 2], null], "received null as row 1"],
    ["a text for a row", [[1, 2], "ab"], 'received "ab" as row 1'],
    ["nothing", undefined, "received undefined"],
    ["a text", "1,2", 'received "1,2"'],
    ["another object", { x: [[1]] }, "received an object with x"],
  ];
  it.each(missing)("refuses %s", (_, rows, message) => {
    expect(() => matrix(rows as number[][])).toThrow(UsageError);
    expect(() => matrix(rows as number[][])).toThrow(message);
  });

  it("refuses ragged rows and tensors that are not what they say", () => {
    expect(() => matrix([[1, 2], [3]])).toThrow(
      "matrix: row 1 has 1 values, row 0 has 2. Give every row the same length.",
    );
    const odd = (shape: unknown, data: unknown) => () => matrix({ shape, data } as Tensor);
    expect(odd([2, 2], [1])).toThrow(ShapeError);
    expect(odd([1.5, 2], [1, 2, 3])).toThrow(ShapeError);
    expect(odd("2", [1, 2])).toThrow(ShapeError);
  });

  it("takes rows of numbers, NaN included, and typed rows", () => {
    expect(Array.from(matrix([[1, Number.NaN]]).data)).toEqual([1, Number.NaN]);
    const typed = [Float32Array.of(1, 2), Uint8Array.of(3, 4)] as unknown as number[][];
    expect(matrix(typed)).toEqual({ shape: [2, 2], data: Float64Array.of(1, 2, 3, 4) });
    expect(matrix([]).shape).toEqual([0, 0]);
  });
});

describe("tensor", () => {
  it.each([[[-1, -2]], [[1.5, 2]], [[2]], ["12"]])("refuses the shape %j", (shape) => {
    expect(() => tensor([1, 2], shape as unknown as [number, number])).toThrow(ShapeError);
    expect(() => tensor([1, 2], shape as unknown as [number, number])).toThrow("whole numbers ≥ 0");
  });

  it("refuses another number of values", () => {
    expect(() => tensor([1, 2], [1, 3])).toThrow("holds 3 values, received 2");
    expect(() => tensor(undefined as unknown as number[], [1, 3])).toThrow("received undefined");
  });
});
