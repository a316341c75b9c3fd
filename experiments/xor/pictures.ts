/** Pictures of an XOR run: loss, decision boundary (and its film), network, results of 200 seeds. */
import {
  type BoundaryRasterOptions,
  boundary,
  boundaryRaster,
  type FigureBlock,
  histogram,
  lineChart,
  networkDiagram,
  type Point,
  type ProbabilityGrid,
  type Raster,
} from "papergrad/plot";
import { figure } from "../shared/figures.ts";
import type { weights } from "./net.ts";
import type { SeedSummary } from "./seeds.ts";
import { INPUTS, TARGETS } from "./step.ts";

const SIDE = 61;
const RANGE = [-0.5, 1.5] as const;
const place = (i: number): number => RANGE[0] + ((RANGE[1] - RANGE[0]) * i) / (SIDE - 1);

/** Points of the boundary picture, row after row from the smallest y. */
export const GRID: readonly (readonly number[])[] = Array.from({ length: SIDE * SIDE }, (_, i) => [
  place(i % SIDE),
  place(Math.floor(i / SIDE)),
]);
const DATA = { points: INPUTS, labels: TARGETS, classNames: ["0", "1"] };
const grid = (values: ArrayLike<number>): ProbabilityGrid => ({
  values,
  nx: SIDE,
  ny: SIDE,
  xRange: RANGE,
  yRange: RANGE,
});

export const boundaryFigure = (field: ArrayLike<number>): FigureBlock =>
  figure(
    (language) =>
      boundary({
        language,
        title: language === "en" ? "XOR: P(class 1)" : "逻辑异或：P(类别 1)",
        width: 480,
        height: 460,
        xLabel: "x1",
        yLabel: "x2",
        size: 7,
        grid: grid(field),
        data: DATA,
      }),
    {
      en: "Probability of class 1 over the plane, with the four inputs",
      zh: "平面上类别 1 的概率与四个输入点",
    },
    {
      en: "No straight line separates the two classes; the relu units fold the plane.",
      zh: "没有一条直线能分开两类；relu 单元把平面折叠了起来。",
    },
  );

/** One frame of the film. */
export function frame(field: ArrayLike<number>, step: number, loss: number): Raster {
  const options: BoundaryRasterOptions = {
    grid: grid(field),
    data: DATA,
    width: 260,
    height: 286,
    caption: `step ${step} loss ${loss.toFixed(4)}`,
    size: 6,
  };
  return boundaryRaster(options);
}

export const lossFigure = (blocks: readonly Point[]): FigureBlock =>
  figure(
    (language) =>
      lineChart({
        language,
        title: language === "en" ? "XOR: loss" : "逻辑异或：损失",
        xLabel: language === "en" ? "step" : "迭代步数",
        yLabel: language === "en" ? "mean loss of 500 steps" : "每 500 步的平均损失",
        series: [{ name: "", points: blocks }],
        logY: true,
      }),
    { en: "Loss falling over the steps", zh: "损失随迭代步数下降的曲线" },
    { en: "Mean data loss of every 500 steps, logarithmic.", zh: "每 500 步的平均数据损失（对数坐标）。" },
  );

export const networkFigure = (w: ReturnType<typeof weights>, hidden: number): FigureBlock =>
  figure(
    (language) =>
      networkDiagram({
        language,
        title: language === "en" ? "XOR: the trained network" : "逻辑异或：训练后的网络",
        width: 760,
        height: 600,
        layers: [
          { size: 2, name: language === "en" ? "input" : "输入", unitLabels: ["x1", "x2"] },
          { size: hidden, name: "relu" },
          { size: 2, name: "softmax", unitLabels: ["0", "1"] },
        ],
        weights: [
          { shape: [2, hidden], data: w.W1 },
          { shape: [hidden, 2], data: w.W2 },
        ],
        biases: [w.b1, w.b2],
      }),
    { en: "Network diagram with weights and biases", zh: "带权重和偏置的网络结构图" },
    {
      en: "Units with thin lines have been given up: the decay shrinks what the data does not need.",
      zh: "连线很细的单元已被放弃：正则化会缩小数据用不到的权重。",
    },
  );

export const seedsFigure = (summaries: readonly SeedSummary[]): FigureBlock =>
  figure(
    (language) =>
      histogram({
        language,
        title: language === "en" ? "XOR: final loss of 200 start values" : "逻辑异或：200 个初始值的最终损失",
        xLabel: language === "en" ? "final loss" : "最终损失",
        yLabel: language === "en" ? "seeds" : "种子数",
        groups: summaries.map((s) => ({ name: `H = ${s.hidden}`, values: s.losses })),
        domain: [0, 0.7],
        bins: 35,
      }),
    { en: "Histogram of final losses", zh: "最终损失的直方图" },
    {
      en: "Near 0 the network has learned XOR; near 0.17, 0.35, 0.52 and 0.69 it is undecided about one, two, three or all four inputs.",
      zh: "接近 0 表示学会了异或；接近 0.17、0.35、0.52、0.69 分别表示对一个、两个、三个或全部四个输入拿不定主意。",
    },
  );
