/**
 * What the best constant answer scores: the loss of a network that has learned nothing but the frequencies. A loss
 * that stays there is a plateau with a name, such as ln 2.
 */
import type { Loss } from "../../nn/losses.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { ConstantLoss } from "./snapshot.ts";

/** Of encoded targets: class numbers [N, 1], one-hot rows or numbers [N, outputs]. Null for losses of the user's. */
export function constantLoss(loss: Loss, y: Tensor<ArrayLike<number>>, outputs: number): ConstantLoss | null {
  const [, cols] = y.shape;
  switch (loss.name) {
    case "categoricalCrossentropy":
      return entropy(cols === 1 ? shares(column(y, 0), outputs) : columns(y).map(mean));
    case "binaryCrossentropy": {
      const rates = columns(y).map(mean);
      if (rates.length === 1) return entropy([rates[0]!, 1 - rates[0]!]);
      const value = mean(rates.map((p) => entropy([p, 1 - p]).value));
      return { value, name: ENTROPY };
    }
    case "meanSquaredError":
      return {
        value: mean(columns(y).map((c) => mean(c.map((v) => (v - mean(c)) ** 2)))),
        name: { en: "the variance of y", zh: "y 的方差" },
      };
    case "meanAbsoluteError":
      return {
        value: mean(columns(y).map((c) => mean(c.map((v) => Math.abs(v - median(c)))))),
        name: { en: "the mean distance of y from its median", zh: "y 与其中位数的平均距离" },
      };
    case "hinge": {
      const least = (c: number[]) =>
        Math.min(1, 2 * mean(c.map((v) => Number(v > 0))), 2 * mean(c.map((v) => Number(v <= 0))));
      return {
        value: mean(columns(y).map(least)),
        name: { en: "the hinge loss of one answer for all", zh: "对所有样本给同一答案时的合页损失" },
      };
    }
    default:
      return null;
  }
}

/** Of one-hot rows or 0/1 targets of a step whose loss is not known by name, taken to be a cross-entropy. */
export function crossEntropyOfConstant(y: Tensor<ArrayLike<number>>): ConstantLoss | null {
  const all: readonly number[] = Array.from(y.data);
  if (!all.every((v) => v === 0 || v === 1)) return null;
  if (y.shape[1] === 1) return entropy([mean(all), 1 - mean(all)]);
  const oneHot = Array.from({ length: y.shape[0] }, (_, r) =>
    all.slice(r * y.shape[1], (r + 1) * y.shape[1]).reduce<number>((a, b) => a + b, 0),
  ).every((sum) => sum === 1);
  return oneHot ? entropy(columns(y).map(mean)) : null;
}

const ENTROPY = { en: "the entropy of the class shares", zh: "类别占比的熵" };

function entropy(shares: readonly number[]): ConstantLoss {
  const value = shares.reduce((sum, p) => (p > 0 ? sum - p * Math.log(p) : sum), 0);
  const classes = shares.filter((p) => p > 0).length;
  const even = Math.log(classes);
  if (classes > 1 && even - value < 1e-4 * even)
    return { value, name: { en: `ln ${classes}`, zh: `ln ${classes}` } };
  const nearly = classes > 1 && even - value < 0.01 * even;
  const name = {
    en: `${ENTROPY.en}, nearly ln ${classes}`,
    zh: `${ENTROPY.zh}，接近 ln ${classes}`,
  };
  return { value, name: nearly ? name : ENTROPY };
}

function shares(labels: readonly number[], classes: number): number[] {
  const counts = Array.from({ length: classes }, () => 0);
  for (const label of labels) counts[label]!++;
  return counts.map((n) => n / labels.length);
}

const column = ({ shape, data }: Tensor<ArrayLike<number>>, c: number): number[] =>
  Array.from({ length: shape[0] }, (_, r) => data[r * shape[1] + c]!);
const columns = (y: Tensor<ArrayLike<number>>): number[][] =>
  Array.from({ length: y.shape[1] }, (_, c) => column(y, c));

function mean(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1]!;
}
