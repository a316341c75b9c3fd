/**
 * The model: layers in a row, with `fit`, `evaluate`, `predict` and the weights. One engine holds everything.
 *
 * All trained numbers are views of one flat vector, so that minimizers, checks and file formats can see it whole.
 * `fit` goes on in `train/fit`; the forward pass is `nn/network`.
 */
import { type BackendName, type Blas, backendByName } from "../backends.ts";
import type { Entry } from "../compile/engine.ts";
import type { Mode } from "../compile/program.ts";
import { UsageError } from "../tensor/errors.ts";
import { checkOptions, hasMethods, isWhole, type OptionTable, oneOf } from "../tensor/options.ts";
import { show } from "../tensor/show.ts";
import type { DType, FloatArray, MatrixLike, Tensor } from "../tensor/tensor.ts";
import { type Examples, examples, type Targets } from "../train/data.ts";
import { evaluator } from "../train/evaluate.ts";
import { runFit } from "../train/fit.ts";
import type { History } from "../train/history.ts";
import { type FullBatch, fullBatch } from "../train/minimize.ts";
import { checkLink, metricsFor, usualLoss } from "../train/objective.ts";
import {
  EVALUATE_TABLE,
  type EvaluateOptions,
  type FitOptions,
  LOSS_TABLE,
  PREDICT_BATCH,
  PREDICT_TABLE,
  type PredictOptions,
  STEP_TABLE,
  TRAINER_TABLE,
  type TrainerOptions,
} from "../train/options.ts";
import { predictRows } from "../train/predict.ts";
import { checkPair, prepareFit } from "../train/prepare.ts";
import { singleStep } from "../train/single.ts";
import { type Trainer, trainerOf } from "../train/trainer.ts";
import { linear } from "./activations.ts";
import type { Layer } from "./layer.ts";
import { type Loss, type LossName, lossOf } from "./losses.ts";
import { classesOf } from "./metrics.ts";
import { checkLayers, type Network, type PlacedWeight, planNetwork } from "./network.ts";
import { ModelState } from "./state.ts";
import { summaryOf } from "./summary.ts";

/** Options of `sequential`. */
export interface SequentialOptions {
  /** [features]: columns of x. */
  readonly inputShape: readonly [features: number];
  /** Default "float32". */
  readonly dtype?: DType;
  /** Default "wasm"; both give the same bits. */
  readonly backend?: BackendName;
  /** Threads that training and predictions may use; default 1. The results are the same to the bit. */
  readonly threads?: number;
  /**
   * "deterministic", the default: the same bits everywhere. "fast": products use what is quickest on this machine, and
   * last bits depend on it.
   */
  readonly mode?: Mode;
  /** A library for the large products: `nativeBlas()` of `papergrad/node`. Quicker, not the same bits; default null. */
  readonly blas?: Blas | null;
  /** Of weights, row orders and dropout, 0 … 2³²−1; default 0. */
  readonly seed?: number;
}

const SEQUENTIAL_TABLE: OptionTable = {
  inputShape: {
    expected: "inputShape [features] with a whole number ≥ 1",
    accepts: (v) => Array.isArray(v) && v.length === 1 && isWhole(1)(v[0]),
    cure: "Give the number of columns of x, e.g. [2].",
  },
  ...oneOf("dtype", "float32", "float64"),
  ...oneOf("backend", "wasm", "interpreter"),
  threads: {
    expected: "threads as a whole number from 1 to 64",
    accepts: (v) => isWhole(1)(v) && (v as number) <= 64,
    cure: "Give the number of cores, or leave it out for 1.",
  },
  ...oneOf("mode", "deterministic", "fast"),
  blas: {
    expected: "blas as nativeBlas() of papergrad/node returns it",
    accepts: (v) => v === null || hasMethods("gemm")(v),
    cure: "Leave it out to run without a BLAS.",
  },
  seed: {
    expected: "seed as a whole number from 0 to 4294967295",
    accepts: (v) => isWhole(0)(v) && (v as number) <= 0xffffffff,
    cure: "Give e.g. 0.",
  },
};

/**
 * A model of layers one after the other, weights drawn from the seed.
 * @throws {UsageError | ShapeError} for layers or options that do not go together.
 * @example
 * const x = [[0, 0], [0, 1], [1, 0], [1, 1]];
 * const layers = [dense(8, { activation: "tanh" }), dense(1, { activation: "sigmoid" })];
 * const model = sequential(layers, { inputShape: [2], seed: 1 });
 * await model.fit(x, [0, 1, 1, 0], { epochs: 300, optimizer: adam({ learningRate: 0.05 }) });
 * model.predictClasses(x) // Int32Array [0, 1, 1, 0]
 */
export function sequential(layers: readonly Layer[], options: SequentialOptions): Model {
  return new Model(layers, options);
}

/**
 * A network with its weights: train it, measure it, ask it. Made by `sequential`.
 * @throws {UsageError | ShapeError} for layers that do not go together.
 * @example
 * const model = new Model([dense(1)], { inputShape: [3] });
 * model.predict([[0, 0, 0]]).data // [0]
 */
