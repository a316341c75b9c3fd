/**
 * Numbers as pixels of a picture: ink from paper to full, signed values from blue over paper to orange. Pure: the
 * pixels of a canvas are set here, nothing is drawn.
 */
import { largest } from "../draw/levels.ts";
import { mix, type Palette, pixel, rgb } from "../draw/palette.ts";

/** The pixel of a value. */
export type Shade = (value: number) => number;

/** 0 is paper, `most` is ink. */
export function inkShade(colors: Palette, most: number): Shade {
  const [paper, ink] = [rgb(colors.paper), rgb(colors.ink)];
  const levels = Uint32Array.from({ length: 256 }, (_, i) => pixel(mix(paper, ink, i / 255)));
  return (value) => levels[most > 0 ? Math.min(255, Math.max(0, Math.round((255 * value) / most))) : 0]!;
}

/** 0 is paper, −`most` the negative and `most` the positive end. */
export function signedShade({ strong }: Palette, most: number): Shade {
  const level = (value: number) => (most > 0 ? 127 + Math.round((127 * value) / most) : 127);
  return (value) => strong[Math.min(254, Math.max(0, level(value)))]!;
}

/** Sets a block of pixels, values in rows of `columns`, with its upper left corner at (left, top). */
export function paintBlock(
  pixels: Uint32Array,
  width: number,
  [left, top]: readonly [number, number],
  values: ArrayLike<number>,
  columns: number,
  shade: Shade,
): void {
  for (let i = 0; i < values.length; i++) {
    const row = top + Math.floor(i / columns);
    pixels[row * width + left + (i % columns)] = shade(values[i]!);
  }
}

/** How square tiles with gaps of a pixel lie: as many in a row as make the whole about as wide as asked. */
export interface Tiling {
  readonly side: number;
  readonly across: number;
  readonly width: number;
  readonly height: number;
}

/** Places `count` tiles of `side` pixels, `across` in a row. */
export const tiling = (count: number, side: number, across: number): Tiling => ({
  side,
  across,
  width: across * (side + 1) - 1,
  height: Math.ceil(count / across) * (side + 1) - 1,
});

/** Paints every `side²` values as a tile, each against its own largest magnitude. */
export function paintTiles(
  pixels: Uint32Array,
  { side, across, width }: Tiling,
  values: Float32Array,
  colors: Palette,
): void {
  pixels.fill(0);
  const size = side * side;
  for (let t = 0; t * size < values.length; t++) {
    const tile = values.subarray(t * size, (t + 1) * size);
    const corner = [(t % across) * (side + 1), Math.floor(t / across) * (side + 1)] as const;
    paintBlock(pixels, width, corner, tile, side, signedShade(colors, largest(tile)));
  }
}
