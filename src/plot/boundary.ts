/**
 * The decision boundary of a classifier in the plane, as SVG: filled bands of probability, the line where it is
 * 0.5, and the points.
 *
 * The grid holds P(class 1) at nx × ny places, corners included: `values[iy * nx + ix]` belongs to
 * x = x0 + ix·(x1 − x0)/(nx − 1), y = y0 + iy·(y1 − y0)/(ny − 1), y growing upwards. Bands and line are those of
 * d3-contour (marching squares with linear interpolation). For films see `boundary-raster.ts`.
 */
import { contours } from "d3-contour";
import { ShapeError, UsageError } from "../tensor/errors.ts";
import { hex, probabilityColor } from "./color-scale.ts";
import { frame, type PictureOptions } from "./frame.ts";
import { classLegend, type LabelledPoints, markers } from "./scatter.ts";
import { element, polyline } from "./svg.ts";
import { LIGHT } from "./theme.ts";
import { notFiniteNote, outsideNote, skippedNote } from "./words.ts";

/** Probabilities over a rectangle of the plane. */
export interface ProbabilityGrid {
  /** P(class 1), row after row from the smallest y: `values[iy * nx + ix]`. */
  readonly values: ArrayLike<number>;
  readonly nx: number;
  readonly ny: number;
  readonly xRange: readonly [number, number];
  readonly yRange: readonly [number, number];
}

/** Options of `boundary`. */
export interface BoundaryOptions extends PictureOptions {
  readonly grid: ProbabilityGrid;
  readonly data?: LabelledPoints;
  readonly xLabel?: string;
  readonly yLabel?: string;
  /** Number of filled bands, 2…100; default 20. */
  readonly bands?: number;
  /** Radius of the markers in pixels; default 4. */
  readonly size?: number;
}

/** Checks a grid. @throws {ShapeError} if sizes do not agree, {UsageError} if a range is empty. */
export function checkGrid(grid: ProbabilityGrid, where: string): void {
  const { values, nx, ny, xRange, yRange } = grid;
  if (!(Number.isInteger(nx) && Number.isInteger(ny) && nx >= 2 && ny >= 2 && values.length === nx * ny))
    throw new ShapeError(
      `${where}: a grid of ${nx} × ${ny} needs ${nx * ny} values and at least 2 × 2 places, received ${values.length}. Give values[iy * nx + ix].`,
    );
  for (const [name, [low, high]] of [["xRange", xRange] as const, ["yRange", yRange] as const])
    if (!(low < high && Number.isFinite(high - low)))
      throw new UsageError(
        `${where}: ${name} must be [low, high] with low < high, both finite, received [${low}, ${high}]. Leave some room around the points.`,
      );
}

/** Colour of the line at 0.5. */
const LINE = LIGHT.ink;

/** How many points are not finite, and how many lie outside the grid. */
export function countOutside(
  grid: ProbabilityGrid,
  data: LabelledPoints,
): { skipped: number; outside: number } {
  let [skipped, outside] = [0, 0];
  const [[x0, x1], [y0, y1]] = [grid.xRange, grid.yRange];
  for (const [x, y] of data.points)
    if (!(Number.isFinite(x) && Number.isFinite(y))) skipped++;
    else if (x < x0 || x > x1 || y < y0 || y > y1) outside++;
  return { skipped, outside };
}

/**
 * Draws the picture.
 * @throws {ShapeError} if the grid does not have nx × ny values; {UsageError} for an empty range.
 * @example
 * const grid = { values: [0.1, 0.9, 0.2, 0.8], nx: 2, ny: 2, xRange: [-2, 3], yRange: [-1, 2] } as const;
 * boundary({ title: "moons", grid }).startsWith("<svg") // true
 */
export function boundary(options: BoundaryOptions): string {
  const { grid, data, bands = 20, size = 4, language = "en" } = options;
  checkGrid(grid, "boundary");
  if (!Number.isInteger(bands) || bands < 2 || bands > 100)
    throw new UsageError(
      `boundary: bands must be an integer in 2…100, received ${bands}. Leave it out for 20.`,
    );
  const { nx, ny, xRange, yRange } = grid;
  const values = Array.from(grid.values, (v) =>
    Number.isFinite(v) ? Math.min(1, Math.max(0, v)) : Number.NaN,
  );
  const missing = values.filter((v) => Number.isNaN(v)).length;
  const counts = data === undefined ? { skipped: 0, outside: 0 } : countOutside(grid, data);

  const spec = {
    ...options,
    x: { domain: xRange, nice: false },
    y: { domain: yRange, nice: false },
    notes: [
      ...(missing > 0 ? [notFiniteNote(missing, language)] : []),
      ...(counts.skipped > 0 ? [skippedNote(counts.skipped, false, language)] : []),
      ...(counts.outside > 0 ? [outsideNote(counts.outside, language)] : []),
    ],
  };
  const { colors } = frame(spec);
  const { x, y, area, finish } = frame({
    ...spec,
    legend: [
      ...(data === undefined ? [] : classLegend(data, colors)),
      {
        name: "p = 0.5",
        // The line is dark on the pale bands in either theme.
        sample:
          element("rect", { x: -11, y: -6, width: 22, height: 12, fill: hex(probabilityColor(0.5)) }) +
          element("line", { x1: -11, x2: 11, y1: 0, y2: 0, stroke: LINE, "stroke-width": 2 }),
      },
    ],
  });

  // d3-contour puts sample (ix, iy) at (ix + 0.5, iy + 0.5); the half cell outside the range is clipped away.
  const point = ([cx, cy]: readonly number[]): [number, number] => [
    x.at(xRange[0] + (((cx as number) - 0.5) / (nx - 1)) * (xRange[1] - xRange[0])),
    y.at(yRange[0] + (((cy as number) - 0.5) / (ny - 1)) * (yRange[1] - yRange[0])),
  ];
  const level = contours().size([nx, ny]);
  const outline = (threshold: number): string =>
    level
      .contour(values, threshold)
      .coordinates.flat()
      .map((ring) => polyline(ring.slice(0, -1).map(point), true))
      .join("");
  const fills: string[] = [];
  for (let band = 0; band < bands; band++) {
    const d = outline(band / bands);
    if (d !== "") fills.push(element("path", { d, fill: hex(probabilityColor((band + 0.5) / bands)) }));
  }
  const half = outline(0.5);
  return finish(
    element("g", { "fill-rule": "evenodd" }, ...fills) +
      (half === "" ? "" : element("path", { d: half, fill: "none", stroke: LINE, "stroke-width": 1.75 })) +
      // The bands are pale in either theme, so the points keep their light-theme colours.
      (data === undefined ? "" : markers(data, (p) => [x.at(p[0]), y.at(p[1])], size, LIGHT, "#ffffff")),
    element("rect", { ...rectOf(area), fill: "none", stroke: colors.axis }),
  );
}

const rectOf = (area: { left: number; top: number; width: number; height: number }) => ({
  x: area.left,
  y: area.top,
  width: area.width,
  height: area.height,
});
