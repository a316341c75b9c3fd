/**
 * Colour scales for numbers: diverging (blue – near white – orange-red, centred at 0) and sequential.
 *
 * The stops are our own, blue against orange so that red–green blindness does not matter; mixing is linear in
 * sRGB with integer results, so every engine gives the same bytes.
 */

/** Red, green, blue, 0…255. */
export type Rgb = readonly [number, number, number];

const DIVERGING: readonly Rgb[] = [
  [11, 79, 138],
  [96, 165, 212],
  [247, 247, 245],
  [246, 158, 96],
  [166, 54, 3],
];
const SEQUENTIAL: readonly Rgb[] = [
  [247, 250, 252],
  [176, 212, 234],
  [74, 149, 200],
  [11, 79, 138],
];

/** a + t·(b − a), rounded. */
export const mix = (a: Rgb, b: Rgb, t: number): Rgb => [
  Math.round(a[0] + (b[0] - a[0]) * t),
  Math.round(a[1] + (b[1] - a[1]) * t),
  Math.round(a[2] + (b[2] - a[2]) * t),
];

function along(stops: readonly Rgb[], t: number): Rgb {
  const position = Math.min(1, Math.max(0, t)) * (stops.length - 1);
  const i = Math.min(stops.length - 2, Math.floor(position));
  return mix(stops[i] as Rgb, stops[i + 1] as Rgb, position - i);
}

/** Colour of t in −1…1; 0 is near white. */
export const diverging = (t: number): Rgb => along(DIVERGING, (t + 1) / 2);
/** Colour of t in 0…1, light to dark blue. */
export const sequential = (t: number): Rgb => along(SEQUENTIAL, t);
/** Colour of a probability: blue near 0, white at 0.5, orange near 1; pale, so that points stand out. */
export const probabilityColor = (p: number): Rgb => mix([255, 255, 255], diverging((2 * p - 1) * 0.7), 0.62);

/** Colour where there is no finite number. */
export const MISSING: Rgb = [160, 160, 160];

/** @example hex([255, 0, 16]) // "#ff0010" */
export const hex = (color: Rgb): string => `#${color.map((c) => c.toString(16).padStart(2, "0")).join("")}`;

/** `#rrggbb` as numbers. */
export const rgb = (color: string): Rgb => [
  Number.parseInt(color.slice(1, 3), 16),
  Number.parseInt(color.slice(3, 5), 16),
  Number.parseInt(color.slice(5, 7), 16),
];

/** Black or white, whichever reads better on a colour (ITU-R BT.601 luma). */
export const inkOn = (color: Rgb): string =>
  0.299 * color[0] + 0.587 * color[1] + 0.114 * color[2] > 140 ? "#15191e" : "#ffffff";
