/**
 * The decision boundary as pixels: one frame of a training film.
 *
 * The same picture as `boundary.ts` without axes: bands of bilinearly interpolated probability, the line where it
 * crosses 0.5, markers smoothed by 3 × 3 samples a pixel, and a caption line above. Few distinct colours, so the
 * GIF is small.
 */
import { UsageError } from "../tensor/errors.ts";
import { checkGrid, type ProbabilityGrid } from "./boundary.ts";
import { MISSING, mix, probabilityColor, type Rgb, rgb } from "./color-scale.ts";
import { drawText } from "./font.ts";
import { insideMarker } from "./markers.ts";
import { classOf, type LabelledPoints } from "./scatter.ts";
import { LIGHT, seriesColor } from "./theme.ts";

/** A picture of `width` × `height` pixels, four bytes each (red, green, blue, opacity), top row first. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array;
}

/** Options of `boundaryRaster`. */
export interface BoundaryRasterOptions {
  readonly grid: ProbabilityGrid;
  readonly data?: LabelledPoints;
  /** Pixels, caption included; default 480 × 400. */
  readonly width?: number;
  readonly height?: number;
  /** ASCII text above the picture, e.g. `"iteration 400  accuracy 0.972"`. */
  readonly caption?: string;
  /** Radius of the markers in pixels; default 4. */
  readonly size?: number;
}

const BANDS = 20;
const CAPTION_HEIGHT = 26;
const INK: Rgb = rgb(LIGHT.ink);

/** Gives pixel `index` (counted row after row) a colour; several times faster than `set` with an array. */
export function paint(picture: Raster, index: number, color: Rgb): void {
  const at = index * 4;
  picture.rgba[at] = color[0];
  picture.rgba[at + 1] = color[1];
  picture.rgba[at + 2] = color[2];
}

/** An opaque raster of one colour. */
export function blankRaster(width: number, height: number, color: Rgb): Raster {
  const picture = { width, height, rgba: new Uint8Array(width * height * 4).fill(255) };
  for (let i = 0; i < width * height; i++) paint(picture, i, color);
  return picture;
}

/**
 * Draws one frame.
 * @throws {ShapeError | UsageError} for a grid that does not fit, or a size outside 16…4096.
 * @example
 * const grid = { values: [0.1, 0.9, 0.2, 0.8], nx: 2, ny: 2, xRange: [-2, 3], yRange: [-1, 2] } as const;
 * const data = { points: [[0, 0], [1, 1]], labels: [0, 1] } as const;
 * boundaryRaster({ grid, data, caption: "iteration 0" }).rgba.length // 768000, 4·480·400
 */
export function boundaryRaster(options: BoundaryRasterOptions): Raster {
  const { grid, data, width = 480, height = 400, caption, size = 4 } = options;
  checkGrid(grid, "boundaryRaster");
  for (const [name, value] of [["width", width] as const, ["height", height] as const])
    if (!Number.isInteger(value) || value < 16 || value > 4096)
      throw new UsageError(`boundaryRaster: ${name} must be an integer in 16…4096, received ${value}.`);
  const picture = blankRaster(width, height, [255, 255, 255]);
  const top = caption === undefined ? 0 : Math.min(CAPTION_HEIGHT, height - 8);
  const rows = height - top;
  const p = interpolate(grid, width, rows);

  const bandColors = Array.from({ length: BANDS }, (_, band) => probabilityColor((band + 0.5) / BANDS));
  for (let i = 0; i < p.length; i++) {
    const value = p[i] as number;
    const color = Number.isFinite(value)
      ? (bandColors[Math.min(BANDS - 1, Math.max(0, Math.floor(value * BANDS)))] as Rgb)
      : MISSING;
    paint(picture, top * width + i, color);
  }
  drawHalfLine(p, width, rows, picture, top);
  if (data !== undefined) drawPoints(grid, data, picture, top, size);
  if (caption !== undefined) drawText(picture, caption, 8, 6, { scale: 2, color: INK });
  return picture;
}

/** P at the middle of every pixel. */
function interpolate(grid: ProbabilityGrid, width: number, rows: number): Float64Array {
  const { values, nx, ny } = grid;
  const out = new Float64Array(width * rows);
  for (let r = 0; r < rows; r++) {
    const gy = (1 - (r + 0.5) / rows) * (ny - 1);
    const y0 = Math.min(ny - 2, Math.floor(gy));
    for (let c = 0; c < width; c++) {
      const gx = ((c + 0.5) / width) * (nx - 1);
      const x0 = Math.min(nx - 2, Math.floor(gx));
      const i = y0 * nx + x0;
      const a = values[i] as number;
      const d = values[i + nx] as number;
      const low = a + ((values[i + 1] as number) - a) * (gx - x0);
      const high = d + ((values[i + nx + 1] as number) - d) * (gx - x0);
      out[r * width + c] = low + (high - low) * (gy - y0);
    }
  }
  return out;
}

/** Darkens the pixels on both sides of where P crosses 0.5. */
function drawHalfLine(p: Float64Array, width: number, rows: number, picture: Raster, top: number): void {
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < width; c++) {
      const i = r * width + c;
      const here = (p[i] as number) >= 0.5;
      const beside = (c > 0 && crosses(here, p[i - 1])) || (c + 1 < width && crosses(here, p[i + 1]));
      const crossed = beside || crosses(here, p[i - width]) || crosses(here, p[i + width]);
      if (crossed && Number.isFinite(p[i])) paint(picture, top * width + i, INK);
    }
}

const crosses = (here: boolean, neighbour: number | undefined): boolean =>
  neighbour !== undefined && Number.isFinite(neighbour) && here !== neighbour >= 0.5;

/** Draws every point as its class's marker with a white edge. */
function drawPoints(
  grid: ProbabilityGrid,
  data: LabelledPoints,
  picture: Raster,
  top: number,
  size: number,
): void {
  const { width, height, rgba } = picture;
  const [[x0, x1], [y0, y1]] = [grid.xRange, grid.yRange];
  const reach = Math.ceil(size * 1.5 + 1);
  for (const [i, [px, py]] of data.points.entries()) {
    if (!(px >= x0 && px <= x1 && py >= y0 && py <= y1)) continue;
    const shape = classOf(data, i);
    const color = rgb(seriesColor(LIGHT, shape));
    const cx = ((px - x0) / (x1 - x0)) * width;
    const cy = top + (1 - (py - y0) / (y1 - y0)) * (height - top);
    for (let r = Math.max(top, Math.floor(cy) - reach); r <= Math.min(height - 1, cy + reach); r++)
      for (let c = Math.max(0, Math.floor(cx) - reach); c <= Math.min(width - 1, cx + reach); c++) {
        const edge = coverage(shape, c - cx, r - cy, size + 1);
        if (edge === 0) continue;
        const inner = coverage(shape, c - cx, r - cy, size);
        const pixel = r * width + c;
        const at = pixel * 4;
        const under: Rgb = [rgba[at] as number, rgba[at + 1] as number, rgba[at + 2] as number];
        paint(picture, pixel, mix(mix(under, [255, 255, 255], edge), color, inner));
      }
  }
}

/** Share of a pixel inside a marker, from 3 × 3 samples: 0, 1/9, … 1. */
function coverage(shape: number, dx: number, dy: number, size: number): number {
  let hits = 0;
  for (const sy of SAMPLES)
    for (const sx of SAMPLES) if (insideMarker(shape, (dx + sx) / size, (dy + sy) / size)) hits++;
  return hits / 9;
}
const SAMPLES = [1 / 6, 1 / 2, 5 / 6];
