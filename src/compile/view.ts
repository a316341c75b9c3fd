/** Views of memory: broadcasting, transposing, and whether two of them share an element. */
import type { DType, Shape } from "../tensor/tensor.ts";
import type { View } from "./program.ts";

export const bytesOf = (dtype: DType | "uint8" | "int32"): number =>
  dtype === "float64" ? 8 : dtype === "uint8" ? 1 : 4;

/** A matrix stored row after row. */
export const dense = (byteOffset: number, [rows, cols]: Shape): View => ({
  byteOffset,
  rows,
  cols,
  rowStride: cols,
  colStride: 1,
});

export const transpose = (v: View): View => ({
  byteOffset: v.byteOffset,
  rows: v.cols,
  cols: v.rows,
  rowStride: v.colStride,
  colStride: v.rowStride,
});

/** The view repeated to `rows` × `cols`: a dimension of 1 gets stride 0. */
export const repeat = (v: View, rows: number, cols: number): View => ({
  byteOffset: v.byteOffset,
  rows,
  cols,
  rowStride: v.rows === 1 ? 0 : v.rowStride,
  colStride: v.cols === 1 ? 0 : v.colStride,
});

/**
 * How a matrix lies in memory: in lines, its rows or its columns, each without gaps, and from one line to the next so
 * many elements. Null for any other view.
 */
export function lines(v: Layout): { readonly along: "rows" | "columns"; readonly stride: number } | null {
  const { rows, cols, rowStride, colStride } = v;
  if ((cols === 1 || colStride === 1) && (rows === 1 || rowStride >= cols))
    return { along: "rows", stride: rows === 1 ? cols : rowStride };
  if ((rows === 1 || rowStride === 1) && (cols === 1 || colStride >= rows))
    return { along: "columns", stride: cols === 1 ? rows : colStride };
  return null;
}

export type Layout = Omit<View, "byteOffset">;

export const sameView = (a: View, b: View): boolean =>
  a.byteOffset === b.byteOffset &&
  a.rows === b.rows &&
  a.cols === b.cols &&
  (a.rows === 1 || a.rowStride === b.rowStride) &&
  (a.cols === 1 || a.colStride === b.colStride);

/** Element numbers of a view, counted from its first. */
export function* elements(v: View): Generator<number> {
  for (let i = 0; i < v.rows; i++) for (let j = 0; j < v.cols; j++) yield i * v.rowStride + j * v.colStride;
}

const span = (v: View): number => (v.rows - 1) * v.rowStride + (v.cols - 1) * v.colStride + 1;

/** Whether it has every element between its first and its last: a whole matrix does. */
const fillsSpan = (v: View): boolean => v.rows * v.cols === span(v);

/** Whether two views of numbers of `size` bytes have an element in common (exact, also for interleaved columns). */
export function overlap(a: View, b: View, size: number): boolean {
  const shift = (b.byteOffset - a.byteOffset) / size;
  if (shift >= span(a) || -shift >= span(b)) return false;
  if (fillsSpan(a) && fillsSpan(b)) return true;
  const taken = new Uint8Array(span(a));
  for (const e of elements(a)) taken[e] = 1;
  for (const e of elements(b)) if (taken[e + shift] === 1) return true;
  return false;
}
