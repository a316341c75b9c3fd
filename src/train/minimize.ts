/**
 * `fit` with a full-batch minimizer: the loss and its gradient as functions of the flat parameter vector, and
 * the run that hands them to `minimize/`.
 *
 * Iterations take the place of epochs. They are synchronous: hooks are called, but promises are not waited for,
 * and a signal is seen between iterations only if a hook aborts it.
 */
import type { Entry } from "../compile/engine.ts";
import { conjugateGradient, type Evaluation, lbfgs, type MinimizeOptions } from "../minimize/index.ts";
import { type Loss, lossKey } from "../nn/losses.ts";
import type { MetricName } from "../nn/metrics.ts";
import type { ModelState } from "../nn/state.ts";
import { ShapeError, UsageError } from "../tensor/errors.ts";
import { show } from "../tensor/show.ts";
import { checkNumbers } from "../tensor/tensor.ts";
import type { Table } from "./data.ts";
import type { EpochLog } from "./history.ts";
import type { Minimizer } from "./minimizer.ts";
import { objective } from "./objective.ts";
import { type DataSpec, specOf, upload, wholeBatch, writeIndex } from "./tables.ts";

/** Loss and gradient of the whole data set at a point of parameter space. */
export interface FullBatch {
  /**
   * The parameters of the model are `x` afterwards.
   * @throws {ShapeError} unless x has as many values as the model has parameters.
   */
  at(x: Float64Array): Evaluation;
  /** Metrics at the point last asked for. */
  metrics(): Record<string, number>;
}

export interface FullBatchSpec {
  readonly x: Table;
  readonly y: Table;
  readonly loss: Loss;
  readonly metrics: readonly MetricName[];
}

/**
 * Compiles value and gradient over a whole data set.
 * @throws {UsageError} for layers that are random or keep a running state: their loss is not one function.
 */
export function fullBatch(where: string, state: ModelState, spec: FullBatchSpec): FullBatch {
  const { engine, network } = state;
  const odd = network.layers.find((l) => l.plan.random === true || l.plan.state.length > 0);
  if (odd)
    throw new UsageError(
      `${where}: a full-batch minimizer expects a loss that depends on the parameters alone, but layer ${odd.name} is random or keeps running statistics. Remove it, or use an optimizer such as "adam".`,
    );
  const data = specOf("train", spec.x, spec.y);
  const entry = gradientEntry(state, spec, data);
  upload(state, data, spec.x, spec.y);
  if (data.bytes)
    writeIndex(
      state,
      "train",
      Int32Array.from({ length: data.rows }, (_, i) => i),
    );
  let last: Record<string, number> = {};
  return {
    at(x) {
      const wanted = network.parameterCount;
      if (x?.length !== wanted)
        throw new ShapeError(
          `${where}: expected a vector of all ${wanted} parameters, received ${x?.length === undefined ? show(x) : `${x.length} values`}. Give a Float64Array of ${wanted}, in the order of model.weights.`,
        );
      if (!ArrayBuffer.isView(x)) checkNumbers(`${where}: at`, x, wanted);
      engine.live("parameters").set(x);
      entry.stepNumber = 0;
      const run = entry.run(1);
      last = Object.fromEntries(Object.entries(run.metrics).map(([name, values]) => [name, values[0]!]));
      return { value: last.loss!, gradient: Float64Array.from(engine.live(GRADIENT)) };
    },
    metrics: () => last,
  };
}

const GRADIENT = "gradient";

function gradientEntry(state: ModelState, spec: FullBatchSpec, data: DataSpec): Entry {
  const { loss, metrics } = spec;
  const details = [data, lossKey(loss), metrics];
  return state.entry("valueAndGradient", details, (g) => {
    const { x, y } = wholeBatch(g, data);
    const result = objective(g, state.network, x, y, { loss, metrics, training: true });
    const parameters = state.parameters(g);
    const gradients = g.gradient(
      result.loss,
      parameters.map((p) => p.leaf),
    );
    const whole = g.parameter(GRADIENT, [1, state.network.parameterCount]);
    parameters.forEach(({ weight }, i) => {
      g.store(g.view(whole, { offset: weight.offset, shape: weight.shape }), gradients[i]!);
    });
    g.metric("loss", result.loss);
    for (const { name, node } of result.metrics) g.metric(name, node);
  });
}

export interface MinimizeRun {
  readonly stoppedBy: string;
  readonly message: string;
}

/** Runs a minimizer from the parameters as they are; afterwards they are the best it found. */
export function minimizeFullBatch(
  state: ModelState,
  spec: FullBatchSpec,
  { minimizer, options }: Minimizer,
  iterations: number,
  onIteration: (log: EpochLog) => string | null,
): MinimizeRun {
  const batch = fullBatch("model.fit", state, spec);
  let began = performance.now();
  let reason: string | null = null;
  const start = Float64Array.from(state.engine.live("parameters"));
  let last: Float64Array = new Float64Array(0);
  const at = (x: Float64Array) => {
    last = x;
    return batch.at(x);
  };
  const shared: MinimizeOptions = {
    maxIterations: options.maxIterations ?? iterations,
    ...(options.gradientTolerance !== undefined && { gradientTolerance: options.gradientTolerance }),
    callback(x, value, iteration) {
      // The point last evaluated need not be the one accepted.
      if (x.some((v, i) => v !== last[i])) at(x);
      const values = { ...batch.metrics(), loss: value };
      const seconds = (performance.now() - began) / 1000;
      state.stepCount++;
      reason = onIteration({
        epoch: iteration,
        step: state.stepCount,
        learningRate: Number.NaN,
        values,
        seconds,
      });
      began = performance.now();
      return reason !== null;
    },
  };
  const memory = options.memory === undefined ? {} : { memory: options.memory };
  const result =
    minimizer === "lbfgs" ? lbfgs(at, start, { ...shared, ...memory }) : conjugateGradient(at, start, shared);
  state.engine.live("parameters").set(result.x);
  return { stoppedBy: reason ?? result.status, message: result.message };
}
