/**
 * The snapshot of a model: its data as given, and the next step it would do on them, laid open on a copy of the
 * model, so that a training that is under way goes on as if nobody had looked.
 */
import { backendByName } from "../../backends.ts";
import { type Loss, lossOf } from "../../nn/losses.ts";
import type { Model } from "../../nn/model.ts";
import { optimizerOf } from "../../nn/optimizers/index.ts";
import { ModelState } from "../../nn/state.ts";
import { readMatrix, type Tensor } from "../../tensor/tensor.ts";
import { type Examples, readTargets, type Targets } from "../../train/data.ts";
import { isMinimizer } from "../../train/minimizer.ts";
import { NotFiniteError } from "../../train/not-finite.ts";
import { usualLoss } from "../../train/objective.ts";
import { DEFAULTS, type FitOptions, STEP_TABLE } from "../../train/options.ts";
import { type FitPlan, prepareFit } from "../../train/prepare.ts";
import { rateAt } from "../../train/rates.ts";
import { singleStep } from "../../train/single.ts";
import { optimizerKey } from "../../train/step.ts";
import { constantLoss } from "./constant-loss.ts";
import { spoiltData } from "./data-findings.ts";
import { layOpen, type StepSnapshot } from "./lay-open.ts";
import type { DataSnapshot, NetworkSnapshot, Numbers } from "./snapshot.ts";

/** What the doctor is told about a training; everything may be left out. */
export interface DoctorOptions extends Pick<FitOptions, "loss" | "optimizer"> {
  /** Mean losses so far, oldest first: `history.columns.loss`. */
  readonly losses?: readonly number[];
  /** Losses of the test rows at the same times: `history.columns.valLoss`. */
  readonly testLosses?: readonly number[];
  /** Rows kept for testing: compared with the training rows. */
  readonly test?: { readonly x: Examples; readonly y?: Targets };
  /** Names of the columns of x, for the texts. */
  readonly columns?: readonly string[];
  /** The error that `fit` threw: the epoch is done again up to there. */
  readonly failure?: unknown;
  /** Row numbers of the batch to look at, e.g. `trainer.nextRows()` where a trainer has halted. */
  readonly batch?: ArrayLike<number>;
  /** Most rows that are run through the network, evenly spaced; default 1000. The data are read whole. */
  readonly rows?: number;
}

const ROWS = 1000;
const WHERE = "doctor";

/**
 * Gathers everything `diagnose` looks at. The model is left as it is.
 * @throws {UsageError | ShapeError} for data that do not fit the model.
 * @example
 * const model = sequential([dense(3, { activation: "relu" }), dense(1)], { inputShape: [2] });
 * const { layers, weights } = snapshotOfModel(model, [[0, 1], [1, 0]], [0, 1]);
 * layers.map((layer) => layer.output.shape) // [[2, 3]]
 * weights.map((w) => w.label) // ["W1", "b1", "W2", "b2"]
 */
export function snapshotOfModel(
  model: Model,
  x: Examples,
  y: Targets,
  options: DoctorOptions = {},
): NetworkSnapshot {
  const { network } = model;
  const loss = lossOf(WHERE, options.loss ?? usualLoss(network));
  const data: DataSnapshot = {
    x: readMatrix(WHERE, "x", x),
    y: readTargets(WHERE, y),
    targets: loss.targets,
    outputs: network.outputs,
    dtype: model.options.dtype,
    test: options.test
      ? {
          x: readMatrix(WHERE, "test x", options.test.x),
          ...(options.test.y && { y: readTargets(WHERE, options.test.y) }),
        }
      : null,
    columns: options.columns ?? null,
    scaled: ["rescaling", "batchNormalization", "layerNormalization"].includes(network.layers[0]!.layer.kind),
  };
  const { losses = [], testLosses = [] } = options;
  const known = { losses, testLosses, data, dtype: model.options.dtype };
  if (spoiltData(data).length > 0) return { ...NO_STEP, ...known, step: model.state.stepCount };
  const table = prepared(model.state, data.x, data.y, loss, options);
  return {
    ...stepOf(model, table, options),
    ...known,
    constant: constantLoss(loss, table.y, network.outputs),
    learningRate: isMinimizer(table.optimizer)
      ? null
      : rateAt(table.optimizer.learningRate, model.state.stepCount, WHERE),
  };
}

const NO_STEP = {
  loss: Number.NaN,
  notFinite: null,
  rows: null,
  layers: [],
  weights: [],
  trials: [],
  learningRate: null,
  constant: null,
} as const;

function prepared(
  state: ModelState,
  x: Numbers,
  y: Numbers,
  loss: Loss,
  options: Pick<DoctorOptions, "optimizer">,
): FitPlan {
  const optimizer = options.optimizer ?? DEFAULTS.optimizer;
  return prepareFit(state, x, y, { loss, optimizer }, WHERE, STEP_TABLE);
}

