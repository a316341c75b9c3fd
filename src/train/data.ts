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
import { type MatrixLike, matrix, type Shape, type Tensor } from "../tensor/tensor.ts";

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
 * @throws {ShapeError} for no rows or another number of columns; {UsageError} for NaN or infinity.
 */
export function examples(where: string, x: Examples, network: Network): Table {
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
  if (!isBytes(table)) checkFinite(`${where}: x`, table.data, cols);
  return table;
}

/**
 * Checks y against x, the loss and the last layer, and encodes it.
 * @throws {ShapeError} for wrong shapes; {UsageError} for a label or value out of range.
 */
export function targets(where: string, y: Targets, rows: number, loss: Loss, network: Network): Table {
  const table = readTargets(where, y);
  if (table.shape[0] !== rows)
    throw new ShapeError(
      `${where}: x has ${count(rows, "row")} but y has ${table.shape[0]}. Give one target for each example.`,
    );
  checkFinite(`${where}: y`, table.data, table.shape[1]);
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

function readTargets(where: string, y: Targets): Table {
  if (Array.isArray(y) ? typeof y[0] === "number" : ArrayBuffer.isView(y)) {
    const data = y as ArrayLike<number>;
    return { shape: [data.length, 1], data };
  }
  return readMatrix(where, "y", y as MatrixLike);
}

function readMatrix(where: string, name: string, value: MatrixLike): Table {
  const isTensor = typeof value === "object" && value !== null && "shape" in value && "data" in value;
  const isNested = Array.isArray(value) && value.every((row) => Array.isArray(row));
  if (!isTensor && !isNested)
    throw new UsageError(
      `${where}: expected ${name} as a tensor { shape, data } or rows of numbers, received ${kindOf(value)}. Wrap a flat array with tensor(data, [rows, columns]).`,
    );
  const m = matrix(value);
  const [rows, cols] = m.shape;
  if (m.shape.length !== 2 || m.data.length !== rows * cols)
    throw new ShapeError(
      `${where}: ${name} has shape [${m.shape}] but ${m.data.length} values. Give rows × columns values.`,
    );
  return m;
}

const kindOf = (value: unknown): string => {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return `an array of ${typeof value[0]}`;
  return typeof value === "object" ? `a ${value.constructor?.name ?? "object"}` : `a ${typeof value}`;
};

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
