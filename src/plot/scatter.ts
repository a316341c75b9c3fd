/**
 * Scatter plot of labelled points in the plane; each class has a colour and a shape.
 *
 * Points with a coordinate that is not finite are left out and counted in a note. Where more than 20 000 points
 * would be drawn the file grows by about 100 bytes a point: choose a sample before.
 */
import { extent } from "./axis.ts";
import { frame, type PictureOptions } from "./frame.ts";
import { markerPath, markerSample } from "./markers.ts";
import { element, textAt } from "./svg.ts";
import { type Colors, seriesColor } from "./theme.ts";
import { emptyNote, skippedNote } from "./words.ts";

/** Points of one or more classes. */
export interface LabelledPoints {
  readonly points: readonly (readonly [x: number, y: number])[];
  /** Class of each point, 0, 1, …; all 0 by default. */
  readonly labels?: ArrayLike<number>;
  /** Names of the classes, for the legend. */
  readonly classNames?: readonly string[];
}

/** Options of `scatter`. */
export interface ScatterOptions extends PictureOptions, LabelledPoints {
  readonly xLabel?: string;
  readonly yLabel?: string;
  readonly xDomain?: readonly [number, number];
  readonly yDomain?: readonly [number, number];
  /** Radius of the markers in pixels; default 4. */
  readonly size?: number;
}

/** Class of point i. */
export const classOf = (data: LabelledPoints, i: number): number =>
  Math.max(0, Math.trunc(data.labels?.[i] ?? 0));

/** The classes that occur or are named, ascending. */
export function classes(data: LabelledPoints): number[] {
  const found = new Set((data.classNames ?? []).map((_, i) => i));
  for (let i = 0; i < data.points.length; i++) found.add(classOf(data, i));
  return [...found].sort((a, b) => a - b);
}

/** Name of a class. */
export const className = (data: LabelledPoints, index: number): string =>
  data.classNames?.[index] ?? String(index);

/** Draws the markers whose coordinates are finite, one path for each class and point. */
export function markers(
  data: LabelledPoints,
  at: (point: readonly [number, number]) => readonly [number, number],
  size: number,
  colors: Colors,
  outline: string,
): string {
  return classes(data)
    .map((index) =>
      element(
        "g",
        { fill: seriesColor(colors, index), stroke: outline, "stroke-width": 0.75 },
        ...data.points.flatMap((point, i) =>
          classOf(data, i) === index && Number.isFinite(point[0]) && Number.isFinite(point[1])
            ? [element("path", { d: markerPath(index, ...at(point), size) })]
            : [],
        ),
      ),
    )
    .join("");
}

/** Legend entries of the classes. */
export const classLegend = (data: LabelledPoints, colors: Colors): { name: string; sample: string }[] =>
  classes(data).map((index) => ({
    name: className(data, index),
    sample: markerSample(index, seriesColor(colors, index), colors.paper),
  }));

/** A little room at both ends, so that no marker is cut in half. */
const roomy = ([low, high]: [number, number]): [number, number] => {
  const room = (high - low) * 0.03;
  return Number.isFinite(high + room) && Number.isFinite(low - room)
    ? [low - room, high + room]
    : [low, high];
};

/**
 * Draws points by class.
 * @example
 * const svg = scatter({ title: "moons", points: [[0, 1], [1, 0]], labels: [0, 1], classNames: ["upper", "lower"] });
 * svg.startsWith("<svg") // true
 */
export function scatter(options: ScatterOptions): string {
  const finite = options.points.filter(([px, py]) => Number.isFinite(px) && Number.isFinite(py));
  const skipped = options.points.length - finite.length;
  const { language = "en", size = 4 } = options;
  const spec = {
    ...options,
    x: {
      domain: options.xDomain ?? roomy(extent(finite.map((p) => p[0]))),
      nice: options.xDomain === undefined,
    },
    y: {
      domain: options.yDomain ?? roomy(extent(finite.map((p) => p[1]))),
      nice: options.yDomain === undefined,
    },
    notes: skipped > 0 ? [skippedNote(skipped, false, language)] : [],
  };
  const { colors } = frame(spec);
  const { x, y, area, finish } = frame({ ...spec, legend: classLegend(options, colors) });
  return finish(
    markers(options, (p) => [x.at(p[0]), y.at(p[1])], size, colors, colors.paper),
    finite.length > 0
      ? ""
      : textAt(area.left + area.width / 2, area.top + area.height / 2, emptyNote(language), {
          "text-anchor": "middle",
          fill: colors.soft,
        }),
  );
}
