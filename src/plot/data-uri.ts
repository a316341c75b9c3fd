/**
 * Bytes as `data:` URIs, so that a picture or report is one file: base64 (RFC 4648 §4) and PNG.
 *
 * No Buffer and no btoa: the same code runs in Node, browsers and workers.
 */
import { encode } from "fast-png";
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
 * @example png({ width: 1, height: 1, rgba: Uint8Array.of(255, 0, 0, 255) }).slice(0, 4) // [137, 80, 78, 71]
 */
export const png = (picture: Raster): Uint8Array =>
  encode({ width: picture.width, height: picture.height, data: picture.rgba, channels: 4, depth: 8 });

/**
 * Encodes a greyscale picture as PNG, one byte a pixel.
 * @example grayPng(2, 1, Uint8Array.of(0, 255)).slice(0, 4) // [137, 80, 78, 71]
 */
export const grayPng = (width: number, height: number, gray: Uint8Array): Uint8Array =>
  encode({ width, height, data: gray, channels: 1, depth: 8 });

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
