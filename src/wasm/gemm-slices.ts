/**
 * A matrix product in slices of columns, each in tiles of one size.
 *
 * A slice is a product of its own with views that begin at its first column. The sizes of the tiles are chosen
 * so that enough independent sums are under way (an addition takes four cycles) and few have to leave the
 * registers.
 */
import type { Body, View } from "../compile/program.ts";
import { type KernelWriter, mapViews, viewsOf, writeBody } from "./body.ts";
import { type BlockStart, loadSums, type Product, product, zeroSums } from "./gemm-tile.ts";
import { Cursors, type Grid, walk } from "./grid.ts";
import { storeLanes } from "./simd.ts";

/** Multiply-adds of vectors written without loops over tiles at most. */
const UNROLL_TOTAL = 96;

/** A product with everything it takes to write it. */
export interface Task extends Product {
  readonly m: number;
  readonly n: number;
  readonly finish: Body;
  readonly index: View;
}

/** The view from column `col` on. */
const fromColumn = (view: View, col: number, bytes: number): View => ({
  ...view,
  byteOffset: view.byteOffset + col * view.colStride * bytes,
});

/**
 * Height of the register tile by its width in vectors, for large m. Measured on x86-64 with its 16 registers:
 * 4×4 is best although a few sums are kept in memory by the engine, then 4×3, 6×2, 5×2.
 */
const TILE_HEIGHT = [0, 10, 6, 4, 4, 2, 1, 1, 1];
/** Usual width of a tile in vectors. */
const WIDTH = 4;

interface Slice {
  /** Columns of the slice, in vectors, and those of a tile. */
  readonly vectors: number;
  readonly width: number;
}

/** Cuts `vectors` columns of vectors into slices of tiles of equal width. */
function slicesOf(vectors: number, m: number): readonly Slice[] {
  // With one row only width gives the independent sums that hide the latency of additions.
  const width = m === 1 ? 8 : WIDTH;
  const rest = vectors % width;
  // A slice one vector wide is slow: 4 + 1 vectors become 3 + 2.
  const widths = rest === 1 && width === 4 && vectors > 4 ? [3, 2] : [rest];
  const narrow = widths.map((w) => ({ vectors: w, width: w }));
  const wide = { vectors: vectors - widths.reduce((sum, w) => sum + w, 0), width };
  return [wide, ...narrow].filter((slice) => slice.vectors > 0);
}

/** Slice by slice: tiles of each, with the views that begin at its first column. */
export function writeSlices(w: KernelWriter, task: Task, block?: Block): void {
  const { m, n } = task;
  const { lanes, bytes } = w.simd;
  let col = 0;
  for (const slice of slicesOf(Math.ceil(n / lanes), m)) {
    const from = col;
    const cut = (view: View) => fromColumn(view, from, bytes);
    const part: Task = {
      ...task,
      n: Math.min(n - col, slice.vectors * lanes),
      b: cut(task.b),
      finish: mapViews(task.finish, cut),
      index: cut(task.index),
    };
    const sums = block && { ...block, sums: cut(block.sums) };
    w.f.scope(() => writeTiles(w, part, slice.width, sums));
    col += slice.vectors * lanes;
  }
}

/** Where the sums are put instead of being finished; with `start`, they are added to what is there. */
export interface Block {
  readonly sums: View;
  readonly start?: BlockStart;
}

function writeTiles(w: KernelWriter, task: Task, vectors: number, block?: Block): void {
  const { f, simd } = w;
  const { m, n, k, a, b, finish, index } = task;
  const highest = TILE_HEIGHT[vectors]!;
  const grid: Grid = {
    rows: m,
    cols: n,
    height: Math.ceil(m / Math.ceil(m / highest)),
    width: vectors * simd.lanes,
    // The operand that is read again and again should be the smaller one.
    along: m > n ? "row" : "column",
    unrolled: m * Math.ceil(n / simd.lanes) * k <= UNROLL_TOTAL,
  };
  const views = block ? [block.sums] : [...viewsOf(finish), index];
  const cursors = new Cursors(f, simd.bytes, [{ ...a, colStride: 0 }, { ...b, rowStride: 0 }, ...views]);
  walk(f, grid, cursors, {
    visit(tile) {
      const sums = block?.start ? loadSums(w, block.sums, cursors, tile) : zeroSums(w, tile);
      product(w, task, cursors, tile, sums, block?.start);
      for (const [r, row] of sums.entries())
        for (const [v, acc] of row.entries()) {
          const count = Math.min(simd.lanes, tile.width - v * simd.lanes);
          const address = (view: View) => cursors.address(view, tile.row + r, tile.col + v * simd.lanes);
          if (block) storeLanes(f, simd, address(block.sums), 1, count, acc);
          else writeBody(w, finish, { count, address, index, acc });
        }
    },
  });
}
