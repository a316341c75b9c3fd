/** Pictures of a OneNet run: loss, decision boundary, weights over the steps, the effect of the decay, the network. */
import {
  boundary,
  type FigureBlock,
  type Language,
  lineChart,
  networkDiagram,
  type Point,
} from "papergrad/plot";
import { figure } from "../shared/figures.ts";
import type { Text } from "../types.ts";
import { type Gate, STEPS, STEPS_IN_TEXT } from "./gate.ts";
import type { Moment } from "./net.ts";
import { gateName } from "./texts.ts";

const of = (gate: Gate, language: Language): string =>
  gateName[gate.name as Gate["name"]][language as keyof Text];

export function lossFigure(gate: Gate, blocks: readonly Point[]): FigureBlock {
  return figure(
    (language) =>
      lineChart({
        language,
        title: language === "en" ? `${of(gate, language)}: loss` : `${of(gate, language)}：损失`,
        xLabel: language === "en" ? "step" : "迭代步数",
        yLabel: language === "en" ? "mean loss of 500 steps" : "每 500 步的平均损失",
        series: [{ name: "", points: blocks }],
        logY: true,
        marks: [{ x: STEPS_IN_TEXT, label: language === "en" ? "20,000: the text" : "20 000：正文所写" }],
      }),
    { en: "Loss falling over the steps", zh: "损失随迭代步数下降的曲线" },
    {
      en: "Mean loss of every 500 steps, logarithmic. It is still falling at the end: the run stops, it does not arrive.",
      zh: "每 500 步的平均损失（对数坐标）。结束时仍在下降：训练只是停下来，并没有收敛。",
    },
  );
}

/** Side of the grid of the boundary picture, and the places of its points. */
const SIDE = 81;
const RANGE = [-0.5, 1.5] as const;
const place = (i: number): number => RANGE[0] + ((RANGE[1] - RANGE[0]) * i) / (SIDE - 1);

/** Points at which the boundary picture wants scores: a line for one input, a square for two. */
export function gridPoints(gate: Gate): number[][] {
  const line = Array.from({ length: SIDE }, (_, i) => place(i));
  return gate.inputs[0]!.length === 1 ? line.map((x) => [x]) : line.flatMap((y) => line.map((x) => [x, y]));
}

/** The boundary; `field` holds the first-column score of each grid point. */
export function boundaryFigure(gate: Gate, field: ArrayLike<number>): FigureBlock {
  const one = gate.inputs[0]!.length === 1;
  const draw = (language: Language): string => {
    const title = language === "en" ? `${of(gate, language)}: P(y = 1)` : `${of(gate, language)}：P(y = 1)`;
    if (one)
      return lineChart({
        language,
        title,
        xLabel: "x",
        yLabel: "P(y = 1)",
        yDomain: [-0.05, 1.05],
        series: [
          { name: "σ(w·x + b)", points: Array.from({ length: SIDE }, (_, i) => [place(i), field[i]!]) },
          {
            name: "0.5",
            dash: true,
            points: [
              [RANGE[0], 0.5],
              [RANGE[1], 0.5],
            ],
          },
          ...gate.inputs.map(([x], i) => ({
            name: `x = ${x}, y = ${gate.targets[i]}`,
            points: [[x!, gate.targets[i]!] as const],
          })),
        ],
      });
    return boundary({
      language,
      title,
      width: 480,
      height: 460,
      xLabel: "x1",
      yLabel: "x2",
      size: 7,
      grid: { values: field, nx: SIDE, ny: SIDE, xRange: RANGE, yRange: RANGE },
      data: {
        points: gate.inputs.map(([a, b]) => [a!, b!] as const),
        labels: gate.targets,
        classNames: ["0", "1"],
      },
    });
  };
  return figure(
    draw,
    {
      en: one ? "Sigmoid curve through the two inputs" : "Probability over the plane with the four inputs",
      zh: one ? "经过两个输入点的 sigmoid 曲线" : "平面上的概率与四个输入点",
    },
    {
      en: "Where the score crosses 0.5 the answer changes; one neuron can only draw a straight line.",
      zh: "得分越过 0.5 处，答案改变；单个神经元只能画出一条直线边界。",
    },
  );
}

