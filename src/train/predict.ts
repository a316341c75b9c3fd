/**
 * The forward pass over any number of rows, batch by batch.
 *
 * A batch entry is compiled the first time its size is needed. The last, shorter batch runs in the smallest
 * power of two that holds it: what its unused rows compute is thrown away, and no row depends on another when
 * predicting, so the values of a row do not depend on the batch it is in.
 */
import type { Entry } from "../compile/engine.ts";
import { forward } from "../nn/network.ts";
import type { ModelState } from "../nn/state.ts";
import { allocate, type FloatArray, sizeOf, type Tensor } from "../tensor/tensor.ts";
import { rowsOf, type Table } from "./data.ts";

/** Outputs of checked rows. Shapes: x [N, inputs] → [N, outputs]. */
export function predictRows(state: ModelState, x: Table, batchSize: number): Tensor<FloatArray> {
  const { engine, network } = state;
  const n = x.shape[0];
  const shape = [n, network.outputs] as const;
  const data = allocate(engine.dtype, sizeOf(shape));
  for (let from = 0; from < n; ) {
    const rows = Math.min(batchSize, n - from);
    const size = rows === batchSize ? batchSize : Math.min(batchSize, 2 ** Math.ceil(Math.log2(rows)));
    const entry = predictionEntry(state, size);
    engine.live(inputName(size)).set(rowsOf(x, from, from + rows).data);
    entry.run(1);
    const out = engine.live(outputName(size)) as FloatArray;
    data.set(out.subarray(0, rows * network.outputs), from * network.outputs);
    from += rows;
  }
  return { shape, data };
}

const inputName = (rows: number) => `predict/x ${rows}`;
const outputName = (rows: number) => `predict/output ${rows}`;

function predictionEntry(state: ModelState, rows: number): Entry {
  const { network } = state;
  return state.entry("predict", [rows], (g) => {
    const x = g.input(inputName(rows), [rows, network.inputs]);
    const { output } = forward(g, network, x, { training: false });
    g.store(g.parameter(outputName(rows), [rows, network.outputs]), output);
  });
}
