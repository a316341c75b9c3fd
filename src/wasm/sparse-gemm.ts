/**
 * Matrix product with a left factor of mostly zeros: for each row of the result, only the entries of its list.
 *
 * A dense product would add 0·b[k, j] for the others, which changes no finite sum: so this gives the same bits,
 * in the time of the entries that are there. One row of sums at a time stays in registers.
 */
import type { GemmKernel, View } from "../compile/program.ts";
import { indexView, type KernelWriter, mapViews, viewsOf, writeBody } from "./body.ts";
import { zeroSums } from "./gemm-tile.ts";
import { advance, Cursors, type Grid, type Tile, walk } from "./grid.ts";
import { type Address, loadLanes, loadSplat } from "./simd.ts";
import { type EntryList, entryBytes, valueOffset, whileBefore } from "./sparse-gather.ts";

/** Vectors of sums at most: with a factor and a product they fill the 16 registers of x86-64. */
const MOST_VECTORS = 13;

/** Writes the code of the kernel; `list` has the entries of each row of its left factor. */
export function writeSparseGemm(w: KernelWriter, kernel: GemmKernel, list: EntryList): void {
  const { simd } = w;
  const vectors = Math.ceil(kernel.n / simd.lanes);
  const width = Math.ceil(vectors / Math.ceil(vectors / MOST_VECTORS)) * simd.lanes;
  for (let col = 0; col < kernel.n; col += width)
    w.f.scope(() => writeBand(w, kernel, list, col, Math.min(width, kernel.n - col)));
}

/** All rows of `width` columns from `col` on. */
function writeBand(w: KernelWriter, kernel: GemmKernel, list: EntryList, col: number, width: number): void {
  const { f, simd } = w;
  const { m, n } = kernel;
  const cut = (view: View): View => ({
    ...view,
    byteOffset: view.byteOffset + col * view.colStride * simd.bytes,
  });
  const finish = mapViews(kernel.finish, cut);
  const index = cut(indexView(m, n));
  const b = cut(kernel.b);
  const start: View = { byteOffset: list.start, rows: m + 1, cols: 1, rowStride: 1, colStride: 0 };
  const grid: Grid = { rows: m, cols: width, height: 1, width, along: "row", unrolled: false };
  const cursors = new Cursors(f, simd.bytes, [start, ...viewsOf(finish), index]);
  walk(f, grid, cursors, {
    visit(tile) {
      const sums = zeroSums(w, tile)[0]!;
      const first = cursors.address(start, tile.row, 0);
      const at = f.local("i32");
      const end = f.local("i32");
      loadAddress(w, first).set(at);
      loadAddress(w, { base: first.base, offset: first.offset + simd.bytes }).set(end);
      whileBefore(w, at, end, () => {
        f.scope(() => {
          const row = f.local("i32");
          f.get(at)
            .op("i32.load", 0)
            .op("i32.const", b.rowStride * simd.bytes)
            .op("i32.mul")
            .set(row);
          const x = loadSplat(f, simd, { base: at, offset: valueOffset(simd) });
          for (const [v, sum] of sums.entries())
            f.scope(() => {
              const y = loadVector(w, b, { base: row, offset: b.byteOffset }, v, tile);
              f.get(sum).get(x).get(y).op(`${simd.shape}.mul`).op(`${simd.shape}.add`).set(sum);
            });
        });
        advance(f, at, entryBytes(simd));
      });
      for (const [v, acc] of sums.entries()) {
        const count = Math.min(simd.lanes, tile.width - v * simd.lanes);
        const address = (view: View) => cursors.address(view, tile.row, tile.col + v * simd.lanes);
        writeBody(w, finish, { count, address, index, acc });
      }
    },
  });
}

const loadAddress = ({ f }: KernelWriter, { base, offset }: Address) =>
  (base ? f.get(base) : f.op("i32.const", 0)).op("i32.load", offset);

function loadVector({ f, simd }: KernelWriter, b: View, row: Address, v: number, tile: Tile) {
  const count = Math.min(simd.lanes, tile.width - v * simd.lanes);
  const offset = row.offset + v * simd.lanes * b.colStride * simd.bytes;
  return loadLanes(f, simd, { base: row.base, offset }, count === 1 ? 1 : b.colStride, count);
}
