/**
 * What a network says of many labelled pictures, and what can be read off: the confusion matrix, the samples behind
 * one of its cells, the worst mistakes.
 */
import { confusionMatrix } from "papergrad";

/** Number of digits. */
export const CLASSES = 10;

/** Probabilities of `CLASSES` digits for each picture, row after row, and the true digits. */
export interface Predictions {
  readonly probabilities: ArrayLike<number>;
  readonly labels: ArrayLike<number>;
}

/** One picture as the network sees it. */
export interface Verdict {
  /** Number of the picture. */
  readonly index: number;
  readonly truth: number;
  readonly predicted: number;
  /** Probability of the digit predicted. */
  readonly certainty: number;
  /** Probability of the true digit. */
  readonly ofTruth: number;
}

/** The likeliest digit of a row of probabilities that starts at `from`; the smaller on a tie. */
export function likeliest(probabilities: ArrayLike<number>, from = 0): number {
  let best = 0;
  for (let k = 1; k < CLASSES; k++) if (probabilities[from + k]! > probabilities[from + best]!) best = k;
  return best;
}

/** The verdict on one picture. */
export function verdict({ probabilities, labels }: Predictions, index: number): Verdict {
  const at = (k: number) => probabilities[index * CLASSES + k]!;
  const predicted = likeliest(probabilities, index * CLASSES);
  const truth = labels[index]!;
  return { index, truth, predicted, certainty: at(predicted), ofTruth: at(truth) };
}

/** The verdicts on all pictures, in their order. */
export const verdicts = (given: Predictions): Verdict[] =>
  Array.from({ length: given.labels.length }, (_, index) => verdict(given, index));

/** Counts of all pairs: `counts[truth][predicted]`. */
export function confusion(all: readonly Verdict[]): number[][] {
  const { data } = confusionMatrix(
    all.map((v) => v.truth),
    all.map((v) => v.predicted),
    CLASSES,
  );
  return Array.from({ length: CLASSES }, (_, truth) => [
    ...data.subarray(truth * CLASSES, (truth + 1) * CLASSES),
  ]);
}

/** The pictures of one cell, the surest first; equally sure ones in their order. */
export const inCell = (all: readonly Verdict[], truth: number, predicted: number): Verdict[] =>
  all
    .filter((v) => v.truth === truth && v.predicted === predicted)
    .sort((a, b) => b.certainty - a.certainty || a.index - b.index);

/** The mistakes, that with the smallest probability of the true digit (the largest loss) first. */
export const mistakes = (all: readonly Verdict[]): Verdict[] =>
  all.filter((v) => v.truth !== v.predicted).sort((a, b) => a.ofTruth - b.ofTruth || a.index - b.index);
