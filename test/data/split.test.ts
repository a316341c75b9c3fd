import fc from "fast-check";
import { expect, test } from "vitest";
import { shuffle, splitIndex, trainTestSplit } from "../../src/data/index.ts";
import { takeRows } from "../../src/random/index.ts";
import { ShapeError, UsageError } from "../../src/tensor/errors.ts";
import { golden } from "../random/golden.ts";

const reference = golden("data.json");

test("splits equal scikit-learn's train_test_split", () => {
  const thousand = golden("numpy_random.json").train_test_split_1000;
  const big = splitIndex(1000, { testSize: thousand.test_size, seed: thousand.random_state });
  expect([...big.train]).toEqual(thousand.train);
  expect([...big.test]).toEqual(thousand.test);
  for (const d of reference.splits) {
    const mixed = splitIndex(d.n, { testSize: d.size, seed: d.seed });
    expect([[...mixed.train], [...mixed.test]]).toEqual([d.train, d.test]);
    const plain = splitIndex(d.n, { testSize: d.size, shuffle: false });
    expect([[...plain.train], [...plain.test]]).toEqual([d.train_unshuffled, d.test_unshuffled]);
  }
});

test("x and y are split by the same rows, whatever they are", () => {
  const x = { shape: [5, 2] as const, data: Float32Array.from({ length: 10 }, (_, i) => i) };
  const y = ["a", "b", "c", "d", "e"];
  const { train, test: held } = trainTestSplit({ x, y }, { testSize: 2, shuffle: false });
  expect(train).toEqual({
    x: { shape: [3, 2], data: Float32Array.of(0, 1, 2, 3, 4, 5) },
    y: ["a", "b", "c"],
  });
  expect(held).toEqual({ x: { shape: [2, 2], data: Float32Array.of(6, 7, 8, 9) }, y: ["d", "e"] });
});

test("every row lands in exactly one part", () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 200 }), fc.nat(1000), (n, seed) => {
      const { train, test: held } = splitIndex(n, { testSize: 0.3, seed });
      expect([...train, ...held].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
    }),
    { numRuns: 30 },
  );
});

test("shuffle equals sklearn.utils.shuffle and keeps rows together", () => {
  const a = Int32Array.from({ length: 8 }, (_, i) => i);
  const b = {
    shape: [8, 2] as const,
    data: Float64Array.from({ length: 16 }, (_, i) => (i % 2 ? -1 : 1) * (i >> 1)),
  };
  const [mixedA, mixedB] = shuffle([a, b], { seed: reference.shuffle.seed });
  expect([...mixedA]).toEqual(reference.shuffle.a);
  expect([...mixedB.data].map((v) => v + 0)).toEqual(reference.shuffle.b.flat());
  expect([...a]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
});

test("taking rows keeps the kind of array", () => {
  expect(takeRows(Uint8Array.of(5, 6, 7), [2, 2])).toEqual(Uint8Array.of(7, 7));
  expect(takeRows(["p", "q"], [1])).toEqual(["q"]);
});

test("impossible splits are refused", () => {
  for (const testSize of [0, 1.5, 10, -1, Number.NaN])
    expect(() => splitIndex(10, { testSize })).toThrow(UsageError);
  expect(() => trainTestSplit({ x: [1, 2, 3], y: [1, 2] })).toThrow(ShapeError);
  expect(() => shuffle([[1, 2], [1]])).toThrow("2, 1");
});
