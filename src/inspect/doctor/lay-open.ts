/**
 * One step of an entry laid open: activations, norms of weights, gradients and updates, the loss after smaller and
 * larger updates, the first bad number. The entry and its engine are left as they were.
 */
import type { Entry } from "../../compile/engine.ts";
import { type BufferLeaf, isBufferLeaf, type Node, operands, type StoreNode } from "../../graph/nodes.ts";
import type { FloatArray, Tensor } from "../../tensor/tensor.ts";
import { runApart, type StepApart } from "../run-apart.ts";
import { stagesOf } from "../trace.ts";
import { ancestors, firstNotFinite } from "./first-not-finite.ts";
import type { LayerSnapshot, NetworkSnapshot, Trial, WeightSnapshot } from "./snapshot.ts";
import { squashing } from "./squashing.ts";

/** The part of a snapshot that one step tells. */
export type StepSnapshot = Pick<
  NetworkSnapshot,
  "step" | "dtype" | "loss" | "notFinite" | "rows" | "layers" | "weights" | "trials"
>;

/** What the step's names mean. */
export interface StepNames {
  /** Name of the layer that a label belongs to. */
  readonly layerOf: (label: string) => string;
  /** Row number in the data of each row of the batch; null if the batch is not known. */
  readonly rows: Int32Array | null;
  /** Targets of the last layer in the shape of its output, where they are known. */
  readonly target: Tensor<Float64Array> | null;
}

const SHORTER = [1e-4, 1e-3, 1e-2, 0.1, 0.3, 1];
/** Tried in turn as long as each lowers the loss. */
const LONGER = [3, 10, 100, 1e3, 1e4, 1e5, 1e6];

/** Lays the next step of `entry` open. */
export function layOpen(entry: Entry, names: StepNames, apart = runApart(entry)): StepSnapshot {
  const trained = trainedStores(entry);
  const notFinite = firstNotFinite(entry, apart, names.rows);
  const metric = lossName(entry);
  const node = entry.graph.metrics.find((m) => m.name === metric)?.node;
  const loss = (node && apart.value(node)?.[0]) ?? Number.NaN;
  return {
    step: entry.stepNumber,
    dtype: entry.engine.dtype,
    loss,
    notFinite,
    rows: names.rows,
    layers: layersOf(entry, apart, names),
    weights: trained.map((s) => weightOf(entry, apart, s, names)),
    trials: notFinite === null && metric !== undefined ? trialsOf(entry, apart, trained, metric) : [],
  };
}

function lossName({ graph }: Entry): string | undefined {
  return (graph.metrics.find((m) => m.name === "loss") ?? graph.metrics[0])?.name;
}

/** Stores of what is trained: slots of optimizers have a "_" in their label, counters a single number. */
function trainedStores({ graph }: Entry): StoreNode[] {
  return graph.nodes.filter(
    (n): n is StoreNode =>
      n.kind === "store" &&
      n.target.source.role === "parameter" &&
      n.target.label !== null &&
      !n.target.label.includes("_") &&
      !n.target.label.includes("/"),
  );
}

function layersOf({ graph }: Entry, apart: StepApart, names: StepNames): LayerSnapshot[] {
  const stages = stagesOf(graph);
  const products = graph.nodes.filter((n) => n.kind === "matmul" && stages.get(n) !== "backward");
  const feeds = ancestors(products.flatMap(operands));
  const found: LayerSnapshot[] = [];
  for (const n of graph.nodes) {
    const activation = n.label === null || stages.get(n) === "backward" ? null : squashing(n);
    const data = activation && apart.value(n);
    if (!activation || !data) continue;
    const { kind, of } = activation;
    const last = !feeds.has(n);
    const fits = names.target?.shape[0] === n.shape[0] && names.target.shape[1] === n.shape[1];
    found.push({
      name: names.layerOf(n.label!),
      label: n.label!,
      activation: kind,
      last,
      output: { shape: n.shape, data },
      gradient: gradientOf(graph.nodes, apart, of),
      target: last && fits ? names.target : null,
    });
  }
  return found;
}

/** Gradient at a labelled node, where the step names it. */
function gradientOf(nodes: readonly Node[], apart: StepApart, of: Node): Tensor<Float64Array> | null {
  const node = of.label === null ? undefined : nodes.find((n) => n.label === `d${of.label}`);
  const data = node && apart.value(node);
  return node && data ? { shape: node.shape, data } : null;
}

function weightOf({ graph }: Entry, apart: StepApart, store: StoreNode, names: StepNames): WeightSnapshot {
  const { target } = store;
  const label = target.label!;
  const value = apart.value(target)!;
  const after = apart.after(target)!;
  const gradient = gradientOf(graph.nodes, apart, target);
  const update = value.map((v, i) => after[i]! - v);
  return {
    label,
    layer: names.layerOf(label),
    value: { shape: target.shape, data: value },
    update: { shape: target.shape, data: update },
    norm: norm(value),
    gradientNorm: gradient ? norm(gradient.data) : Number.NaN,
    updateNorm: norm(update),
  };
}

const norm = (values: Float64Array): number => Math.sqrt(values.reduce((sum, v) => sum + v * v, 0));

/** The loss after parts and multiples of the update. Runs the entry itself, then puts everything back. */
function trialsOf(entry: Entry, apart: StepApart, trained: readonly StoreNode[], metric: string): Trial[] {
  const { engine, graph, stepNumber } = entry;
  const stored = new Set(graph.nodes.flatMap((n) => (n.kind === "store" ? [n.target.source.name] : [])));
  const saved = [...stored].map((name) => [name, engine.live(name).slice()] as const);
  const putBack = () => {
    for (const [name, values] of saved) engine.live(name).set(values);
    entry.stepNumber = stepNumber;
  };
  const moves = trained.map(({ target }) => ({
    target,
    from: apart.value(target)!,
    to: apart.after(target)!,
  }));
  const lossAfter = (factor: number): number => {
    for (const { target, from, to } of moves)
      writeLeaf(
        engine.live(target.source.name) as FloatArray,
        target,
        from.map((v, i) => v + factor * (to[i]! - v)),
      );
    const loss = entry.run(1).metrics[metric]![0]!;
    putBack();
    return loss;
  };
  const trials = SHORTER.map((factor) => ({ factor, loss: lossAfter(factor) }));
  for (const factor of LONGER) {
    const loss = lossAfter(factor);
    const better = loss < trials.at(-1)!.loss;
    trials.push({ factor, loss });
    if (!better) break;
  }
  return trials;
}

function writeLeaf(into: FloatArray, leaf: BufferLeaf, values: Float64Array): void {
  const { offset, rowStride, colStride } = leaf.source;
  const [rows, cols] = leaf.shape;
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < cols; j++) into[offset + i * rowStride + j * colStride] = values[i * cols + j]!;
}

/** The matrices of a step that are data, by label. */
export function dataOf({ graph }: Entry, label: string, apart: StepApart): Tensor<Float64Array> | null {
  const node = graph.nodes.find((n) => n.label === label && !isTrained(n));
  const data = node && apart.value(node);
  return node && data ? { shape: node.shape, data } : null;
}

const isTrained = (n: Node): boolean => isBufferLeaf(n) && n.source.role === "parameter";
