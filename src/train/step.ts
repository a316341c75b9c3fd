/**
 * One training step as ONE graph: gather → layers → loss → gradients → optimizer → stores → metrics.
 *
 * The same function builds the step of full batches and that of a shorter last batch; both act on the same
 * parameters and slots. A loss that is not finite halts the run (`train/loop` explains it).
 */
import type { Entry } from "../compile/engine.ts";
import type { Graph } from "../graph/graph.ts";
import type { Node } from "../graph/nodes.ts";
import { ownerIdentity } from "../nn/identity.ts";
import { type Loss, lossKey } from "../nn/losses.ts";
import type { MetricName } from "../nn/metrics.ts";
import type { Optimizer } from "../nn/optimizers/index.ts";
import type { ModelState } from "../nn/state.ts";
import { objective } from "./objective.ts";
import { rateNode } from "./rates.ts";
import { batch, type DataSpec } from "./tables.ts";

/** What a training step is made of. */
export interface StepSpec {
  readonly data: DataSpec;
  readonly loss: Loss;
  readonly optimizer: Optimizer;
  readonly metrics: readonly MetricName[];
}

/** What tells one optimizer's slots from another's. */
export const optimizerKey = (o: Optimizer): string => JSON.stringify([o.name, o.config]);

/** The compiled step for batches of `rows` rows out of an index table of `length` row numbers. */
export function trainingEntry(state: ModelState, spec: StepSpec, length: number, rows: number): Entry {
  const { data, loss, optimizer, metrics } = spec;
  const scheduled = typeof optimizer.learningRate === "function";
  const code = [lossKey(loss), optimizerKey(optimizer), ownerIdentity(optimizer, optimizer.begin)];
  const details = [data, ...code, scheduled, metrics, length, rows];
  return state.entry("fit", details, (g) => trainingStep(g, state, spec, length, rows));
}

/**
 * Appends the whole step to a graph.
 * @example
 * const { state } = sequential([dense(1)], { inputShape: [2] });
 * const data = { use: "train", rows: 8, inputs: 2, targetColumns: 1, bytes: false, sparse: false } as const;
 * const g = new Graph();
 * trainingStep(g, state, { data, loss: meanSquaredError(), optimizer: sgd(), metrics: [] }, 8, 4);
 * g.metrics.map((m) => m.name) // ["loss"]
 */
export function trainingStep(
  g: Graph,
  state: ModelState,
  spec: StepSpec,
  length: number,
  rows: number,
): void {
  const { optimizer } = spec;
  // What all updates share comes first: then nothing stands between a gradient and its update, and they fuse.
  const update = optimizer.begin(g, {
    learningRate: rateNode(g, typeof optimizer.learningRate === "function"),
    scalar: (name) => state.keep(g, `optimizer/${optimizer.name}/${name}`, 1),
  });
  const { x, y } = batch(g, spec.data, length, rows);
  const { loss, metrics } = objective(g, state.network, x, y, { ...spec, training: true });
  const parameters = state.parameters(g);
  const gradients = g.gradient(
    loss,
    parameters.map((p) => p.leaf),
  );
  parameters.forEach(({ weight, leaf }, i) => {
    update(leaf, gradients[i]!, (name) => state.slot(g, `${optimizer.name}/${name}`, weight));
  });
  g.metric("loss", loss);
  for (const { name, node } of metrics) g.metric(name, node);
  g.halt(notFinite(g, loss));
}

/** 1 where x is NaN or infinite: only then is x − x not 0. */
export function notFinite(g: Graph, x: Node): Node {
  return g.sub(1, g.equal(g.sub(x, x), 0));
}
