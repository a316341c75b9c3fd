import { describe, expect, it } from "vitest";
import {
  constant,
  INITIALIZERS,
  type InitializerName,
  normal,
  truncatedNormal,
  uniform,
} from "../../src/nn/initializers.ts";
import { RandomState } from "../../src/random/index.ts";

const shape = [200, 300] as const;
const moments = (values: Float64Array) => {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const variance = values.reduce((s, v) => s + (v - mean) ** 2, 0) / values.length;
  return { mean, variance, largest: values.reduce((m, v) => Math.max(m, Math.abs(v)), 0) };
};

/** Variance and bound of each kind for 200 inputs and 300 units. */
const expected: Record<string, { variance: number; bound: number }> = {
  glorotUniform: { variance: 2 / 500, bound: Math.sqrt(6 / 500) },
  glorotNormal: { variance: 2 / 500, bound: (2 * Math.sqrt(2 / 500)) / 0.8796256610342398 },
  heUniform: { variance: 2 / 200, bound: Math.sqrt(6 / 200) },
  heNormal: { variance: 2 / 200, bound: (2 * Math.sqrt(2 / 200)) / 0.8796256610342398 },
  lecunUniform: { variance: 1 / 200, bound: Math.sqrt(3 / 200) },
  lecunNormal: { variance: 1 / 200, bound: (2 * Math.sqrt(1 / 200)) / 0.8796256610342398 },
};

describe("initializers", () => {
  it.each(Object.entries(expected))(
    "%s has its variance and stays within its bound",
    (name, { variance, bound }) => {
      const got = moments(INITIALIZERS[name as InitializerName]().draw(new RandomState(4), shape));
      // 60000 draws: the standard error of the variance is below 0.6 %, that of the mean below 0.005 deviations.
      expect(Math.abs(got.mean)).toBeLessThan(0.02 * Math.sqrt(variance));
      expect(Math.abs(got.variance / variance - 1)).toBeLessThan(0.02);
      expect(got.largest).toBeLessThanOrEqual(bound);
      expect(got.largest).toBeGreaterThan(0.99 * bound);
    },
  );

  it("normal and uniform repeat NumPy's stream", () => {
    expect(normal({ mean: 1, deviation: 2 }).draw(new RandomState(0), [2, 2])).toEqual(
      new RandomState(0).normal(1, 2, 4),
    );
    expect(uniform({ low: -1, high: 3 }).draw(new RandomState(0), [2, 2])).toEqual(
      new RandomState(0).uniform(-1, 3, 4),
    );
  });

  it("truncatedNormal never leaves two deviations", () => {
    const got = moments(truncatedNormal({ mean: 0, deviation: 3 }).draw(new RandomState(1), shape));
    expect(got.largest).toBeLessThanOrEqual(6);
    expect(Math.abs(Math.sqrt(got.variance) / (3 * 0.8796256610342398) - 1)).toBeLessThan(0.02);
  });

  it("constants fill", () => {
    expect(Array.from(constant(2.5).draw(new RandomState(0), [1, 3]))).toEqual([2.5, 2.5, 2.5]);
    expect(Array.from(INITIALIZERS.zeros().draw(new RandomState(0), [1, 2]))).toEqual([0, 0]);
    expect(Array.from(INITIALIZERS.ones().draw(new RandomState(0), [1, 2]))).toEqual([1, 1]);
  });

  it("refuse numbers out of range", () => {
    expect(() => normal({ deviation: -1 })).toThrow(
      "normal: expected a deviation ≥ 0, received mean 0, deviation -1.",
    );
    expect(() => uniform({ low: 2, high: 1 })).toThrow("uniform: expected finite low ≤ high");
    expect(() => constant(Number.NaN)).toThrow("constant: expected a finite value");
  });
});
