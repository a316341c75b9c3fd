/** Headline lines, pictures, tables and files of one run. */
import { type Block, gifDataUri } from "papergrad/plot";
import type { Comparison, ProgramReport, Text, Variant } from "../types.ts";
import type { Params } from "./architecture.ts";
import type { Compared } from "./comparison.ts";
import { filmGrid, moonsData, pictureGrid } from "./data.ts";
import { boundaryFigure, costFigure, film, pointsFigure, weightsFigure } from "./figures.ts";
import { EPOCHS } from "./terms.ts";
import type { Trained } from "./train.ts";

export interface Findings {
  readonly variant: Variant;
  readonly dtype: "float32" | "float64";
  readonly start: Params;
  readonly trained: Trained;
  readonly compared: Compared;
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const secs = (s: number): string => `${s.toFixed(s < 10 ? 2 : 1)} s`;
const times = (ratio: number): string => (ratio < 10 ? ratio.toFixed(1) : ratio.toFixed(0));
const count = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ",");

const NOT_INSTALLED: Text = {
  en: "The comparison with a framework was not run: @tensorflow/tfjs is not installed. Install it (npm install --save-dev @tensorflow/tfjs) and run again.",
  zh: "未进行与框架的比较：没有安装 @tensorflow/tfjs。请先安装（npm install --save-dev @tensorflow/tfjs）再运行。",
};

export function headline({ trained, compared, dtype }: Findings): Comparison[] {
  const { ours, framework } = compared;
  const lines: Comparison[] = [
    {
      what: { en: "test accuracy, own network (David)", zh: "测试准确率，自写网络（David）" },
      published: "95 %",
      ours: percent(trained.testAccuracy),
    },
  ];
  const missing = "not installed";
  lines.push({
    what: { en: "test accuracy, framework (Goliath)", zh: "测试准确率，框架（Goliath）" },
    published: "95 %",
    ours: framework ? percent(framework.testAccuracy) : missing,
  });
  lines.push({
    what: {
      en: `time of ours over the framework's, as the tutorial compares (${count(trained.losses.length)} full batches, ${dtype}, against ${compared.framework?.steps ?? 0} batches of 32, float32)`,
      zh: `用时之比（自写 ÷ 框架），按教程的比法（${count(trained.losses.length)} 次整批 ${dtype}，对 ${compared.framework?.steps ?? 0} 次 32 个样本的小批 float32）`,
    },
    published: "tens of times",
    ours: framework
      ? `${(trained.seconds / framework.seconds).toFixed(2)} (${secs(trained.seconds)} / ${secs(framework.seconds)})`
      : missing,
  });
  lines.push({
    what: {
      en: "time of the framework over ours, on equal terms (same start, batches of 32 in the same order, float32)",
      zh: "用时之比（框架 ÷ 自写），条件相同（同样的初值、同样顺序的 32 个样本小批、float32）",
    },
    published: "–",
    ours: framework
      ? `${times(framework.seconds / ours.seconds)} (${secs(framework.seconds)} / ${secs(ours.seconds)})`
      : missing,
  });
  return lines;
}

export function results({ trained, compared }: Findings): Record<string, number> {
  const { ours, framework } = compared;
  return {
    loss: trained.losses.at(-1)!,
    trainAccuracy: trained.trainAccuracy,
    testAccuracy: trained.testAccuracy,
    fairTestAccuracy: ours.testAccuracy,
    fairSeconds: ours.seconds,
    ...(framework
      ? {
          frameworkTestAccuracy: framework.testAccuracy,
          frameworkSeconds: framework.seconds,
          unequalTimeRatio: trained.seconds / framework.seconds,
          fairTimeRatio: framework.seconds / ours.seconds,
          fairWeightDifference: largestDifference(ours.params, framework.params),
        }
      : {}),
  };
}

/** The two lines the tutorial's program prints. */
export const consoleText = ({ trained, compared }: Findings): string =>
  [
    `Test set accuracy: ${trained.testAccuracy.toFixed(2)} - David`,
    compared.framework
      ? `Test set accuracy: ${compared.framework.testAccuracy.toFixed(2)} - Goliath`
      : "Test set accuracy: (@tensorflow/tfjs is not installed) - Goliath",
  ].join("\n");

