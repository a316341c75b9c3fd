import { describe, expect, it } from "vitest";
import {
  binaryCrossentropy,
  categoricalCrossentropy,
  hinge,
  huber,
  LOSSES,
  type LossName,
} from "../../src/nn/losses.ts";
import { l1, l1l2, l2 } from "../../src/nn/regularizers.ts";
import { RandomState } from "../../src/random/index.ts";
import { matrix, type Tensor } from "../../src/tensor/tensor.ts";
import golden from "../golden/nn-values.json" with { type: "json" };
import { evaluated, worstError } from "./finite-difference.ts";

type Any = Tensor<ArrayLike<number>>;
const targetOf = (name: LossName): Any => {
  const { y } = golden.losses[name];
  if (y === "labels") return matrix(golden.labels.map((v) => [v]));
  const rows = matrix(golden[y as "bits" | "oneHot" | "numbers"]);
  // fit turns 0 into −1 before a hinge sees it, as Keras does.
  return name === "hinge"
    ? { shape: rows.shape, data: Array.from(rows.data, (v) => (v === 0 ? -1 : v)) }
    : rows;
};
const names = Object.keys(LOSSES) as LossName[];

describe("losses", () => {
  it.each(names)("%s has PyTorch's value", (name) => {
    const loss = LOSSES[name]();
    const [value] = evaluated({ z: matrix(golden.z), y: targetOf(name) }, (g, { z, y }) =>
      loss.apply(g, z!, y!),
    );
    expect(value).toBeCloseTo(golden.losses[name].value, 13);
  });

  it.each(names)("%s has the gradient of finite differences", (name) => {
    const z = new RandomState(8).normal(0, 2, [4, 3]);
    const y = targetOf(name);
    expect(
      worstError({ z }, (g, { z }) => g.mul(1.7, LOSSES[name]().apply(g, z!, g.constant(y)))),
    ).toBeLessThan(1e-7);
  });

  it("huber with another delta, on both sides of it", () => {
    const z = matrix([[-5, -0.3, 0.4, 6]]);
    expect(
      worstError({ z }, (g, { z }) => huber({ delta: 2.5 }).apply(g, z!, g.constant([[0, 0, 0, 0]]))),
    ).toBeLessThan(1e-7);
    const [value] = evaluated({ z }, (g, { z }) =>
      huber({ delta: 2.5 }).apply(g, z!, g.constant([[0, 0, 0, 0]])),
    );
    const expected = (2.5 * (5 - 1.25) + 0.09 / 2 + 0.16 / 2 + 2.5 * (6 - 1.25)) / 4;
    expect(value).toBeCloseTo(expected, 14);
  });

  it("cross-entropies stay exact for logits of ±1000", () => {
    const z = matrix([[1000], [-1000]]);
    const bce = evaluated({ z }, (g, { z }) => binaryCrossentropy().apply(g, z!, g.constant([[1], [1]])));
    expect(bce[0]).toBe(500);
    const wide = matrix([[1000, 0, -1000]]);
    const cce = evaluated({ z: wide }, (g, { z }) =>
      categoricalCrossentropy().apply(g, z!, g.constant([[2]])),
    );
    expect(cce[0]).toBe(2000);
    const dz = evaluated(
      { z: wide },
      (g, { z }) => g.gradient(categoricalCrossentropy().apply(g, z!, g.constant([[2]])), [z!])[0],
    );
    expect(dz).toEqual([1, 0, -1]);
  });

  it("hinge is 0 beyond the margin", () => {
    expect(
      evaluated({ a: matrix([[3], [-2]]) }, (g, { a }) => hinge().apply(g, a!, g.constant([[1], [-1]])))[0],
    ).toBe(0);
  });

  it("refuse options out of range", () => {
    expect(() => huber({ delta: 0 })).toThrow("huber: expected a finite delta > 0, received 0.");
  });
});

describe("regularizers", () => {
  const w = new RandomState(2).normal(0, 1, [3, 4]);
  it.each([
    ["l1", l1(0.3)],
    ["l2", l2(0.2)],
    ["l1l2", l1l2({ l1: 0.1, l2: 0.4 })],
  ] as const)("%s has the gradient of finite differences", (_, r) => {
    expect(worstError({ w }, (g, { w }) => r.apply(g, w!))).toBeLessThan(1e-7);
  });

  it("have the expected value: λ·Σw², without ½", () => {
    const [value] = evaluated({ w: matrix(golden.z) }, (g, { w }) =>
      l1l2({ l1: 0.01, l2: 0.02 }).apply(g, w!),
    );
    expect(value).toBeCloseTo(golden.l1l2, 13);
    expect(evaluated({ w: matrix([[3]]) }, (g, { w }) => l2(0.5).apply(g, w!))[0]).toBe(4.5);
  });

  it("refuse negative factors", () => {
    expect(() => l2(-1)).toThrow("l2: expected a finite factor ≥ 0, received -1.");
  });
});
