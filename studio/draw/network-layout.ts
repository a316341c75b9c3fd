/**
 * Where the units of a network lie in a picture, and which unit or link is at a place. Pure geometry.
 *
 * Layers stand side by side, the inputs in one column; a layer with more units than fit below each other at a readable
 * size has several. Links leave a unit on its right and enter the next on its left, along a curve.
 */

/** A unit in its place; `left`, `top` are its corner. */
export interface PlacedUnit {
  readonly layer: number;
  readonly index: number;
  readonly left: number;
  readonly top: number;
  readonly size: number;
}

/** A network laid out. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  /** [layer][unit]; layer 0 are the inputs. */
  readonly units: readonly (readonly PlacedUnit[])[];
  /** Middle of each layer. */
  readonly centers: readonly number[];
}

/** How a layout is made. */
export interface LayoutOptions {
  readonly width: number;
  readonly height: number;
  /** Left free above the units, for the controls of the layers. */
  readonly top: number;
  readonly largest?: number;
  readonly smallest?: number;
}

const GAP = 0.28;

/** The largest size, with its number of columns, at which `count` units fit. */
function fitting(
  count: number,
  height: number,
  width: number,
  most: number,
  least: number,
  mostColumns: number,
): { size: number; columns: number } {
  let best = { size: 0, columns: 1 };
  for (let columns = 1; columns <= mostColumns; columns++) {
    const rows = Math.ceil(count / columns);
    const size = Math.min(most, height / (rows * (1 + GAP)), width / (columns * (1 + GAP)));
    // A further column must be worth it: units side by side hide which link is whose.
    if (size > best.size * 1.25) best = { size, columns };
    if (best.size >= Math.max(least, most * 0.5)) break;
  }
  return best;
}

/** Lays out layers of the given sizes, inputs first. */
export function layoutNetwork(sizes: readonly number[], options: LayoutOptions): Layout {
  const { width, height, top, largest = 46, smallest = 16 } = options;
  const room = height - top - 8;
  const pitch = width / sizes.length;
  const centers = sizes.map((_, l) => pitch * (l + 0.5));
  const units = sizes.map((count, layer) => {
    const { size, columns } = fitting(count, room, pitch * 0.62, largest, smallest, layer === 0 ? 1 : 8);
    const rows = Math.ceil(count / columns);
    const [stepX, stepY] = [size * (1 + GAP), Math.min(size * (1 + GAP) + 10, room / rows)];
    return Array.from({ length: count }, (_, index): PlacedUnit => {
      const [column, row] = [Math.floor(index / rows), index % rows];
      const inColumn = Math.min(rows, count - column * rows);
      return {
        layer,
        index,
        size,
        left: centers[layer]! + (column - (columns - 1) / 2) * stepX - size / 2,
        top: top + room / 2 + (row - (inColumn - 1) / 2) * stepY - size / 2,
      };
    });
  });
  return { width, height, units, centers };
}

/** A link between two units: its ends and the x of both its handles. */
export interface Curve {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  readonly middle: number;
}

/** The curve from one unit to another. */
export function curveBetween(from: PlacedUnit, to: PlacedUnit): Curve {
  const [x1, x2] = [from.left + from.size, to.left];
  return {
    x1,
    y1: from.top + from.size / 2,
    x2,
    y2: to.top + to.size / 2,
    middle: (x1 + x2) / 2,
  };
}

/** The place at 0 ≤ t ≤ 1 of a curve (a cubic Bézier with level handles). */
export function alongCurve({ x1, y1, x2, y2, middle }: Curve, t: number): readonly [number, number] {
  const s = 1 - t;
  const [a, b, c, d] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
  return [a * x1 + (b + c) * middle + d * x2, (a + b) * y1 + (c + d) * y2];
}

/** The unit at a place, if any. */
export const unitAt = (layout: Layout, x: number, y: number): PlacedUnit | undefined =>
  layout.units
    .flat()
    .find((u) => x >= u.left - 2 && x <= u.left + u.size + 2 && y >= u.top - 2 && y <= u.top + u.size + 2);

/** A link: from unit `from` of layer `layer` − 1 to unit `to` of layer `layer`. */
export interface Link {
  readonly layer: number;
  readonly from: number;
  readonly to: number;
}

/** The link nearest to a place, if one is within `reach` pixels. */
export function linkAt(layout: Layout, x: number, y: number, reach = 6): Link | undefined {
  let best: { link: Link; distance: number } | undefined;
  for (let layer = 1; layer < layout.units.length; layer++)
    for (const from of layout.units[layer - 1]!)
      for (const to of layout.units[layer]!) {
        const curve = curveBetween(from, to);
        if (x < curve.x1 || x > curve.x2) continue;
        const t = (x - curve.x1) / (curve.x2 - curve.x1);
        // x grows almost evenly along the curve: a few steps find the t of this x.
        let [low, high] = [0, 1];
        let guess = t;
        for (let i = 0; i < 12; i++) {
          if (alongCurve(curve, guess)[0] < x) low = guess;
          else high = guess;
          guess = (low + high) / 2;
        }
        const distance = Math.abs(alongCurve(curve, guess)[1] - y);
        if (distance <= reach && distance < (best?.distance ?? Number.POSITIVE_INFINITY))
          best = { link: { layer, from: from.index, to: to.index }, distance };
      }
  return best?.link;
}
