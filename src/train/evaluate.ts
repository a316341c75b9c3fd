/**
 * Loss and metrics over a whole data set without training: dropout off, running statistics used.
 *
 * Full batches run inside the engine; the rest of the rows is one shorter batch. Results are means over rows.
 */
import type { Entry } from "../compile/engine.ts";
import { type Loss, lossKey } from "../nn/losses.ts";
import type { MetricName } from "../nn/metrics.ts";
import type { ModelState } from "../nn/state.ts";
import type { Table } from "./data.ts";
import { objective } from "./objective.ts";
import { batch, type DataSpec, specOf, type Use, upload, writeIndex } from "./tables.ts";

export interface EvaluationSpec {
  readonly use: Use;
  readonly x: Table;
  readonly y: Table;
  readonly loss: Loss;
  readonly metrics: readonly MetricName[];
  readonly batchSize: number;
}

/** Uploads the data and returns a function that evaluates the model as it is then. */
export function evaluator(state: ModelState, spec: EvaluationSpec): () => Record<string, number> {
  const { use, x, y } = spec;
  const data = specOf(use, x, y);
  const size = Math.min(spec.batchSize, data.rows);
  const full = Math.floor(data.rows / size) * size;
  const parts = [{ from: 0, length: full, rows: size }];
  if (full < data.rows) parts.push({ from: full, length: data.rows - full, rows: data.rows - full });
  const entries = parts.map((p) => entryOf(state, data, spec, p.length, p.rows));
  upload(state, data, x, y);
  return () => {
    const sums: Record<string, number> = {};
    parts.forEach(({ from, length, rows }, i) => {
      writeIndex(
        state,
        use,
        Int32Array.from({ length }, (_, k) => from + k),
      );
      const entry = entries[i]!;
      entry.stepNumber = 0;
      const { metrics } = entry.run(length / rows);
      for (const [name, perStep] of Object.entries(metrics))
        for (const value of perStep) sums[name] = (sums[name] ?? 0) + value * rows;
    });
    return Object.fromEntries(Object.entries(sums).map(([name, sum]) => [name, sum / data.rows]));
  };
}

function entryOf(
  state: ModelState,
  data: DataSpec,
  spec: EvaluationSpec,
  length: number,
  rows: number,
): Entry {
  const details = [data, lossKey(spec.loss), spec.metrics, length, rows];
  return state.entry("evaluate", details, (g) => {
    const { x, y } = batch(g, data, length, rows);
    const { loss, metrics } = objective(g, state.network, x, y, { ...spec, training: false });
    g.metric("loss", loss);
    for (const { name, node } of metrics) g.metric(name, node);
  });
}