const TITLES = {
  ours: { en: "Our boundary and the test points", zh: "自写网络的决策边界与测试点" },
  framework: { en: "The framework's boundary and the test points", zh: "框架模型的决策边界与测试点" },
} as const;

/** @throws the reason of the signal. */
export async function pictures(
  f: Findings,
  signal?: AbortSignal,
): Promise<Pick<ProgramReport, "blocks" | "files">> {
  const { variant, trained, compared, start } = f;
  const { train, test } = moonsData();
  const grid = pictureGrid(variant);
  const cost = costFigure(trained);
  const ours = boundaryFigure(TITLES.ours, grid, trained.gridP, test);
  const ourFilm = await film(trained.frames, "iteration", filmGrid(variant), test, signal);
  const name = `moons-${variant}`;
  const files: { name: string; content: string | Uint8Array }[] = [
    { name: `${name}-cost.svg`, content: cost.en },
    { name: `${name}-cost.csv`, content: costCsv(trained) },
    { name: `${name}-boundary.svg`, content: ours.en },
    { name: `${name}-film.gif`, content: ourFilm },
  ];
  const blocks: Block[] = [
    {
      kind: "figure",
      svg: pointsFigure(train),
      alt: {
        en: "Two interleaving half moons of points with noise.",
        zh: "两个相互交错、带噪声的半月形点集。",
      },
      caption: {
        en: "What there is to learn: which moon a point belongs to.",
        zh: "要学的东西：一个点属于哪一弯月牙。",
      },
    },
    {
      kind: "figure",
      svg: cost,
      alt: {
        en: `The cost stays above 0.69 for ${waited(trained)} iterations, then falls to ${trained.losses.at(-1)!.toFixed(3)}; training accuracy at the end ${percent(trained.trainAccuracy)}.`,
        zh: `代价在 ${waited(trained)} 次迭代里都高于 0.69，然后降到 ${trained.losses.at(-1)!.toFixed(3)}；最终训练准确率 ${percent(trained.trainAccuracy)}。`,
      },
      caption: {
        en: "Starting from 0.1·randn, the five layers first pass on almost nothing: the cost waits near ln 2.",
        zh: "从 0.1·randn 出发，五层网络起初几乎什么都传不过去：代价停在 ln 2 附近。",
      },
    },
    {
      kind: "figure",
      svg: ours,
      alt: {
        en: `Coloured map of P(class 1) with the line P = 0.5 between the moons; ${percent(trained.testAccuracy)} of the test points on the right side.`,
        zh: `P(类别 1) 的彩色图，P = 0.5 的曲线从两弯月牙之间穿过；${percent(trained.testAccuracy)} 的测试点在正确的一侧。`,
      },
      caption:
        variant === "published"
          ? {
              en: "On the tutorial's grid, whose y starts at −1.5 by mistake.",
              zh: "用教程的网格：y 误从 −1.5 开始。",
            }
          : { en: "On the grid as meant: y from −1 to 2.", zh: "用本意的网格：y 从 −1 到 2。" },
    },
    {
      kind: "figure",
      gifDataUri: gifDataUri(ourFilm),
      alt: {
        en: "Film: at first one colour, then a line appears and bends between the moons.",
        zh: "动画：起初只有一种颜色，随后出现一条线，并弯曲到两弯月牙之间。",
      },
      caption: {
        en: "Our training, one frame every 200 iterations.",
        zh: "自写网络的训练，每 200 次迭代一帧。",
      },
    },
    {
      kind: "figure",
      svg: weightsFigure(Object.values(start), trained.weights),
      alt: {
        en: "Histogram of all parameters before and after training: most hardly move, a few grow beyond 0.5.",
        zh: "训练前后全部参数的直方图：多数变化很小，少数增大到 0.5 以上。",
      },
    },
  ];
  const { framework } = compared;
  if (framework === null) return { blocks: [...blocks, { kind: "paragraph", ...NOT_INSTALLED }], files };
  const theirs = boundaryFigure(TITLES.framework, grid, framework.gridP[variant], test);
  const theirFilm = await film(framework.frames, "epoch", filmGrid(variant), test, signal);
  files.push({ name: `${name}-framework-boundary.svg`, content: theirs.en });
  files.push({ name: `${name}-framework-film.gif`, content: theirFilm });
  blocks.push(
    {
      kind: "figure",
      svg: theirs,
      alt: {
        en: "The same map for the framework's model: nearly the same line.",
        zh: "框架模型的同类图：曲线几乎相同。",
      },
      caption: {
        en: `${framework.version}, ${EPOCHS} epochs of batches of 32.`,
        zh: `${framework.version}，${EPOCHS} 轮，每批 32 个样本。`,
      },
    },
    {
      kind: "figure",
      gifDataUri: gifDataUri(theirFilm),
      alt: {
        en: "Film: the framework's line is there from the first frames.",
        zh: "动画：框架模型从最初几帧起就有分界线。",
      },
      caption: {
        en: "The framework's training, one frame every 4 epochs.",
        zh: "框架模型的训练，每 4 轮一帧。",
      },
    },
    comparisonTable(f, framework),
  );
  return { blocks, files };
}

