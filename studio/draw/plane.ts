/**
 * The output of a network over the plane: shading, the line of decision, and the points.
 *
 * The ground changes with every frame and is drawn apart from the points, which change with the data only.
 */
import { fitCanvas, type Picture } from "./canvas.ts";
import { contour } from "./contour.ts";
import { levelOf, margins, padded, paintClasses, paintLevels } from "./levels.ts";
import { marker } from "./markers.ts";
import { classPixel, css, type Palette } from "./palette.ts";

/** A rectangle of the plane: [smallest x₁, largest x₁, smallest x₂, largest x₂]. */
export type Range = readonly [number, number, number, number];

/** The outputs of a network in the middle of nx × ny cells, the row of the largest x₂ first. */
export interface OutputGrid {
  /** [places, columns]: one column (probability of class 1, or a value), or one for each class. */
  readonly values: ArrayLike<number>;
  readonly nx: number;
  readonly ny: number;
  readonly columns: number;
}

/** How the ground is shaded. */
export interface GroundOptions {
  /** "probability": 0…1 around ½; "value": around 0, ± `scale`; "classes": a column for each. */
  readonly kind: "probability" | "value" | "classes";
  /** Size of the strongest colour for "value"; for others it is not read. */
  readonly scale: number;
  /** Two flat colours instead of shades. */
  readonly discrete: boolean;
}

/** Where a point of the plane lies in a canvas of this size, and the reverse. */
export const project = (range: Range, width: number, height: number) => ({
  at: (x1: number, x2: number): [number, number] => [
    ((x1 - range[0]) / (range[1] - range[0])) * width,
    height - ((x2 - range[2]) / (range[3] - range[2])) * height,
  ],
  plane: (left: number, top: number): [number, number] => [
    range[0] + (left / width) * (range[1] - range[0]),
    range[2] + ((height - top) / height) * (range[3] - range[2]),
  ],
});

/** The level of the middle of the colours, and how far values lie from it. */
function levelsFor({ kind, scale, discrete }: GroundOptions): (value: number) => number {
  const [middle, reach] = kind === "probability" ? [0.5, 0.5] : [0, scale];
  return (value) => levelOf(discrete ? Math.sign(value - middle) * reach * 0.7 : value - middle, reach);
}

/** Draws shading and line of decision over the whole canvas. */
export function drawGround(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
  grid: OutputGrid,
  options: GroundOptions,
  colors: Palette,
  picture: Picture,
): void {
  const { values, nx, ny, columns } = grid;
  const context = fitCanvas(canvas, width, height);
  const pixels = picture.pixels(nx, ny);
  const place = { left: 0, top: 0, stride: nx };
  if (options.kind === "classes") {
    const shades = Array.from({ length: columns }, (_, k) =>
      Uint32Array.from({ length: 32 }, (_, i) =>
        classPixel(colors, k, options.discrete ? 0.35 : 0.08 + 0.4 * (i / 31)),
      ),
    );
    paintClasses(values, nx, ny, columns, shades, pixels, place);
  } else {
    const level = levelsFor(options);
    paintLevels(Array.from(values, level), nx, ny, colors.pale, pixels, place);
  }
  picture.flush();
  context.imageSmoothingEnabled = !options.discrete;
  context.imageSmoothingQuality = "high";
  context.drawImage(picture.canvas, 0, 0, width, height);
  const lines =
    options.kind === "classes"
      ? margins(values, columns).map((margin) => contour(padded(margin, nx, ny), nx + 2, ny + 2, 0))
      : [contour(padded(values, nx, ny), nx + 2, ny + 2, options.kind === "probability" ? 0.5 : 0)];
  const [left, top] = [(x: number) => ((x - 0.5) / nx) * width, (y: number) => ((y - 0.5) / ny) * height];
  context.beginPath();
  for (const segments of lines)
    for (let i = 0; i < segments.length; i += 4) {
      context.moveTo(left(segments[i]!), top(segments[i + 1]!));
      context.lineTo(left(segments[i + 2]!), top(segments[i + 3]!));
    }
  context.strokeStyle = colors.ink;
  context.lineWidth = options.kind === "value" ? 0.75 : 1.75;
  context.lineCap = "round";
  context.globalAlpha = options.kind === "value" ? 0.5 : 0.85;
  context.stroke();
  context.globalAlpha = 1;
}

/** Points to draw. */
export interface DrawnPoints {
  readonly x: ArrayLike<number>;
  /** Class number or value of each. */
  readonly y: ArrayLike<number>;
  /** 0 where y holds values. */
  readonly classes: number;
  /** Points from this one on are for testing only. */
  readonly firstTest: number;
  readonly showTest: boolean;
  /** Size of the strongest colour where y holds values. */
  readonly scale: number;
  /** In pixels; without it by the size of the picture. */
  readonly radius?: number;
}

/** Draws the points: training points with a paper edge, test points with an ink edge and a paper core. */
export function drawPoints(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
  range: Range,
  points: DrawnPoints,
  colors: Palette,
): void {
  const context = fitCanvas(canvas, width, height);
  const { at } = project(range, width, height);
  const count = points.showTest ? points.y.length : Math.min(points.y.length, points.firstTest);
  const radius = points.radius ?? Math.max(2.4, Math.min(7, (width / 110) * (count < 20 ? 1.8 : 1)));
  const edge = radius > 2;
  for (let i = 0; i < count; i++) {
    const test = i >= points.firstTest;
    const [left, top] = at(points.x[2 * i]!, points.x[2 * i + 1]!);
    const kind = points.classes > 0 ? points.y[i]! : 0;
    context.fillStyle =
      points.classes > 0 ? colors.series[kind % 10]! : valueColor(points.y[i]!, points.scale, colors);
    marker(context, kind, left, top, radius);
    context.fill();
    if (!edge) continue;
    context.lineWidth = test ? 1.4 : 1;
    context.strokeStyle = test ? colors.ink : colors.paper;
    context.stroke();
    if (test) {
      marker(context, kind, left, top, radius * 0.4);
      context.fillStyle = colors.paper;
      context.fill();
    }
  }
}

function valueColor(value: number, scale: number, colors: Palette): string {
  const p = colors.strong[levelOf(value, scale)]!;
  return css([p & 255, (p >> 8) & 255, (p >> 16) & 255]);
}
