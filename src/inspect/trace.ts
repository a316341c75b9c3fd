/**
 * One step of an entry with every labelled value kept: what `explain`, the lessons and the tests read.
 *
 * The step is run apart (`run-apart.ts`): the engine is left as it was, and these are the numbers of the real step.
 */
import { Entry } from "../compile/engine.ts";
import type { Graph } from "../graph/graph.ts";
import { formula, symbol } from "../graph/latex.ts";
import { isBufferLeaf, type Node, operands, type StoreNode } from "../graph/nodes.ts";
import { UsageError } from "../tensor/errors.ts";
import type { Shape, Tensor } from "../tensor/tensor.ts";
import { type TracedCell, writeCell } from "./cell.ts";
import { runApart } from "./run-apart.ts";

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
  /** `file#function` that computes it, in code built to say so (see `Graph.within`); else null. */
  readonly source: string | null;
}

/** A step that was run on a copy of its engine's memory and is kept open: every number of it can be asked for. */
export interface OpenStep {
  /** In the order they are computed; updates last, labelled as the parameter with a prime. */
  readonly values: readonly TracedValue[];
  /**
   * One cell of a value written out, with the cells it was computed from.
   * @throws {UsageError} if there is no such value or cell.
   */
  cell(id: number, row: number, col: number): TracedCell;
}

/**
 * Runs the next step of `entry` on a copy of its engine's memory, unfused, and keeps all of it.
 * @throws {UsageError} if `entry` is not an entry.
 * @example
 * const model = sequential([dense(1, { kernelInitializer: "ones" })], { inputShape: [2] });
 * const step = openStep(model.trainingStep([[2, 3]], [7], { optimizer: "sgd" }));
 * const z = step.values.find((v) => v.label === "z1");
 * step.cell(z?.id ?? -1, 0, 0).numbers // "2 \\cdot 1 + 3 \\cdot 1 + 0"
 */
export function openStep(entry: Entry): OpenStep {
  if (!(entry instanceof Entry))
    throw new UsageError(
      "traceStep: expected an entry, as made by defineStep(…), engine.entry(…) or model.trainingStep(…), received something else.",
    );
  const { graph, stepNumber } = entry;
  const { value: read, after } = runApart(entry);
  const stages = stagesOf(graph);
  const values: TracedValue[] = [];
  for (const n of graph.nodes) {
    const value = n.kind === "store" ? update(n, after(n.target)!) : labelledValue(n, read(n), stages);
    if (value) values.push(value);
  }
  const shown = new Map(values.map((v) => [v.id, v]));
  return {
    values,
    cell(id, row, col) {
      const value = shown.get(id);
      if (!value)
        throw new UsageError(`cell: expected the id of a value of this step, received ${id}. See values.`);
      const [rows, cols] = value.shape;
      if (
        !(Number.isInteger(row) && row >= 0 && row < rows && Number.isInteger(col) && col >= 0 && col < cols)
      )
        throw new UsageError(
          `cell: ${value.label} is [${value.shape}], received row ${row}, column ${col}. Count from 0.`,
        );
      const result = value.data[row * cols + col]!;
      return {
        id,
        row,
        col,
        value: result,
        ...writeCell({ read, shown, stepNumber }, graph.nodes[id]!, row, col),
      };
    },
  };
}

/**
 * Every labelled value of the next step of `entry`, in the order it is computed; updates last, labelled as the
 * parameter with a prime.
 * @throws {UsageError} if `entry` is not an entry.
 * @example
 * const model = sequential([dense(1, { kernelInitializer: "ones" })], { inputShape: [1] });
 * const values = traceStep(model.trainingStep([[2]], [5], { optimizer: "sgd" }));
 * values.find((v) => v.label === "z1")?.data // [2]
 * values.find((v) => v.label === "dW1")?.data // [-12], 2·(2 − 5)·2
 */
export const traceStep = (entry: Entry): TracedValue[] => [...openStep(entry).values];

function update(n: StoreNode, data: Float64Array): TracedValue {
  const label = `${n.target.label ?? n.target.source.name}'`;
  const text = `${symbol(label)} = ${formula(n)}`;
  const from = labelled(n.value);
  return { id: n.id, label, stage: "update", shape: n.shape, data, formula: text, from, source: n.madeBy };
}

function labelledValue(
  n: Node,
  data: Float64Array | undefined,
  stages: ReadonlyMap<Node, TraceStage>,
): TracedValue | undefined {
  const { id, label, shape, madeBy: source } = n;
  if (label === null || data === undefined) return undefined;
  if (!isBufferLeaf(n)) {
    const text = `${symbol(label)} = ${formula(n)}`;
    const from = operands(n).flatMap(labelled);
    return { id, label, stage: stages.get(n) ?? "forward", shape, data, formula: text, from, source };
  }
  if (n.source.role === "bytes" || n.source.role === "index") return undefined;
  const stage = n.source.role === "input" ? "data" : "parameter";
  return { id, label, stage, shape, data, formula: symbol(label), from: [], source };
}

/** Nearest labelled nodes at or above a node. */
function labelled(n: Node): number[] {
  return n.label !== null ? [n.id] : [...new Set(operands(n).flatMap(labelled))];
}

/** Nodes that lead to a loss or a metric are forward, these themselves loss; the rest is the way back. */
export function stagesOf({ nodes, metrics, objectives }: Graph): Map<Node, TraceStage> {
  const losses = [...metrics.map((m) => m.node), ...objectives];
  const stages = new Map<Node, TraceStage>();
  const mark = (n: Node) => {
    if (stages.has(n)) return;
    stages.set(n, "forward");
    operands(n).forEach(mark);
  };
  losses.forEach(mark);
  for (const n of losses) stages.set(n, "loss");
  for (const n of nodes) if (!stages.has(n)) stages.set(n, "backward");
  return stages;
}