function comparisonTable(f: Findings, framework: NonNullable<Compared["framework"]>): Block {
  const { trained, compared, dtype } = f;
  const { ours } = compared;
  const m = moonsData().train.Y.length;
  const glorot = { en: "Glorot, biases 0", zh: "Glorot，偏置为 0" };
  return {
    kind: "table",
    columns: [
      { en: "run", zh: "运行" },
      { en: "start", zh: "初值" },
      { en: "batch", zh: "批大小" },
      { en: "steps", zh: "步数" },
      { en: "examples seen", zh: "见过的样本数" },
      { en: "test accuracy", zh: "测试准确率" },
      { en: "seconds", zh: "秒" },
    ],
    rows: [
      [
        { en: `ours, as the tutorial (${dtype})`, zh: `自写，按教程（${dtype}）` },
        { en: "0.1·randn, biases too", zh: "0.1·randn，偏置也是" },
        m,
        trained.losses.length,
        trained.losses.length * m,
        percent(trained.testAccuracy),
        trained.seconds.toFixed(2),
      ],
      [
        { en: `framework (float32)`, zh: `框架（float32）` },
        glorot,
        32,
        framework.steps,
        framework.samples,
        percent(framework.testAccuracy),
        framework.seconds.toFixed(2),
      ],
      [
        { en: "ours, on the framework's terms (float32)", zh: "自写，条件与框架相同（float32）" },
        glorot,
        32,
        ours.steps,
        ours.samples,
        percent(ours.testAccuracy),
        ours.seconds.toFixed(2),
      ],
    ],
    caption: {
      en: `Unequal: the first line sees ${times((trained.losses.length * m) / framework.samples)} times as many examples as the second. Equal: lines two and three start from the same weights and see the same batches; their final weights differ by at most ${largestDifference(ours.params, framework.params).toExponential(1)}, ours is ${times(framework.seconds / ours.seconds)} times as fast.`,
      zh: `不对等：第一行见过的样本数是第二行的 ${times((trained.losses.length * m) / framework.samples)} 倍。对等：第二、三行从同样的权重出发，见到同样的小批；最终权重最多相差 ${largestDifference(ours.params, framework.params).toExponential(1)}，自写的快 ${times(framework.seconds / ours.seconds)} 倍。`,
    },
  };
}

export function largestDifference(a: Params, b: Params): number {
  let worst = 0;
  for (const [name, values] of Object.entries(a))
    for (let i = 0; i < values.length; i++) worst = Math.max(worst, Math.abs(values[i]! - b[name]![i]!));
  return worst;
}

/** How many iterations the cost stays at 0.69 or above. */
const waited = ({ losses }: Trained): number => {
  const first = losses.findIndex((v) => v < 0.69);
  return first < 0 ? losses.length : first;
};

const costCsv = ({ losses, accuracies }: Trained): string =>
  `iteration,cost,train_accuracy\n${Array.from(losses, (v, i) => `${i},${v},${accuracies[i]!}`).join("\n")}\n`;
