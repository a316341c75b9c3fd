/**
 * Axes: from a value to a pixel, and the ticks with their labels.
 *
 * Linear axes take ticks at 1, 2 or 5 times a power of ten; logarithmic ones at powers of ten (and at 2…9 times
 * those where there is room). Domains may be empty, a single value, or as wide as float64 allows. Labels are
 * written without a locale: a thin space between thousands, "3×10⁻⁵" outside 10⁻⁴…10⁷.
 */
import { nice, tickStep, ticks } from "d3-array";

/** One labelled position. */
export interface Tick {
  readonly value: number;
  readonly label: string;
}

/** A scale with its ticks. */
export interface Axis {
  readonly domain: readonly [number, number];
  readonly ticks: readonly Tick[];
  /** Positions of thin unlabelled grid lines. */
  readonly minor: readonly number[];
  /** Pixel of a value. */
  at(value: number): number;
}

/** What an axis shows. */
export interface AxisSpec {
  readonly domain: readonly [number, number];
  readonly log?: boolean;
  /** Widen the domain to round numbers; default true. */
  readonly nice?: boolean;
  /** On a logarithmic axis: exact zeros get a row of their own below, with this label. */
  readonly zeroLabel?: string;
}

const SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const superscript = (n: number): string =>
  (n < 0 ? "⁻" : "") + [...String(Math.abs(n))].map((digit) => SUPERSCRIPT[Number(digit)]).join("");

/** e of x = m·10^e with 1 ≤ m < 10, exactly. */
export const decimalExponent = (x: number): number => Number(Math.abs(x).toExponential().split("e")[1]);

/** A power of ten for a label. @example powerLabel(-3) // "10⁻³" */
export const powerLabel = (exponent: number): string =>
  exponent === 0 ? "1" : exponent === 1 ? "10" : `10${superscript(exponent)}`;

const minus = (text: string): string => text.replace("-", "−");

/** Label of a tick on an axis with this step. @example tickLabel(0.5, 0.05) // "0.50" */
export function tickLabel(value: number, step: number, largest = Math.abs(value)): string {
  if (value === 0) return "0";
  if (largest >= 1e7 || largest < 1e-4) {
    const e = decimalExponent(value);
    const digits = Math.min(15, Math.max(0, e - decimalExponent(step)));
    const [mantissa, shown] = value.toExponential(digits).split("e") as [string, string];
    return minus(`${mantissa}×${powerLabel(Number(shown))}`).replace("×1", Number(shown) === 0 ? "" : "×1");
  }
  const digits = Math.min(20, Math.max(0, -decimalExponent(step)));
  const [whole, fraction] = value.toFixed(digits).split(".") as [string, string | undefined];
  const grouped = Math.abs(value) >= 1e4 ? whole.replace(/\B(?=(\d{3})+$)/g, "\u2009") : whole;
  return minus(fraction === undefined ? grouped : `${grouped}.${fraction}`);
}

/** Smallest and largest of the finite values; [0, 1] if there are none, a little room around a single one. */
export function extent(values: Iterable<number>, positive = false): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (!Number.isFinite(value) || (positive && value <= 0)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return positive ? [0.1, 1] : [0, 1];
  if (low < high) return [low, high];
  if (positive) return [Math.max(low / 2, Number.MIN_VALUE), Math.min(high * 2, Number.MAX_VALUE)];
  const room = low === 0 ? 1 : Math.abs(low) / 10;
  return [Math.max(low - room, -Number.MAX_VALUE), Math.min(low + room, Number.MAX_VALUE)];
}

/** Builds an axis from pixel `from` (low end) to pixel `to`, with about `count` ticks. */
export const axis = (spec: AxisSpec, from: number, to: number, count: number): Axis =>
  spec.log === true ? logAxis(spec, from, to, count) : linearAxis(spec, from, to, count);

function linearAxis(spec: AxisSpec, from: number, to: number, count: number): Axis {
  // Domains wider than the largest double, or among the smallest ones, are worked on in another unit.
  const span = spec.domain[1] - spec.domain[0];
  const unit = !Number.isFinite(span) ? 4 : span < 1e-280 ? 2 ** -300 : 1;
  let low = spec.domain[0] / unit;
  let high = spec.domain[1] / unit;
  if (spec.nice !== false && unit <= 1) {
    const [niceLow, niceHigh] = nice(low, high, count);
    if (Number.isFinite(niceHigh - niceLow) && niceLow < niceHigh) [low, high] = [niceLow, niceHigh];
  }
  const positions = ticks(low, high, count).filter((v) => Number.isFinite(v * unit));
  const step = tickStep(low, high, count) * unit;
  const largest = Math.max(...positions.map((v) => Math.abs(v * unit)), 0);
  return {
    domain: [low * unit, high * unit],
    ticks: positions.map((v) => ({ value: v * unit, label: tickLabel(v * unit, step, largest) })),
    minor: [],
    at: (value) => from + ((value / unit - low) / (high - low)) * (to - from),
  };
}

function logAxis(spec: AxisSpec, from: number, to: number, count: number): Axis {
  let low = Math.log10(spec.domain[0]);
  let high = Math.log10(spec.domain[1]);
  // Rounded to whole decades only where that does not waste most of the picture.
  if (spec.nice !== false && high - low > 0.8) {
    low = Math.max(Math.floor(low + 1e-9), Math.min(low, -323));
    high = Math.min(Math.ceil(high - 1e-9), Math.max(high, 308));
  }
  const zero = spec.zeroLabel;
  // The row of the zeros lies below the smallest value, with some room under it.
  const room = Math.max((high - low) * 0.1, 0.2);
  const zeroAt = low - room;
  const bottom = zero === undefined ? low : zeroAt - room / 2;
  const at = (value: number): number =>
    from + (((value <= 0 ? zeroAt : Math.log10(value)) - bottom) / (high - bottom)) * (to - from);

  const first = Math.ceil(low - 1e-9);
  const last = Math.floor(high + 1e-9);
  const marks: Tick[] = [];
  const minor: number[] = [];
  if (last - first >= 1) {
    const every = Math.max(1, Math.ceil((last - first) / count));
    // Counted from the top down to multiples of `every`, so that the same decades are labelled as data grow.
    for (let e = first; e <= last; e++) {
      const value = Number(`1e${e}`);
      if (e % every === 0) marks.push({ value, label: powerLabel(e) });
      else minor.push(value);
      if (last - first <= 5)
        for (let m = 2; m <= 9; m++) if (Math.log10(m * value) <= high) minor.push(m * value);
    }
  } else {
    const ends = [10 ** low, Math.min(10 ** high, Number.MAX_VALUE)] as const;
    const step = tickStep(ends[0], ends[1], count);
    for (const value of ticks(ends[0], ends[1], count))
      if (value > 0 && Number.isFinite(value)) marks.push({ value, label: tickLabel(value, step, ends[1]) });
  }
  if (zero !== undefined) marks.unshift({ value: 0, label: zero });
  return { domain: [10 ** low, 10 ** high], ticks: marks, minor, at };
}
