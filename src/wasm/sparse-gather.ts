/**
 * A gather of mostly zeros: instead of a dense matrix, two lists of what is not zero.
 *
 * By rows (compressed rows) for x·W, by columns (compressed columns) for xᵀ·dz; both ascending, so that a product
 * over the lists adds in the order of the dense one. Threads each list some columns, for all rows. An entry is the number of the other index (int32) and the
 * value; the table `start` says where the entries of row or column number i begin and end.
 */
import type { GatherKernel } from "../compile/program.ts";
import type { Local } from "./assembler.ts";
import type { KernelWriter } from "./body.ts";
import { startRow } from "./gather.ts";
import { advance, repeat } from "./grid.ts";
import type { Simd } from "./simd.ts";

/** Entries by one index: `start` has count + 1 addresses, an element apart. */
export interface EntryList {
  readonly start: number;
  readonly entries: number;
}

/** Where the lists of a gather, or of its share of some columns, lie. Columns are counted from its first one. */
export interface SparseLayout {
  readonly col: number;
  readonly cols: number;
  readonly rows: EntryList;
  readonly columns: EntryList;
  readonly bytes: number;
}

/** An entry: int32 index, then the value at `valueOffset`. */
export const entryBytes = (simd: Simd): number => 2 * simd.bytes;
export const valueOffset = (simd: Simd): number => simd.bytes;

/** Lays the lists out from byte `at` on; there is room for a dense batch. One entry more may be scribbled on. */
export function sparseLayout(kernel: GatherKernel, col: number, simd: Simd, at: number): SparseLayout {
  const { rows, cols } = kernel;
  const room = (rows * cols + 1) * entryBytes(simd);
  const rowStart = at;
  const columnStart = rowStart + (rows + 1) * simd.bytes;
  const rowEntries = columnStart + (cols + 1) * simd.bytes;
  const columnEntries = rowEntries + room;
  return {
    col,
    cols,
    rows: { start: rowStart, entries: rowEntries },
    columns: { start: columnStart, entries: columnEntries },
    bytes: columnEntries + room - at,
  };
}

/** Writes the code of the kernel. */
export function writeSparseGather(w: KernelWriter, kernel: GatherKernel, layout: SparseLayout): void {
  const { f, simd } = w;
  const { rows, cols, table, index } = kernel;
  const elementBytes = table.dtype === "uint8" ? 1 : simd.bytes;
  f.op("i32.const", layout.columns.start)
    .op("i32.const", 0)
    .op("i32.const", (cols + 1) * simd.bytes)
    .fillMemory();
  const place = startRow(w, kernel);
  const row = f.local("i32");
  const from = f.local("i32");
  const next = f.local("i32");
  f.op("i32.const", 0).set(row);
  f.op("i32.const", layout.rows.entries).set(next);
  f.op("i32.const", 0).get(next).op("i32.store", layout.rows.start);
  repeat(f, rows, () => {
    f.get(place).op("i32.const", 2).op("i32.shl").op("i32.load", index.byteOffset);
    f.op("i32.const", w.place.cols * elementBytes)
      .op("i32.mul")
      .set(from);
    f.scope(() => listRow(w, kernel, layout, from, next));
    advance(f, row, simd.bytes);
    f.get(row).get(next).op("i32.store", layout.rows.start);
    advance(f, place, 1);
    f.get(place).op("i32.const", index.length).op("i32.eq");
    f.if(() => f.op("i32.const", 0).set(place));
  });
  writeColumns(w, kernel, layout);
}

/** Appends the entries of one row at `next`, and counts those of each column in the columns' `start`. */
function listRow(
  w: KernelWriter,
  kernel: GatherKernel,
  layout: SparseLayout,
  from: Local,
  next: Local,
): void {
  const { f, simd } = w;
  const { cols, table } = kernel;
  const isBytes = table.dtype === "uint8";
  const elementBytes = isBytes ? 1 : simd.bytes;
  const perBlock = 16 / elementBytes;
  const at = f.local("i32");
  const col = f.local("i32");
  f.get(from).set(at).op("i32.const", 0).set(col);
  const element = (k: number) => appendElement(w, layout, { at, col, next, isBytes }, table.byteOffset, k);
  repeat(f, Math.floor(cols / perBlock), () => {
    // A block of zeros, the common case, costs one test. (A float −0 is listed, which is harmless.)
    f.get(at).op("v128.load", table.byteOffset).op("v128.any_true");
    f.if(() => {
      for (let k = 0; k < perBlock; k++) f.scope(() => element(k));
    });
    advance(f, at, 16);
    advance(f, col, perBlock);
  });
  for (let k = 0; k < cols % perBlock; k++) f.scope(() => element(k));
}

