/**
 * Metrics: what is reported beside the loss, and never differentiated.
 *
 * `METRICS` are graph code, recorded at every step; each is a mean over the rows of the batch. The plain
 * functions below work on predictions that are already there.
 */
import type { Graph } from "../graph/graph.ts";
import type { Node } from "../graph/nodes.ts";
import { ShapeError, UsageError } from "../tensor/errors.ts";
import { isWhole } from "../tensor/options.ts";
import { show } from "../tensor/show.ts";
import { checkNumbers, type MatrixLike, readMatrix, type Tensor } from "../tensor/tensor.ts";
import type { Loss } from "./losses.ts";
import type { ForwardResult } from "./network.ts";

/** One batch as a metric sees it. */
export interface MetricInput extends ForwardResult {
  readonly loss: Loss;
  /** [B, O], or [B, 1] class numbers. */
  readonly target: Node;
}

/** Appends a 1×1 mean over the rows of the batch. */
export type Metric = (g: Graph, batch: MetricInput) => Node;

/**
 * Share of rows put in the right class. One output: class 1 above the threshold (logit 0, hinge 0, else 0.5).
 * Several outputs: the largest, the first on a tie, against the class number or the largest of a one-hot row.
 */
const accuracyMetric: Metric = (g, { loss, logits, output, target }) => {
  if (output.shape[1] > 1) {
    const truth = target.shape[1] > 1 ? g.argmax(target) : target;
    return g.mean(g.equal(g.argmax(loss.takes === "logits" ? logits : output), truth));
  }
  const signs = loss.targets === "signs";
  const [value, threshold] = loss.takes === "logits" ? [logits, 0] : [output, signs ? 0 : 0.5];
  return g.mean(g.equal(g.less(threshold, value), g.less(signs ? 0 : 0.5, target)));
};

/** Metrics a string can name. */
export const METRICS = {
  accuracy: accuracyMetric,
  meanSquaredError: (g, { output, target }) => g.mean(g.square(g.sub(output, target))),
  meanAbsoluteError: (g, { output, target }) => g.mean(g.abs(g.sub(output, target))),
} as const satisfies Record<string, Metric>;

/** A name of `METRICS`. */
export type MetricName = keyof typeof METRICS;

/**
 * Class numbers of predictions: the column of the largest value of each row, the first on a tie; with one
 * column, 1 where the value is above `threshold` (default 0.5), else 0.
 * @throws {UsageError | ShapeError} unless it is a matrix.
 * @example classesOf(tensor([0.1, 0.7, 0.2, 0.5, 0.3, 0.2], [2, 3])) // Int32Array [1, 0]
 */
export function classesOf(prediction: MatrixLike, threshold = 0.5): Int32Array {
  const { shape, data } = readMatrix("classesOf", "prediction", prediction);
  const [rows, cols] = shape;
  return Int32Array.from({ length: rows }, (_, r) => {
    if (cols === 1) return data[r]! > threshold ? 1 : 0;
    let best = 0;
    for (let k = 1; k < cols; k++) if (data[r * cols + k]! > data[r * cols + best]!) best = k;
    return best;
  });
}

/**
 * Share of equal entries of two lists of class numbers, 0 … 1.
 * @throws {ShapeError} if they differ in length; {UsageError} if they are empty.
 * @example accuracy([0, 1, 1], [0, 1, 0]) // 0.6667
 */
export function accuracy(truth: ArrayLike<number>, predicted: ArrayLike<number>): number {
  checkPair("accuracy", truth, predicted);
  let right = 0;
  for (let i = 0; i < truth.length; i++) if (truth[i] === predicted[i]) right++;
  return right / truth.length;
}

/**
 * Counts [classes, classes]: row = true class, column = predicted class.
 * @param classes Default: the largest class number + 1.
 * @throws {ShapeError} if the lists differ in length; {UsageError} for a label outside 0 … classes − 1.
 * @example confusionMatrix([0, 1, 1], [0, 1, 0]).data // [1, 0, 1, 1]
 */
export function confusionMatrix(
  truth: ArrayLike<number>,
  predicted: ArrayLike<number>,
  classes?: number,
): Tensor<Int32Array> {
  checkPair("confusionMatrix", truth, predicted);
  let top = -1;
  for (let i = 0; i < truth.length; i++) top = Math.max(top, truth[i]!, predicted[i]!);
  const n = classes ?? top + 1;
  if (classes !== undefined && !isWhole(1)(classes))
    throw new UsageError(
      `confusionMatrix: expected classes as a whole number ≥ 1, received ${show(classes)}. Leave it out to count up to the largest label.`,
    );
  const data = new Int32Array(n * n);
  for (let i = 0; i < truth.length; i++) {
    for (const [what, label] of [
      ["truth", truth[i]!],
      ["predicted", predicted[i]!],
    ] as const)
      if (!Number.isInteger(label) || label < 0 || label >= n)
        throw new UsageError(
          `confusionMatrix: ${what} has label ${show(label)} at position ${i}; expected whole numbers 0…${n - 1}. Fix the label or give more classes.`,
        );
    data[truth[i]! * n + predicted[i]!]!++;
  }
  return { shape: [n, n], data };
}

/** Figures of one class, each 0 … 1; 0 where its denominator is 0. */
export interface ClassReport {
  /** Right among those predicted as this class. */
  readonly precision: number;
  /** Right among those of this class. */
  readonly recall: number;
  /** 2·precision·recall / (precision + recall). */
  readonly f1: number;
  /** Rows of this class. */
  readonly support: number;
}

/**
 * Precision, recall and F1 of each class of a confusion matrix.
 * @throws {ShapeError} if it is not square.
 * @example classReports(confusionMatrix([0, 1, 1], [0, 1, 0]))[1] // { precision: 1, recall: 0.5, f1: 0.6667, support: 2 }
 */
export function classReports(confusion: MatrixLike): ClassReport[] {
  const { shape, data } = readMatrix("classReports", "the confusion matrix", confusion);
  const n = shape[0];
  if (shape[1] !== n)
    throw new ShapeError(
      `classReports: expected a square confusion matrix, received [${shape}]. Give what confusionMatrix returns.`,
    );
  const at = (r: number, c: number) => data[r * n + c]!;
  const sum = (f: (k: number) => number) =>
    Array.from({ length: n }, (_, k) => f(k)).reduce((a, b) => a + b, 0);
  return Array.from({ length: n }, (_, k) => {
    const right = at(k, k);
    const support = sum((c) => at(k, c));
    const named = sum((r) => at(r, k));
    return {
      precision: named === 0 ? 0 : right / named,
      recall: support === 0 ? 0 : right / support,
      f1: support + named === 0 ? 0 : (2 * right) / (support + named),
      support,
    };
  });
}

function checkPair(where: string, truth: ArrayLike<number>, predicted: ArrayLike<number>): void {
  for (const [name, list] of Object.entries({ truth, predicted })) {
    if (typeof list !== "object" || typeof list?.length !== "number")
      throw new UsageError(
        `${where}: expected ${name} as a list of class numbers, received ${show(list)}. For outputs of a model use classesOf first.`,
      );
    checkNumbers(`${where}: ${name}`, list, 1);
  }
  if (truth.length !== predicted.length)
    throw new ShapeError(
      `${where}: expected as many predictions as labels, received ${truth.length} labels and ${predicted.length} predictions.`,
    );
  if (truth.length === 0) throw new UsageError(`${where}: expected at least one label, received none.`);
}
