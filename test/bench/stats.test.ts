/** The benchmark's arithmetic, against numbers worked out by hand. */
import { describe, expect, it } from "vitest";
import {
  agreed,
  agrees,
  forwardFlops,
  median,
  quantile,
  spread,
  stepFlops,
  stepsFor,
  timeText,
} from "../../bench/stats.ts";

describe("stats", () => {
  it("takes the middle of sorted values and interpolates between two", () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(quantile([10, 20, 30, 40, 50], 0.25)).toBe(20);
    expect(median([])).toBeNaN();
  });

  it("gives half the distance between the quartiles over the median", () => {
    expect(spread([10, 20, 30, 40, 50])).toBeCloseTo((40 - 20) / 2 / 30, 15);
    expect(spread([7, 7, 7])).toBe(0);
  });

  it("counts the operations of the dense products", () => {
    // 4 × (2·6 + 6·2) products, a multiplication and an addition each.
    expect(forwardFlops([2, 6, 2], 4)).toBe(192);
    // Forward 192, dW 192, and back only through the second layer: 2 · 4 · 12 = 96.
    expect(stepFlops({ sizes: [2, 6, 2], loss: "softmax", rate: 0, decay: 0, batch: 4 })).toBe(480);
    // One layer: forward and dW.
    expect(stepFlops({ sizes: [2, 1], loss: "logistic", rate: 0, decay: 0, batch: 4 })).toBe(32);
  });

  it("agrees with the middle of the precise systems, within the precision of each", () => {
    const rows = [
      { dtype: "float32" as const, value: 0.5001 },
      { dtype: "float64" as const, value: 0.5 },
      { dtype: "float64" as const, value: 0.5 + 1e-12 },
      { dtype: "float64" as const, value: 0.7 },
    ];
    const wanted = agreed(rows);
    expect(wanted).toBe(0.5 + 1e-12);
    expect(rows.map((r) => agrees(r.value, wanted, r.dtype))).toEqual([true, true, true, false]);
    expect(agreed([{ dtype: "float32", value: 2 }])).toBe(2);
    expect(agrees(Number.NaN, 1, "float32")).toBe(false);
  });

  it("fills a round with whole steps", () => {
    expect(stepsFor(0.25, 0.001)).toBe(250);
    expect(stepsFor(0.25, 3)).toBe(1);
  });

  it("writes times in the unit of their size", () => {
    expect([0.109, 12.34, 1234, 5.4e6].map(timeText)).toEqual(["0.109 µs", "12.3 µs", "1.23 ms", "5.40 s"]);
  });
});
