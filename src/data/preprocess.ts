/**
 * Preparing columns and labels: one-hot rows, standardising, scaling to a range, counting, checking for NaN.
 *
 * A scaler is fitted on the training part and applied to both parts; it is plain data. Nothing changes its input.
 */
import { ShapeError, UsageError } from "../tensor/errors.ts";
import { isNumber, isWhole } from "../tensor/options.ts";
import { show } from "../tensor/show.ts";
import { checkNumbers, type MatrixLike, readMatrix, type Tensor } from "../tensor/tensor.ts";

/** (x − shift) / scale, column by column. */
export interface Scaler {
  readonly shift: Float64Array;
  readonly scale: Float64Array;
}

/**
 * Does nothing unless a value is NaN or infinite.
 * @throws {UsageError} naming the first value that is not finite, and its row and column (from 0).
 * @example assertFinite("fit", "x", [[1, 2], [3, 4]])
 */
export function assertFinite(where: string, name: string, values: MatrixLike): void {
  const { data, shape } = readMatrix(where, name, values);
  for (let i = 0; i < data.length; i++)
    if (!Number.isFinite(data[i]))
      throw new UsageError(
        `${where}: expected finite numbers, but ${name} has ${data[i]} at row ${Math.floor(i / shape[1])}, column ${i % shape[1]} (from 0). Remove the row or fill in a value.`,
      );
}

/**
 * Rows with a 1 in the column of the label and 0 elsewhere.
 * Shapes: labels [n] → [n, classes]; `classes` is the largest label + 1 unless given.
 * @throws {UsageError} if a label is not an integer from 0 to classes − 1.
 * @example oneHot([0, 2]) // { shape: [2, 3], data: [1, 0, 0, 0, 0, 1] }
 */
export function oneHot(labels: ArrayLike<number>, classes?: number): Tensor<Float64Array> {
  checkLabels("oneHot", labels);
  const width = classes ?? classCounts(labels).length;
  if (classes !== undefined && !isWhole(1)(classes))
    throw new UsageError(
      `oneHot: expected classes as a whole number ≥ 1, received ${show(classes)}. Leave it out to count up to the largest label.`,
    );
  const data = new Float64Array(labels.length * width);
  for (let r = 0; r < labels.length; r++) {
    checkLabel("oneHot", labels[r]!, r, width);
    data[r * width + labels[r]!] = 1;
  }
  return { shape: [labels.length, width], data };
}

/**
 * How many examples each class 0, 1, … has.
 * @throws {UsageError} if a label is not an integer ≥ 0.
 * @example classCounts([0, 2, 2]) // Int32Array [1, 0, 2]
 */
export function classCounts(labels: ArrayLike<number>): Int32Array {
  checkLabels("classCounts", labels);
  let classes = 0;
  for (let r = 0; r < labels.length; r++) {
    checkLabel("classCounts", labels[r]!, r);
    classes = Math.max(classes, labels[r]! + 1);
  }
  const counts = new Int32Array(classes);
  for (let r = 0; r < labels.length; r++) counts[labels[r]!]!++;
  return counts;
}

/**
 * Scales every column to mean 0 and standard deviation 1 (dividing by n); a constant column only loses its mean.
 * @returns the scaled matrix and the scaler: shift = mean, scale = standard deviation, or 1 where that is 0.
 * @throws {UsageError} on NaN or Infinity, without rows, or if a column's spread overflows or vanishes in float64.
 * @example
 * const { x, scaler } = standardize([[1], [3]]);
 * x.data // [-1, 1]
 * applyScaler([[5]], scaler).data // [3]
 */
export function standardize(values: MatrixLike): { x: Tensor<Float64Array>; scaler: Scaler } {
  return fitted("standardize", values, (column) => {
    const mean = sum(column) / column.length;
    const variance = sum(column.map((value) => (value - mean) ** 2)) / column.length;
    // A constant column may leave a variance of rounding size, which must not become a divisor.
    const constant = column.every((value) => value === column[0]);
    return [mean, constant ? 1 : Math.sqrt(variance)];
  });
}

