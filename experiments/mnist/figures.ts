/** Pictures of an MNIST run: curves, confusion, first-layer weights as images, the worst mistakes. */
import type { DigitImages } from "papergrad/data";
import {
  confusionMatrix,
  type FigureBlock,
  type GridImage,
  imageGrid,
  type Language,
  lineChart,
  type Point,
} from "papergrad/plot";
import { figure } from "../shared/figures.ts";
import { classesOf, confusionCounts, type Values } from "../shared/three-net.ts";
import { BATCH, type Measured, NET, type Training } from "./net.ts";

const byEpoch = (values: readonly number[]): Point[] => values.map((v, i) => [i + 1, v]);

export const lossChart = (run: Training, language: Language): string =>
  lineChart({
    language,
    title: language === "zh" ? "每轮的平均损失" : "Mean loss of each epoch",
    xLabel: language === "zh" ? "轮" : "epoch",
    yLabel: language === "zh" ? "损失" : "loss",
    logY: true,
    series: [{ name: "", points: byEpoch(run.epochs.map((e) => e.meanLoss)) }],
  });

export const accuracyChart = (run: Training, language: Language): string => {
  const zh = language === "zh";
  return lineChart({
    language,
    title: zh ? "每轮结束时的精度（%）" : "Accuracy at the end of each epoch (%)",
    xLabel: zh ? "轮" : "epoch",
    series: [
      {
        name: zh ? `最后一批（${BATCH} 张）` : `last batch (${BATCH})`,
        points: byEpoch(run.epochs.map((e) => 100 * e.lastBatchAccuracy)),
      },
      {
        name: zh ? "测试集（10,000 张）" : "test (10,000)",
        points: byEpoch(run.testAccuracies.map((a) => 100 * a)),
      },
    ],
    marks: [{ x: run.bestEpoch, label: zh ? "保留" : "kept" }],
  });
};

export const confusion = (test: DigitImages, measured: Measured, language: Language): string =>
  confusionMatrix({
    language,
    title: language === "zh" ? "测试集混淆矩阵" : "Confusion matrix, test images",
    counts: confusionCounts(test.labels, classesOf(measured.probabilities, NET.classes), NET.classes),
  });

/**
 * The ten columns of W1 that training changed most, as 28 × 28 images; below each, the change alone. Grey is 0, each
 * row has its own scale.
 */
export function firstLayer({ start, best }: Training, language: Language): string {
  const column = (W1: Values[number], unit: number) =>
    Float64Array.from({ length: NET.inputs }, (_, i) => W1[i * NET.hidden1 + unit]!);
  const units = Array.from({ length: NET.hidden1 }, (_, unit) => {
    const weights = column(best[0]!, unit);
    const before = column(start[0]!, unit);
    const change = weights.map((v, i) => v - before[i]!);
    return { unit, weights, change, moved: change.reduce((s, v) => s + v * v, 0) };
  });
  units.sort((a, b) => b.moved - a.moved || a.unit - b.unit);
  const shown = units.slice(0, 10);
  const row = (images: readonly { readonly unit: number; readonly values: Float64Array }[], mark: string) => {
    const limit = images.reduce((m, c) => c.values.reduce((t, v) => Math.max(t, Math.abs(v)), m), 0) || 1;
    return images.map(({ unit, values }) => ({
      pixels: values.map((v) => v / limit),
      caption: `${mark}#${unit}`,
    }));
  };
  return imageGrid({
    language,
    title:
      language === "zh"
        ? "W1 中变化最大的 10 列；下排只画变化（Δ）"
        : "The 10 columns of W1 that changed most; below, the change (Δ)",
    images: [
      ...row(
        shown.map(({ unit, weights }) => ({ unit, values: weights })),
        "",
      ),
      ...row(
        shown.map(({ unit, change }) => ({ unit, values: change })),
        "Δ ",
      ),
    ],
    imageWidth: 28,
    imageHeight: 28,
    range: [-1, 1],
  });
}

/** Test images whose right class got the smallest probability. */
export function worstMistakes(test: DigitImages, measured: Measured, language: Language, count = 30): string {
  const predicted = classesOf(measured.probabilities, NET.classes);
  const confidence = (i: number) => measured.probabilities[i * NET.classes + test.labels[i]!]!;
  const wrong = Array.from(test.labels.keys()).filter((i) => predicted[i] !== test.labels[i]);
  wrong.sort((a, b) => confidence(a) - confidence(b) || a - b);
  const images: GridImage[] = wrong.slice(0, count).map((i) => ({
    pixels: test.images.data.subarray(i * NET.inputs, (i + 1) * NET.inputs),
    caption: `${test.labels[i]} → ${predicted[i]}`,
    tone: "bad",
  }));
  return imageGrid({
    language,
    title: language === "zh" ? "最严重的错误（真实 → 预测）" : "The worst mistakes (true → predicted)",
    images,
    imageWidth: 28,
    imageHeight: 28,
    range: [0, 255],
  });
}

export function figures(run: Training, test: DigitImages, measured: Measured): FigureBlock[] {
  return [
    figure(
      (l) => lossChart(run, l),
      {
        en: "Mean loss of each epoch, falling on a logarithmic axis.",
        zh: "每轮的平均损失，在对数轴上下降。",
      },
      { en: "Mean of the 234 batches, each before its update.", zh: "234 个批次的平均，均在各自更新之前。" },
    ),
    figure(
      (l) => accuracyChart(run, l),
      {
        en: "Accuracy on the last batch and on the test images after each epoch.",
        zh: "每轮之后在最后一批与测试集上的精度。",
      },
      {
        en: "The program looks only at the last batch, 256 images it has just trained on; the test accuracy says more.",
        zh: "程序只看刚训练过的最后一批 256 张；测试精度更能说明问题。",
      },
    ),
    figure(
      (l) => confusion(test, measured, l),
      {
        en: "Counts of true and predicted digits of the test images.",
        zh: "测试图像的真实数字与预测数字计数。",
      },
      { en: "The kept net on the 10,000 test images.", zh: "所保留的网络在 10,000 张测试图像上的结果。" },
    ),
    figure(
      (l) => firstLayer(run, l),
      {
        en: "Ten weight columns of the first layer as images, and what training added to them.",
        zh: "第一层的十列权重及训练带来的变化，画成图像。",
      },
      {
        en: "What a hidden unit looks for: bright pixels speak for it, dark ones against it. Most of the upper row is the noise it started with: at the rim pixels are always 0, so only decay acts there. The lower row is what training added.",
        zh: "隐藏单元在寻找什么：亮处表示支持，暗处表示反对。上排大多是初始的噪声：边缘的像素总为 0，那里只有衰减起作用。下排是训练带来的变化。",
      },
    ),
    figure(
      (l) => worstMistakes(test, measured, l),
      {
        en: "Wrongly read test images with true and predicted digit.",
        zh: "认错的测试图像，标出真实与预测的数字。",
      },
      {
        en: "Those whose true digit was given the smallest probability.",
        zh: "真实数字所得概率最小的那些。",
      },
    ),
  ];
}
