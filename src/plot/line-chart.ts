/**
 * Line charts: losses, accuracies, learning rates, differences over steps.
 *
 * Points that cannot be drawn (NaN, ±∞, and ≤ 0 on a logarithmic axis) break the line and are counted in a note.
 * Long series are thinned per pixel column to first, lowest, highest and last point (Jugel et al., "M4", VLDB 2014),
 * which draws the same pixels. `differenceChart` is the same with a row of its own for differences of exactly 0.
 */
import { type Axis, extent } from "./axis.ts";
import { frame, type PictureOptions } from "./frame.ts";
import { element, fitText, num, polyline, textAt, textWidth } from "./svg.ts";
import { seriesColor } from "./theme.ts";
import { emptyNote, skippedNote } from "./words.ts";

/** A point `[x, y]`. */
export type Point = readonly [x: number, y: number];

/** One line. */
export interface Series {
  readonly name: string;
  readonly points: readonly Point[];
  /** Any CSS colour; by default the next of the palette. */
  readonly color?: string;
  /** Shade the area below the line. */
  readonly area?: boolean;
  /** Dashed, or an SVG dash pattern such as `"2 3"`. */
  readonly dash?: boolean | string;
}

/** Options of `lineChart`. */
export interface LineChartOptions extends PictureOptions {
  readonly xLabel?: string;
  readonly yLabel?: string;
  readonly series: readonly Series[];
  readonly logX?: boolean;
  readonly logY?: boolean;
  /** Range shown; default: all of the data. */
  readonly xDomain?: readonly [number, number];
  readonly yDomain?: readonly [number, number];
  /** Vertical lines with a label. */
  readonly marks?: readonly { readonly x: number; readonly label: string }[];
  /** With `logY`: draw exact zeros on a row of their own, with this label, instead of leaving them out. */
  readonly zeroLabel?: string;
}

/** Cuts a series into runs of drawable points. */
function runs(points: readonly Point[], drawable: (point: Point) => boolean): Point[][] {
  const result: Point[][] = [];
  let current: Point[] | undefined;
  for (const point of points) {
    if (!drawable(point)) current = undefined;
    else if (current === undefined) {
      current = [point];
      result.push(current);
    } else current.push(point);
  }
  return result;
}

/** Pixels of a run; thinned per column where x never falls and there are many more points than columns. */
function pixels(run: readonly Point[], x: Axis, y: Axis): [number, number][] {
  const all = run.map(([px, py]): [number, number] => [x.at(px), y.at(py)]);
  if (all.length <= 2000 || all.some((p, i) => i > 0 && p[0] < (all[i - 1] as [number, number])[0]))
    return all;
  const kept: [number, number][] = [];
  for (let start = 0; start < all.length; ) {
    const column = Math.floor((all[start] as [number, number])[0]);
    let [end, low, high] = [start, start, start];
    for (; end < all.length && Math.floor((all[end] as [number, number])[0]) === column; end++) {
      const value = (all[end] as [number, number])[1];
      if (value < (all[low] as [number, number])[1]) low = end;
      if (value > (all[high] as [number, number])[1]) high = end;
    }
    for (const i of [...new Set([start, low, high, end - 1])].sort((a, b) => a - b))
      kept.push(all[i] as [number, number]);
    start = end;
  }
  return kept;
}

/**
 * Draws lines over a common pair of axes.
 *
 * @returns an SVG document as text; the same options give the same text.
 * @example
 * const svg = lineChart({ title: "loss", series: [{ name: "train", points: [[1, 0.7], [2, 0.4]] }], logY: true });
 * svg.startsWith("<svg") // true
 */
