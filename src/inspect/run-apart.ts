/**
 * The next step of an entry, run on a copy of its engine's memory with every value kept: what traces and the doctor
 * read. The engine is left as it was.
 *
 * The step is lowered again without fusion. Fusion changes no bit, so these are the numbers of the real step.
 */
import type { Engine, Entry } from "../compile/engine.ts";
import { lower } from "../compile/lower.ts";
import type { View } from "../compile/program.ts";
import { bytesOf } from "../compile/view.ts";
import { type BufferLeaf, isBufferLeaf, type Node } from "../graph/nodes.ts";
import type { DType } from "../tensor/tensor.ts";

/** A step that was run apart. */
export interface StepApart {
  /** What a node was in the step: a matrix of the engine as it was before it. Undefined for what nothing needs. */
  value(node: Node): Float64Array | undefined;
  /** A matrix of the engine as the step left it. */
  after(leaf: BufferLeaf): Float64Array | undefined;
}

/** Runs the next step of `entry` apart. */
export function runApart(entry: Entry): StepApart {
  const { engine, graph } = entry;
  const memory = copyOf(engine.memory);
  const { program, views } = lower(graph, {
    dtype: engine.dtype,
    locate: (s) => engine.find(s.name),
    start: memory.buffer.byteLength,
    seedOffset: 0,
    fuse: false,
    ringSteps: 1,
  });
  grow(memory, program.memoryBytes);
  const before = memory.buffer.slice(0, engine.memory.buffer.byteLength);
  engine.backend.load(program, memory).run(entry.stepNumber, 1);
  const read = (buffer: ArrayBuffer, node: Node) => {
    const view = views.get(node);
    return view && readView(buffer, view, typeOf(engine, node));
  };
  return {
    value: cached((node) => read(isBufferLeaf(node) ? before : memory.buffer, node)),
    after: (leaf) => read(memory.buffer, leaf),
  };
}

/** Bytes and row numbers have types of their own. */
const typeOf = (engine: Engine, node: Node): CellType =>
  isBufferLeaf(node) ? engine.find(node.source.name).dtype : engine.dtype;

function cached<K, V>(make: (key: K) => V): (key: K) => V {
  const made = new Map<K, V>();
  return (key) => {
    if (!made.has(key)) made.set(key, make(key));
    return made.get(key)!;
  };
}

function copyOf(memory: WebAssembly.Memory): WebAssembly.Memory {
  const copy = new WebAssembly.Memory({ initial: memory.buffer.byteLength / 65536 });
  new Uint8Array(copy.buffer).set(new Uint8Array(memory.buffer));
  return copy;
}

function grow(memory: WebAssembly.Memory, bytes: number): void {
  const missing = bytes - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / 65536));
}

type CellType = DType | "uint8" | "int32";

const ARRAYS = {
  float64: Float64Array,
  float32: Float32Array,
  int32: Int32Array,
  uint8: Uint8Array,
} as const;

function readView(buffer: ArrayBuffer, v: View, dtype: CellType): Float64Array {
  const cells = new ARRAYS[dtype](buffer);
  const base = v.byteOffset / bytesOf(dtype);
  const out = new Float64Array(v.rows * v.cols);
  for (let i = 0; i < v.rows; i++)
    for (let j = 0; j < v.cols; j++) out[i * v.cols + j] = cells[base + i * v.rowStride + j * v.colStride]!;
  return out;
}
