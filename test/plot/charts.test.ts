import { describe, expect, it } from "vitest";
import { binCounts } from "../../src/plot/histogram.ts";
import { differenceChart, histogram, lineChart, type Point, scatter } from "../../src/plot/index.ts";
import { insideMarker, MARKER_COUNT, markerPath } from "../../src/plot/markers.ts";
import { readSvg, sequence } from "./markup.ts";

const curve = (n: number): Point[] => {
  const next = sequence(7);
  return Array.from({ length: n }, (_, i): Point => [i, 1 / (1 + i) + 0.01 * next()]);
};

describe("lineChart", () => {
  const full = () =>
    lineChart({
      title: `损失 <loss> & "co"`,
      xLabel: "迭代",
      yLabel: "J",
      series: [
        { name: "a < b", points: curve(50), area: true },
        { name: "second", points: curve(60), dash: true, color: "red" },
      ],
      marks: [{ x: 30, label: "stop & go" }],
    });

  it("is well formed, escaped, and the same twice", () => {
    const svg = full();
    const { text, counts } = readSvg(svg);
    expect(text).toContain("损失 &lt;loss&gt; &amp; &quot;co&quot;");
    expect(text).toContain("a &lt; b");
    expect(text).toContain("stop &amp; go");
    expect(counts.get("path")).toBe(4); // an area, two lines, the axes
    expect(full()).toBe(svg);
  });

  it("puts a known point at a known pixel", () => {
    const svg = lineChart({
      series: [
        {
          name: "",
          points: [
            [0, 0],
            [1, 1],
          ],
        },
      ],
      yDomain: [0, 1],
    });
    const axes = /d="M(\d+),(\d+)V(\d+)H(\d+)" fill="none"/.exec(svg)!.slice(1).map(Number) as number[];
    const line = /d="M([\d.]+),([\d.]+)L([\d.]+),([\d.]+)" fill="none"/
      .exec(svg)!
      .slice(1)
      .map(Number) as number[];
    const [left, top, bottom, right] = axes as [number, number, number, number];
    for (const [i, want] of [left, bottom, right, top].entries())
      expect(Math.abs(line[i]! - want)).toBeLessThanOrEqual(0.5);
  });

  it("leaves out NaN and infinities, breaks the line there, and says so in either language", () => {
    const points: Point[] = [
      [0, 1],
      [1, NaN],
      [2, 3],
      [3, 4],
      [NaN, 1],
      [5, Infinity],
    ];
    const svg = lineChart({ series: [{ name: "s", points }] });
    expect(readSvg(svg).text).toContain("3 points not shown (not finite)");
    expect(readSvg(svg).counts.get("circle")).toBe(1); // the lone first point
    expect(readSvg(lineChart({ language: "zh", series: [{ name: "s", points }] })).text).toContain(
      "有 3 个点未画出",
    );
    expect(
      readSvg(
        lineChart({
          series: [
            {
              name: "s",
              points: [
                [0, 1],
                [1, 2],
              ],
            },
          ],
        }),
      ).text,
    ).not.toContain("not shown");
  });

  it("leaves out zeros on a logarithmic axis, unless they have a row of their own", () => {
    const points: Point[] = [
      [1, 0],
      [2, 1e-9],
      [3, 1e-3],
      [4, -1],
    ];
    expect(readSvg(lineChart({ logY: true, series: [{ name: "s", points }] })).text).toContain(
      "2 points not shown (not finite, or ≤ 0 on a logarithmic axis)",
    );
    const difference = readSvg(differenceChart({ series: [{ name: "s", points }] })).text;
    expect(difference).not.toContain("not shown"); // −1 counts as |−1|
    expect(difference).toContain("0010⁻⁸");
    readSvg(
      differenceChart({
        series: [
          {
            name: "equal bits",
            points: [
              [0, 0],
              [1, 0],
            ],
          },
        ],
      }),
    );
    expect(
      readSvg(
        lineChart({
          logX: true,
          series: [
            {
              name: "s",
              points: [
                [0, 1],
                [1, 1],
              ],
            },
          ],
        }),
      ).text,
    ).toContain("1 point not shown");
  });

  it("draws nothing, one point, and enormous ranges", () => {
    expect(readSvg(lineChart({ title: "t", series: [] })).text).toContain("no data");
    expect(readSvg(lineChart({ language: "zh", series: [{ name: "s", points: [] }] })).text).toContain(
      "没有数据",
    );
    expect(readSvg(lineChart({ series: [{ name: "s", points: [[3, 3]] }] })).counts.get("circle")).toBe(1);
    const M = Number.MAX_VALUE;
    for (const points of [
      [
        [-M, -M],
        [M, M],
      ],
      [
        [0, 5e-324],
        [1, M],
      ],
      [
        [0, 1e-300],
        [1, 2e-300],
      ],
    ] as Point[][])
      for (const logY of [false, true]) readSvg(lineChart({ logY, series: [{ name: "s", points }] }));
  });

  it("thins long series but keeps the extremes of every column", () => {
    const points = Array.from(
      { length: 100_000 },
      (_, i): Point => [i, i === 54_321 ? 9 : i === 12_345 ? -9 : (i % 7) / 7],
    );
    const svg = lineChart({ series: [{ name: "s", points }], yDomain: [-9, 9] });
    expect(svg.length).toBeLessThan(80_000);
    const line = /<path d="([^"]+)" fill="none" stroke=/.exec(svg)![1]!;
    const ys = [...line.matchAll(/,([\d.]+)/g)].map((m) => Number(m[1]));
    const [, top, bottom] = /d="M\d+,(\d+)V(\d+)H/.exec(svg)!.map(Number) as [number, number, number];
    expect(Math.min(...ys)).toBeCloseTo(top, 0);
    expect(Math.max(...ys)).toBeCloseTo(bottom, 0);
  });

  it("writes plain colours for one theme and variables for both", () => {
    const series = [{ name: "s", points: curve(5) }];
    expect(lineChart({ series, theme: "dark" })).not.toContain("var(");
    expect(lineChart({ series, theme: "light" })).toContain('fill="#ffffff"');
    expect(lineChart({ series })).toContain("prefers-color-scheme:dark");
  });
});

