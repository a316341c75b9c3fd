/**
 * Matrix product with a left factor of mostly zeros: for each row of the result, only the entries of its list.
 *
 * A dense product would add 0·b[k, j] for the others, which changes no finite sum: so this gives the same bits,
 * in the time of the entries that are there. One row of sums at a time stays in registers.
 */
import type { GemmKernel, View } from "../compile/program.ts";
import { rowsOf } from "../compile/share.ts";
import type { Local } from "./assembler.ts";
import { type KernelWriter, mapViews, numbersOf, viewsOf, writeBody } from "./body.ts";
import { multiplyAdd, zeroSums } from "./gemm-tile.ts";
import { advance, Cursors, type Grid, type Tile, walk } from "./grid.ts";
import { type Address, loadLanes, loadSplat } from "./simd.ts";
import { entryBytes, type SparseLayout, valueOffset, whileBefore } from "./sparse-gather.ts";

/**
 * Vectors of sums at most. Sums, a factor and a product would fit the 16 registers of x86-64 up to 13 of them, but from
 * 8 on the V8 of Node 20 moves some to memory and back for every entry: 7 take half the time there, and the same later.
 */
const MOST_VECTORS = 7;

/** The left factor: for the kernel's row i, the entries that the tables at byte `starts` list, one after the other. */
interface Entries {
  /** Address of a table's number for the kernel's first row, and by how much its entries' indices fall short. */
  readonly tables: readonly { readonly at: number; readonly shift: number }[];
}

/** Writes the code of the kernel; `layouts` are the lists of its gather, by threads. */
export function writeSparseGemm(w: KernelWriter, kernel: GemmKernel, layouts: readonly SparseLayout[]): void {
  const { bytes } = w.simd;
  const { row } = w.place;
  if (kernel.sparse?.by === "rows") {
    const tables = layouts.map((l) => ({ at: l.rows.start + row * bytes, shift: l.col }));
    writeBands(w, kernel, { tables });
    return;
  }
  // Each thread lists the rows of some columns: mostly just those that this share needs.
  for (const { col, cols, columns } of layouts) {
    const from = Math.max(col, row);
    const to = Math.min(col + cols, row + kernel.m);
    if (from >= to) continue;
    const part = rowsOf(kernel, [from - row, to - row], bytes).kernel as GemmKernel;
    const tables = [{ at: columns.start + (from - col) * bytes, shift: 0 }];
    w.f.scope(() => writeBands({ ...w, place: { ...w.place, row: from } }, part, { tables }));
  }
}

/** Bands of columns that fit the registers. */
function writeBands(w: KernelWriter, kernel: GemmKernel, entries: Entries): void {
  const { simd } = w;
  const vectors = Math.ceil(kernel.n / simd.lanes);
  const width = Math.ceil(vectors / Math.ceil(vectors / MOST_VECTORS)) * simd.lanes;
  for (let col = 0; col < kernel.n; col += width)
    w.f.scope(() => writeBand(w, kernel, entries, col, Math.min(width, kernel.n - col)));
}

/** All rows of `width` columns from `col` on. */
function writeBand(
  w: KernelWriter,
  kernel: GemmKernel,
  { tables }: Entries,
  col: number,
  width: number,
): void {
  const { f, simd } = w;
  const { m, n } = kernel;
  const cut = (view: View): View => ({
    ...view,
    byteOffset: view.byteOffset + col * view.colStride * simd.bytes,
  });
  const finish = mapViews(kernel.finish, cut);
  const index = cut(numbersOf(w, m, n));
  const b = cut(kernel.b);
  const starts = tables.map(
    ({ at }): View => ({
      byteOffset: at,
      rows: m + 1,
      cols: 1,
      rowStride: 1,
      colStride: 0,
    }),
  );
  const grid: Grid = { rows: m, cols: width, height: 1, width, along: "row", unrolled: false };
  const cursors = new Cursors(f, simd.bytes, [...starts, ...viewsOf(finish), index]);
  walk(f, grid, cursors, {
    visit(tile) {
      const sums = zeroSums(w, tile)[0]!;
      for (const [t, { shift }] of tables.entries())
        f.scope(() => {
          const first = cursors.address(starts[t]!, tile.row, 0);
          const at = f.local("i32");
          const end = f.local("i32");
          loadAddress(w, first).set(at);
          loadAddress(w, { base: first.base, offset: first.offset + simd.bytes }).set(end);
          whileBefore(w, at, end, () => {
            f.scope(() => addEntry(w, b, shift, at, tile, sums));
            advance(f, at, entryBytes(simd));
          });
        });
      for (const [v, acc] of sums.entries()) {
        const count = Math.min(simd.lanes, tile.width - v * simd.lanes);
        const address = (view: View) => cursors.address(view, tile.row, tile.col + v * simd.lanes);
        writeBody(w, finish, { count, address, index, acc });
      }
    },
  });
}

/** sums += value·b[index, :] for the entry at `at`. */
function addEntry(
  w: KernelWriter,
  b: View,
  shift: number,
  at: Local,
  tile: Tile,
  sums: readonly Local[],
): void {
  const { f, simd } = w;
  const rowBytes = b.rowStride * simd.bytes;
  const row = f.local("i32");
  f.get(at).op("i32.load", 0).op("i32.const", rowBytes).op("i32.mul").set(row);
  const x = loadSplat(f, simd, { base: at, offset: valueOffset(simd) });
  for (const [v, sum] of sums.entries())
    f.scope(() => {
      const y = loadVector(w, b, { base: row, offset: b.byteOffset + shift * rowBytes }, v, tile);
      multiplyAdd(w, sum, x, y);
    });
}

const loadAddress = ({ f }: KernelWriter, { base, offset }: Address) =>
  (base ? f.get(base) : f.op("i32.const", 0)).op("i32.load", offset);

function loadVector({ f, simd }: KernelWriter, b: View, row: Address, v: number, tile: Tile) {
  const count = Math.min(simd.lanes, tile.width - v * simd.lanes);
  const offset = row.offset + v * simd.lanes * b.colStride * simd.bytes;
  return loadLanes(f, simd, { base: row.base, offset }, count === 1 ? 1 : b.colStride, count);
}
