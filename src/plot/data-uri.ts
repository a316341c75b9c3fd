/**
 * Bytes as `data:` URIs, so that a picture or report is one file: base64 (RFC 4648 §4) and PNG.
 *
 * No Buffer and no btoa: the same code runs in Node, browsers and workers.
 */
import { encode } from "fast-png";
import { ShapeError } from "../tensor/errors.ts";
import { checkBytes } from "../tensor/options.ts";
import type { Raster } from "./boundary-raster.ts";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/**
 * Bytes as base64 text.
 * @example base64(Uint8Array.of(77, 97)) // "TWE="
 * @see RFC 4648, section 4
 */
export function base64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += 3) {
    const [a, b, c] = [bytes[i] as number, bytes[i + 1], bytes[i + 2]];
    const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    parts.push(
      (ALPHABET[bits >> 18] as string) +
        (ALPHABET[(bits >> 12) & 63] as string) +
        (b === undefined ? "=" : (ALPHABET[(bits >> 6) & 63] as string)) +
        (c === undefined ? "=" : (ALPHABET[bits & 63] as string)),
    );
  }
  return parts.join("");
}

/**
 * Encodes a picture of red, green, blue and opacity as PNG.
 * @throws {ShapeError} unless there are width × height × 4 bytes.
 * @example png({ width: 1, height: 1, rgba: Uint8Array.of(255, 0, 0, 255) }).slice(0, 4) // [137, 80, 78, 71]
 */
export const png = ({ width, height, rgba }: Raster): Uint8Array => encoded("png", width, height, rgba, 4);

/**
 * Encodes a greyscale picture as PNG, one byte a pixel.
 * @throws {ShapeError} unless there are width × height bytes.
 * @example grayPng(2, 1, Uint8Array.of(0, 255)).slice(0, 4) // [137, 80, 78, 71]
 */
export const grayPng = (width: number, height: number, gray: Uint8Array): Uint8Array =>
  encoded("grayPng", width, height, gray, 1);

function encoded(
  where: string,
  width: number,
  height: number,
  data: Uint8Array,
  channels: 1 | 4,
): Uint8Array {
  checkBytes(where, data);
  const whole = [width, height].every((n) => Number.isInteger(n) && n >= 1);
  if (!whole || data.length !== width * height * channels)
    throw new ShapeError(
      `${where}: expected width × height × ${channels} bytes, received ${width} × ${height} and ${data.length} bytes. Give all rows of the picture.`,
    );
  return encode({ width, height, data, channels, depth: 8 });
}

/**
 * A PNG file as `data:image/png;base64,…`.
 * @example pngDataUri(grayPng(2, 1, Uint8Array.of(0, 255))).startsWith("data:image/png;base64,iVBOR") // true
 */
export const pngDataUri = (bytes: Uint8Array): string => `data:image/png;base64,${base64(bytes)}`;
/**
 * A GIF file as `data:image/gif;base64,…`.
 * @example gifDataUri(new TextEncoder().encode("GIF89a")) // "data:image/gif;base64,R0lGODlh"
 */
export const gifDataUri = (bytes: Uint8Array): string => `data:image/gif;base64,${base64(bytes)}`;
