/**
 * Matrices by plain loops: what a lesson's formulas are evaluated with, apart from the engine they are compared to.
 *
 * Slow and short on purpose. A 1×1 matrix beside another one scales it; nothing else is broadcast: where a bias goes
 * to every row, the formula has to say so with a column of ones.
 */
import { ShapeError } from "papergrad";

export interface Matrix {
  readonly rows: number;
  readonly cols: number;
  /** Row after row. */
  readonly data: Float64Array;
}

/** The matrix with `entry(i, j)` in row i, column j. */
export function make(rows: number, cols: number, entry: (i: number, j: number) => number): Matrix {
  return {
    rows,
    cols,
    data: Float64Array.from({ length: rows * cols }, (_, k) => entry(Math.floor(k / cols), k % cols)),
  };
}

/** Numbers given row after row. */
export const given = (rows: number, cols: number, values: ArrayLike<number>): Matrix =>
  make(rows, cols, (i, j) => values[i * cols + j]!);

export const scalar = (value: number): Matrix => make(1, 1, () => value);

export const at = (m: Matrix, i: number, j: number): number => m.data[i * m.cols + j]!;

const isScalar = (m: Matrix): boolean => m.rows === 1 && m.cols === 1;

export const transpose = (m: Matrix): Matrix => make(m.cols, m.rows, (i, j) => at(m, j, i));

/** f of every entry. */
export const each = (m: Matrix, f: (v: number) => number): Matrix =>
  make(m.rows, m.cols, (i, j) => f(at(m, i, j)));

/** f of every pair of entries in the same place; a 1×1 matrix goes with every entry. */
export function pairwise(a: Matrix, b: Matrix, f: (x: number, y: number) => number): Matrix {
  if (isScalar(a) && !isScalar(b)) return each(b, (y) => f(a.data[0]!, y));
  if (isScalar(b)) return each(a, (x) => f(x, b.data[0]!));
  if (a.rows !== b.rows || a.cols !== b.cols)
    throw new ShapeError(`element by element: ${a.rows}×${a.cols} and ${b.rows}×${b.cols} do not fit.`);
  return make(a.rows, a.cols, (i, j) => f(at(a, i, j), at(b, i, j)));
}

/** a·b; a 1×1 factor scales. */
export function product(a: Matrix, b: Matrix): Matrix {
  if (isScalar(a) || isScalar(b)) return pairwise(a, b, (x, y) => x * y);
  if (a.cols !== b.rows)
    throw new ShapeError(`product: ${a.rows}×${a.cols} and ${b.rows}×${b.cols} do not fit.`);
  return make(a.rows, b.cols, (i, j) => {
    let sum = 0;
    for (let k = 0; k < a.cols; k++) sum += at(a, i, k) * at(b, k, j);
    return sum;
  });
}

export function trace(m: Matrix): Matrix {
  if (m.rows !== m.cols)
    throw new ShapeError(`trace: expected a square matrix, received ${m.rows}×${m.cols}.`);
  let sum = 0;
  for (let i = 0; i < m.rows; i++) sum += at(m, i, i);
  return scalar(sum);
}

/** Sum of all squares. */
export const squaredNorm = (m: Matrix): Matrix => scalar(m.data.reduce((s, v) => s + v * v, 0));

/** One number for each row. */
export const eachRow = (m: Matrix, f: (row: Float64Array) => number): Matrix =>
  make(m.rows, 1, (i) => f(m.data.subarray(i * m.cols, (i + 1) * m.cols)));
