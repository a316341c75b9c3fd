/**
 * Products of large operands: in blocks of k, with both factors copied into panels in the order in which tiles read
 * them. A tile's part of both then stays in the first-level cache, and no stride is a power of two that maps every
 * row to the same few lines of it.
 *
 * Copies are exact and k still ascends, from block to block through sums in memory: no bit changes.
 * Source: K. Goto, R. van de Geijn, "Anatomy of High-Performance Matrix Multiplication", ACM TOMS 34 (2008).
 */
import { align } from "../compile/memory.ts";
import type { View } from "../compile/program.ts";
import type { Local } from "./assembler.ts";
import type { KernelWriter } from "./body.ts";
import { type Factors, heightOf, type Part, type Slice, writeSlices } from "./gemm-slices.ts";
import type { Factor } from "./gemm-tile.ts";
import { advance, repeat } from "./grid.ts";
import { loadLanes, storeLanes } from "./simd.ts";

/** A right factor of so many bytes or more is copied into panels … */
const PACK_BYTES = 256 * 1024;
/** … if so many rows or more make use of the copy. */
const PACK_ROWS = 32;
/** Most steps of k in a block. */
const BLOCK_K = 256;

/** Whether a product is faster in panels. */
export const isPacked = ({ simd }: KernelWriter, { m, n, k, b }: Part): boolean =>
  b.across === 1 && m >= PACK_ROWS && n * k * simd.bytes >= PACK_BYTES;

/** Bytes of scratch memory: sums of unfinished blocks, panels of both factors. */
function layoutOf({ simd, target }: KernelWriter, { m, n, k, to }: Part) {
  const blocks = Math.ceil(k / BLOCK_K);
  const steps = Math.ceil(k / blocks);
  const sums = to || blocks === 1 ? 0 : align(m * n * simd.bytes);
  const b = align(Math.ceil(n / simd.lanes) * simd.lanes * steps * simd.bytes);
  const a = (m + Math.max(...target.tiles.heights)) * steps * simd.bytes;
  return { blocks, steps, b: sums, a: sums + b, bytes: sums + b + a };
}

/** Writes the product; `scratch` asks for memory behind what the caller uses himself. */
export function writePacked(w: KernelWriter, part: Part, scratch: (bytes: number) => number): void {
  const { f, simd } = w;
  const { m, n, k, a, b } = part;
  const { blocks, steps, ...at } = layoutOf(w, part);
  const base = scratch(at.bytes);
  const sums = part.to ?? { byteOffset: base, rows: m, cols: n, rowStride: n, colStride: 1 };
  const panels = { a: base + at.a, b: base + at.b };
  /** One block of `k` steps from step `first` on, or from where the factors' `start` points. */
  const block = (
    k: number,
    first: number,
    ends: { from?: View; to?: View },
    starts: Partial<Factors> = {},
  ) => {
    const shifted = (factor: Factor): Factor => ({
      ...factor,
      byteOffset: factor.byteOffset + first * factor.along * simd.bytes,
    });
    const { from: _, to: __, ...rest } = part;
    const factors = { a: starts.a ?? shifted(a), b: starts.b ?? shifted(b) };
    const cut: Part = { ...rest, k, ...factors, ...ends };
    writeSlices(w, cut, (slice) => packed(w, cut, slice, panels));
  };
  const last = part.to ? { to: part.to } : {};
  if (blocks === 1) {
    block(k, 0, last);
    return;
  }
  block(steps, 0, { to: sums });
  if (blocks > 2) {
    const start = { a: f.local("i32"), b: f.local("i32") };
    for (const side of ["a", "b"] as const)
      f.op("i32.const", steps * part[side].along * simd.bytes).set(start[side]);
    repeat(f, blocks - 2, () => {
      const starts = { a: { ...a, start: start.a }, b: { ...b, start: start.b } };
      block(steps, 0, { from: sums, to: sums }, starts);
      for (const side of ["a", "b"] as const) advance(f, start[side], steps * part[side].along * simd.bytes);
    });
  }
  const first = steps * (blocks - 1);
  block(k - first, first, { from: sums, ...last });
}

/** Copies what a slice needs of both factors into panels; rows of a that lie along k are fast as they are. */
function packed(w: KernelWriter, part: Part, slice: Slice, panels: { a: number; b: number }): Factors {
  const { lanes, bytes } = w.simd;
  const { m, n, k, a, b } = part;
  const col = slice.vector * lanes;
  const width = slice.width * lanes;
  const height = heightOf(m, slice.width, w.target);
  const right = { ...b, byteOffset: b.byteOffset + col * bytes };
  const rightPanels = panels.b + col * k * bytes;
  writePanels(w, right, {
    length: Math.min(n - col, slice.vectors * lanes),
    panel: width,
    k,
    to: rightPanels,
  });
  const packedB = { byteOffset: rightPanels, tiles: { rowStride: 0, colStride: k }, across: 1, along: width };
  if (a.across !== 1) return { a, b: packedB };
  writePanels(w, a, { length: m, panel: height, k, to: panels.a });
  const packedA = { byteOffset: panels.a, tiles: { rowStride: k, colStride: 0 }, across: 1, along: height };
  return { a: packedA, b: packedB };
}

interface Panels {
  /** Rows of a, or columns of b. */
  readonly length: number;
  /** How many of them a panel holds. */
  readonly panel: number;
  readonly k: number;
  /** Address of the first panel. */
  readonly to: number;
}

/** Panel after panel, in each k after k. A last one that is not full takes the room of a full one. */
function writePanels(w: KernelWriter, from: Factor, { length, panel, k, to }: Panels): void {
  const { f, simd } = w;
  f.scope(() => {
    const first = f.local("i32");
    const source = f.local("i32");
    const target = f.local("i32");
    if (from.start) f.get(from.start).set(first);
    else f.op("i32.const", 0).set(first);
    f.op("i32.const", to).set(target);
    const copy = (width: number) => {
      f.get(first).set(source);
      repeat(f, k, () => {
        for (let at = 0; at < width; at += simd.lanes)
          f.scope(() => copyVector(w, from, source, target, at, Math.min(simd.lanes, width - at)));
        advance(f, source, from.along * simd.bytes);
        advance(f, target, panel * simd.bytes);
      });
    };
    repeat(f, Math.floor(length / panel), () => {
      copy(panel);
      advance(f, first, panel * simd.bytes);
    });
    if (length % panel > 0) copy(length % panel);
  });
}

function copyVector(
  { f, simd }: KernelWriter,
  from: Factor,
  source: Local,
  target: Local,
  at: number,
  count: number,
): void {
  const vector = loadLanes(f, simd, { base: source, offset: from.byteOffset + at * simd.bytes }, 1, count);
  storeLanes(f, simd, { base: target, offset: at * simd.bytes }, 1, count, vector);
}
