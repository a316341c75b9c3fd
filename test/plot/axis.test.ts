import { describe, expect, it } from "vitest";
import { axis, decimalExponent, extent, powerLabel, tickLabel } from "../../src/plot/axis.ts";

describe("tick labels", () => {
  it("have the digits of the step, a true minus sign, and powers of ten where needed", () => {
    expect(tickLabel(0.5, 0.05)).toBe("0.50");
    expect(tickLabel(-1.5, 0.5)).toBe("−1.5");
    expect(tickLabel(20000, 5000)).toBe("20\u2009000");
    expect(tickLabel(3e8, 1e8)).toBe("3×10⁸");
    expect(tickLabel(-2.5e-7, 5e-8)).toBe("−2.5×10⁻⁷");
    expect(tickLabel(0, 1)).toBe("0");
    expect(tickLabel(5, 5, 2e7)).toBe("5");
    expect(tickLabel(1.5, 0.5, 2e7)).toBe("1.5");
    expect([-12, 0, 1, 3].map(powerLabel)).toEqual(["10⁻¹²", "1", "10", "10³"]);
    expect([1000, 999.999, 1e-5, 0.1].map(decimalExponent)).toEqual([3, 2, -5, -1]);
  });
});

describe("extent", () => {
  it("leaves out what is not finite and gives room to a single value", () => {
    expect(extent([NaN, 3, -Infinity, 1])).toEqual([1, 3]);
    expect(extent([])).toEqual([0, 1]);
    expect(extent([0])).toEqual([-1, 1]);
    expect(extent([-3, 0, 2], true)).toEqual([1, 4]);
    const [low, high] = extent([Number.MAX_VALUE]);
    expect(low < high && Number.isFinite(high)).toBe(true);
  });
});

describe("axes", () => {
  it("put the ends of the domain at the ends of the range", () => {
    const linear = axis({ domain: [0, 10] }, 100, 300, 5);
    expect([linear.at(0), linear.at(5), linear.at(10)]).toEqual([100, 200, 300]);
    expect(linear.ticks.map((t) => t.label)).toEqual(["0", "2", "4", "6", "8", "10"]);
    const log = axis({ domain: [1e-4, 1], log: true }, 0, 400, 5);
    expect(log.at(1e-2)).toBeCloseTo(200, 9);
    expect(log.ticks.map((t) => t.label)).toEqual(["10⁻⁴", "10⁻³", "10⁻²", "10⁻¹", "1"]);
  });
  it("survive the widest, narrowest and smallest domains", () => {
    for (const domain of [
      [-Number.MAX_VALUE, Number.MAX_VALUE],
      [1, 1 + 2 ** -50],
      [5e-324, 1e-320],
      [-1e-300, 1e300],
    ] as const) {
      const a = axis({ domain }, 0, 100, 5);
      expect(a.at(domain[0])).toBeGreaterThanOrEqual(-1e-6);
      expect(a.at(domain[1])).toBeLessThanOrEqual(100 + 1e-6);
      expect(a.ticks.length, String(domain)).toBeLessThan(20);
      for (const tick of a.ticks)
        expect(Number.isFinite(tick.value) && !tick.label.includes("NaN")).toBe(true);
    }
    const log = axis({ domain: [5e-324, Number.MAX_VALUE], log: true }, 0, 100, 5);
    expect(log.ticks.length).toBeGreaterThan(2);
    expect(log.ticks.length).toBeLessThan(12);
    for (const tick of log.ticks) expect(Number.isFinite(log.at(tick.value)), tick.label).toBe(true);
  });
  it("labels a logarithmic domain inside one decade", () => {
    const a = axis({ domain: [0.2, 0.5], log: true }, 0, 100, 5);
    expect(a.ticks.length).toBeGreaterThan(2);
    expect(a.at(0.2)).toBeCloseTo(0, 6);
  });
  it("gives exact zeros a row below the smallest value", () => {
    const a = axis({ domain: [1e-9, 1e-3], log: true, zeroLabel: "0" }, 300, 0, 5);
    expect(a.ticks[0]).toEqual({ value: 0, label: "0" });
    expect(a.at(0)).toBeGreaterThan(a.at(1e-9));
    expect(a.at(0)).toBeLessThan(300);
  });
});
