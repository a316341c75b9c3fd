/** Pictures of an iris run. */
import {
  confusionMatrix,
  differenceChart,
  type FigureBlock,
  histogram,
  type Language,
  lineChart,
  type Point,
  scatter,
} from "papergrad/plot";
import { blockMeans, figure } from "../shared/figures.ts";
import { confusionCounts } from "../shared/three-net.ts";
import type { Variant } from "../types.ts";
import { BLOCK, NET, type Start, TEST, TRAIN, type Training } from "./net.ts";
import { goldenCase, LAST_TIGHT, type Replay } from "./replay.ts";

const NAMES = ["setosa", "versicolor", "virginica"];
const PETAL_LENGTH = 2;
const PETAL_WIDTH = 3;

export const lossChart = (run: Training, language: Language): string =>
  lineChart({
    language,
    title: language === "zh" ? "损失（每 100 步的平均）" : "Loss (mean of 100 steps)",
    xLabel: language === "zh" ? "步" : "step",
    yLabel: language === "zh" ? "损失" : "loss",
    logY: true,
    series: [{ name: "", points: blockMeans(run.losses, BLOCK) }],
  });

export const accuracyChart = (run: Training, language: Language): string => {
  const percent = (a: readonly number[]): Point[] => a.map((v, i) => [(i + 1) * BLOCK, 100 * v]);
  return lineChart({
    language,
    title: language === "zh" ? "精度（%）" : "Accuracy (%)",
    xLabel: language === "zh" ? "步" : "step",
    series: [
      { name: language === "zh" ? "训练（120 朵）" : "train (120)", points: percent(run.trainAccuracies) },
      {
        name: language === "zh" ? "测试（30 朵）" : "test (30)",
        points: percent(run.testAccuracies),
        dash: true,
      },
    ],
    marks: [{ x: run.best.step, label: language === "zh" ? "保留" : "kept" }],
  });
};

/** Petals of the test flowers; a wrong answer becomes a class of its own. */
export function petals(from: Start, run: Training, language: Language): string {
  const flowers = Array.from({ length: TEST }, (_, i) => i);
  const at = (i: number, feature: number) => from.x[(TRAIN + i) * NET.inputs + feature]!;
  const truth = (i: number) => from.y[TRAIN + i]!;
  return scatter({
    language,
    title: language === "zh" ? "测试集的花瓣" : "Petals of the test flowers",
    xLabel: language === "zh" ? "花瓣长（厘米）" : "petal length (cm)",
    yLabel: language === "zh" ? "花瓣宽（厘米）" : "petal width (cm)",
    points: flowers.map((i) => [at(i, PETAL_LENGTH), at(i, PETAL_WIDTH)]),
    labels: flowers.map((i) => (run.best.predicted[i] === truth(i) ? truth(i) : NAMES.length)),
    classNames: [...NAMES, language === "zh" ? "判断错误" : "wrong answer"],
  });
}

export const confusion = (from: Start, run: Training, language: Language): string =>
  confusionMatrix({
    language,
    title: language === "zh" ? "测试集混淆矩阵" : "Confusion matrix, test part",
    counts: confusionCounts(from.y.subarray(TRAIN), run.best.predicted, NET.classes),
    classNames: NAMES,
  });

export const splitsChart = (splits: readonly Training[], language: Language): string =>
  histogram({
    language,
    title: language === "zh" ? "20 种划分的测试精度（%）" : "Test accuracy of 20 splits (%)",
    xLabel: language === "zh" ? "测试精度（%）" : "test accuracy (%)",
    groups: [{ name: "", values: splits.map((s) => 100 * s.best.testAccuracy) }],
    bins: 12,
  });

/** |difference| of losses: two of our runs, ours and NumPy's, and what one ulp at every step changed in NumPy. */
export function chaosChart({ ours, nudged }: Replay, variant: Variant, language: Language): string {
  const { losses, sens } = goldenCase(variant);
  const zh = language === "zh";
  const recorded = (value: (step: number) => number): Point[] =>
    Object.keys(losses).map((step) => [Number(step) + 1, value(Number(step))]);
  return differenceChart({
    language,
    title: zh ? "损失之差（对数轴）" : "Difference of losses (log axis)",
    xLabel: zh ? "步" : "step",
    series: [
      {
        name: zh ? "起点移动一个 ulp" : "start moved by one ulp",
        points: Array.from(ours.losses, (v, i): Point => [i + 1, v - nudged.losses[i]!]),
      },
      {
        name: zh ? "与 NumPy 之差" : "ours − NumPy",
        points: recorded((step) => ours.losses[step]! - losses[step]!),
      },
      {
        name: zh ? "NumPy 每步移动一个 ulp" : "NumPy, one ulp at every step",
        points: recorded((step) => sens.losses[step]!),
        dash: true,
      },
    ],
    marks: [{ x: LAST_TIGHT + 1, label: zh ? "逐位比较到此" : "compared digit by digit up to here" }],
  });
}

export function figures(
  variant: Variant,
  from: Start,
  run: Training,
  splits: readonly Training[],
  replayed: Replay,
): FigureBlock[] {
  return [
    figure(
      (l) => lossChart(run, l),
      {
        en: "Loss over 10,000 steps: a plateau, a drop, a slow fall.",
        zh: "10,000 步的损失：先是平台，继而骤降，再缓慢下降。",
      },
      {
        en: "The first hundreds of steps stay at ln 3, the loss of a guess among three species.",
        zh: "最初数百步停在 ln 3，即在三个品种中瞎猜的损失。",
      },
    ),
    figure(
      (l) => accuracyChart(run, l),
      { en: "Accuracy on the training and test part every 100 steps.", zh: "每 100 步的训练与测试精度。" },
      {
        en: "The net kept is the latest of those best on the training part.",
        zh: "保留的是训练精度最高的网络中最晚的一个。",
      },
    ),
    figure(
      (l) => petals(from, run, l),
      {
        en: "Test flowers by petal length and width, wrong answers marked.",
        zh: "测试集按花瓣长、宽的散点图，标出判断错误者。",
      },
      {
        en: "Setosa stands apart; versicolor and virginica touch.",
        zh: "setosa 与其余分离，versicolor 与 virginica 相接。",
      },
    ),
    figure(
      (l) => confusion(from, run, l),
      {
        en: "Counts of true and predicted species of the 30 test flowers.",
        zh: "30 朵测试花的真实品种与预测品种计数。",
      },
      { en: "The kept net on the test part.", zh: "所保留的网络在测试集上的结果。" },
    ),
    figure(
      (l) => splitsChart(splits, l),
      { en: "How often each test accuracy occurs in 20 splits.", zh: "20 种划分中各测试精度出现的次数。" },
      {
        en: "One program, 20 shuffles: the printed 100 % is the right edge, not the rule.",
        zh: "同一程序、20 次洗牌：教程的 100 % 是最右端，而非常态。",
      },
    ),
    figure(
      (l) => chaosChart(replayed, variant, l),
      {
        en: "Differences of losses between runs over the steps, growing from 1e-16 to 1e-3.",
        zh: "各次运行损失之差随步数从 1e-16 增长到 1e-3。",
      },
      {
        en: "Two of our own runs, one started a single ulp away, part as far as ours and NumPy's: what is left after step 2,000 is chaos, not a mistake.",
        zh: "我们自己的两次运行，起点只差一个 ulp，其差距与我们和 NumPy 之间的差距相当：2,000 步以后剩下的是混沌，而不是错误。",
      },
    ),
  ];
}
