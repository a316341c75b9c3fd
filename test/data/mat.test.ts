import { readFileSync } from "node:fs";
import { inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { digitsFromMat, matToTensor, readMat } from "../../src/data/index.ts";
import { FormatError } from "../../src/tensor/errors.ts";
import { golden } from "../random/golden.ts";

const reference = golden("data.json").mat;
const inflate = (bytes: Uint8Array): Uint8Array => inflateSync(bytes);
const file = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../golden/data/${name}.mat`, import.meta.url)));

test.each(["digits", "digits-packed"])("%s.mat: SciPy's matrices come back, 10 means 0", (name) => {
  const digits = digitsFromMat(readMat(file(name), { inflate }));
  expect(digits.x).toEqual({ shape: [12, 400], data: Float64Array.from(reference.X.flat()) });
  expect([...digits.y]).toEqual(reference.y);
});

test("pixels row by row are the mirrored images", () => {
  const content = readMat(file("digits"));
  const [columns, rows] = [digitsFromMat(content).x, digitsFromMat(content, { pixels: "rows" }).x];
  for (const [i, r, c] of [
    [0, 0, 1],
    [3, 19, 2],
    [11, 7, 7],
  ] as const)
    expect(rows.data[400 * i + 20 * r + c]).toBe(columns.data[400 * i + 20 * c + r]);
});

test("every numeric class, and both ways to store it", () => {
  const { variables, skipped } = readMat(file("kinds"), { inflate });
  expect(skipped).toEqual([]);
  const names: Record<string, string> = { float64: "double", float32: "single" };
  for (const [type, { data }] of Object.entries<{ data: number[] }>(reference.kinds))
    expect(variables[type]).toEqual({
      dims: [2, 3],
      kind: names[type] ?? type,
      data: Float64Array.from(data),
    });
});

test("big-endian files", () => {
  const matrix = readMat(file("big-endian")).variables.M!;
  expect(matrix.dims).toEqual([2, 3]);
  expect(matToTensor(matrix).data).toEqual(Float64Array.of(1, -2, 3, 4, 5, -600));
});

test("what is not a real numeric matrix is listed, the rest is read", () => {
  const { variables, skipped } = readMat(file("other"));
  expect(Object.keys(variables).sort()).toEqual(["cube", "empty", "logical", "number"]);
  expect(Object.fromEntries(skipped.map(({ name, kind }) => [name, kind]))).toEqual({
    text: "char",
    list: "cell",
    point: "struct",
    z: "complex double",
  });
  expect(variables.cube).toEqual({
    dims: [2, 3, 4],
    kind: "double",
    data: Float64Array.from(reference.cube),
  });
  expect([...variables.logical!.data]).toEqual([1, 0]);
  expect(variables.empty!.dims).toEqual([0, 3]);
  expect(() => matToTensor(variables.cube!)).toThrow("2 × 3 × 4");
  expect(() => digitsFromMat({ variables, skipped })).toThrow("text (char)");
});

test.each(["digits", "digits-packed", "kinds", "big-endian"])(
  "%s.mat: a cut is never read as data",
  (name) => {
    const whole = file(name);
    const complete = Object.keys(readMat(whole, { inflate }).variables).length;
    const step = Math.max(1, Math.floor(whole.length / 150));
    for (let length = 0; length < whole.length; length += step) {
      try {
        // A cut exactly between two variables leaves a shorter but sound file.
        expect(Object.keys(readMat(whole.slice(0, length), { inflate }).variables).length).toBeLessThan(
          complete,
        );
      } catch (error) {
        expect(error).toBeInstanceOf(FormatError);
        expect((error as FormatError).offset).toBeLessThanOrEqual(length);
      }
    }
  },
);

test("files of other kinds, damaged streams and a missing inflate are refused", () => {
  const header = (text: string) => new TextEncoder().encode(text.padEnd(128));
  expect(() => readMat(header("MATLAB 7.3 MAT-file"))).toThrow("HDF5");
  expect(() => readMat(Uint8Array.of(0x89, 0x48, 0x44, 0x46, 13, 10, 26, 10))).toThrow("HDF5");
  expect(() => readMat(header("something else"))).toThrow("byte 124");
  expect(() => readMat(file("digits-packed"))).toThrow("byte 136: expected a plain variable");
  const damaged = file("digits-packed");
  damaged.fill(0x55, 150, 200);
  expect(() => readMat(damaged, { inflate })).toThrow(FormatError);
});

test("digits of another shape or with other labels are refused", () => {
  const { variables } = readMat(file("digits"));
  const change = (y: number[]) => ({
    variables: { ...variables, y: { dims: [12, 1], kind: "double", data: Float64Array.from(y) } },
    skipped: [],
  });
  expect([...digitsFromMat(change([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1])).y]).toEqual([
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1,
  ]);
  expect(() => digitsFromMat(change([10, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1]))).toThrow(
    "received 0 at row 10 (from 0) beside a 10",
  );
  expect(() => digitsFromMat(change([11, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 1]))).toThrow("received 11");
  expect(() => digitsFromMat(change([1, 2]))).toThrow("2 labels");
});
