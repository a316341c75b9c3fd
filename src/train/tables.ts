/**
 * Data sets in engine memory: each is uploaded once and read by `gather`, row numbers choosing the batch.
 *
 * A matrix of an engine keeps its size, so its name carries its shape: data of the same shape reuse its place,
 * data of another shape get a new one.
 */
import type { Graph } from "../graph/graph.ts";
import type { BufferLeaf, Node } from "../graph/nodes.ts";
import type { ModelState } from "../nn/state.ts";
import { count, isBytes, rowsOf, type Table } from "./data.ts";

/** What a data set is for: training, validation and evaluation do not overwrite each other. */
export type Use = "train" | "validation" | "evaluate";

/** Shape and kind of a data set, without its numbers. */
export interface DataSpec {
  readonly use: Use;
  readonly rows: number;
  readonly inputs: number;
  readonly bytes: boolean;
  /** Mostly zeros: products with it skip them, to the same bits. */
  readonly sparse: boolean;
  readonly targetColumns: number;
}

export const specOf = (use: Use, x: Table, y: Table): DataSpec => ({
  use,
  rows: x.shape[0],
  inputs: x.shape[1],
  bytes: isBytes(x),
  sparse: isSparse(x),
  targetColumns: y.shape[1],
});

/** Share of non-zeros below which skipping the zeros is faster; narrow tables are not worth it. */
const SPARSE = 0.3;
const WIDE = 64;

/** Judged by the first thousand rows. */
function isSparse({ shape, data }: Table): boolean {
  const [rows, cols] = shape;
  if (cols < WIDE) return false;
  const seen = Math.min(rows, 1000) * cols;
  let filled = 0;
  for (let i = 0; i < seen; i++) if (data[i] !== 0) filled++;
  return filled < SPARSE * seen;
}

const xName = (s: DataSpec) => `${s.use}/x ${s.rows}×${s.inputs}${s.bytes ? " bytes" : ""}`;
const yName = (s: DataSpec) => `${s.use}/y ${s.rows}×${s.targetColumns}`;

/** Name of the table of row numbers of a use, of this length. */
export const indexName = (use: Use, length: number): string => `${use}/index ${count(length, "row")}`;

/** The batch of a step: `rows` rows named by an index table of `length` row numbers. */
export function batch(g: Graph, spec: DataSpec, length: number, rows: number): { x: Node; y: Node } {
  const index = g.index(indexName(spec.use, length), length);
  const { x, y } = tables(g, spec);
  return { x: g.label("x", g.gather(x, index, rows)), y: g.label("y", g.gather(y, index, rows)) };
}

/** The whole data set as one batch, in its own order; floats are not copied. */
export function wholeBatch(g: Graph, spec: DataSpec): { x: Node; y: Node } {
  if (spec.bytes) return batch(g, spec, spec.rows, spec.rows);
  return tables(g, spec);
}

function tables(g: Graph, spec: DataSpec): { x: BufferLeaf; y: BufferLeaf } {
  const shape = [spec.rows, spec.inputs] as const;
  const { sparse } = spec;
  const x = spec.bytes ? g.bytes(xName(spec), shape, { sparse }) : g.input(xName(spec), shape, { sparse });
  return { x, y: g.input(yName(spec), [spec.rows, spec.targetColumns]) };
}

/** Copies checked tables into the memory that entries of this spec have named. */
export function upload(state: ModelState, spec: DataSpec, x: Table, y: Table): void {
  state.engine.live(xName(spec)).set(x.data);
  state.engine.live(yName(spec)).set(y.data);
}

/** Row numbers of the batches; `order` must be as long as the table. */
export function writeIndex(state: ModelState, use: Use, order: ArrayLike<number>): void {
  state.engine.write(indexName(use, order.length), order);
}

/** Two parts of a data set: all rows but the last ⌈rows·share⌉, and those. */
export function splitTail(x: Table, y: Table, share: number): { head: [Table, Table]; tail: [Table, Table] } {
  const n = x.shape[0];
  const cut = n - Math.ceil(n * share);
  return {
    head: [rowsOf(x, 0, cut), rowsOf(y, 0, cut)],
    tail: [rowsOf(x, cut, n), rowsOf(y, cut, n)],
  };
}