/** Element number k after `at`: always written, but `next` moves on only if it is not zero. */
function appendElement(
  w: KernelWriter,
  layout: SparseLayout,
  { at, col, next, isBytes }: { at: Local; col: Local; next: Local; isBytes: boolean },
  tableOffset: number,
  k: number,
): void {
  const { f, simd } = w;
  const float = simd.bytes === 4 ? "f32" : "f64";
  const value = f.local(float);
  const present = f.local("i32");
  f.get(at);
  if (isBytes) f.op("i32.load8_u", tableOffset + k).op(`${float}.convert_i32_u`);
  else f.op(`${float}.load`, tableOffset + k * simd.bytes);
  f.set(value);
  f.get(value).op(`${float}.const`, 0).op(`${float}.ne`).set(present);
  f.get(next).get(col).op("i32.const", k).op("i32.add").op("i32.store", 0);
  f.get(next).get(value).op(`${float}.store`, valueOffset(simd));
  f.get(present)
    .op("i32.const", Math.log2(entryBytes(simd)))
    .op("i32.shl")
    .get(next)
    .op("i32.add")
    .set(next);
  const count = f.local("i32");
  f.get(col).op("i32.const", Math.log2(simd.bytes)).op("i32.shl").set(count);
  const offset = layout.columns.start + k * simd.bytes;
  f.get(count).get(count).op("i32.load", offset).get(present).op("i32.add").op("i32.store", offset);
}

/** Turns the counts into addresses and sorts the entries of all rows into columns. */
function writeColumns(
  w: KernelWriter,
  { rows, cols }: GatherKernel,
  { rows: byRow, columns }: SparseLayout,
): void {
  const { f, simd } = w;
  const size = Math.log2(entryBytes(simd));
  const at = f.local("i32");
  const sum = f.local("i32");
  const count = f.local("i32");
  f.op("i32.const", 0).set(at).op("i32.const", columns.entries).set(sum);
  repeat(f, cols + 1, () => {
    f.get(at).op("i32.load", columns.start).op("i32.const", size).op("i32.shl").set(count);
    f.get(at).get(sum).op("i32.store", columns.start);
    f.get(sum).get(count).op("i32.add").set(sum);
    advance(f, at, simd.bytes);
  });
  // Each column's start runs to its end while entries are put there; then the table is moved up by one.
  const float = simd.bytes === 4 ? "f32" : "f64";
  const row = f.local("i32");
  const entry = f.local("i32");
  const column = f.local("i32");
  const to = f.local("i32");
  f.op("i32.const", 0).set(row).op("i32.const", byRow.entries).set(entry);
  repeat(f, rows, () => {
    const end = f.local("i32");
    f.get(row)
      .op("i32.const", Math.log2(simd.bytes))
      .op("i32.shl")
      .op("i32.load", byRow.start + simd.bytes)
      .set(end);
    whileBefore(w, entry, end, () => {
      f.get(entry).op("i32.load", 0).op("i32.const", Math.log2(simd.bytes)).op("i32.shl").set(column);
      f.get(column).op("i32.load", columns.start).set(to);
      f.get(to).get(row).op("i32.store", 0);
      f.get(to).get(entry).op(`${float}.load`, valueOffset(simd)).op(`${float}.store`, valueOffset(simd));
      f.get(column).get(to).op("i32.const", entryBytes(simd)).op("i32.add").op("i32.store", columns.start);
      advance(f, entry, entryBytes(simd));
    });
    advance(f, row, 1);
  });
  f.op("i32.const", columns.start + simd.bytes)
    .op("i32.const", columns.start)
    .op("i32.const", cols * simd.bytes)
    .copyMemory();
  f.op("i32.const", 0).op("i32.const", columns.entries).op("i32.store", columns.start);
}

/** while (at ≠ end) body, `at` being advanced by the body. */
export function whileBefore({ f }: KernelWriter, at: Local, end: Local, body: () => void): void {
  f.block((done) => {
    f.get(at).get(end).op("i32.eq").branchIf(done);
    f.loop((again) => {
      body();
      f.get(at).get(end).op("i32.ne").branchIf(again);
    });
  });
}
