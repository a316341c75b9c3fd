/**
 * Histograms: how the values of one or more groups are distributed (weights by layer, probabilities by class).
 *
 * Bins are of equal width over the range of all groups, closed on the left; the last includes its right edge.
 * Values that are not finite are left out and counted in a note; those outside a given `domain` too.
 */
import { UsageError } from "../tensor/errors.ts";
import { extent } from "./axis.ts";
import { frame, type PictureOptions } from "./frame.ts";
import { element, num, textAt } from "./svg.ts";
import { seriesColor } from "./theme.ts";
import { emptyNote, outsideNote, skippedNote } from "./words.ts";

/** Values of one group. */
export interface HistogramGroup {
  readonly name: string;
  readonly values: ArrayLike<number>;
}

/** Options of `histogram`. */
export interface HistogramOptions extends PictureOptions {
  readonly groups: readonly HistogramGroup[];
  readonly xLabel?: string;
  readonly yLabel?: string;
  /** Number of bins, 1…1000; default 30. */
  readonly bins?: number;
  readonly domain?: readonly [number, number];
}

/** Counts of one group, with what was left out. */
export interface BinCounts {
  readonly counts: readonly number[];
  readonly notFinite: number;
  readonly outside: number;
}

/** Counts values into `bins` equal bins over [low, high]. @example binCounts([0, 1, 1], [0, 1], 2).counts // [1, 2] */
export function binCounts(
  values: ArrayLike<number>,
  [low, high]: readonly [number, number],
  bins: number,
): BinCounts {
  const counts = new Array<number>(bins).fill(0);
  let notFinite = 0;
  let outside = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (!Number.isFinite(value)) notFinite++;
    else if (value < low || value > high) outside++;
    else {
      // Halves first, so that the span of the widest domains does not overflow.
      const t = (value / 2 - low / 2) / (high / 2 - low / 2);
      const bin = Math.min(bins - 1, Math.floor(t * bins));
      counts[bin] = (counts[bin] as number) + 1;
    }
  }
  return { counts, notFinite, outside };
}

/**
 * Draws the histogram.
 * @throws {UsageError} if `bins` is not an integer in 1…1000.
 * @example
 * const svg = histogram({ title: "weights", groups: [{ name: "W1", values: [0.1, -0.2, 0.3] }], bins: 10 });
 * svg.startsWith("<svg") // true
 */
export function histogram(options: HistogramOptions): string {
  const { groups, bins = 30, language = "en" } = options;
  if (!Number.isInteger(bins) || bins < 1 || bins > 1000)
    throw new UsageError(
      `histogram: bins must be an integer in 1…1000, received ${bins}. Leave it out for 30.`,
    );
  const all = groups.map((g) => extentOrNothing(g.values)).filter((e) => e !== undefined);
  const domain = options.domain ?? extent(all.flat());
  const counted = groups.map((g) => binCounts(g.values, domain, bins));
  const skipped = counted.reduce((sum, c) => sum + c.notFinite, 0);
  const outside = counted.reduce((sum, c) => sum + c.outside, 0);
  const highest = Math.max(1, ...counted.flatMap((c) => c.counts));
  const spec = {
    ...options,
    x: { domain, nice: false },
    y: { domain: [0, highest] as const },
    notes: [
      ...(skipped > 0 ? [skippedNote(skipped, false, language)] : []),
      ...(outside > 0 ? [outsideNote(outside, language)] : []),
    ],
  };
  const { colors } = frame(spec);
  const named = groups.length > 1 || (groups[0]?.name ?? "") !== "";
  const legend = groups.map((g, i) => ({
    name: g.name,
    sample: element("rect", {
      x: -8,
      y: -6,
      width: 16,
      height: 12,
      fill: seriesColor(colors, i),
      "fill-opacity": 0.45,
      stroke: seriesColor(colors, i),
    }),
  }));
  const { y, area, finish } = frame({ ...spec, legend: named ? legend : [] });
  const base = y.at(0);
  const drawing = counted.map((c, i) => {
    let d = `M${num(area.left)},${num(base)}`;
    for (const [bin, count] of c.counts.entries()) {
      d += `V${num(y.at(count))}H${num(area.left + ((bin + 1) / bins) * area.width)}`;
    }
    return element("path", {
      d: `${d}V${num(base)}Z`,
      fill: seriesColor(colors, i),
      "fill-opacity": groups.length > 1 ? 0.35 : 0.6,
      stroke: seriesColor(colors, i),
    });
  });
  const empty = all.length === 0;
  return finish(
    drawing.join(""),
    empty
      ? textAt(area.left + area.width / 2, area.top + area.height / 2, emptyNote(language), {
          "text-anchor": "middle",
          fill: colors.soft,
        })
      : "",
  );
}

function extentOrNothing(values: ArrayLike<number>): [number, number] | undefined {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : undefined;
}
