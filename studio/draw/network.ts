/**
 * A network as a picture: a small map of the plane in each unit, the bias beside it, links as wide as their weights
 * are large and coloured by their sign.
 *
 * Thousands of links are drawn in a few strokes: links of about the same width and sign share one path.
 */
import { fitCanvas, type Picture } from "./canvas.ts";
import { paintLevels } from "./levels.ts";
import { type Curve, curveBetween, type Layout, type Link, type PlacedUnit } from "./network-layout.ts";
import type { Palette } from "./palette.ts";

/** What is drawn of a network. */
export interface DrawnNetwork {
  /** Kernels of layers 1, 2, …: [units of layer l − 1, units of layer l], row by row. */
  readonly kernels: readonly ArrayLike<number>[];
  /** Biases of layers 1, 2, … */
  readonly biases: readonly ArrayLike<number>[];
  /** For each layer, inputs first, the levels of all its units one after the other: `side` × `side` each. */
  readonly maps: readonly Uint8Array[];
  readonly side: number;
  /** Features that the network could be given but is not: drawn pale, without links. */
  readonly unused: readonly { readonly place: PlacedUnit; readonly levels: Uint8Array }[];
  /** Marks: units that are dead or saturated. */
  readonly marks: readonly { readonly layer: number; readonly index: number }[];
}

/** What the reader points at. */
export interface Pointed {
  readonly unit: PlacedUnit | null;
  readonly link: Link | null;
}

const WIDTHS = 8;

/** Draws links, maps, biases and marks. */
export function drawNetwork(
  canvas: HTMLCanvasElement,
  layout: Layout,
  network: DrawnNetwork,
  pointed: Pointed,
  colors: Palette,
  picture: Picture,
): void {
  const context = fitCanvas(canvas, layout.width, layout.height);
  drawLinks(context, layout, network, pointed, colors);
  const { side } = network;
  const counts = layout.units.map((units) => units.length);
  const columns = Math.max(...counts, network.unused.length);
  const spare = layout.units.length;
  const pixels = picture.pixels(columns * side, (spare + 1) * side);
  for (const [layer, maps] of network.maps.entries())
    for (let u = 0; u < counts[layer]!; u++)
      paintLevels(maps.subarray(u * side * side, (u + 1) * side * side), side, side, colors.strong, pixels, {
        left: u * side,
        top: layer * side,
        stride: columns * side,
      });
  for (const [u, { levels }] of network.unused.entries())
    paintLevels(levels, side, side, colors.strong, pixels, {
      left: u * side,
      top: spare * side,
      stride: columns * side,
    });
  picture.flush();
  context.globalAlpha = 0.35;
  for (const [u, { place }] of network.unused.entries())
    context.drawImage(
      picture.canvas,
      u * side,
      spare * side,
      side,
      side,
      place.left,
      place.top,
      place.size,
      place.size,
    );
  context.globalAlpha = 1;
  for (const [layer, units] of layout.units.entries())
    for (const unit of units) {
      const { index, left, top, size } = unit;
      context.drawImage(picture.canvas, index * side, layer * side, side, side, left, top, size, size);
      const isPointed = pointed.unit?.layer === layer && pointed.unit.index === index;
      context.strokeStyle = isPointed ? colors.ink : colors.axis;
      context.lineWidth = isPointed ? 2 : 1;
      context.strokeRect(left, top, size, size);
      if (layer > 0 && size >= 14) drawBias(context, unit, network.biases[layer - 1]![index]!, colors);
    }
  for (const { layer, index } of network.marks) drawMark(context, layout.units[layer]![index]!, colors);
}

function drawLinks(
  context: CanvasRenderingContext2D,
  layout: Layout,
  { kernels }: DrawnNetwork,
  { unit, link }: Pointed,
  colors: Palette,
): void {
  for (const [k, kernel] of kernels.entries()) {
    const [froms, tos] = [layout.units[k]!, layout.units[k + 1]!];
    let most = 0;
    for (let i = 0; i < kernel.length; i++) most = Math.max(most, Math.abs(kernel[i]!) || 0);
    const buckets = new Map<number, Path2D>();
    const crowded = kernel.length > 300;
    const chosen: { curve: Curve; weight: number }[] = [];
    for (const from of froms)
      for (const to of tos) {
        const weight = kernel[from.index * tos.length + to.index]!;
        const share = most > 0 ? Math.abs(weight) / most : 0;
        const width = Math.min(WIDTHS - 1, Math.floor(share * WIDTHS));
        const curve = curveBetween(from, to);
        const isChosen =
          (link?.layer === k + 1 && link.from === from.index && link.to === to.index) ||
          (unit?.layer === k + 1 && unit.index === to.index) ||
          (unit?.layer === k && unit.index === from.index);
        if (isChosen) chosen.push({ curve, weight: Math.sign(weight) * share });
        // Of thousands of links the faint ones only make the paper grey.
        if (crowded && width < 3) continue;
        const bucket = weight < 0 ? width : WIDTHS + width;
        const path = buckets.get(bucket) ?? new Path2D();
        buckets.set(bucket, path);
        trace(path, curve);
      }
    const dimmed = unit !== null || link !== null;
    for (const [bucket, path] of buckets) {
      const width = bucket % WIDTHS;
      context.strokeStyle = bucket < WIDTHS ? colors.negative : colors.positive;
      context.lineWidth = crowded ? 0.3 + width * 0.15 : 0.6 + width * 0.55;
      context.globalAlpha = (dimmed ? 0.3 : 1) * (crowded ? 0.06 * (width - 1) : 0.35 + 0.07 * width);
      context.stroke(path);
    }
    context.globalAlpha = 1;
    for (const { curve, weight } of chosen) {
      const path = new Path2D();
      trace(path, curve);
      context.strokeStyle = weight < 0 ? colors.negative : colors.positive;
      context.lineWidth = 1 + 4.5 * Math.abs(weight);
      context.stroke(path);
    }
  }
}

function trace(path: Path2D, { x1, y1, x2, y2, middle }: Curve): void {
  path.moveTo(x1, y1);
  path.bezierCurveTo(middle, y1, middle, y2, x2, y2);
}

/** A dot at the lower left corner of a unit: the larger the bias, the larger the dot; coloured by its sign. */
function drawBias(
  context: CanvasRenderingContext2D,
  { left, top, size }: PlacedUnit,
  bias: number,
  colors: Palette,
): void {
  const radius = Math.min(size * 0.16, 5) * Math.min(1, 0.35 + Math.abs(bias) * 0.5);
  context.beginPath();
  context.arc(left, top + size, radius, 0, 2 * Math.PI);
  context.fillStyle = bias < 0 ? colors.negative : colors.positive;
  context.fill();
  context.strokeStyle = colors.paper;
  context.lineWidth = 1;
  context.stroke();
}

/** A cross through a unit that is dead or saturated. */
function drawMark(context: CanvasRenderingContext2D, { left, top, size }: PlacedUnit, colors: Palette): void {
  context.strokeStyle = colors.bad;
  context.lineWidth = Math.max(1.25, size / 18);
  context.strokeRect(left, top, size, size);
  const reach = Math.min(size * 0.45, 12);
  context.beginPath();
  context.moveTo(left + size - reach, top);
  context.lineTo(left + size, top + reach);
  context.moveTo(left + size, top);
  context.lineTo(left + size - reach, top + reach);
  context.stroke();
}
