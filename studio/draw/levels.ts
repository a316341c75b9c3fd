/**
 * Numbers as colours: values → levels (one byte each) → pixels. Pure functions over typed arrays.
 *
 * Grids of the plane start at the top, with the row of the largest x₂, as pixels do; a value belongs to the middle of
 * its cell.
 */
import { MISSING_LEVEL } from "./palette.ts";

/** Level 0…254 of a value on a scale from −`scale` to `scale`; 255 if it is not finite. */
export function levelOf(value: number, scale: number): number {
  if (!Number.isFinite(value)) return MISSING_LEVEL;
  const t = scale > 0 ? value / scale : 0;
  return Math.round(127 + 127 * Math.max(-1, Math.min(1, t)));
}

/** Levels of many values on one scale. */
export function levelsOf(
  values: ArrayLike<number>,
  scale: number,
  out = new Uint8Array(values.length),
): Uint8Array {
  for (let i = 0; i < values.length; i++) out[i] = levelOf(values[i]!, scale);
  return out;
}

/** The largest finite size among values; 0 for none. */
export function largest(values: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i]!);
    if (size > most && size < Infinity) most = size;
  }
  return most;
}

/** Where a grid of levels goes in a picture: the left and top of its first pixel, and the picture's width. */
export interface Place {
  readonly left: number;
  readonly top: number;
  readonly stride: number;
}

/** Colours a grid of levels into its place in a picture. */
export function paintLevels(
  levels: ArrayLike<number>,
  nx: number,
  ny: number,
  colors: Uint32Array,
  picture: Uint32Array,
  { left, top, stride }: Place,
): void {
  for (let row = 0; row < ny; row++) {
    const from = row * nx;
    const to = (top + row) * stride + left;
    for (let col = 0; col < nx; col++) picture[to + col] = colors[levels[from + col]!]!;
  }
}

/**
 * Class regions: the class of the largest output at each place, the more colour the surer.
 * Shapes: outputs [places, classes]. `shades[class]` has 32 pixels from unsure to sure.
 */
export function paintClasses(
  outputs: ArrayLike<number>,
  nx: number,
  ny: number,
  classes: number,
  shades: readonly Uint32Array[],
  picture: Uint32Array,
  { left, top, stride }: Place,
): void {
  for (let row = 0; row < ny; row++)
    for (let col = 0; col < nx; col++) {
      const at = (row * nx + col) * classes;
      let best = 0;
      for (let k = 1; k < classes; k++) if (outputs[at + k]! > outputs[at + best]!) best = k;
      const sure = (outputs[at + best]! - 1 / classes) / (1 - 1 / classes);
      const shade = Number.isFinite(sure) ? Math.max(0, Math.min(31, Math.floor(sure * 32))) : 0;
      picture[(top + row) * stride + left + col] = shades[best]![shade]!;
    }
}

/** A grid with its outermost values repeated around it, so that lines reach the edge of the picture. */
export function padded(values: ArrayLike<number>, nx: number, ny: number): Float32Array {
  const out = new Float32Array((nx + 2) * (ny + 2));
  const inside = (i: number, n: number) => Math.max(0, Math.min(n - 1, i - 1));
  for (let row = 0; row < ny + 2; row++)
    for (let col = 0; col < nx + 2; col++)
      out[row * (nx + 2) + col] = values[inside(row, ny) * nx + inside(col, nx)]!;
  return out;
}

/** For each place and class by how much it leads the best other one: 0 on a border. [classes][places]. */
export function margins(outputs: ArrayLike<number>, classes: number): Float32Array[] {
  const places = outputs.length / classes;
  const out = Array.from({ length: classes }, () => new Float32Array(places));
  for (let i = 0; i < places; i++)
    for (let k = 0; k < classes; k++) {
      let other = Number.NEGATIVE_INFINITY;
      for (let j = 0; j < classes; j++) if (j !== k) other = Math.max(other, outputs[i * classes + j]!);
      out[k]![i] = outputs[i * classes + k]! - other;
    }
  return out;
}
