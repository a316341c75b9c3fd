/**
 * The frame around a chart: title, legend, axes with grid and labels, notes at the foot.
 *
 * It decides where the drawing area lies (room for the widest tick label, as many legend rows as needed) and gives
 * back the two axes; the chart draws into the area, clipped to it by a nested `<svg>`, so no ids are needed and
 * any number of pictures can share a page. It knows nothing of the data.
 */
import { type Axis, type AxisSpec, axis } from "./axis.ts";
import { element, escapeXml, fitText, textAt, textWidth } from "./svg.ts";
import { type Colors, FONT, type Theme, themeColors, themeStyle } from "./theme.ts";

/** Options every picture takes. */
export interface PictureOptions {
  readonly title?: string;
  /** Size in pixels of the picture's own coordinates; it scales to any size. */
  readonly width?: number;
  readonly height?: number;
  /** Default `auto`: follows the page's CSS variables or the reader's preference. */
  readonly theme?: Theme;
  /** Language of the picture's own notes; default `en`. */
  readonly language?: "en" | "zh";
}

/** One entry of a legend: a small drawing of 22 × 12 pixels around (0, 0), and its name. */
export interface LegendItem {
  readonly name: string;
  readonly sample: string;
}

/** The area charts draw in, in pixels. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface FrameOptions extends PictureOptions {
  readonly xLabel?: string;
  readonly yLabel?: string;
  readonly x: AxisSpec;
  readonly y: AxisSpec;
  readonly legend?: readonly LegendItem[];
  readonly notes?: readonly string[];
}

export interface Frame {
  readonly area: Area;
  readonly x: Axis;
  readonly y: Axis;
  readonly colors: Colors;
  /** The finished picture: `inside` is clipped to the area, `over` is not. */
  finish(inside: string, over?: string): string;
}

const SMALL = 12;

/** The outer `<svg>` of a picture: size, font, background, accessible name. */
export function picture(
  width: number,
  height: number,
  options: PictureOptions,
  ...children: string[]
): string {
  const theme = options.theme ?? "auto";
  const colors = themeColors(theme);
  const name = options.title ?? "";
  return element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      class: "pg-plot",
      viewBox: `0 0 ${Math.round(width)} ${Math.round(height)}`,
      width: Math.round(width),
      height: Math.round(height),
      role: "img",
      "aria-label": name === "" ? undefined : name,
      "font-family": FONT,
      "font-size": SMALL,
      fill: colors.ink,
    },
    name === "" ? "" : `<title>${escapeXml(name)}</title>`,
    themeStyle(theme),
    element("rect", { width: Math.round(width), height: Math.round(height), fill: colors.paper }),
    ...children,
  );
}

/** Title line of a picture at the left edge. */
export const titleText = (title: string | undefined, width: number): string =>
  title === undefined
    ? ""
    : textAt(16, 24, fitText(title, 15.5, width - 32), { "font-size": 15, "font-weight": 600 });

/** Lays legend entries out in rows; returns the drawing and the height it takes. */
export function legendRows(
  items: readonly LegendItem[],
  left: number,
  top: number,
  width: number,
  colors: Colors,
): { svg: string; height: number } {
  let x = left;
  let row = 0;
  const parts: string[] = [];
  for (const item of items) {
    const name = fitText(item.name, SMALL, width - 30);
    const size = 28 + textWidth(name, SMALL) + 16;
    if (x > left && x + size - 16 > left + width) {
      x = left;
      row++;
    }
    const y = top + row * 20 + 8;
    parts.push(
      element("g", { transform: `translate(${Math.round(x + 11)} ${Math.round(y)})` }, item.sample),
      textAt(x + 28, y + 4, name, { fill: colors.soft }),
    );
    x += size;
  }
  return { svg: parts.join(""), height: items.length === 0 ? 0 : (row + 1) * 20 + 4 };
}