export class Model {
  /** The layers it was made of. */
  readonly layers: readonly Layer[];
  /** Its options, defaults filled in. */
  readonly options: Required<SequentialOptions>;
  /** Its layers planned, its weights laid out. */
  readonly network: Network;
  /** Engine, flat vectors and counters; for traces, checks and file formats. */
  readonly state: ModelState;
  private lastLoss: LossName | Loss | undefined;
  private fitting = false;

  constructor(layers: readonly Layer[], options: SequentialOptions) {
    checkLayers(layers);
    checkOptions("sequential", SEQUENTIAL_TABLE, options ?? {});
    if (options?.inputShape === undefined)
      throw new UsageError(
        "sequential: expected inputShape [features], received none. Give the number of columns of x, e.g. sequential(layers, { inputShape: [2] }).",
      );
    const { inputShape, dtype = "float32", backend = "wasm", seed = 0 } = options;
    const { threads = 1, mode = "deterministic", blas = null } = options;
    this.layers = [...layers];
    this.options = { inputShape, dtype, backend, threads, mode, blas, seed };
    this.network = planNetwork(layers, inputShape[0]);
    this.state = new ModelState(this.network, backendByName(backend, { threads, mode, blas }), {
      dtype,
      seed,
    });
  }

  /**
   * Trains the model.
   *
   * Shapes: x [N, features]; y [N, outputs], or N class numbers or values. The event loop gets its turn every 30 ms
   * or so. A second `fit` with the same optimizer goes on with its slots; with another one they start at 0. The data
   * are copied into the engine; data of the same shape take the same place in it, another shape a new one.
   * @throws {UsageError | ShapeError} for options or data that do not fit (rejects the promise), and if the loss
   *   becomes NaN or infinite.
   * @example
   * const model = sequential([dense(1)], { inputShape: [1] });
   * const history = await model.fit([[0], [1], [2]], [1, 3, 5], { epochs: 400, optimizer: sgd({ learningRate: 0.2 }) });
   * model.predict([[10]]).data // [21.0], as y = 2x + 1
   * history.stoppedBy // "epochs"
   */
  async fit(x: Examples, y: Targets, options: FitOptions = {}): Promise<History> {
    if (this.fitting)
      throw new UsageError(
        "model.fit: this model is being trained already. Await the first fit before the next.",
      );
    const plan = prepareFit(this.state, x, y, options);
    this.lastLoss = plan.loss;
    this.fitting = true;
    try {
      return await runFit(this.state, plan, this);
    } finally {
      this.fitting = false;
    }
  }

  /**
   * Mean loss (penalties included) and metrics over all rows, in prediction mode.
   * @throws {UsageError | ShapeError} for options or data that do not fit.
   * @example
   * const model = sequential([activation("sigmoid")], { inputShape: [1] });
   * model.evaluate([[-1], [2], [3]], [0, 1, 0]).accuracy // 0.6667
   */
  evaluate(
    x: Examples,
    y: Targets,
    options: EvaluateOptions = {},
  ): Record<string, number> & { loss: number } {
    const where = "model.evaluate";
    checkOptions(where, EVALUATE_TABLE, options);
    const loss = this.lossFor(where, options.loss);
    const data = checkPair(where, x, y, loss, this.state);
    const metrics = metricsFor(where, options.metrics, loss, data.y.shape[1], this.network);
    const spec = {
      use: "evaluate",
      ...data,
      loss,
      metrics,
      batchSize: options.batchSize ?? PREDICT_BATCH,
    } as const;
    return evaluator(this.state, spec)() as Record<string, number> & { loss: number };
  }

  /**
   * Outputs of the last layer, after its activation. Shapes: x [N, features] → [N, outputs].
   * @throws {UsageError | ShapeError} for options or data that do not fit.
   * @example sequential([activation("relu")], { inputShape: [2] }).predict([[-1, 2]]).shape // [1, 2]
   */
  predict(x: Examples, options: PredictOptions = {}): Tensor<FloatArray> {
    checkOptions("model.predict", PREDICT_TABLE, options);
    const rows = examples("model.predict", x, this.network, this.state.engine.dtype);
    return predictRows(this.state, rows, options.batchSize ?? PREDICT_BATCH);
  }

  /**
   * Class number of each row: the largest output, or with one output 1 above 0.5 (above 0 if the last layer gives
   * logits to a cross-entropy or a hinge, as far as the last `fit` tells).
   * @example sequential([activation("softmax")], { inputShape: [3] }).predictClasses([[1, 5, 2]]) // Int32Array [1]
   */
  predictClasses(x: Examples, options: PredictOptions = {}): Int32Array {
    const loss = this.lossFor("model.predictClasses", undefined);
    const activated = (this.network.layers.at(-1)!.plan.activation ?? linear) !== linear;
    const fromZero = loss.targets === "signs" || (loss.takes === "logits" && !activated);
    return classesOf(this.predict(x, options), fromZero ? 0 : 0.5);
  }

