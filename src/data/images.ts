/**
 * Decoded pictures as rows of grey pixels, the way OpenCV's `imread(path, IMREAD_GRAYSCALE)` reads PNG files.
 *
 * Colour becomes ⌊(9797·R + 19234·G + 3737·B) / 2¹⁵⌋ (0.299, 0.587, 0.114), alpha is dropped, 16 bits keep the
 * upper 8, fewer bits are spread over 0…255, palettes are looked up. Decoding itself is the caller's.
 */
import { ShapeError, UsageError } from "../tensor/errors.ts";

/** A decoded picture: `channels` values for each pixel (1 grey, 2 grey + alpha, 3 RGB, 4 RGBA). */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Bits of each value: 1, 2, 4 (rows packed into bytes), 8 or 16. */
  readonly depth: number;
  readonly channels: number;
  readonly data: Uint8Array | Uint8ClampedArray | Uint16Array;
  /** Colours [R, G, B] or [R, G, B, A] the single channel points to. */
  readonly palette?: readonly (readonly number[])[] | undefined;
}

const grey = (r: number, g: number, b: number): number =>
  r === g && g === b ? r : (9797 * r + 19234 * g + 3737 * b) >> 15;

/**
 * Grey pixels 0…255, row by row.
 * @throws {UsageError} if the number of channels or bits is none of those above; {ShapeError} for too few values.
 * @example toGrey({ width: 1, height: 1, depth: 8, channels: 3, data: Uint8Array.of(255, 0, 0) }) // [76]
 */
export function toGrey(picture: Picture): Uint8Array {
  const { width, height, depth, channels, palette } = picture;
  if (![1, 2, 4, 8, 16].includes(depth) || ![1, 2, 3, 4].includes(channels))
    throw new UsageError(
      `toGrey: expected 1 to 4 channels of 1, 2, 4, 8 or 16 bits, received ${channels} channels of ${depth} bits. Convert the picture first.`,
    );
  const needed = depth < 8 ? height * Math.ceil((width * depth) / 8) : width * height * channels;
  if (!(picture.data?.length >= needed))
    throw new ShapeError(
      `toGrey: expected ${needed} values for ${width} × ${height} pixels of ${channels} × ${depth} bits, received ${picture.data?.length ?? "none"}. Give all rows of the picture.`,
    );
  const values = depth < 8 ? unpackBits(picture) : picture.data;
  // With 16 bits colours are mixed at full precision and rounded before the lower half is dropped.
  const wide = depth === 16;
  const spread = palette === undefined && depth < 8 ? 255 / (2 ** depth - 1) : 1;
  return Uint8Array.from({ length: width * height }, (_, i) => {
    const [a, b, c] = [values[i * channels]!, values[i * channels + 1], values[i * channels + 2]];
    const [red = 0, green = 0, blue = 0] = palette?.[a] ?? (channels < 3 ? [a, a, a] : [a, b!, c!]);
    if (!wide) return spread * grey(red, green, blue);
    return (9797 * red + 19234 * green + 3737 * blue + 16384) / 2 ** 23;
  });
}

/** One value for each pixel from rows that pack several into a byte, the first in the upper bits. */
function unpackBits({ width, height, depth, data }: Picture): Uint8Array {
  const rowBytes = Math.ceil((width * depth) / 8);
  const mask = 2 ** depth - 1;
  return Uint8Array.from({ length: width * height }, (_, i) => {
    const bit = (i % width) * depth;
    const byte = data[Math.floor(i / width) * rowBytes + (bit >> 3)]!;
    return (byte >> (8 - depth - (bit & 7))) & mask;
  });
}
