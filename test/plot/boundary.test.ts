import { describe, expect, it } from "vitest";
import { boundary, boundaryRaster, type ProbabilityGrid } from "../../src/plot/index.ts";
import { readSvg } from "./markup.ts";

/** P = x over [0, 1] × [0, 1]: the line p = 0.5 is x = 0.5. */
const ramp = (nx = 21, ny = 11): ProbabilityGrid => ({
  nx,
  ny,
  xRange: [0, 1],
  yRange: [0, 1],
  values: Float64Array.from({ length: nx * ny }, (_, i) => (i % nx) / (nx - 1)),
});
const points = [
  [0.1, 0.2],
  [0.9, 0.8],
  [NaN, 0],
  [5, 5],
] as const;
const data = { points, labels: [0, 1, 0, 1], classNames: ["a&b", "c"] };

describe("boundary as SVG", () => {
  it("is well formed, the same twice, and tells what it leaves out", () => {
    const { text, counts } = readSvg(boundary({ title: "t", grid: ramp(), data }));
    expect(text).toContain("a&amp;b");
    expect(text).toContain("1 point not shown");
    expect(text).toContain("1 point outside the pictured range");
    expect(counts.get("path")).toBeGreaterThanOrEqual(20 + 1 + 3);
    expect(boundary({ grid: ramp(), data })).toBe(boundary({ grid: ramp(), data }));
  });
  it("draws the line p = 0.5 where it is", () => {
    const svg = boundary({ grid: ramp() });
    const line = /<path d="([^"]+)" fill="none" stroke="#1f2328"/.exec(svg)![1]!;
    const [left, , , right] = /d="M(\d+),(\d+)V(\d+)H(\d+)"/.exec(svg)!.slice(1).map(Number) as [
      number,
      number,
      number,
      number,
    ];
    const xs = [...line.matchAll(/[ML]([\d.]+),/g)].map((m) => Number(m[1]));
    const middle = xs.filter((x) => Math.abs(x - (left + right) / 2) < 1);
    expect(middle.length).toBeGreaterThan(5);
    // All the rest is the closing of the ring beyond the clipped edges.
    for (const x of xs) expect(Math.abs(x - (left + right) / 2) < 1 || x > (left + right) / 2).toBe(true);
  });
  it("survives constant grids and values that are not finite", () => {
    const nx = 4;
    for (const p of [0, 0.5, 1])
      readSvg(
        boundary({ grid: { nx, ny: 4, xRange: [0, 1], yRange: [0, 1], values: new Array(16).fill(p) } }),
      );
    const grid = { ...ramp(), values: Float64Array.from(ramp().values, (v, i) => (i === 30 ? NaN : v)) };
    expect(readSvg(boundary({ grid })).text).toContain("1 value not finite");
  });
  it("refuses grids and ranges that do not fit", () => {
    expect(() => boundary({ grid: { ...ramp(), nx: 5 } })).toThrow(/needs 55 values.*received 231/);
    expect(() => boundary({ grid: { ...ramp(), xRange: [1, 1] } })).toThrow(/xRange must be/);
    expect(() => boundary({ grid: ramp(), bands: 1 })).toThrow(/bands/);
  });
});

describe("boundary as pixels", () => {
  const pixel = (r: { width: number; rgba: Uint8Array }, x: number, y: number) => [
    ...r.rgba.slice((y * r.width + x) * 4, (y * r.width + x) * 4 + 4),
  ];
  it("is blue at the left, orange at the right, dark on the line, opaque everywhere", () => {
    const picture = boundaryRaster({ grid: ramp(), width: 200, height: 100 });
    expect(picture.rgba.length).toBe(200 * 100 * 4);
    const [left, right] = [pixel(picture, 5, 50), pixel(picture, 195, 50)] as [number[], number[]];
    expect(left[2]!).toBeGreaterThan(left[0]!);
    expect(right[0]!).toBeGreaterThan(right[2]!);
    expect(pixel(picture, 99, 10)).toEqual([31, 35, 40, 255]);
    expect(pixel(picture, 100, 90)).toEqual([31, 35, 40, 255]);
    for (let i = 3; i < picture.rgba.length; i += 4)
      if (picture.rgba[i] !== 255) throw new Error("not opaque");
  });
  it("has y upwards: the top row shows the largest y", () => {
    const grid = { nx: 2, ny: 2, xRange: [0, 1], yRange: [0, 1], values: [0, 0, 1, 1] } as const;
    const picture = boundaryRaster({ grid, width: 64, height: 64 });
    const top = pixel(picture, 32, 1);
    expect(top[0]!).toBeGreaterThan(top[2]!);
  });
  it("draws points in their class colours and writes the caption", () => {
    const picture = boundaryRaster({ grid: ramp(), data, width: 200, height: 126, caption: "iteration 7" });
    expect(pixel(picture, 20, 26 + 80)).toEqual([0, 0x72, 0xb2, 255]);
    expect(pixel(picture, 180, 26 + 20)).toEqual([0xd5, 0x5e, 0, 255]);
    const ink = Array.from({ length: 26 * 200 }, (_, i) => picture.rgba[i * 4]).filter(
      (r) => r === 31,
    ).length;
    expect(ink).toBeGreaterThan(200);
    const twice = [0, 1].map(() => boundaryRaster({ grid: ramp(), data }).rgba);
    expect(Buffer.compare(twice[0]!, twice[1]!)).toBe(0);
  });
  it("paints grey where P is not finite, refuses bad sizes", () => {
    const picture = boundaryRaster({
      grid: { ...ramp(), values: new Float64Array(231).fill(NaN) },
      width: 32,
      height: 32,
    });
    expect(pixel(picture, 16, 16)).toEqual([160, 160, 160, 255]);
    for (const width of [0, 15, 20.5, 5000])
      expect(() => boundaryRaster({ grid: ramp(), width })).toThrow(/width must be/);
  });
});
