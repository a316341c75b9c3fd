/**
 * A tensor is a typed array with a shape, nothing more: nobody disposes of it, nobody owns it.
 *
 * Rank is at most 2 everywhere in papergrad (batch × features), rows stored one after the other.
 */
import { ShapeError, UsageError } from "./errors.ts";
import { show } from "./show.ts";

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
 * @throws {ShapeError} unless the shape is two whole numbers ≥ 0 and there are rows × cols values.
 * @example tensor(Float64Array.of(1, 2, 3, 4), [2, 2]).shape // [2, 2]
 */
export function tensor<A extends ArrayLike<number>>(data: A, shape: Shape): Tensor<A> {
  if (!isShape(shape))
    throw new ShapeError(
      `tensor: expected the shape [rows, columns] in whole numbers ≥ 0, received ${show(shape)}. Give e.g. [2, 3].`,
    );
  const size = sizeOf(shape);
  if (data?.length !== size)
    throw new ShapeError(
      `tensor: shape [${shape}] holds ${size} values, received ${data?.length ?? show(data)}. Give as many values as rows × columns.`,
    );
  return { shape, data };
}

const isShape = (shape: unknown): shape is Shape =>
  Array.isArray(shape) && shape.length === 2 && shape.every((n) => Number.isSafeInteger(n) && n >= 0);

/** Number of values of a shape. */
export const sizeOf = (shape: Shape): number => shape[0] * shape[1];

/** New zeroed storage of the given precision. */
export const allocate = (dtype: DType, length: number): FloatArray =>
  dtype === "float64" ? new Float64Array(length) : new Float32Array(length);

/**
 * Reads nested rows, e.g. `[[1, 2], [3, 4]]`, into a float64 matrix; passes a tensor through.
 * @throws {ShapeError} if the rows differ in length; {UsageError} for anything but rows of numbers: texts, null and
 *   gaps are missing values, not numbers.
 * @example matrix([[1, 2], [3, 4]]) // { shape: [2, 2], data: [1, 2, 3, 4] }
 */
export const matrix = (rows: MatrixLike): Tensor<ArrayLike<number>> => readMatrix("matrix", "", rows);

/** `matrix` for the argument `name` of `where`, which its errors name. */
export function readMatrix(where: string, name: string, value: MatrixLike): Tensor<ArrayLike<number>> {
  const at = name ? `${where}: ${name}` : where;
  const given: unknown = value;
  if (isList(given)) return nested(at, name, where, given);
  const { shape, data } = (given ?? {}) as Tensor<ArrayLike<number>>;
  if (shape === undefined || data === undefined) throw notRows(where, name, show(given));
  const verb = name ? " has" : " received a tensor of";
  if (!isShape(shape) || data?.length !== sizeOf(shape))
    throw new ShapeError(
      `${at}${verb} shape [${shape}] but ${data?.length ?? "no"} values. Give [rows, columns] and rows × columns values.`,
    );
  if (!isFloats(data)) checkNumbers(at, data, shape[1]);
  return value as Tensor<ArrayLike<number>>;
}

function nested(at: string, name: string, where: string, rows: ArrayLike<unknown>): Tensor<Float64Array> {
  const first = rows[0];
  const cols = isList(first) ? first.length : 0;
  const data = new Float64Array(rows.length * cols);
  for (let r = 0; r < rows.length; r++) {
    const row = rows[r];
    if (!isList(row)) {
      const flat = r === 0 && typeof row === "number";
      throw notRows(where, name, flat ? "an array of numbers" : `${show(row)} as row ${r}`);
    }
    if (row.length !== cols)
      throw new ShapeError(
        `${at}: row ${r} has ${row.length} values, row 0 has ${cols}. Give every row the same length.`,
      );
    if (!isFloats(row)) checkNumbers(at, row, cols, r);
    data.set(row as ArrayLike<number>, r * cols);
  }
  return { shape: [rows.length, cols], data };
}

/**
 * Does nothing if every value is a number; NaN is one.
 * @param firstRow number of the row that the first value is in.
 * @throws {UsageError} naming the first value that is not, with its row and column (from 0).
 */
export function checkNumbers(at: string, values: ArrayLike<unknown>, cols: number, firstRow = 0): void {
  for (let i = 0; i < values.length; i++)
    if (typeof values[i] !== "number")
      throw new UsageError(
        `${at}: expected numbers, received ${show(values[i])} at row ${firstRow + Math.floor(i / cols)}, column ${i % cols}. Convert it, fill in a number or drop the row.`,
      );
}

/** A typed array of numbers: what is in it need not be looked at. */
const isFloats = (v: unknown): boolean =>
  ArrayBuffer.isView(v) &&
  !(v instanceof DataView || v instanceof BigInt64Array || v instanceof BigUint64Array);
const isList = (v: unknown): v is ArrayLike<unknown> =>
  Array.isArray(v) || (ArrayBuffer.isView(v) && !(v instanceof DataView));

const notRows = (where: string, name: string, received: string): UsageError =>
  new UsageError(
    `${where}: expected ${name ? `${name} as ` : ""}a tensor { shape, data } or rows of numbers, received ${received}. Write [[1, 2], [3, 4]], or wrap a flat array with tensor(data, [rows, columns]).`,
  );