/** First weight and bias over the steps, with the printed values as dashed lines. */
export function weightsFigure(gate: Gate, history: readonly Moment[]): FigureBlock {
  const draw = (language: Language): string => {
    const printed = language === "en" ? "printed" : "文中印出的";
    const flat = (name: string, value: number) => ({
      name: `${printed} ${name} ${value.toFixed(3)}`,
      dash: true,
      points: [
        [0, value],
        [STEPS, value],
      ] as const,
    });
    return lineChart({
      language,
      title:
        language === "en" ? `${of(gate, language)}: weight and bias` : `${of(gate, language)}：权重与偏置`,
      xLabel: language === "en" ? "step" : "迭代步数",
      series: [
        { name: "w", points: history.map((m) => [m.step, m.w[0]!] as const) },
        { name: "b", points: history.map((m) => [m.step, m.b[0]!] as const) },
        flat("w", gate.printed.w[0]!),
        flat("b", gate.printed.b[0]!),
      ],
      marks: [
        { x: STEPS_IN_TEXT, label: language === "en" ? "20,000 (text)" : "20 000（正文）" },
        { x: STEPS, label: language === "en" ? "200,000 (code)" : "200 000（代码）" },
      ],
    });
  };
  return figure(
    draw,
    {
      en: "Weight and bias against the step, with the printed values",
      zh: "权重和偏置随步数的变化，以及文中印出的值",
    },
    {
      en: "The curves reach the printed values at 200,000 steps. At 20,000, the number in the text, they are far away.",
      zh: "曲线在 200 000 步时到达文中印出的值；在正文所说的 2 万步处还差得很远。",
    },
  );
}

/** One weight under different decay terms. */
export function decayFigure(
  gate: Gate,
  runs: readonly { readonly name: Text; readonly history: readonly Moment[] }[],
): FigureBlock {
  return figure(
    (language) =>
      lineChart({
        language,
        title:
          language === "en"
            ? `${of(gate, language)}: effect of the decay`
            : `${of(gate, language)}：正则化的影响`,
        xLabel: language === "en" ? "step" : "迭代步数",
        yLabel: "|w|",
        xDomain: [0, STEPS],
        series: runs.map((r, i) => ({
          name: r.name[language],
          points: r.history.map((m) => [m.step, Math.abs(m.w[0]!)] as const),
          dash: i % 2 === 1,
        })),
      }),
    { en: "Size of the first weight under different decay terms", zh: "不同正则化项下第一个权重的大小" },
    {
      en: "The same start and λ; only the decay term differs. The more entries Σw counts, the smaller the weights stay.",
      zh: "起点与 λ 相同，只有衰减项不同。Σw 所含的元素越多，权重就被压得越小。",
    },
  );
}

export function networkFigure(gate: Gate, { w, b }: Moment): FigureBlock {
  const inputs = gate.inputs[0]!.length;
  const columns = b.length;
  return figure(
    (language) =>
      networkDiagram({
        language,
        title:
          language === "en"
            ? `${of(gate, language)}: the trained network`
            : `${of(gate, language)}：训练后的网络`,
        layers: [
          {
            size: inputs,
            name: language === "en" ? "input" : "输入",
            unitLabels: inputs === 1 ? ["x"] : ["x1", "x2"],
          },
          { size: columns, name: "σ" },
        ],
        weights: [
          Array.from({ length: inputs }, (_, i) => Array.from(w.subarray(i * columns, (i + 1) * columns))),
        ],
        biases: [b],
      }),
    { en: "Network diagram with weights", zh: "带权重的网络结构图" },
    columns === 2
      ? {
          en: "The published program ends with two outputs that are copies of each other.",
          zh: "发布的程序最后有两个几乎一模一样的输出。",
        }
      : { en: "Weights on the lines, the bias in the output.", zh: "线上是权重，输出单元内是偏置。" },
  );
}