/**
 * Scales every column so that its smallest value becomes 0 and its largest 1; a constant column becomes 0.
 * @returns the scaled matrix and the scaler: shift = smallest, scale = largest − smallest, or 1 where that is 0.
 * @throws {UsageError} on NaN or Infinity, without rows, or if a column's spread overflows or vanishes in float64.
 * @example minMaxScale([[0], [5], [10]]).x.data // Float64Array [0, 0.5, 1]
 */
export function minMaxScale(values: MatrixLike): { x: Tensor<Float64Array>; scaler: Scaler } {
  return fitted("minMaxScale", values, (column) => {
    const low = column.reduce((a, b) => Math.min(a, b));
    const high = column.reduce((a, b) => Math.max(a, b));
    return [low, high - low || 1];
  });
}

/**
 * (x − shift) / scale.
 * @throws {ShapeError} if x has not as many columns as the scaler; {UsageError} if that is no scaler.
 * @example
 * const scaler = { shift: Float64Array.of(10), scale: Float64Array.of(2) };
 * applyScaler([[10], [14]], scaler).data // [0, 2]
 */
export function applyScaler(values: MatrixLike, scaler: Scaler): Tensor<Float64Array> {
  if (!isList(scaler?.shift) || !isList(scaler.scale))
    throw new UsageError(
      `applyScaler: expected a scaler { shift, scale }, received ${show(scaler)}. Give the scaler out of the result: const { x, scaler } = standardize(…).`,
    );
  checkNumbers("applyScaler: shift", scaler.shift, scaler.shift.length);
  checkNumbers("applyScaler: scale", scaler.scale, scaler.scale.length);
  const { data, shape } = readMatrix("applyScaler", "x", values);
  const cols = shape[1];
  if (cols !== scaler.shift.length || cols !== scaler.scale.length)
    throw new ShapeError(
      `applyScaler: the scaler was fitted to ${scaler.shift.length} columns, received ${cols}. Give the same columns in the same order.`,
    );
  const scaled = Float64Array.from(
    data,
    (value, i) => (value - scaler.shift[i % cols]!) / scaler.scale[i % cols]!,
  );
  return { shape, data: scaled };
}

function fitted(
  where: string,
  values: MatrixLike,
  measure: (column: number[]) => [shift: number, scale: number],
) {
  const given = readMatrix(where, "x", values);
  const [rows, cols] = given.shape;
  if (rows === 0)
    throw new UsageError(`${where}: expected at least one row, received 0. Give the training data.`);
  assertFinite(where, "x", given);
  const scaler: Scaler = { shift: new Float64Array(cols), scale: new Float64Array(cols) };
  for (let c = 0; c < cols; c++) {
    const [shift, scale] = measure(Array.from({ length: rows }, (_, r) => given.data[r * cols + c]!));
    if (!isNumber(shift) || !isNumber(scale) || scale <= 0)
      throw new UsageError(
        `${where}: column ${c} is too wide or too narrow for float64: its shift would be ${shift}, its scale ${scale}. Multiply the column by a constant first, so that its values are about 1.`,
      );
    scaler.shift[c] = shift;
    scaler.scale[c] = scale;
  }
  return { x: applyScaler(given, scaler), scaler };
}

const isList = (v: unknown): boolean => Array.isArray(v) || ArrayBuffer.isView(v);

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

function checkLabels(where: string, labels: ArrayLike<number>): void {
  if (typeof labels !== "object" || typeof labels?.length !== "number")
    throw new UsageError(
      `${where}: expected a list of labels, received ${show(labels)}. Give one class number for each row.`,
    );
}

function checkLabel(where: string, label: number, row: number, classes = Number.MAX_SAFE_INTEGER): void {
  if (!Number.isInteger(label) || label < 0 || label >= classes)
    throw new UsageError(
      `${where}: expected labels that are integers ≥ 0${classes < Number.MAX_SAFE_INTEGER ? ` and < ${classes}` : ""}, received ${show(label)} at row ${row} (from 0). Number the classes from 0.`,
    );
}
