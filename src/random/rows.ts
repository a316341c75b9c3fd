/**
 * Rows of anything: the values of a list or typed array, the rows of a tensor.
 *
 * Shuffles, splits and choices move whole rows and never look inside them.
 */
import { UsageError } from "../tensor/errors.ts";
import { show } from "../tensor/show.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** Arrays of numbers that keep their kind when rows are taken from them. */
export type NumberArray =
  | Float64Array
  | Float32Array
  | Int32Array
  | Uint32Array
  | Int16Array
  | Uint16Array
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray;

/** Something with rows. */
export type Rows = Tensor<NumberArray> | NumberArray | readonly unknown[];

const isTensor = (rows: Rows): rows is Tensor<NumberArray> => !Array.isArray(rows) && "shape" in rows;

/** Number of rows. @throws {UsageError} for what has none. */
export function rowCount(rows: Rows): number {
  if (typeof rows !== "object" || rows === null || !("shape" in rows || "length" in rows))
    throw new UsageError(
      `rows: expected a list, a typed array or a tensor { shape, data }, received ${show(rows)}. Give the data themselves.`,
    );
  return isTensor(rows) ? rows.shape[0] : rows.length;
}

const emptyLike = (array: NumberArray, length: number): NumberArray =>
  new (array.constructor as new (length: number) => NumberArray)(length);

/**
 * The rows with the given indices, in that order, as a new value of the same kind.
 * @example takeRows(new Float64Array([10, 20, 30]), [2, 0]) // Float64Array [30, 10]
 */
export function takeRows<R extends Rows>(rows: R, index: ArrayLike<number>): R {
  const given: Rows = rows;
  if (isTensor(given)) {
    const cols = given.shape[1];
    const data = emptyLike(given.data, index.length * cols);
    for (let i = 0; i < index.length; i++)
      data.set(given.data.subarray(index[i]! * cols, (index[i]! + 1) * cols), i * cols);
    return { shape: [index.length, cols], data } as unknown as R;
  }
  if (ArrayBuffer.isView(given)) {
    const out = emptyLike(given as NumberArray, index.length);
    for (let i = 0; i < index.length; i++) out[i] = given[index[i]!] as number;
    return out as unknown as R;
  }
  return Array.from(index, (i) => given[i]) as unknown as R;
}

/** Exchanges rows `i` and `j` in place. */
export function swapRows(rows: Rows, i: number, j: number): void {
  const [array, cols]: [unknown[], number] = isTensor(rows)
    ? [rows.data as unknown as unknown[], rows.shape[1]]
    : [rows as unknown[], 1];
  for (let c = 0; c < cols; c++) {
    const kept = array[i * cols + c];
    array[i * cols + c] = array[j * cols + c];
    array[j * cols + c] = kept;
  }
}
