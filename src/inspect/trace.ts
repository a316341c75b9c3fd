/**
 * One step of an entry with every labelled value kept: what `explain`, the lessons and the tests read.
 *
 * The step is lowered again without fusion and run on a copy of the engine's memory, so the engine is left as it
 * was. Fusion changes no bit, so these are the numbers of the real step.
 */
import { Entry } from "../compile/engine.ts";
import { lower } from "../compile/lower.ts";
import type { View } from "../compile/program.ts";
import { bytesOf } from "../compile/view.ts";
import { formula, symbol } from "../graph/latex.ts";
import { isBufferLeaf, type Node, operands } from "../graph/nodes.ts";
import { UsageError } from "../tensor/errors.ts";
import type { Shape, Tensor } from "../tensor/tensor.ts";

/** Which part of a step a value belongs to. */
export type TraceStage = "data" | "parameter" | "forward" | "loss" | "backward" | "update";

/** A labelled value of a step: its numbers, its formula, where it comes from. */
export interface TracedValue extends Tensor<Float64Array> {
  /** Stable within a graph. */
  readonly id: number;
  readonly label: string;
  readonly stage: TraceStage;
  readonly shape: Shape;
  /** LaTeX of the whole equation, e.g. `z_{1} = x \cdot W_{1} + b_{1}`; data and parameters have only their symbol. */
  readonly formula: string;
  /** Labelled values it was computed from, by id. */
  readonly from: readonly number[];
}

/**
 * Every labelled value of the next step of `entry`, in the order it is computed; updates last, labelled as the
 * parameter with a prime.
 * @example
 * const model = sequential([dense(1, { kernelInitializer: "ones" })], { inputShape: [1] });
 * const values = traceStep(model.trainingStep([[2]], [5], { optimizer: "sgd" }));
 * values.find((v) => v.label === "z1")?.data // [2]
 * values.find((v) => v.label === "dW1")?.data // [-12], 2·(2 − 5)·2
 */
export function traceStep(entry: Entry): TracedValue[] {
  if (!(entry instanceof Entry))
    throw new UsageError(
      "traceStep: expected an entry, as made by defineStep(…), engine.entry(…) or model.trainingStep(…), received something else.",
    );
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

  const stages = stagesOf(
    graph.nodes,
    graph.metrics.map((m) => m.node),
  );
  const values: TracedValue[] = [];
  for (const n of graph.nodes) {
    const view = views.get(n);
    if (n.kind === "store") {
      const label = `${n.target.label ?? n.target.source.name}'`;
      const read = readView(memory.buffer, views.get(n.target)!, engine.dtype);
      values.push({
        id: n.id,
        label,
        stage: "update",
        shape: n.shape,
        data: read,
        formula: `${symbol(label)} = ${formula(n.value)}`,
        from: labelled(n.value),
      });
      continue;
    }
    if (n.label === null || view === undefined) continue;
    const leaf = isBufferLeaf(n);
    if (leaf && (n.source.role === "bytes" || n.source.role === "index")) continue;
    const data = readView(leaf ? before : memory.buffer, view, engine.dtype);
    values.push({
      id: n.id,
      label: n.label,
      stage: leaf ? (n.source.role === "input" ? "data" : "parameter") : (stages.get(n) ?? "forward"),
      shape: n.shape,
      data,
      formula: leaf ? symbol(n.label) : `${symbol(n.label)} = ${formula(n)}`,
      from: leaf ? [] : operands(n).flatMap(labelled),
    });
  }
  return values;
}

/** Nearest labelled nodes at or above a node. */
function labelled(n: Node): number[] {
  return n.label !== null ? [n.id] : [...new Set(operands(n).flatMap(labelled))];
}

/** Nodes that lead to a metric are forward (the metric itself loss); the rest is the way back. */
function stagesOf(nodes: readonly Node[], metrics: readonly Node[]): Map<Node, TraceStage> {
  const stages = new Map<Node, TraceStage>();
  const mark = (n: Node) => {
    if (stages.has(n)) return;
    stages.set(n, "forward");
    operands(n).forEach(mark);
  };
  metrics.forEach(mark);
  for (const m of metrics) stages.set(m, "loss");
  for (const n of nodes) if (!stages.has(n)) stages.set(n, "backward");
  return stages;
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

function readView(buffer: ArrayBuffer, v: View, dtype: "float32" | "float64"): Float64Array {
  const cells = dtype === "float64" ? new Float64Array(buffer) : new Float32Array(buffer);
  const base = v.byteOffset / bytesOf(dtype);
  const out = new Float64Array(v.rows * v.cols);
  for (let i = 0; i < v.rows; i++)
    for (let j = 0; j < v.cols; j++) out[i * v.cols + j] = cells[base + i * v.rowStride + j * v.colStride]!;
  return out;
}