  /** Names, shapes and places of all weights, in the order of `getWeights`. */
  get weights(): readonly PlacedWeight[] {
    return this.network.weights;
  }

  /**
   * Copies of all weights: for each layer its parameters, then its state.
   * @example sequential([dense(4)], { inputShape: [2] }).getWeights().map((w) => w.shape) // [[2, 4], [1, 4]]
   */
  getWeights(): Tensor<FloatArray>[] {
    return this.weights.map((w) => this.state.read(w));
  }

  /**
   * Replaces all weights, or none if one cannot be used; `values` in the order of `getWeights`.
   * @throws {ShapeError} for other shapes; {UsageError} for another number of matrices, NaN or infinity, and for
   *   numbers that do not fit float32.
   * @example
   * const model = sequential([dense(1)], { inputShape: [2] });
   * model.setWeights([[[1], [2]], [[0.5]]]);
   * model.predict([[10, 100]]).data // [210.5]
   */
  setWeights(values: readonly MatrixLike[]): void {
    if (!Array.isArray(values) || values.length !== this.weights.length)
      throw new UsageError(
        `model.setWeights: expected ${this.weights.length} matrices (${this.weights.map((w) => w.path).join(", ")}), received ${Array.isArray(values) ? values.length : show(values)}. Give a list as getWeights returns it.`,
      );
    this.state.write("model.setWeights", values);
  }

  /**
   * Numbers in the weights: trained ones, kept but not trained ones, and all.
   * @example sequential([dense(4)], { inputShape: [2] }).countParameters() // { trainable: 12, nonTrainable: 0, total: 12 }
   */
  countParameters(): { readonly trainable: number; readonly nonTrainable: number; readonly total: number } {
    const { parameterCount, stateCount } = this.network;
    return { trainable: parameterCount, nonTrainable: stateCount, total: parameterCount + stateCount };
  }

  /**
   * A table of the layers, their output shapes and parameter counts, as text.
   * @example sequential([dense(4)], { inputShape: [2] }).summary().includes("dense_0 (dense, linear)") // true
   */
  summary(): string {
    return summaryOf(this.network);
  }

  /**
   * Loss over a whole data set, and its gradient, as functions of the flat parameter vector (the order of
   * `weights`): for minimizers and gradient checks of your own.
   * @throws {UsageError} if a layer is random or keeps running statistics.
   * @example
   * const model = sequential([dense(1)], { inputShape: [1], dtype: "float64" });
   * const f = model.valueAndGradient([[1], [2]], [3, 5]);
   * f.at(Float64Array.of(0, 0)) // { value: 17, gradient: [-13, -8] }
   */
  valueAndGradient(x: Examples, y: Targets, options: { readonly loss?: LossName | Loss } = {}): FullBatch {
    const where = "model.valueAndGradient";
    checkOptions(where, LOSS_TABLE, options);
    const loss = this.lossFor(where, options.loss);
    const data = checkPair(where, x, y, loss, this.state);
    return fullBatch(where, this.state, { ...data, loss, metrics: [] });
  }

  /**
   * The compiled step that `fit` would do next on this batch, not run: to trace it, print it, or run it by hand.
   * Its first row is at index 0, rows in the order given.
   * @throws {UsageError | ShapeError} for options or data that do not fit.
   * @example
   * const model = sequential([dense(1)], { inputShape: [1] });
   * const step = model.trainingStep([[1], [2]], [3, 5], { optimizer: "sgd" });
   * traceStep(step).some((v) => v.label === "dW1") // true, with traceStep from papergrad/inspect
   */
  trainingStep(
    x: Examples,
    y: Targets,
    options: Pick<FitOptions, "loss" | "optimizer" | "metrics"> = {},
  ): Entry {
    return singleStep(this.state, prepareFit(this.state, x, y, options, "model.trainingStep", STEP_TABLE));
  }

  /**
   * A training run that one drives oneself: any number of steps at a time, with snapshots to come back to. The bits are
   * those of `fit` with the same options.
   * @throws {UsageError | ShapeError} for options or data that do not fit, and for a full-batch minimizer.
   * @example
   * const model = sequential([dense(1)], { inputShape: [1], seed: 3 });
   * const trainer = model.trainer([[0], [1], [2]], [1, 3, 5], { batchSize: 2, optimizer: "sgd" });
   * trainer.run(3).metrics.loss?.length // 3
   * trainer.stepsPerEpoch // 2
   */
  trainer(x: Examples, y: Targets, options: TrainerOptions = {}): Trainer {
    const plan = prepareFit(this.state, x, y, options, "model.trainer", TRAINER_TABLE);
    this.lastLoss = plan.loss;
    return trainerOf(this.state, plan);
  }

  private lossFor(where: string, asked: LossName | Loss | undefined): Loss {
    const loss = lossOf(where, asked ?? this.lastLoss ?? usualLoss(this.network));
    checkLink(where, loss, this.network);
    return loss;
  }
}
