/**
 * What `diagnose` looks at: one training step laid open, the losses so far, the data. Plain data: it can be posted
 * from a worker, kept, or made by hand in a test.
 */
import type { Tensor } from "../../tensor/tensor.ts";
import type { TraceStage } from "../trace.ts";

/** A matrix of the user's. */
export type Numbers = Tensor<ArrayLike<number>>;

/** The first number of a step that is NaN or infinite, and the operation that made it of finite ones. */
export interface NotFinite {
  readonly value: number;
  /** Labelled value of the trace that it is in or goes into, e.g. "loss". */
  readonly label: string;
  /** LaTeX of the whole equation of that value. */
  readonly formula: string;
  readonly stage: TraceStage;
  /** The operation with its numbers, e.g. "log(0) = -Infinity". */
  readonly operation: string;
  /** What kind of operation: "log", "exp", "matmul", "sum", …; "given" for a number that was there before the step. */
  readonly op: string;
  /** Its row and column in the matrix. */
  readonly row: number;
  readonly column: number;
  /** Row of the data, where the rows of the matrix are rows of the batch. */
  readonly sample: number | null;
}

/** The activation that a layer ends with, as far as it can die or saturate. */
export type Squashing = "relu" | "sigmoid" | "tanh" | "softmax";

/** What came out of one layer for the rows of the step. */
export interface LayerSnapshot {
  readonly name: string;
  /** Label in the trace, e.g. "a1". */
  readonly label: string;
  readonly activation: Squashing;
  /** Whether it is the network's answer. */
  readonly last: boolean;
  /** Shapes: [rows, units]. */
  readonly output: Tensor<Float64Array>;
  /** Gradient of the loss at the pre-activation, where the step names it: the same shape. */
  readonly gradient: Tensor<Float64Array> | null;
  /** What the output should have been; only of the last layer, where it is known. */
  readonly target: Tensor<Float64Array> | null;
}

/** One trained matrix in the step. */
export interface WeightSnapshot {
  /** Label in the trace, e.g. "W1". */
  readonly label: string;
  readonly layer: string;
  /** Before the step. */
  readonly value: Tensor<Float64Array>;
  /** What the step adds to it. */
  readonly update: Tensor<Float64Array>;
  /** Euclidean norms: of the matrix, of its gradient (NaN where the step names none), of what the step adds to it. */
  readonly norm: number;
  readonly gradientNorm: number;
  readonly updateNorm: number;
}

/** The loss of the same rows after `factor` times the update of the step. */
export interface Trial {
  readonly factor: number;
  readonly loss: number;
}

/** What the best constant answer would score. */
export interface ConstantLoss {
  readonly value: number;
  /** E.g. "ln 2". */
  readonly name: { readonly en: string; readonly zh: string };
}

/** The data as given, before any encoding. */
export interface DataSnapshot {
  readonly x: Numbers;
  readonly y: Numbers;
  /** What y has to be; see the losses' `targets`. */
  readonly targets: "classes" | "binary" | "signs" | "numbers";
  /** Outputs of the network: with "classes" their number. */
  readonly outputs: number;
  /** What the numbers have to fit in. */
  readonly dtype: "float32" | "float64";
  readonly test: { readonly x: Numbers; readonly y?: Numbers } | null;
  /** Names of the columns of x. */
  readonly columns: readonly string[] | null;
  /** Whether the network scales its inputs itself before anything else. */
  readonly scaled: boolean;
}

/** Everything `diagnose` looks at. What is not known is empty or null, and leads to no finding. */
export interface NetworkSnapshot {
  /** Number of the step that was laid open: how many were done before. */
  readonly step: number;
  readonly dtype: "float32" | "float64";
  /** Loss of its rows before its update; NaN if there was no step. */
  readonly loss: number;
  readonly notFinite: NotFinite | null;
  /** Row number in the data of each row of the step; null if not known. */
  readonly rows: Int32Array | null;
  readonly layers: readonly LayerSnapshot[];
  readonly weights: readonly WeightSnapshot[];
  /** Smallest factor first. */
  readonly trials: readonly Trial[];
  /** Of that step. */
  readonly learningRate: number | null;
  /** Mean losses so far at regular intervals (epochs, blocks of steps), oldest first. */
  readonly losses: readonly number[];
  /** The same of the test rows, as long as `losses` or empty. */
  readonly testLosses: readonly number[];
  readonly constant: ConstantLoss | null;
  readonly data: DataSnapshot | null;
}