function stepOf(model: Model, plan: FitPlan, options: DoctorOptions): StepSnapshot {
  const copy = copyOf(model);
  const { failure } = options;
  if (failure instanceof NotFiniteError && failure.order.length === plan.x.shape[0]) {
    const rows = replay(copy, model, plan, failure);
    const entry = singleStep(copy, { ...plan, ...only(plan, rows) });
    return layOpen(entry, names(model, plan, rows));
  }
  const rows = options.batch ? Int32Array.from(options.batch) : evenly(plan.x.shape[0], options.rows ?? ROWS);
  const step = { ...plan, ...only(plan, rows), optimizer: stepping(plan) };
  const entry = begin(copy, model, step);
  const open = layOpen(entry, names(model, plan, rows));
  return isMinimizer(plan.optimizer) ? { ...open, trials: [] } : open;
}

/** A minimizer has no step of its own: the units are looked at in one of gradient descent. */
const stepping = ({ optimizer }: FitPlan) => (isMinimizer(optimizer) ? optimizerOf(WHERE, "sgd") : optimizer);

/** Copies, one a model: compiled steps are kept with them. */
const copies = new WeakMap<Model, ModelState>();

function copyOf(model: Model): ModelState {
  const { dtype } = model.options;
  const copy = copies.get(model) ?? new ModelState(model.network, backendByName("wasm"), { dtype, seed: 0 });
  copies.set(model, copy);
  return copy;
}

/** The compiled step of the plan on the copy, with the weights, slots and counters of the model. */
function begin(copy: ModelState, model: Model, plan: FitPlan) {
  copy.stepCount = model.state.stepCount;
  copy.engine.seed = model.state.engine.seed;
  const entry = singleStep(copy, plan);
  copy.restore(model.state.snapshot());
  if (!isMinimizer(plan.optimizer) && model.state.optimizerKey !== optimizerKey(plan.optimizer))
    copy.clearSlots();
  return entry;
}

/**
 * Does the epoch of the failure again on the copy, up to the first step that leaves a weight or gives a loss that is
 * not finite; the copy is then as before that step. Returns the rows of its batch.
 */
function replay(copy: ModelState, model: Model, plan: FitPlan, failure: NotFiniteError): Int32Array {
  const { order, batchSize, step, stepsBefore } = failure;
  const batch = (k: number) => order.slice(k * batchSize, (k + 1) * batchSize);
  begin(copy, model, { ...plan, ...only(plan, batch(0)) });
  copy.stepCount = stepsBefore;
  for (let k = 0; k < step; k++) {
    const entry = singleStep(copy, { ...plan, ...only(plan, batch(k)) });
    const before = copy.snapshot();
    const { halted } = entry.run(1);
    const finite = [...copy.snapshot().values()].every((values) => values.every(Number.isFinite));
    if (halted || !finite || k === step - 1) {
      copy.restore(before);
      return batch(k);
    }
    copy.stepCount++;
  }
  return batch(step - 1);
}

/** The rows of the plan with these numbers. */
function only({ x, y }: FitPlan, rows: Int32Array): Pick<FitPlan, "x" | "y"> {
  const take = ({ shape, data }: Numbers): Numbers => {
    const cols = shape[1];
    const Kept = data instanceof Uint8Array || data instanceof Uint8ClampedArray ? Uint8Array : Float64Array;
    const taken = new Kept(rows.length * cols);
    rows.forEach((row, r) => {
      for (let c = 0; c < cols; c++) taken[r * cols + c] = data[row * cols + c]!;
    });
    return { shape: [rows.length, cols], data: taken };
  };
  return { x: take(x), y: take(y) };
}

/** At most `most` of n row numbers, evenly spaced. */
function evenly(n: number, most: number): Int32Array {
  const count = Math.min(n, most);
  return Int32Array.from({ length: count }, (_, i) => Math.floor((i * n) / count));
}

/** Layers by the labels of the trace: W2, b2 and a2 belong to the second layer that has weights. */
function names(model: Model, plan: FitPlan, rows: Int32Array) {
  const { network } = model;
  const weighted = network.layers.filter((l) => l.weights.length > 0);
  return {
    layerOf: (label: string) => weighted[Number(/\d+/.exec(label)?.[0] ?? 0) - 1]?.name ?? label,
    rows,
    target: targetOf(only(plan, rows).y, plan.loss, network.outputs),
  };
}

function targetOf(y: Numbers, loss: Loss, outputs: number): Tensor<Float64Array> | null {
  const [rows, cols] = y.shape;
  if (cols === outputs) return { shape: y.shape, data: Float64Array.from(y.data) };
  if (loss.targets !== "classes") return null;
  const data = new Float64Array(rows * outputs);
  for (let r = 0; r < rows; r++) data[r * outputs + y.data[r]!] = 1;
  return { shape: [rows, outputs], data };
}
