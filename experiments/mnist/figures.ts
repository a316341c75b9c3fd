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

/** The columns of W1 with the largest norm, as 28 × 28 images; grey is 0. */
export function firstLayer(values: Values, language: Language): string {
  const W1 = values[0]!;
  const columns = Array.from({ length: NET.hidden1 }, (_, unit) => {
    const pixels = Float64Array.from({ length: NET.inputs }, (_, i) => W1[i * NET.hidden1 + unit]!);
    return { unit, pixels, norm: pixels.reduce((s, v) => s + v * v, 0) };
  });
  columns.sort((a, b) => b.norm - a.norm || a.unit - b.unit);
  const shown = columns.slice(0, 20);
  const limit = shown.reduce((m, c) => c.pixels.reduce((t, v) => Math.max(t, Math.abs(v)), m), 0);
  return imageGrid({
    language,
    title: language === "zh" ? "W1 中范数最大的 20 列" : "The 20 columns of W1 with the largest norm",
    images: shown.map(({ pixels, unit }) => ({ pixels, caption: `#${unit}` })),
    imageWidth: 28,
    imageHeight: 28,
    range: [-limit, limit],
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
      (l) => firstLayer(run.best, l),
      { en: "Twenty weight columns of the first layer as images.", zh: "第一层的二十列权重，画成图像。" },
      {
        en: "What a hidden unit looks for: bright pixels speak for it, dark ones against it. Most of the noise at the rim is the start value: pixels there are always 0, so nothing moves these weights but decay.",
        zh: "隐藏单元在寻找什么：亮处表示支持，暗处表示反对。边缘的噪声大多是初始值：那里的像素总为 0，只有衰减会改变这些权重。",
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