/** Builds the frame. */
export function frame(options: FrameOptions): Frame {
  const { width = 640, height = 380, notes = [] } = options;
  const colors = themeColors(options.theme ?? "auto");
  const head = options.title === undefined ? 12 : 40;
  const legend = legendRows(options.legend ?? [], 16, head - 4, width - 32, colors);
  const top = head + legend.height + 4;
  const foot = 26 + (options.xLabel === undefined ? 0 : 20) + notes.length * 16 + (notes.length > 0 ? 4 : 0);
  const areaHeight = Math.max(40, height - top - foot);
  const bottom = top + areaHeight;

  const y = axis(options.y, bottom, top, Math.max(2, Math.round(areaHeight / 48)));
  const widest = Math.max(0, ...y.ticks.map((tick) => textWidth(tick.label, SMALL)));
  const left = (options.yLabel === undefined ? 16 : 36) + Math.min(widest, width / 3) + 8;
  const areaWidth = Math.max(40, width - left - 22);
  const x = axis(options.x, left, left + areaWidth, Math.max(2, Math.round(areaWidth / 88)));
  const area: Area = { left, top, width: areaWidth, height: areaHeight };

  const right = left + areaWidth;
  const lines: string[] = [];
  const rule = (x1: number, y1: number, x2: number, y2: number, opacity?: number) =>
    lines.push(element("line", { x1, y1, x2, y2, stroke: colors.grid, "stroke-opacity": opacity }));
  for (const value of x.minor) rule(x.at(value), top, x.at(value), bottom, 0.5);
  for (const value of y.minor) rule(left, y.at(value), right, y.at(value), 0.5);
  for (const tick of x.ticks) rule(x.at(tick.value), top, x.at(tick.value), bottom);
  for (const tick of y.ticks) rule(left, y.at(tick.value), right, y.at(tick.value));

  const labels = [
    ...x.ticks.map((tick) =>
      // A label at the right edge is moved in, so that it is not cut off.
      textAt(
        Math.min(x.at(tick.value), width - 4 - textWidth(tick.label, SMALL) / 2),
        bottom + 17,
        tick.label,
        {
          "text-anchor": "middle",
          fill: colors.soft,
        },
      ),
    ),
    ...y.ticks.map((tick) =>
      textAt(left - 8, y.at(tick.value) + 4, tick.label, { "text-anchor": "end", fill: colors.soft }),
    ),
  ];
  if (options.xLabel !== undefined)
    labels.push(textAt(left + areaWidth / 2, bottom + 38, options.xLabel, { "text-anchor": "middle" }));
  if (options.yLabel !== undefined) {
    const middle = top + areaHeight / 2;
    labels.push(
      element(
        "text",
        { transform: `translate(20 ${Math.round(middle)}) rotate(-90)`, "text-anchor": "middle" },
        escapeXml(fitText(options.yLabel, SMALL, height - 16)),
      ),
    );
  }
  const noteTop = bottom + 26 + (options.xLabel === undefined ? 0 : 20) + 6;
  const noteTexts = notes.map((note, i) =>
    textAt(16, noteTop + i * 16, fitText(note, 11, width - 32), { "font-size": 11, fill: colors.soft }),
  );

  return {
    area,
    x,
    y,
    colors,
    finish: (inside, over = "") =>
      picture(
        width,
        height,
        options,
        titleText(options.title, width),
        legend.svg,
        element("g", { "stroke-width": 1 }, ...lines),
        inside === "" ? "" : clipped(area, inside),
        element("path", {
          d: `M${Math.round(left)},${Math.round(top)}V${Math.round(bottom)}H${Math.round(right)}`,
          fill: "none",
          stroke: colors.axis,
        }),
        over,
        ...labels,
        ...noteTexts,
      ),
  };
}

/** Clips a drawing to an area without needing an id. */
export const clipped = (area: Area, drawing: string): string =>
  element(
    "svg",
    {
      x: area.left,
      y: area.top,
      width: area.width,
      height: area.height,
      viewBox: [area.left, area.top, area.width, area.height]
        .map((v) => String(Math.round(v * 100) / 100))
        .join(" "),
      overflow: "hidden",
    },
    drawing,
  );
