/**
 * A matrix product in slices of columns, each in tiles of one size (`target.ts` says which).
 *
 * A slice is a product of its own with views that begin at its first column.
 */
import type { Body, View } from "../compile/program.ts";
import { type KernelWriter, mapViews, viewsOf, writeBody } from "./body.ts";
import { type Factor, loadSums, product, zeroSums } from "./gemm-tile.ts";
import { Cursors, type Grid, walk } from "./grid.ts";
import { storeLanes } from "./simd.ts";
import type { Target } from "./target.ts";

/** Multiply-adds of vectors written without loops over tiles at most. */
const UNROLL_TOTAL = 96;

/** A product, or one of some of its columns or k, with everything it takes to write it. */
export interface Part {
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly a: Factor;
  readonly b: Factor;
  /** Sums of an earlier part to go on from; none: start at 0. */
  readonly from?: View;
  /** Where the sums are put; none: they are finished. */
  readonly to?: View;
  readonly finish: Body;
  readonly index: View;
}

/** Both factors of a slice. */
export type Factors = Pick<Part, "a" | "b">;

/** A slice: its first column, its columns, those of a tile, in vectors. */
export interface Slice {
  readonly vector: number;
  readonly vectors: number;
  readonly width: number;
}

/** Cuts a result of m rows and `vectors` columns of vectors into slices of tiles of equal width. */
export function slicesOf(vectors: number, m: number, { tiles }: Target): readonly Slice[] {
  const slices: Slice[] = [];
  // With few rows only width gives the independent sums that hide the latency of additions.
  const usual = m === 1 ? 8 : m === 2 ? 4 : tiles.width;
  let vector = 0;
  for (const width of [usual, 2, 1]) {
    const fit = Math.floor((vectors - vector) / width) * width;
    if (fit > 0) slices.push({ vector, vectors: fit, width });
    vector += fit;
  }
  return slices;
}

/** The view from column `col` on. */
const fromColumn = (view: View, col: number, bytes: number): View => ({
  ...view,
  byteOffset: view.byteOffset + col * view.colStride * bytes,
});

/** Height of the tiles of that width, in vectors: at most what the registers hold, and all about equal. */
export function heightOf(m: number, width: number, { tiles }: Target): number {
  return Math.ceil(m / Math.ceil(m / tiles.heights[width]!));
}

/** Slice by slice; `prepare` writes what has to come before the tiles of one, and says where its factors lie. */
export function writeSlices(w: KernelWriter, part: Part, prepare = inPlace(w, part)): void {
  const { lanes, bytes } = w.simd;
  for (const slice of slicesOf(Math.ceil(part.n / lanes), part.m, w.target)) {
    const col = slice.vector * lanes;
    const cut = (view: View) => fromColumn(view, col, bytes);
    const { from, to } = part;
    w.f.scope(() =>
      writeTiles(w, slice.width, {
        ...part,
        n: Math.min(part.n - col, slice.vectors * lanes),
        ...prepare(slice),
        ...(from && { from: cut(from) }),
        ...(to && { to: cut(to) }),
        finish: mapViews(part.finish, cut),
        index: cut(part.index),
      }),
    );
  }
}

/** Factors as they lie in memory, the right one from the first column of a slice on. */
const inPlace =
  ({ simd }: KernelWriter, { a, b }: Factors) =>
  ({ vector }: Slice): Factors => ({
    a,
    b: { ...b, byteOffset: b.byteOffset + vector * simd.lanes * b.across * simd.bytes },
  });

/** All tiles of a slice. */
function writeTiles(w: KernelWriter, vectors: number, part: Part): void {
  const { f, simd } = w;
  const { m, n, k, a, b, from, to, finish, index } = part;
  const grid: Grid = {
    rows: m,
    cols: n,
    height: heightOf(m, vectors, w.target),
    width: vectors * simd.lanes,
    // The operand that is read again and again should be the smaller one.
    along: m > n ? "row" : "column",
    unrolled: m * Math.ceil(n / simd.lanes) * k <= UNROLL_TOTAL,
  };
  const results = [...(from ? [from] : []), ...(to ? [to] : [...viewsOf(finish), index])];
  const cursors = new Cursors(f, simd.bytes, [a.tiles, b.tiles, ...results]);
  walk(f, grid, cursors, {
    visit(tile) {
      const sums = from ? loadSums(w, from, cursors, tile) : zeroSums(w, tile);
      product(w, part, cursors, tile, sums);
      for (const [r, row] of sums.entries())
        for (const [v, acc] of row.entries()) {
          const count = Math.min(simd.lanes, tile.width - v * simd.lanes);
          const address = (view: View) => cursors.address(view, tile.row + r, tile.col + v * simd.lanes);
          if (to) storeLanes(f, simd, address(to), 1, count, acc);
          else writeBody(w, finish, { count, address, index, acc });
        }
    },
  });
}
