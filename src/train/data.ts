/**
 * What users hand to fit, evaluate and predict, made into checked matrices.
 *
 * x stays bytes where it is bytes. y is encoded for the loss: class numbers stay one column, 0/1 become −1/1 for
 * a hinge. Every error names the row and the value.
 */
import { checkFinite } from "../compile/engine.ts";
import type { Loss } from "../nn/losses.ts";
import type { Network } from "../nn/network.ts";
import { ShapeError, UsageError } from "../tensor/errors.ts";
import {
  checkNumbers,
  type DType,
  type MatrixLike,
  readMatrix,
  type Shape,
  type Tensor,
} from "../tensor/tensor.ts";

/** Examples in rows: nested arrays, or a tensor of floats or bytes. */
export type Examples = MatrixLike;
/** Targets: a matrix, or one number for each row. */
export type Targets = MatrixLike | ArrayLike<number>;

/** A checked matrix; `bytes` data are kept as bytes in engine memory. */
export type Table = Tensor<ArrayLike<number>>;

export const isBytes = (table: Table): boolean =>
  table.data instanceof Uint8Array || table.data instanceof Uint8ClampedArray;

/**
 * Checks x against the network.
 * @throws {ShapeError} for no rows or another number of columns; {UsageError} for NaN, infinity, or a number that
 *   float32 cannot hold.
 */
export function examples(where: string, x: Examples, network: Network, dtype: DType): Table {
  const table = readMatrix(where, "x", x);
  const [rows, cols] = table.shape;
  if (rows === 0) throw new ShapeError(`${where}: expected x with at least one row, received none.`);
  if (cols !== network.inputs) {
    const first = network.layers[0]!;
    const cure = `${cols < network.inputs ? "Add" : "Drop"} ${Math.abs(cols - network.inputs) === 1 ? "a column" : `${Math.abs(cols - network.inputs)} columns`}`;
    throw new ShapeError(
      `${where}: x has ${count(cols, "feature")} but layer 0 (${first.name}) was built for ${network.inputs}. ${cure}, or rebuild with inputShape [${cols}].`,
    );
  }
  if (!isBytes(table)) checkFinite(`${where}: x`, table.data, cols, dtype);
  return table;
}

/**
 * Checks y against x, the loss and the last layer, and encodes it.
 * @throws {ShapeError} for wrong shapes; {UsageError} for a label or value out of range.
 */
export function targets(
  where: string,
  y: Targets,
  rows: number,
  loss: Loss,
  network: Network,
  dtype: DType,
): Table {
  const table = readTargets(where, y);
  if (table.shape[0] !== rows)
    throw new ShapeError(
      `${where}: x has ${count(rows, "row")} but y has ${table.shape[0]}. Give one target for each example.`,
    );
  checkFinite(`${where}: y`, table.data, table.shape[1], dtype);
  if (loss.targets === "classes") return classTargets(where, table, loss, network);
  const last = network.layers.at(-1)!;
  if (table.shape[1] !== network.outputs) {
    const cure =
      table.shape[1] === 1
        ? `Use categoricalCrossentropy for class numbers, or give the last layer 1 unit.`
        : `Give the last layer ${table.shape[1]} units, or y ${count(network.outputs, "column")}.`;
    throw new ShapeError(
      `${where}: y has ${count(table.shape[1], "column")} but the last layer (${last.name}) has ${count(network.outputs, "output")}. ${cure}`,
    );
  }
  if (loss.targets === "binary") inRange(where, table, loss, 0, 1);
  return loss.targets === "signs" ? signs(where, table, loss) : table;
}

function classTargets(where: string, y: Table, loss: Loss, network: Network): Table {
  const classes = network.outputs;
  const cols = y.shape[1];
  if (classes < 2)
    throw new ShapeError(
      `${where}: ${loss.name} expects at least 2 outputs, the last layer has ${classes}. Use binaryCrossentropy for one output.`,
    );
  const wanted = loss.sparse === true ? [1] : loss.sparse === false ? [classes] : [1, classes];
  if (!wanted.includes(cols))
    throw new ShapeError(
      `${where}: ${loss.name} expects y with ${wanted.join(" or ")} columns (${wanted.map((w) => (w === 1 ? "class numbers" : "one-hot rows")).join(" or ")}), received ${cols}.`,
    );
  for (let r = 0; r < y.shape[0]; r++) {
    if (cols === 1) {
      const label = y.data[r]!;
      if (!Number.isInteger(label) || label < 0 || label >= classes)
        throw new UsageError(
          `${where}: y has label ${label} at row ${r}; the last layer has ${classes} units, so labels run 0…${classes - 1}.`,
        );
    } else {
      let sum = 0;
      for (let k = 0; k < cols; k++) sum += y.data[r * cols + k]!;
      if (Math.abs(sum - 1) > 1e-5)
        throw new UsageError(
          `${where}: one-hot rows of y must sum to 1, row ${r} sums to ${sum}. Divide it by its sum, or give class numbers.`,
        );
    }
  }
  if (cols > 1) inRange(where, y, loss, 0, 1);
  return y;
}

function inRange(where: string, y: Table, loss: Loss, low: number, high: number): void {
  for (let i = 0; i < y.data.length; i++) {
    const v = y.data[i]!;
    if (v >= low && v <= high) continue;
    throw new UsageError(
      `${where}: ${loss.name} expects y from ${low} to ${high}, received ${v} at row ${Math.floor(i / y.shape[1])}. Rescale y, or use another loss.`,
    );
  }
}

function signs(where: string, y: Table, loss: Loss): Table {
  const data = Float64Array.from(y.data, (v) => (v === 0 ? -1 : v));
  const odd = data.findIndex((v) => v !== 1 && v !== -1);
  if (odd >= 0)
    throw new UsageError(
      `${where}: ${loss.name} expects y of −1 and 1 (0 is read as −1), received ${data[odd]} at row ${Math.floor(odd / y.shape[1])}.`,
    );
  return { shape: y.shape, data };
}

/** y as a matrix: one number for each row becomes a column. */
export function readTargets(where: string, y: Targets): Table {
  const isNested = Array.isArray(y) && (y.length === 0 || typeof y[0] === "object") && y[0] !== null;
  if (isNested || !(Array.isArray(y) || ArrayBuffer.isView(y)))
    return readMatrix(where, "y", y as MatrixLike);
  const data = y as ArrayLike<number>;
  checkNumbers(`${where}: y`, data, 1);
  return { shape: [data.length, 1], data };
}

/** Rows from…to−1 of a table, without copying typed arrays. */
export function rowsOf(table: Table, from: number, to: number): Table {
  const cols = table.shape[1];
  const shape: Shape = [to - from, cols];
  const { data } = table;
  const part =
    "subarray" in data
      ? (data as Float64Array).subarray(from * cols, to * cols)
      : Array.from(data).slice(from * cols, to * cols);
  return { shape, data: part };
}

/** "1 row", "2 rows". */
export const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? "" : "s"}`;
