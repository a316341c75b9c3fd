/**
 * The colours that canvases are drawn with, on light and on dark pages.
 *
 * Blue stands for negative and class 0, orange for positive and class 1, in every picture: a pair that red–green
 * blindness keeps apart. In the middle lies the paper itself, so that "nothing" looks like nothing in both themes.
 */
import { themeColors } from "papergrad/plot";

/** Red, green, blue, 0…255. */
export type Rgb = readonly [number, number, number];

/** The colours of one theme. */
export interface Palette {
  readonly dark: boolean;
  readonly paper: string;
  readonly ink: string;
  readonly soft: string;
  readonly grid: string;
  readonly axis: string;
  readonly bad: string;
  readonly negative: string;
  readonly positive: string;
  /** Colour of each class, then of each series. */
  readonly series: readonly string[];
  /** Level 0…254 → pixel, negative to positive; level 255 is "not a number". For the small maps of units. */
  readonly strong: Uint32Array;
  /** The same, paler, for grounds that points must stand out from. */
  readonly pale: Uint32Array;
}

/** A level that stands for a number that is not finite. */
export const MISSING_LEVEL = 255;

/** Of `#rrggbb`. */
export const rgb = (hex: string): Rgb =>
  [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as never;

/** a + t·(b − a). */
export const mix = (a: Rgb, b: Rgb, t: number): Rgb =>
  [0, 1, 2].map((i) => Math.round(a[i]! + (b[i]! - a[i]!) * t)) as never;

/** A pixel as canvases store it in memory (red first, opaque). */
export const pixel = ([r, g, b]: Rgb): number => ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;

/** `rgb(…)` for CSS. */
export const css = ([r, g, b]: Rgb): string => `rgb(${r} ${g} ${b})`;

interface Ends {
  readonly negative: readonly [Rgb, Rgb];
  readonly middle: Rgb;
  readonly positive: readonly [Rgb, Rgb];
}

const LIGHT_ENDS: Ends = {
  negative: [rgb("#0b4f8a"), rgb("#5fa4d4")],
  middle: rgb("#fbfbf9"),
  positive: [rgb("#f49b5c"), rgb("#b23c05")],
};
const DARK_ENDS: Ends = {
  negative: [rgb("#6cc0f5"), rgb("#22689c")],
  middle: rgb("#161b22"),
  positive: [rgb("#9c4a1a"), rgb("#ff9a5c")],
};

/** 256 colours: 0 the negative end, 127 the middle, 254 the positive end, 255 missing. `strength` 0…1 pales them. */
function scale(ends: Ends, strength: number, missing: Rgb): Uint32Array {
  const stops = [...ends.negative, ends.middle, ...ends.positive];
  return Uint32Array.from({ length: 256 }, (_, level) => {
    if (level === MISSING_LEVEL) return pixel(missing);
    const at = (level / 254) * 4;
    const i = Math.min(3, Math.floor(at));
    return pixel(mix(ends.middle, mix(stops[i]!, stops[i + 1]!, at - i), strength));
  });
}

function palette(dark: boolean): Palette {
  const { ink, soft, grid, axis, paper, bad, negative, positive, series } = themeColors(
    dark ? "dark" : "light",
  );
  const ends = dark ? DARK_ENDS : LIGHT_ENDS;
  const missing = rgb(dark ? "#4a515a" : "#a0a0a0");
  return {
    dark,
    ink,
    soft,
    grid,
    axis,
    paper,
    bad,
    negative,
    positive,
    series,
    strong: scale(ends, 1, missing),
    pale: scale(ends, dark ? 0.5 : 0.42, missing),
  };
}

/** Both themes. */
export const PALETTES = { light: palette(false), dark: palette(true) } as const;

/** Colour of a class or series as numbers. */
export const seriesRgb = (colors: Palette, index: number): Rgb =>
  rgb(colors.series[index % colors.series.length]!);

/** Pixel of class `index`, `share` 0…1 of the way from the paper to its colour. */
export const classPixel = (colors: Palette, index: number, share: number): number =>
  pixel(mix(rgb(colors.paper), seriesRgb(colors, index), share));

/** A scale as a CSS gradient, for legends. */
export function gradient(levels: Uint32Array): string {
  const stops = [0, 32, 64, 96, 127, 158, 190, 222, 254].map((level) => {
    const p = levels[level]!;
    return css([p & 255, (p >> 8) & 255, (p >> 16) & 255]);
  });
  return `linear-gradient(to right, ${stops.join(", ")})`;
}
