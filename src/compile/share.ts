/**
 * Cuts a kernel into shares for threads: a share is a kernel of the same kind for some rows or columns of the
 * result. No sum is cut, so every element is computed by the same operations in the same order as in the whole.
 *
 * Rows are cut at the same places in all kernels with as many rows: then a thread that goes on to the next kernel
 * mostly finds what it needs in its own rows, and need not wait for the others (`phases.ts`).
 */
import type { Body, LoopKernel, View } from "./program.ts";

/** A part of a kernel, and where it lies in the whole. */
export interface Share {
  readonly kernel: LoopKernel;
  /** First row and column of the part. */
  readonly row: number;
  readonly col: number;
  /** Rows and columns of the whole: of the result, or of what a reduction reduces. */
  readonly rows: number;
  readonly cols: number;
}

/** Which rows or columns: from, up to but not including. */
export type Range = readonly [from: number, to: number];

/** Cuts 0 … length into `parts` ranges, on multiples of tiles where that leaves them about equal. */
export function ranges(length: number, parts: number): Range[] {
  const grain = length >= 32 * parts ? 8 : length >= 12 * parts ? 4 : 1;
  const cut = (part: number) =>
    part === parts ? length : Math.round((length * part) / parts / grain) * grain;
  return Array.from({ length: parts }, (_, part) => [cut(part), cut(part + 1)]);
}

/** Size of the result of a kernel: rows and columns that may be cut; [1, 1] if it is one sum. */
function cuttable(kernel: LoopKernel): readonly [rows: number, cols: number] {
  switch (kernel.kind) {
    case "elementwise":
      return [kernel.rows, kernel.cols];
    case "gather":
      return kernel.sparse ? [1, kernel.cols] : [kernel.rows, 1];
    case "gemm":
      return [kernel.m, kernel.sparse ? 1 : kernel.n];
    case "reduce":
      return kernel.over === "rows" ? [1, kernel.cols] : kernel.over === "cols" ? [kernel.rows, 1] : [1, 1];
  }
}

/** Fewest columns of a share: whole vectors, and not one cache line for two threads. */
const FEWEST_COLUMNS = 8;

/**
 * The shares of `parts` threads, null for a thread that has none. What is too small to be cut goes to the first.
 * `size`: bytes of a number.
 */
export function sharesOf(kernel: LoopKernel, parts: number, size: number): (Share | null)[] {
  const [rows, cols] = cuttable(kernel);
  // The lists of a sparse gather and the rows of the products that read them must be cut alike, however small.
  const always = (kernel.kind === "gather" || kernel.kind === "gemm") && kernel.sparse !== undefined;
  const byRows = rows > 1 && (always || rows >= parts);
  const byCols = cols > 1 && (always || cols >= FEWEST_COLUMNS * parts);
  const cut = (length: number, make: (range: Range) => Share) =>
    ranges(length, parts).map((range) => (range[0] < range[1] ? make(range) : null));
  if (byRows && (rows >= 4 * parts || !byCols)) return cut(rows, (range) => rowsOf(kernel, range, size));
  if (byCols) return cut(cols, (range) => colsOf(kernel, range, size));
  return Array.from({ length: parts }, (_, part) => (part === 0 ? whole(kernel) : null));
}

/** A kernel as its own only share. */
export function whole(kernel: LoopKernel): Share {
  const [rows, cols] = kernel.kind === "gemm" ? [kernel.m, kernel.n] : [kernel.rows, kernel.cols];
  return { kernel, row: 0, col: 0, rows, cols };
}

const rowsOfView = (view: View, [from, to]: Range, size: number): View => ({
  ...view,
  byteOffset: view.byteOffset + from * view.rowStride * size,
  rows: to - from,
});

const colsOfView = (view: View, [from, to]: Range, size: number): View => ({
  ...view,
  byteOffset: view.byteOffset + from * view.colStride * size,
  cols: to - from,
});

const changed = (body: Body, change: (view: View) => View): Body => ({
  operands: body.operands.map(change),
  code: body.code,
  outputs: body.outputs.map(({ view, value }) => ({ view: change(view), value })),
});

/** The share of some rows of the result. */
export function rowsOf(kernel: LoopKernel, range: Range, size: number): Share {
  const of = (view: View) => rowsOfView(view, range, size);
  const rows = range[1] - range[0];
  const place = { ...whole(kernel), row: range[0] };
  switch (kernel.kind) {
    case "elementwise":
      return { ...place, kernel: { ...kernel, rows, ...changed(kernel, of) } };
    case "gemm":
      return {
        ...place,
        kernel: { ...kernel, m: rows, a: of(kernel.a), finish: changed(kernel.finish, of) },
      };
    case "reduce":
      return {
        ...place,
        kernel: { ...kernel, rows, operands: kernel.operands.map(of), finish: changed(kernel.finish, of) },
      };
    case "gather":
      return { ...place, kernel: { ...kernel, rows, out: of(kernel.out) } };
  }
}

/** The share of some columns of the result. */
function colsOf(kernel: LoopKernel, range: Range, size: number): Share {
  const of = (view: View) => colsOfView(view, range, size);
  const cols = range[1] - range[0];
  const place = { ...whole(kernel), col: range[0] };
  switch (kernel.kind) {
    case "elementwise":
      return { ...place, kernel: { ...kernel, cols, ...changed(kernel, of) } };
    case "gemm":
      return {
        ...place,
        kernel: { ...kernel, n: cols, b: of(kernel.b), finish: changed(kernel.finish, of) },
      };
    case "reduce":
      return {
        ...place,
        kernel: { ...kernel, cols, operands: kernel.operands.map(of), finish: changed(kernel.finish, of) },
      };
    case "gather": {
      const element = kernel.table.dtype === "uint8" ? 1 : size;
      const byteOffset = kernel.table.byteOffset + range[0] * element;
      return {
        ...place,
        kernel: { ...kernel, cols, table: { ...kernel.table, byteOffset }, out: of(kernel.out) },
      };
    }
  }
}
