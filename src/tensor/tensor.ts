/**
 * A tensor is a typed array with a shape, nothing more: nobody disposes of it, nobody owns it.
 *
 * Rank is at most 2 everywhere in papergrad (batch × features), rows stored one after the other.
 */
import { ShapeError } from "./errors.ts";

/** Number type of a computation. */
export type DType = "float32" | "float64";
/** `[rows, columns]`; a scalar is `[1, 1]`. */
export type Shape = readonly [rows: number, cols: number];
/** Numbers of either precision. */
export type FloatArray = Float32Array | Float64Array;

/** A matrix: `data[r * cols + c]`. */
export interface Tensor<A extends ArrayLike<number> = FloatArray> {
  readonly shape: Shape;
  readonly data: A;
}

/** Anything a matrix can be read from. */
export type MatrixLike = Tensor<ArrayLike<number>> | readonly (readonly number[])[];

/**
 * Wraps `data` as a matrix.
 * @throws {ShapeError} if the number of values is not rows × cols.
 * @example tensor(Float64Array.of(1, 2, 3, 4), [2, 2]).shape // [2, 2]
 */
export function tensor<A extends ArrayLike<number>>(data: A, shape: Shape): Tensor<A> {
  const size = shape[0] * shape[1];
  if (data.length !== size)
    throw new ShapeError(
      `tensor: shape [${shape}] holds ${size} values, received ${data.length}. Give as many values as rows × columns.`,
    );
  return { shape, data };
}

/** Number of values of a shape. */
export const sizeOf = (shape: Shape): number => shape[0] * shape[1];

/** New zeroed storage of the given precision. */
export const allocate = (dtype: DType, length: number): FloatArray =>
  dtype === "float64" ? new Float64Array(length) : new Float32Array(length);

/**
 * Reads nested rows, e.g. `[[1, 2], [3, 4]]`, into a float64 matrix; passes a tensor through.
 * @throws {ShapeError} if the rows differ in length.
 * @example matrix([[1, 2], [3, 4]]) // { shape: [2, 2], data: [1, 2, 3, 4] }
 */
export function matrix(rows: MatrixLike): Tensor<ArrayLike<number>> {
  if (!Array.isArray(rows)) return rows as Tensor<ArrayLike<number>>;
  const list = rows as readonly (readonly number[])[];
  const cols = list[0]?.length ?? 0;
  const data = new Float64Array(list.length * cols);
  for (const [r, row] of list.entries()) {
    if (row.length !== cols)
      throw new ShapeError(
        `matrix: row ${r} has ${row.length} values, row 0 has ${cols}. Give every row the same length.`,
      );
    data.set(row, r * cols);
  }
  return { shape: [list.length, cols], data };
}