describe("scatter", () => {
  it("gives every class a shape and a legend entry", () => {
    const points = Array.from({ length: 30 }, (_, i): Point => [i, i % 3]);
    const options = {
      title: "t",
      points,
      labels: points.map((_, i) => i % 3),
      classNames: ["a", "<b>", "c"],
    };
    const { counts, text } = readSvg(scatter(options));
    expect(counts.get("path")).toBe(30 + 3 + 1);
    expect(text).toContain("&lt;b&gt;");
    expect(scatter(options)).toBe(scatter(options));
    expect(new Set(Array.from({ length: MARKER_COUNT }, (_, i) => markerPath(i, 0, 0, 4))).size).toBe(10);
  });
  it("skips points that are not finite and says so; draws none and one", () => {
    expect(
      readSvg(
        scatter({
          points: [
            [NaN, 1],
            [1, 1],
          ],
        }),
      ).text,
    ).toContain("1 point not shown");
    expect(readSvg(scatter({ points: [] })).text).toContain("no data");
    readSvg(scatter({ points: [[0, 0]] }));
  });
  it("has raster shapes that contain their middle and not the corners of their box", () => {
    for (let i = 0; i < MARKER_COUNT; i++) {
      expect(insideMarker(i, 0, 0), String(i)).toBe(true);
      expect(insideMarker(i, 1.45, 1.45), String(i)).toBe(false);
    }
  });
});

describe("histogram", () => {
  it("counts with closed left edges and includes the right end", () => {
    expect(binCounts([0, 0.5, 1, NaN, 2, -1], [0, 1], 2)).toEqual({
      counts: [1, 2],
      notFinite: 1,
      outside: 2,
    });
    const M = Number.MAX_VALUE;
    expect(binCounts([-M, 0, M], [-M, M], 2).counts).toEqual([1, 2]);
  });
  it("draws groups, says what it leaves out, refuses bad bins", () => {
    const next = sequence(3);
    const values = Float32Array.from({ length: 500 }, () => next());
    const options = {
      title: "权重",
      groups: [
        { name: "W1", values },
        { name: "W2", values: [0.5, NaN, 7] },
      ],
      domain: [0, 1] as const,
    };
    const { text } = readSvg(histogram(options));
    expect(text).toContain("1 point not shown");
    expect(text).toContain("1 point outside");
    expect(histogram(options)).toBe(histogram(options));
    expect(readSvg(histogram({ groups: [] })).text).toContain("no data");
    readSvg(histogram({ groups: [{ name: "", values: [2] }] }));
    for (const bins of [0, 1.5, 1001, NaN])
      expect(() => histogram({ groups: [], bins })).toThrow(/bins must be/);
  });
});
