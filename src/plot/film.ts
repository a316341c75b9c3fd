/**
 * Films: frames of pixels to an animated GIF, with one palette for all frames.
 *
 * Up to 256 different colours are kept exactly (sorted, so frame order does not change the palette); more are
 * reduced by gifenc's quantiser (pairwise nearest neighbour) over at most eight frames spread over the film. Opacity
 * is ignored. GIF89a counts time in hundredths of a second; browsers slow frames shorter than 20 ms down.
 */
import * as gifenc from "gifenc";
import { ShapeError, UsageError } from "../tensor/errors.ts";
import type { Raster } from "./boundary-raster.ts";

/** Options of `gif`. */
export interface GifOptions {
  /** Time of each frame in milliseconds, 20…655350, rounded to 10; default 100. */
  readonly delayMs?: number;
  /** Repeat for ever (default), play once (`false`), or repeat this many more times. */
  readonly loop?: boolean | number;
  /** Time of the last frame, so that the result can be read; default `delayMs`. */
  readonly holdMs?: number;
}

// Node sees gifenc as CommonJS (everything under `default`), bundlers as a module.
const library = (): typeof gifenc =>
  ("GIFEncoder" in gifenc ? gifenc : (gifenc as unknown as { default: unknown }).default) as typeof gifenc;

const packed = (rgba: Uint8Array, i: number): number =>
  ((rgba[i] as number) << 16) | ((rgba[i + 1] as number) << 8) | (rgba[i + 2] as number);

/** All colours of the frames, ascending, or `undefined` if there are more than `limit`. */
function exactColors(frames: readonly Raster[], limit: number): number[] | undefined {
  const seen = new Set<number>();
  let last = -1;
  for (const { rgba } of frames)
    for (let i = 0; i < rgba.length; i += 4) {
      const color = packed(rgba, i);
      if (color === last) continue;
      last = color;
      seen.add(color);
      if (seen.size > limit) return undefined;
    }
  return [...seen].sort((a, b) => a - b);
}

/** A palette of up to 256 colours for frames that have more. */
function reducedPalette(frames: readonly Raster[]): number[][] {
  const count = Math.min(8, frames.length);
  const chosen = Array.from(
    { length: count },
    (_, i) => frames[Math.round((i * (frames.length - 1)) / Math.max(1, count - 1))] as Raster,
  );
  const size = (chosen[0] as Raster).rgba.length;
  const all = new Uint8Array(size * count);
  for (const [i, frame] of chosen.entries()) all.set(frame.rgba, i * size);
  return library().quantize(all, 256);
}

function check(frames: readonly Raster[], delays: readonly number[]): Raster {
  const first = frames[0];
  if (first === undefined) throw new UsageError("gif: expected at least one frame, received none.");
  const { width, height } = first;
  if (!(width >= 1 && width <= 65535 && height >= 1 && height <= 65535))
    throw new UsageError(`gif: a frame must be 1…65535 pixels wide and high, received ${width} × ${height}.`);
  for (const [i, frame] of frames.entries())
    if (frame.width !== width || frame.height !== height || frame.rgba.length !== width * height * 4)
      throw new ShapeError(
        `gif: frame ${i} is ${frame.width} × ${frame.height} with ${frame.rgba.length} bytes, expected ${width} × ${height} with ${width * height * 4}. Draw all frames at one size, four bytes a pixel.`,
      );
  for (const delay of delays)
    if (!(delay >= 20 && delay <= 655350))
      throw new UsageError(
        `gif: a frame must last 20…655350 ms, received ${delay}. Choose e.g. delayMs: 100.`,
      );
  return first;
}

/**
 * Encodes frames as an animated GIF.
 * @throws {UsageError} for no frames or a bad delay; {ShapeError} if frames differ in size.
 * @example
 * const grid = { values: [0.1, 0.9, 0.2, 0.8], nx: 2, ny: 2, xRange: [-2, 3], yRange: [-1, 2] } as const;
 * const frames = ["iteration 0", "iteration 1"].map((caption) => boundaryRaster({ grid, caption }));
 * const bytes = gif(frames, { delayMs: 120, holdMs: 2000 });
 * new TextDecoder().decode(bytes.subarray(0, 6)) // "GIF89a"
 */
export function gif(frames: readonly Raster[], options: GifOptions = {}): Uint8Array {
  const { delayMs = 100, holdMs = delayMs, loop = true } = options;
  const { width, height } = check(frames, [delayMs, holdMs]);
  const repeat = loop === true ? 0 : loop === false ? -1 : loop;
  if (!Number.isInteger(repeat) || repeat < -1 || repeat > 65535)
    throw new UsageError(`gif: loop must be true, false or an integer in 0…65535, received ${String(loop)}.`);

  const colors = exactColors(frames, 256);
  const palette = colors?.map((c) => [c >> 16, (c >> 8) & 255, c & 255]) ?? reducedPalette(frames);
  const position = new Map(colors?.map((c, i) => [c, i]));
  const encoder = library().GIFEncoder();
  for (const [i, { rgba }] of frames.entries()) {
    const delay = i === frames.length - 1 ? holdMs : delayMs;
    // A copy: gifenc reads the whole buffer behind a view.
    const index =
      colors === undefined ? library().applyPalette(rgba.slice(), palette) : exactIndex(rgba, position);
    encoder.writeFrame(index, width, height, i === 0 ? { palette, delay, repeat } : { delay });
  }
  encoder.finish();
  return encoder.bytes();
}

function exactIndex(rgba: Uint8Array, position: ReadonlyMap<number, number>): Uint8Array {
  const index = new Uint8Array(rgba.length / 4);
  for (let i = 0; i < index.length; i++) index[i] = position.get(packed(rgba, i * 4)) as number;
  return index;
}
