import { describe, expect, it } from "vitest";
import { glyph } from "../../src/plot/font.ts";
import { bitmapTextWidth, drawText, gif, type Raster } from "../../src/plot/index.ts";

interface GifFile {
  width: number;
  height: number;
  palette: number[][];
  repeat: number | undefined;
  frames: { delay: number; pixels: number[] }[];
}

/** Reads a GIF89a with a global palette, LZW included (GIF89a specification, appendix F). */
function readGif(bytes: Uint8Array): GifFile {
  const u16 = (i: number) => bytes[i]! | (bytes[i + 1]! << 8);
  expect(String.fromCharCode(...bytes.slice(0, 6))).toBe("GIF89a");
  const [width, height, flags] = [u16(6), u16(8), bytes[10]!];
  expect(flags & 128).toBe(128);
  const size = 2 << (flags & 7);
  const palette = Array.from({ length: size }, (_, i) => [...bytes.slice(13 + i * 3, 16 + i * 3)]);
  let at = 13 + size * 3;
  const file: GifFile = { width, height, palette, repeat: undefined, frames: [] };
  let delay = 0;
  const blocks = (): number[] => {
    const out: number[] = [];
    for (; bytes[at] !== 0; at += bytes[at]! + 1) out.push(...bytes.slice(at + 1, at + 1 + bytes[at]!));
    at++;
    return out;
  };
  for (;;) {
    const kind = bytes[at++]!;
    if (kind === 0x3b) break;
    if (kind === 0x21) {
      const label = bytes[at++]!;
      const data = blocks();
      if (label === 0xf9) delay = data[1]! | (data[2]! << 8);
      if (label === 0xff) file.repeat = data[12]! | (data[13]! << 8);
    } else {
      expect(kind).toBe(0x2c);
      expect([u16(at + 4), u16(at + 6), bytes[at + 8]]).toEqual([width, height, 0]); // no local palette
      at += 9;
      const minimum = bytes[at++]!;
      file.frames.push({ delay, pixels: lzw(blocks(), minimum) });
    }
  }
  expect(at).toBe(bytes.length);
  return file;
}

function lzw(data: readonly number[], minimum: number): number[] {
  const clear = 1 << minimum;
  const out: number[] = [];
  let table: number[][] = [];
  let width = minimum + 1;
  let previous: number[] | undefined;
  const reset = () => {
    table = Array.from({ length: clear + 2 }, (_, i) => (i < clear ? [i] : []));
    width = minimum + 1;
    previous = undefined;
  };
  reset();
  for (let bit = 0; ; ) {
    let code = 0;
    for (let i = 0; i < width; i++, bit++) code |= ((data[bit >> 3]! >> (bit & 7)) & 1) << i;
    if (code === clear) reset();
    else if (code === clear + 1) return out;
    else {
      const entry: number[] = table[code] ?? [...previous!, previous![0]!];
      for (const value of entry) out.push(value);
      if (previous !== undefined && table.length < 4096) table.push([...previous, entry[0]!]);
      if (table.length === 1 << width && width < 12) width++;
      previous = entry;
    }
  }
}

const frame = (
  width: number,
  height: number,
  color: (i: number) => readonly [number, number, number],
): Raster => ({
  width,
  height,
  rgba: Uint8Array.from({ length: width * height * 4 }, (_, i) =>
    i % 4 === 3 ? 255 : color(i >> 2)[i % 4]!,
  ),
});

describe("gif", () => {
  it("keeps up to 256 colours exactly, pixel by pixel", () => {
    const frames = [
      frame(30, 20, (i) => [i % 30, 7, 200]),
      frame(30, 20, (i) => [255, i % 100, 0]),
      frame(30, 20, () => [1, 2, 3]),
    ];
    const file = readGif(gif(frames, { delayMs: 120, holdMs: 2000, loop: 3 }));
    expect([file.width, file.height, file.frames.length, file.repeat]).toEqual([30, 20, 3, 3]);
    expect(file.frames.map((f) => f.delay)).toEqual([12, 12, 200]);
    for (const [k, { pixels }] of file.frames.entries())
      expect(pixels.flatMap((p) => [...file.palette[p]!, 255])).toEqual([...frames[k]!.rgba]);
  });

  it("comes near with more colours, and is the same twice", () => {
    const frames = [0, 1].map((k) => frame(64, 64, (i) => [(i % 64) * 4, (i >> 6) * 4, k * 255]));
    const bytes = gif(frames);
    expect(gif(frames)).toEqual(bytes);
    const file = readGif(bytes);
    for (const [k, { pixels }] of file.frames.entries())
      for (const [i, p] of pixels.entries())
        for (let c = 0; c < 3; c++)
          expect(Math.abs(file.palette[p]![c]! - frames[k]!.rgba[i * 4 + c]!)).toBeLessThan(48);
  });

  it("loops for ever, or once; takes a single colour and views into larger buffers", () => {
    expect(readGif(gif([frame(2, 2, () => [9, 9, 9])])).repeat).toBe(0);
    expect(readGif(gif([frame(2, 2, () => [9, 9, 9])], { loop: false })).repeat).toBeUndefined();
    const big = frame(64, 64, (i) => [(i % 64) * 4, (i >> 6) * 4, 0]);
    const shifted = new Uint8Array(big.rgba.length + 8);
    shifted.set(big.rgba, 8);
    expect(gif([{ ...big, rgba: shifted.subarray(8) }])).toEqual(gif([big]));
  });

  it("refuses no frames, different sizes, bad times", () => {
    const one = frame(4, 4, () => [0, 0, 0]);
    expect(() => gif([])).toThrow(/at least one frame/);
    expect(() => gif([one, frame(5, 4, () => [0, 0, 0])])).toThrow(/frame 1 is 5 × 4/);
    expect(() => gif([one], { delayMs: 5 })).toThrow(/20…655350 ms, received 5/);
    expect(() => gif([one], { loop: 1.5 })).toThrow(/loop/);
  });
});

describe("the bitmap font", () => {
  it("has a different glyph of 5 × 7 for each printable ASCII character", () => {
    const seen = new Set<string>();
    for (let code = 32; code < 127; code++) {
      const rows = glyph(String.fromCharCode(code));
      expect(rows.length).toBe(7);
      for (const row of rows) expect(row >= 0 && row < 32).toBe(true);
      seen.add(rows.join());
    }
    expect(seen.size).toBe(95);
    expect(glyph("损")).toEqual(glyph("?"));
  });
  it("draws an upright L and cuts off what does not fit", () => {
    const picture = frame(7, 9, () => [255, 255, 255]);
    drawText(picture, "L", 1, 1, { color: [0, 0, 0] });
    const rows = Array.from({ length: 9 }, (_, y) =>
      Array.from({ length: 7 }, (_, x) => (picture.rgba[(y * 7 + x) * 4] === 0 ? "#" : ".")).join(""),
    );
    expect(rows).toEqual([
      ".......",
      ".#.....",
      ".#.....",
      ".#.....",
      ".#.....",
      ".#.....",
      ".#.....",
      ".#####.",
      ".......",
    ]);
    drawText(picture, "WWW", -3, 5, { scale: 3, color: [0, 0, 0] });
    expect(bitmapTextWidth("abc", 2)).toBe(34);
  });
});
