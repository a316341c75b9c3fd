import { describe, expect, test } from "vitest";
import { idxImages, idxLabels, mnistFromIdx, parseIdx } from "../../src/data/index.ts";
import { FormatError } from "../../src/tensor/errors.ts";

/** An IDX file of the given type, with its values written big-endian. */
function idx(
  type: number,
  dims: number[],
  size: number,
  values: number[],
  write: (v: DataView, at: number, x: number) => void,
) {
  const view = new DataView(new ArrayBuffer(4 + 4 * dims.length + size * values.length));
  view.setUint8(2, type);
  view.setUint8(3, dims.length);
  for (const [i, dim] of dims.entries()) view.setUint32(4 + 4 * i, dim);
  for (const [i, x] of values.entries()) write(view, 4 + 4 * dims.length + size * i, x);
  return new Uint8Array(view.buffer);
}
const bytes = (dims: number[], values: number[]) => idx(8, dims, 1, values, (v, at, x) => v.setUint8(at, x));
const caught = (act: () => unknown): unknown => {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
};

test("all six number types are read", () => {
  expect(parseIdx(bytes([3], [1, 2, 255]))).toEqual({ dims: [3], data: Uint8Array.of(1, 2, 255) });
  expect(parseIdx(idx(9, [1], 1, [-7], (v, at, x) => v.setInt8(at, x))).data).toEqual(Int8Array.of(-7));
  expect(parseIdx(idx(11, [2], 2, [-700, 9], (v, at, x) => v.setInt16(at, x))).data).toEqual(
    Int16Array.of(-700, 9),
  );
  expect(parseIdx(idx(12, [1], 4, [-7e8], (v, at, x) => v.setInt32(at, x))).data).toEqual(
    Int32Array.of(-7e8),
  );
  expect(parseIdx(idx(13, [1], 4, [0.5], (v, at, x) => v.setFloat32(at, x))).data).toEqual(
    Float32Array.of(0.5),
  );
  expect(parseIdx(idx(14, [1], 8, [0.1], (v, at, x) => v.setFloat64(at, x))).data).toEqual(
    Float64Array.of(0.1),
  );
});

test("images become rows, also from the middle of a buffer", () => {
  const file = bytes([2, 2, 3], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  const images = idxImages(file);
  expect(images.shape).toEqual([2, 6]);
  expect(images.dims).toEqual([2, 2, 3]);
  const shifted = Uint8Array.from([9, 9, 9, ...file]).subarray(3);
  expect(idxImages(shifted)).toEqual(images);
});

describe("damaged files", () => {
  const file = bytes(
    [2, 2, 3],
    Array.from({ length: 12 }, (_, i) => i),
  );

  test("every cut is noticed where the bytes end", () => {
    for (let length = 0; length < file.length; length++) {
      const error = caught(() => parseIdx(file.slice(0, length)));
      expect(error).toBeInstanceOf(FormatError);
      expect((error as FormatError).offset).toBe(length);
      expect((error as FormatError).message).toContain(`received ${length}`);
    }
  });

  test.each([
    ["extra bytes", Uint8Array.from([...file, 1]), 28],
    ["a gzipped file", Uint8Array.of(0x1f, 0x8b, 8, 0, 0), 0],
    ["an unknown type", Uint8Array.of(0, 0, 10, 1, 0, 0, 0, 0), 0],
    ["no dimensions", Uint8Array.of(0, 0, 8, 0), 0],
  ])("%s", (_, damaged, offset) => {
    expect(caught(() => parseIdx(damaged))).toMatchObject({ name: "FormatError", offset });
  });

  test("images for labels, labels for images, parts that do not belong together", () => {
    const labels = bytes([3], [1, 2, 3]);
    expect(() => idxImages(labels)).toThrow("labels have one dimension");
    expect(() => idxLabels(file)).toThrow("images have three dimensions");
    const files = { trainImages: file, trainLabels: labels, testImages: file, testLabels: labels };
    expect(() => mnistFromIdx(files)).toThrow("expected 2 labels, one for each image, received 3");
  });
});