export function lineChart(options: LineChartOptions): string {
  const { series, logX = false, logY = false, language = "en", zeroLabel } = options;
  const zeros = logY && zeroLabel !== undefined;
  const drawable = ([px, py]: Point): boolean =>
    Number.isFinite(px) &&
    Number.isFinite(py) &&
    (!logX || px > 0) &&
    (!logY || py > 0 || (zeros && py === 0));
  const shown = series.map((s) => runs(s.points, drawable));
  const flat = shown.flat(2);
  const skipped = series.reduce((sum, s) => sum + s.points.length, 0) - flat.length;
  const marks = (options.marks ?? []).filter((m) => Number.isFinite(m.x) && (!logX || m.x > 0));

  const notes = skipped > 0 ? [skippedNote(skipped, logX || logY, language)] : [];
  const style = series.map((s, i) => ({
    color: s.color,
    dash:
      typeof s.dash === "string"
        ? s.dash
        : s.dash === true || (s.dash === undefined && i >= 10)
          ? "6 4"
          : undefined,
  }));
  const layout = (legend: { name: string; sample: string }[]) =>
    frame({
      ...options,
      x: {
        domain: options.xDomain ?? extent([...flat.map((p) => p[0]), ...marks.map((m) => m.x)], logX),
        log: logX,
        nice: false,
      },
      y: {
        domain:
          options.yDomain ??
          extent(
            flat.map((p) => p[1]),
            logY,
          ),
        log: logY,
        nice: options.yDomain === undefined,
        ...(zeros ? { zeroLabel } : {}),
      },
      legend,
      notes,
    });
  const { colors } = layout([]);
  const colorOf = (i: number): string => style[i]?.color ?? seriesColor(colors, i);
  const named = series.length > 1 || (series[0]?.name ?? "") !== "";
  const { x, y, area, finish } = layout(
    named
      ? series.map((s, i) => ({
          name: s.name,
          sample: element("line", {
            x1: -11,
            x2: 11,
            y1: 0,
            y2: 0,
            stroke: colorOf(i),
            "stroke-width": 2.5,
            "stroke-dasharray": style[i]?.dash,
          }),
        }))
      : [],
  );

  const bottom = area.top + area.height;
  const drawing: string[] = [];
  const lines: string[] = [];
  for (const [i, s] of series.entries()) {
    let line = "";
    for (const run of shown[i] ?? []) {
      const path = pixels(run, x, y);
      const [first, last] = [path[0], path.at(-1)];
      if (first === undefined || last === undefined) continue;
      if (path.length === 1)
        lines.push(element("circle", { cx: first[0], cy: first[1], r: 3.5, fill: colorOf(i) }));
      else line += polyline(path);
      if (s.area === true && path.length > 1)
        drawing.push(
          element("path", {
            d: `${polyline(path)}L${num(last[0])},${num(bottom)}L${num(first[0])},${num(bottom)}Z`,
            fill: colorOf(i),
            "fill-opacity": 0.14,
          }),
        );
    }
    if (line !== "")
      lines.push(
        element("path", {
          d: line,
          fill: "none",
          stroke: colorOf(i),
          "stroke-width": 1.75,
          "stroke-linejoin": "round",
          "stroke-dasharray": style[i]?.dash,
        }),
      );
  }
  for (const [i, mark] of marks.entries()) {
    const px = x.at(mark.x);
    // A label that would leave the area stands on the other side of its line; neighbours take the next row.
    const flip = px + 6 + textWidth(mark.label, 11) > area.left + area.width;
    lines.push(
      element("line", {
        x1: px,
        x2: px,
        y1: area.top,
        y2: bottom,
        stroke: colors.soft,
        "stroke-dasharray": "3 3",
      }),
      textAt(px + (flip ? -5 : 5), area.top + 12 + (i % 3) * 14, fitText(mark.label, 11, area.width), {
        "font-size": 11,
        fill: colors.soft,
        "text-anchor": flip ? "end" : undefined,
        "paint-order": "stroke",
        stroke: colors.paper,
        "stroke-width": 3,
      }),
    );
  }
  const over =
    flat.length === 0
      ? textAt(area.left + area.width / 2, area.top + area.height / 2, emptyNote(language), {
          "text-anchor": "middle",
          fill: colors.soft,
        })
      : "";
  return finish(drawing.join("") + lines.join(""), over);
}

/**
 * |difference| between two runs over the steps, on a logarithmic axis; equal bits have a row of their own.
 * @example
 * const svg = differenceChart({ title: "float32 − float64", series: [{ name: "W1", points: [[1, 0], [2, 3e-8]] }] });
 * svg.startsWith("<svg") // true
 */
export function differenceChart(options: Omit<LineChartOptions, "logY" | "zeroLabel">): string {
  const series = options.series.map((s) => ({
    ...s,
    points: s.points.map(([px, py]): Point => [px, Math.abs(py)]),
  }));
  return lineChart({ ...options, series, logY: true, zeroLabel: "0" });
}
