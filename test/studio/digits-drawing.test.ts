/** From pen to picture, without a page: ink of strokes, their text in a link, and centring as MNIST did it. */
import { loadMnist } from "papergrad/node";
import { describe, expect, test } from "vitest";
import { centred, PIXELS, SIDE } from "../../studio/digits/centre.ts";
import {
  INK_SIDE,
  inkOf,
  penPoint,
  penRadius,
  type Stroke,
  strokesFrom,
  strokesText,
} from "../../studio/digits/strokes.ts";

const line = (...points: [number, number][]): Stroke => points.map(([x, y]) => penPoint(x, y, 0.5));

describe("centring", () => {
  test("gives MNIST's own pictures back, all but a few of which the ink is smaller than 20 pixels", async () => {
    const { images, labels } = (await loadMnist()).test;
    let unchanged = 0;
    for (const index of labels.keys()) {
      const picture = images.data.subarray(index * PIXELS, (index + 1) * PIXELS);
      const again = centred(picture, SIDE)!;
      if (again.every((v, i) => v === picture[i])) unchanged++;
    }
    expect(unchanged).toBe(9997);
  });

  test("where and how large a digit is drawn does not matter much", () => {
    const one = (left: number, top: number, height: number) =>
      centred(inkOf([line([left, top], [left, top + height])]), INK_SIDE)!;
    const moved = one(0.7, 0.3, 0.5);
    const difference = one(0.2, 0.1, 0.5).reduce((sum, v, i) => sum + Math.abs(v - moved[i]!), 0);
    expect(difference / moved.reduce((a, b) => a + b)).toBeLessThan(0.15);
    const ink = (picture: Uint8Array) => picture.reduce((n, v) => n + Number(v > 0), 0);
    expect(Math.abs(ink(one(0.5, 0.1, 0.8)) - ink(one(0.5, 0.2, 0.6)))).toBeLessThan(30);
  });

  test("the ink fills 20 pixels and its centre of mass is at pixel 14", () => {
    const picture = centred(inkOf([line([0.1, 0.2], [0.9, 0.2], [0.5, 0.95])]), INK_SIDE)!;
    const filled = [...picture.entries()]
      .filter(([, v]) => v > 0)
      .map(([i]) => [i % SIDE, i / SIDE] as const);
    const width = Math.max(...filled.map(([x]) => x)) - Math.min(...filled.map(([x]) => x)) + 1;
    expect(width).toBe(20);
    const mass = picture.reduce((n, v) => n + v, 0);
    const x = picture.reduce((n, v, i) => n + v * ((i % SIDE) + 0.5), 0) / mass;
    const y = picture.reduce((n, v, i) => n + v * (Math.floor(i / SIDE) + 0.5), 0) / mass;
    for (const middle of [x, y]) expect(Math.floor(middle)).toBe(14);
  });

  test("an empty pad has no picture, a dot has one", () => {
    expect(centred(new Uint8Array(INK_SIDE ** 2), INK_SIDE)).toBeNull();
    expect(Math.max(...centred(inkOf([line([0.5, 0.5])]), INK_SIDE)!)).toBe(255);
  });
});

describe("strokes", () => {
  test("ink is as wide as the pen, and wider where it is pressed", () => {
    const width = (pressure: number) => {
      const ink = inkOf([[penPoint(0.1, 0.5, pressure), penPoint(0.9, 0.5, pressure)]]);
      return Array.from({ length: INK_SIDE }, (_, y) => ink[y * INK_SIDE + INK_SIDE / 2]! / 255).reduce(
        (a, b) => a + b,
      );
    };
    for (const pressure of [0, 8 / 15, 1])
      expect(width(pressure)).toBeCloseTo(2 * penRadius(pressure) * INK_SIDE, 0);
    expect(width(1)).toBeGreaterThan(1.5 * width(0));
  });

  test("their text brings the same strokes back, and other text is refused", () => {
    const strokes = [line([0, 0], [1, 1], [0.337, 0.912]), [penPoint(0.4, 0.6, 1)]];
    const text = strokesText(strokes);
    expect(text).toMatch(/^[\w-]{12}\.[\w-]{4}$/);
    expect(strokesFrom(text)).toEqual(strokes);
    expect(strokesText(strokesFrom(text)!)).toBe(text);
    expect(strokesFrom("")).toEqual([]);
    for (const bad of ["abc", "abcd.", "ab d", "abcé"]) expect(strokesFrom(bad)).toBeNull();
  });

  test("points outside the pad stay at its edge", () => {
    expect(penPoint(-3, 7, 2)).toEqual({ x: 0, y: 1, pressure: 1 });
  });
});
