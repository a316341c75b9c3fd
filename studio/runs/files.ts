/** The files that a kept run can leave the studio as, each with its name and text. */
import type { Text } from "../language.ts";
import { FIRST } from "../playground/first.ts";
import { linkTo } from "../state/location.ts";
import { encode } from "../state/url.ts";
import type { CurvePoint } from "../train/protocol.ts";
import type { KeptRun } from "./kept.ts";
import { modelFile } from "./model-file.ts";
import { standaloneModule } from "./standalone.ts";

export interface RunFile {
  readonly label: Text;
  readonly what: Text;
  readonly ending: string;
  readonly type: string;
  readonly text: (run: KeptRun) => string;
}

/** The address that opens the run where it was kept, step and all. */
export const linkOf = ({ experiment }: KeptRun): string =>
  new URL(linkTo("playground", encode(experiment, FIRST)), location.href).href;

/** Every weight with its path, shape and numbers. */
export const weightsText = ({ about, experiment, parameters, hash }: KeptRun): string =>
  `${JSON.stringify(
    {
      format: "papergrad-studio-weights",
      version: 1,
      precision: experiment.precision,
      step: experiment.step,
      hash,
      weights: about.weights.map(({ path, shape: [rows, columns], offset }) => ({
        path,
        shape: [rows, columns],
        data: Array.from(parameters.subarray(offset, offset + rows * columns)),
      })),
    },
    null,
    1,
  )}\n`;

const COLUMNS: readonly (keyof CurvePoint)[] = [
  "step",
  "epoch",
  "loss",
  "testLoss",
  "accuracy",
  "testAccuracy",
  "learningRate",
];

/** The curves as a table; what was not measured stays empty. */
export const curvesText = ({ points }: KeptRun): string =>
  [COLUMNS.join(","), ...points.map((p) => COLUMNS.map((c) => p[c] ?? "").join(","))].join("\n").concat("\n");

export const RUN_FILES: readonly RunFile[] = [
  {
    label: { en: "Stand-alone module", zh: "独立模块" },
    what: {
      en: "One ES module that predicts, without any library. For web pages, Node, Deno.",
      zh: "一个不依赖任何库、可直接预测的 ES 模块，适用于网页、Node、Deno。",
    },
    ending: "model.mjs",
    type: "text/javascript",
    text: (run) => standaloneModule(modelFile(run)),
  },
  {
    label: { en: "Model as JSON", zh: "模型（JSON）" },
    what: {
      en: "Layers, activations and numbers, to be made into a model again, with the same bits.",
      zh: "各层的结构、激活函数和数值，可还原为逐位相同的模型。",
    },
    ending: "model.json",
    type: "application/json",
    text: (run) => `${JSON.stringify(modelFile(run))}\n`,
  },
  {
    label: { en: "Weights as JSON", zh: "权重（JSON）" },
    what: { en: "Every matrix with its path and shape.", zh: "每个矩阵，附路径和形状。" },
    ending: "weights.json",
    type: "application/json",
    text: weightsText,
  },
  {
    label: { en: "Curves as CSV", zh: "曲线（CSV）" },
    what: { en: "Loss, accuracy and learning rate over steps.", zh: "损失、准确率和学习率随步数的变化。" },
    ending: "curves.csv",
    type: "text/csv",
    text: curvesText,
  },
];
