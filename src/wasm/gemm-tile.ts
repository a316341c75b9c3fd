/**
 * The innermost loop of a matrix product: a tile of sums in registers, k running.
 *
 * For each k the vectors of b's row are loaded once and multiplied with single numbers of a's column, each of
 * which fills all lanes of a register. One k at a time: where several are written out, engines load for all of
 * them first, and run out of registers.
 */
import type { View } from "../compile/program.ts";
import type { Local } from "./assembler.ts";
import type { KernelWriter } from "./body.ts";
import { advance, type Cursors, repeat, type Strides, type Tile } from "./grid.ts";
import { loadLanes, loadSplat } from "./simd.ts";

/** Products of fewer k are written without a loop. */
const UNROLL_K = 8;

/** One operand of a product as a tile sees it; distances in elements. */
export interface Factor {
  readonly byteOffset: number;
  /** How the factor moves from tile to tile. */
  readonly tiles: Strides;
  /** From one row of a (column of b) in a tile to the next. */
  readonly across: number;
  /** From one k to the next. */
  readonly along: number;
  /** Byte distance added to all addresses, where it is not known when the code is written. */
  readonly start?: Local;
}

/** A matrix as left factor, as it lies in memory. */
export const leftFactor = (a: View): Factor => ({
  byteOffset: a.byteOffset,
  tiles: { rowStride: a.rowStride, colStride: 0 },
  across: a.rowStride,
  along: a.colStride,
});

/** A matrix as right factor, as it lies in memory. */
export const rightFactor = (b: View): Factor => ({
  byteOffset: b.byteOffset,
  tiles: { rowStride: 0, colStride: b.colStride },
  across: b.colStride,
  along: b.rowStride,
});

const ZERO = new Uint8Array(16);

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
    f.bytes("v128.const", ZERO).set(sum);
    return sum;
  });

/** The sums as an earlier block of k left them. */
export const loadSums = ({ f, simd }: KernelWriter, view: View, cursors: Cursors, tile: Tile): Sums =>
  sumsOf(tile, simd.lanes, (row, col, count) =>
    loadLanes(f, simd, cursors.address(view, row, col), 1, count),
  );

/** sum += x·y, rounded twice unless the target says otherwise. */
export function multiplyAdd({ f, simd, target }: KernelWriter, sum: Local, x: Local, y: Local): void {
  if (target.fused) f.get(x).get(y).get(sum).op(`${simd.shape}.relaxed_madd`).set(sum);
  else f.get(sum).get(x).get(y).op(`${simd.shape}.mul`).op(`${simd.shape}.add`).set(sum);
}

/** sums += a[tile's rows, :]·b[:, tile's columns], over `k` numbers of both. */
export function product(
  w: KernelWriter,
  { a, b, k }: { readonly a: Factor; readonly b: Factor; readonly k: number },
  cursors: Cursors,
  tile: Tile,
  sums: Sums,
): void {
  const { f, simd } = w;
  const looped = k > UNROLL_K || a.start !== undefined;
  /** Address of the factor's first number in the tile; in a loop a pointer of its own runs along k. */
  const place = (factor: Factor, row: number, col: number) => {
    const { base, offset } = cursors.address({ byteOffset: factor.byteOffset, ...factor.tiles }, row, col);
    if (!looped) return { base, offset };
    const pointer = f.local("i32");
    if (base) f.get(base);
    else f.op("i32.const", 0);
    if (factor.start) f.get(factor.start).op("i32.add");
    f.set(pointer);
    return { base: pointer, offset };
  };
  const aPlace = place(a, tile.row, 0);
  const bPlace = place(b, 0, tile.col);
  const vectors = sums[0]!.length;

  /** The number a[r, at] in all lanes, `at` counted from the pointer. */
  const loadA = (r: number, at: number) => {
    const offset = aPlace.offset + (r * a.across + at * a.along) * simd.bytes;
    return loadSplat(f, simd, { base: aPlace.base, offset });
  };
  const loadB = (v: number, at: number) => {
    const count = Math.min(simd.lanes, tile.width - v * simd.lanes);
    const offset = bPlace.offset + (at * b.along + v * simd.lanes * b.across) * simd.bytes;
    return loadLanes(f, simd, { base: bPlace.base, offset }, count === 1 ? 1 : b.across, count);
  };
  /** One step of k. The shorter side is kept in registers, the longer one passes by. */
  const rankOne = (at: number) => {
    if (tile.height >= vectors) {
      const row = sums[0]!.map((_, v) => loadB(v, at));
      for (const [r, rowSums] of sums.entries())
        f.scope(() => {
          const x = loadA(r, at);
          for (const [v, y] of row.entries()) multiplyAdd(w, rowSums[v]!, x, y);
        });
    } else {
      const column = sums.map((_, r) => loadA(r, at));
      for (let v = 0; v < vectors; v++)
        f.scope(() => {
          const y = loadB(v, at);
          for (const [r, x] of column.entries()) multiplyAdd(w, sums[r]![v]!, x, y);
        });
    }
  };

  if (!looped) {
    for (let at = 0; at < k; at++) f.scope(() => rankOne(at));
    return;
  }
  repeat(f, k, () => {
    f.scope(() => rankOne(0));
    advance(f, aPlace.base!, a.along * simd.bytes);
    advance(f, bPlace.base!, b.along * simd.bytes);
  });
}
