/** The pure parts of the studio's drawings: colours, levels, the line of decision, geometry, histograms. */
import { describe, expect, it } from "vitest";
import { binsOf } from "../../studio/draw/bars.ts";
import { contour } from "../../studio/draw/contour.ts";
import {
  largest,
  levelOf,
  levelsOf,
  margins,
  padded,
  paintClasses,
  paintLevels,
} from "../../studio/draw/levels.ts";
import { alongCurve, curveBetween, layoutNetwork, linkAt, unitAt } from "../../studio/draw/network-layout.ts";
import { MISSING_LEVEL, PALETTES } from "../../studio/draw/palette.ts";
import { project } from "../../studio/draw/plane.ts";

/** Luminance of a pixel, 0…1 (WCAG). */
function luminance(pixel: number): number {
  const [r, g, b] = [0, 8, 16].map((shift) => {
    const c = ((pixel >> shift) & 255) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

describe("colours", () => {
  it.each(["light", "dark"] as const)(
    "%s: both ends move away from the middle without turning back",
    (theme) => {
      const { strong } = PALETTES[theme];
      const away = (level: number) => Math.abs(luminance(strong[level]!) - luminance(strong[127]!));
      for (let step = 1; step < 127; step++) {
        expect(away(127 - step)).toBeGreaterThanOrEqual(away(127 - step + 1) - 0.004);
        expect(away(127 + step)).toBeGreaterThanOrEqual(away(127 + step - 1) - 0.004);
      }
      // Blue and orange differ in blue and red, which red–green blindness tells apart.
      const [negative, positive] = [strong[40]!, strong[214]!];
      expect((negative >> 16) & 255).toBeGreaterThan((positive >> 16) & 255);
      expect(negative & 255).toBeLessThan(positive & 255);
    },
  );
});

describe("levels", () => {
  it("are 0…254 around 127, and 255 for what is no number", () => {
    expect([-2, -1, 0, 1, 2, Number.NaN, Number.POSITIVE_INFINITY].map((v) => levelOf(v, 1))).toEqual([
      0,
      0,
      127,
      254,
      254,
      MISSING_LEVEL,
      MISSING_LEVEL,
    ]);
    expect([...levelsOf([0.5, 0], 0)]).toEqual([127, 127]);
    expect(largest([1, -3, Number.NaN, Number.NEGATIVE_INFINITY])).toBe(3);
  });

  it("are painted into their place", () => {
    const colors = Uint32Array.from({ length: 256 }, (_, i) => i);
    const picture = new Uint32Array(12).fill(999);
    paintLevels([1, 2, 3, 4], 2, 2, colors, picture, { left: 1, top: 1, stride: 4 });
    expect([...picture]).toEqual([999, 999, 999, 999, 999, 1, 2, 999, 999, 3, 4, 999]);
  });

  it("classes take the colour of the largest output, margins are 0 between two", () => {
    const shades = [0, 100].map((base) => Uint32Array.from({ length: 32 }, (_, i) => base + i));
    const picture = new Uint32Array(2);
    paintClasses([1, 0, 0.25, 0.75], 2, 1, 2, shades, picture, { left: 0, top: 0, stride: 2 });
    expect([...picture]).toEqual([31, 116]);
    const [first, second] = margins([0.5, 0.5, 0.2, 0.8], 2);
    expect(first![0]).toBe(0);
    expect(first![1]).toBeCloseTo(-0.6, 6);
    expect(second![1]).toBeCloseTo(0.6, 6);
  });

  it("a padded grid repeats its edge", () => {
    expect([...padded([1, 2, 3, 4], 2, 2)]).toEqual([1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4]);
  });
});

describe("contour", () => {
  it("of a plane is its straight line, of a cone a circle", () => {
    const n = 21;
    const grid = (f: (x: number, y: number) => number) =>
      Float64Array.from({ length: n * n }, (_, i) => f(i % n, Math.floor(i / n)));
    const line = contour(
      grid((x) => x),
      n,
      n,
      7.25,
    );
    expect(line).toHaveLength(4 * (n - 1));
    for (let i = 0; i < line.length; i += 2) expect(line[i]).toBeCloseTo(7.25, 12);
    const circle = contour(
      grid((x, y) => Math.hypot(x - 10, y - 10)),
      n,
      n,
      6,
    );
    expect(circle.length).toBeGreaterThan(80);
    for (let i = 0; i < circle.length; i += 2)
      expect(Math.hypot(circle[i]! - 10, circle[i + 1]! - 10)).toBeCloseTo(6, 1);
  });

  it("a saddle follows the mean of its corners, a missing corner has no line", () => {
    const joined = contour([1, -0.1, -0.1, 1], 2, 2, 0);
    const apart = contour([0.1, -1, -1, 0.1], 2, 2, 0);
    expect(joined).toHaveLength(8);
    expect(apart).toHaveLength(8);
    // High corners joined: each line cuts off a low corner, bottom right or top left.
    const nearLow = (s: number[]) =>
      [0, 4].every((i) => {
        const [x, y] = [(s[i]! + s[i + 2]!) / 2, (s[i + 1]! + s[i + 3]!) / 2];
        return x > 0.5 !== y > 0.5;
      });
    expect(nearLow(joined)).toBe(true);
    expect(nearLow(apart)).toBe(false);
    expect(contour([1, Number.NaN, -1, 1], 2, 2, 0)).toEqual([]);
  });
});

describe("network layout", () => {
  const sizes = [2, 25, 50, 50, 25, 1];
  const layout = layoutNetwork(sizes, { width: 900, height: 480, top: 60 });

  it("keeps units apart, inside, and large enough to see", () => {
    const all = layout.units.flat();
    expect(layout.units.map((u) => u.length)).toEqual(sizes);
    for (const [i, u] of all.entries()) {
      expect(u.left).toBeGreaterThanOrEqual(0);
      expect(u.left + u.size).toBeLessThanOrEqual(900);
      expect(u.top).toBeGreaterThanOrEqual(60);
      expect(u.top + u.size).toBeLessThanOrEqual(480);
      expect(u.size).toBeGreaterThan(12);
      for (const v of all.slice(i + 1))
        expect(
          u.left + u.size <= v.left + 1e-9 ||
            v.left + v.size <= u.left + 1e-9 ||
            u.top + u.size <= v.top + 1e-9 ||
            v.top + v.size <= u.top + 1e-9,
        ).toBe(true);
    }
  });

  it("finds the unit and the link under the pointer", () => {
    const small = layoutNetwork([2, 3, 1], { width: 600, height: 300, top: 40 });
    const unit = small.units[1]![2]!;
    expect(unitAt(small, unit.left + 5, unit.top + 5)).toBe(unit);
    expect(unitAt(small, 1, 1)).toBeUndefined();
    for (const to of small.units[1]!)
      for (const from of small.units[0]!) {
        const [x, y] = alongCurve(curveBetween(from, to), 0.12);
        expect(linkAt(small, x, y, 3)).toEqual({ layer: 1, from: from.index, to: to.index });
      }
    expect(linkAt(small, 300, 2)).toBeUndefined();
  });
});

describe("the plane", () => {
  it("projects there and back", () => {
    const { at, plane } = project([-2, 2, -1, 3], 400, 200);
    expect(at(-2, 3)).toEqual([0, 0]);
    expect(at(2, -1)).toEqual([400, 200]);
    expect(plane(...at(0.7, 1.3))[0]).toBeCloseTo(0.7, 12);
    expect(plane(...at(0.7, 1.3))[1]).toBeCloseTo(1.3, 12);
  });
});

describe("histogram", () => {
  it("counts every finite value once, symmetric around 0", () => {
    const { counts, reach } = binsOf([-1, -0.9, 0, 0.01, 1, Number.NaN], 5);
    expect(reach).toBe(1);
    expect([...counts]).toEqual([2, 0, 2, 0, 1]);
    expect([...binsOf([0, 0], 3).counts]).toEqual([0, 2, 0]);
  });
});
