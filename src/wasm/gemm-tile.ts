/**
 * The innermost loop of a matrix product: a tile of sums in registers, k running.
 *
 * For each k the vectors of b's row are loaded once and multiplied with single numbers of a's column, each of
 * which fills all lanes of a register.
 */
import type { View } from "../compile/program.ts";
import type { Local } from "./assembler.ts";
import type { KernelWriter } from "./body.ts";
import { advance, type Cursors, repeat, type Tile } from "./grid.ts";
import { loadLanes, loadSplat } from "./simd.ts";

/** Steps of k written out in the body of the loop over k. */
const UNROLL_K = 4;

/** The sizes and operands of a product: a[i, k], b[k, j]. */
export interface Product {
  readonly k: number;
  readonly a: View;
  readonly b: View;
}

/** Byte distances from the start of a row of a, a column of b to the present block of k. */
export interface BlockStart {
  readonly a: Local;
  readonly b: Local;
}

/** The sums of a tile, [row][vector]. */
export type Sums = readonly (readonly Local[])[];

function sumsOf(tile: Tile, lanes: number, make: (row: number, col: number, count: number) => Local): Sums {
  return Array.from({ length: tile.height }, (_, r) =>
    Array.from({ length: Math.ceil(tile.width / lanes) }, (_, v) =>
      make(tile.row + r, tile.col + v * lanes, Math.min(lanes, tile.width - v * lanes)),
    ),
  );
}

export const zeroSums = ({ f, simd }: KernelWriter, tile: Tile): Sums =>
  sumsOf(tile, simd.lanes, () => {
    const sum = f.local("v128");
    f.bytes("v128.const", new Uint8Array(16)).set(sum);
    return sum;
  });

/** The sums as an earlier block left them. */
export const loadSums = ({ f, simd }: KernelWriter, view: View, cursors: Cursors, tile: Tile): Sums =>
  sumsOf(tile, simd.lanes, (row, col, count) =>
    loadLanes(f, simd, cursors.address(view, row, col), 1, count),
  );

/** sums += a[tile's rows, :]·b[:, tile's columns]. */
export function product(
  w: KernelWriter,
  { k, a, b }: Product,
  cursors: Cursors,
  tile: Tile,
  sums: Sums,
  start?: BlockStart,
): void {
  const { f, simd } = w;
  const looped = start !== undefined || k > 2 * UNROLL_K;
  const aPlace = cursors.address({ ...a, colStride: 0 }, tile.row, 0);
  const bPlace = cursors.address({ ...b, rowStride: 0 }, 0, tile.col);
  /** In a loop a pointer of its own runs along k. */
  const pointer = (base: Local | null, from: Local | undefined): Local | null => {
    if (!looped) return base;
    const local = f.local("i32");
    if (base) f.get(base);
    else f.op("i32.const", 0);
    if (from) f.get(from).op("i32.add");
    f.set(local);
    return local;
  };
  const aAt = pointer(aPlace.base, start?.a);
  const bAt = pointer(bPlace.base, start?.b);
  const vectors = sums[0]!.length;

  /** The number a[r, at] in all lanes, `at` counted from the pointer. */
  const loadA = (r: number, at: number) => {
    const offset = aPlace.offset + (r * a.rowStride + at * a.colStride) * simd.bytes;
    return loadSplat(f, simd, { base: aAt, offset });
  };
  const loadB = (v: number, at: number) => {
    const count = Math.min(simd.lanes, tile.width - v * simd.lanes);
    const offset = bPlace.offset + (at * b.rowStride + v * simd.lanes * b.colStride) * simd.bytes;
    return loadLanes(f, simd, { base: bAt, offset }, count === 1 ? 1 : b.colStride, count);
  };
  const multiplyAdd = (sum: Local, x: Local, y: Local) =>
    f.get(sum).get(x).get(y).op(`${simd.shape}.mul`).op(`${simd.shape}.add`).set(sum);
  /** One step of k. The shorter side is kept in registers, the longer one passes by. */
  const rankOne = (at: number) => {
    if (tile.height >= vectors) {
      const row = sums[0]!.map((_, v) => loadB(v, at));
      for (const [r, rowSums] of sums.entries())
        f.scope(() => {
          const x = loadA(r, at);
          for (const [v, y] of row.entries()) multiplyAdd(rowSums[v]!, x, y);
        });
    } else {
      const column = sums.map((_, r) => loadA(r, at));
      for (let v = 0; v < vectors; v++)
        f.scope(() => {
          const y = loadB(v, at);
          for (const [r, x] of column.entries()) multiplyAdd(sums[r]![v]!, x, y);
        });
    }
  };

  const written = looped ? UNROLL_K : k;
  repeat(f, looped ? Math.floor(k / UNROLL_K) : 1, () => {
    for (let at = 0; at < written; at++) f.scope(() => rankOne(at));
    if (!looped) return;
    if (aAt) advance(f, aAt, UNROLL_K * a.colStride * simd.bytes);
    if (bAt) advance(f, bAt, UNROLL_K * b.rowStride * simd.bytes);
  });
  if (looped) for (let at = 0; at < k % UNROLL_K; at++) f.scope(() => rankOne(at));
}
