import { describe, expect, it } from "vitest";
import { constantRate, cosineDecay, exponentialDecay, stepDecay, warmup } from "../../src/nn/schedules.ts";

describe("schedules", () => {
  it("constantRate", () => expect([0, 7].map(constantRate(0.3))).toEqual([0.3, 0.3]));

  it("exponentialDecay", () => {
    const rate = exponentialDecay({ initial: 0.1, rate: 0.5, steps: 10 });
    expect(rate(0)).toBe(0.1);
    expect(rate(5)).toBeCloseTo(0.1 * Math.SQRT1_2, 15);
    expect(rate(20)).toBeCloseTo(0.025, 15);
  });

  it("stepDecay", () => {
    const rate = stepDecay({ initial: 1, rate: 0.1, steps: 3 });
    expect([0, 2, 3, 5].map(rate)).toEqual([1, 1, 0.1, 0.1]);
    expect(rate(11)).toBeCloseTo(1e-3, 16);
  });

  it("cosineDecay", () => {
    const rate = cosineDecay({ initial: 1, final: 0.2, steps: 100 });
    expect(rate(0)).toBe(1);
    expect(rate(50)).toBeCloseTo(0.6, 14);
    expect(rate(25)).toBeCloseTo(0.2 + 0.4 * (1 + Math.SQRT1_2), 14);
    expect([100, 1000].map(rate)).toEqual([0.2, 0.2]);
  });

  it("warmup", () => {
    const rate = warmup({ steps: 4, after: cosineDecay({ initial: 0.4, steps: 10 }) });
    [0.1, 0.2, 0.3, 0.4, 0.4].forEach((v, i) => {
      expect(rate(i)).toBeCloseTo(v, 15);
    });
    expect(rate(9)).toBeCloseTo(0.2, 15);
    expect(warmup({ steps: 2, after: 0.6 })(0)).toBeCloseTo(0.3, 15);
  });

  it("refuse numbers out of range", () => {
    expect(() => stepDecay({ initial: 0.1, rate: 0.5, steps: 0 })).toThrow(
      "stepDecay: expected a finite steps > 0, received 0.",
    );
    expect(() => constantRate(-0.1)).toThrow("constantRate: expected a finite rate ≥ 0, received -0.1.");
  });
});
