/** Tutorial 002, digits learnt by conjugate gradients, run as published and as derived. */
import type { Block } from "papergrad/plot";
import { pause } from "../shared/pause.ts";
import { weightsHash } from "../shared/weights-hash.ts";
import type { Comparison, Experiment, ProgramReport, RunOptions, Variant } from "../types.ts";
import { type Check, checkGradient, debugDescent, debugProblem } from "./debug-net.ts";
import { type DigitsData, digitsNet, loadDigits } from "./digits-net.ts";
import { errata } from "./errata.ts";
import { goldenRun } from "./golden.ts";
import {
  checkTable,
  checkText,
  confusion,
  confusionChart,
  costChart,
  csv,
  digitSheet,
  percent,
  thetas,
  weightSheet,
} from "./pictures.ts";
import { checkReplays, descentCosts, descentReplay, startReplay } from "./replays.ts";
import { derivation, summary, title } from "./texts.ts";
import { type Trained, train } from "./train.ts";

const DEFAULT_SEED = 0;
const ITERATIONS = 100;

async function run(options: RunOptions): Promise<ProgramReport> {
  const { variant, backend, dtype, signal, progress, seed = DEFAULT_SEED } = options;
  const told = (stage: string, total: number) => (done: number, loss: number) =>
    progress({ stage, done, total, loss });
  await pause(signal);
  const data = await loadDigits();
  const replays = checkReplays(variant, backend);
  await pause(signal);
  replays.push(descentReplay(variant, backend));
  const check = checkGradient(variant, backend, 0);
  await pause(signal);

  const begin = performance.now();
  const headline = await train(digitsNet(data, variant, { backend, dtype }), seed, ITERATIONS, {
    each: told("headline", ITERATIONS),
    ...(signal && { signal }),
  });
  const seconds = (performance.now() - begin) / 1000;
  // The reference run has the headline's start; it is only repeated where the headline was asked to differ.
  const iterations = goldenRun(variant).maxiter;
  const reference =
    seed === DEFAULT_SEED && dtype === "float64"
      ? headline
      : await train(digitsNet(data, variant, { backend, dtype: "float64" }), DEFAULT_SEED, iterations, {
          each: told("replay", iterations),
          ...(signal && { signal }),
        });
  replays.push(startReplay(variant, reference.start, reference.atStart));
  replays.push(descentCosts(variant, reference.result.history));
  await pause(signal);
  const parts = await show(headline, data, check, options);

  const { result, at50, end } = headline;
  return {
    program: "digits",
    variant,
    dtype,
    backend,
    seed,
    steps: result.iterations,
    seconds,
    result: {
      loss: result.value,
      trainAccuracy: end.train.accuracy,
      testAccuracy: end.test.accuracy,
      ...(at50 && {
        loss50: at50.value,
        trainAccuracy50: at50.trainAccuracy,
        testAccuracy50: at50.testAccuracy,
      }),
      evaluations: result.evaluations,
    },
    published: {},
    headline: comparisons(variant, seed, headline),
    replays,
    weightsHash: weightsHash([result.x]),
    console: consoleText(headline, check),
    ...parts,
  };
}

/** The tutorial prints no accuracy: beside ours stands what its code gives under NumPy and SciPy 1.10.1. */
function comparisons(variant: Variant, seed: number, { result, at50, end }: Trained): Comparison[] {
  const golden = seed === DEFAULT_SEED ? goldenRun(variant) : undefined;
  const reference = (text: (run: NonNullable<typeof golden>) => string) =>
    golden ? `${text(golden)} (SciPy)` : "–";
  const [train, test, cost] = at50
    ? [at50.trainAccuracy, at50.testAccuracy, at50.value]
    : [end.train.accuracy, end.test.accuracy, result.value];
  const count = Math.min(50, result.iterations);
  const lines: Comparison[] = [
    {
      what: { en: `training digits right after ${count} iterations`, zh: `${count} 次迭代后训练集正确率` },
      published: reference((r) => percent(r.train_accuracy)),
      ours: percent(train),
    },
    {
      what: { en: `test digits right after ${count} iterations`, zh: `${count} 次迭代后测试集正确率` },
      published: reference((r) => percent(r.test_accuracy)),
      ours: percent(test),
    },
    {
      what: { en: `cost after ${count} iterations`, zh: `${count} 次迭代后的代价` },
      published: reference((r) => r.cost_after_each_cg_iteration.at(-1)!.toFixed(6)),
      ours: cost.toFixed(6),
    },
  ];
  if (at50)
    lines.push({
      what: {
        en: `training / test digits right after ${result.iterations} iterations`,
        zh: `${result.iterations} 次迭代后训练集 / 测试集正确率`,
      },
      published: "–",
      ours: `${percent(end.train.accuracy)} / ${percent(end.test.accuracy)}`,
    });
  return lines;
}

function consoleText({ result, atStart, at50, end }: Trained, check: Check): string {
  const shown = [1, 2, 5, 10, 18, 25, 50, 75, 100].filter((i) => i <= result.iterations);
  return [
    checkText(check),
    `iteration   0   cost ${atStart.value.toFixed(6)}`,
    ...shown.map((i) => `iteration ${String(i).padStart(3)}   cost ${result.history[i - 1]!.toFixed(6)}`),
    result.message,
    `cost and gradient evaluations: ${result.evaluations}`,
    ...(at50
      ? [`after 50: training ${percent(at50.trainAccuracy)}, test ${percent(at50.testAccuracy)}`]
      : []),
    `after ${result.iterations}: training ${percent(end.train.accuracy)}, test ${percent(end.test.accuracy)}`,
  ].join("\n");
}

/** Pictures, tables and files of the headline. */
async function show(
  { result, net, atStart, end }: Trained,
  data: DigitsData,
  check: Check,
  { variant, signal }: RunOptions,
): Promise<Pick<ProgramReport, "blocks" | "files">> {
  const cost = costChart([atStart.value, ...result.history], variant);
  const matrix = confusionChart(confusion(data.test, end.test));
  const sheet = digitSheet(data.test, end.test);
  const weights = weightSheet(result.x, net);
  const [theta1, theta2] = thetas(result.x, net);
  const name = (what: string) => `digits-${variant}-${what}`;
  const files = [
    { name: name("cost.svg"), content: cost.en },
    { name: name("confusion.svg"), content: matrix.en },
    { name: name("digits.svg"), content: sheet },
    { name: name("hidden-weights.svg"), content: weights },
  ];
  for (const [what, values, cols] of [
    ["Theta1.csv", theta1, net.inputs + 1],
    ["Theta2.csv", theta2, net.hidden + 1],
    ["h2.csv", end.train.h2, net.outputs],
  ] as const) {
    await pause(signal);
    files.push({ name: name(what), content: csv(values, cols) });
  }
  const blocks: Block[] = [
    {
      kind: "figure",
      svg: cost,
      alt: { en: "Cost over the iterations, falling.", zh: "代价随迭代次数下降。" },
      caption: { en: result.message, zh: statusText(result.status, result.iterations) },
    },
    {
      kind: "figure",
      svg: sheet,
      alt: {
        en: "Forty test digits with the network's answers; the last twenty are read wrongly.",
        zh: "四十张测试图与网络的回答；后二十张读错了。",
      },
      caption: {
        en: "The first 20 test digits, then the next 20 that were read wrongly; 4→9 is a 4 read as 9.",
        zh: "前 20 张测试图，以及其后读错的 20 张；4→9 表示把 4 读成 9。",
      },
    },
    {
      kind: "figure",
      svg: matrix,
      alt: { en: "Confusion matrix of the test digits.", zh: "测试集的混淆矩阵。" },
    },
    {
      kind: "figure",
      svg: weights,
      alt: { en: "The weights of the 25 hidden units as images.", zh: "25 个隐藏单元的权重图。" },
      caption: {
        en: "What the hidden units look for: white pixels speak for a unit, black ones against it.",
        zh: "隐藏单元在寻找什么：白色像素使其激活，黑色像素使其抑制。",
      },
    },
    {
      kind: "details",
      summary: { en: "The tutorial's gradient check, λ = 0", zh: "原文的梯度检查，λ = 0" },
      blocks: [checkTable(check, variant)],
    },
  ];
  return { blocks, files };
}

function statusText(status: Trained["result"]["status"], iterations: number): string {
  const why = {
    converged: "已收敛",
    maxIterations: "达到次数上限",
    lineSearchFailed: "沿搜索方向找不到足够好的步长（梯度与函数值不符，或已到精度极限）",
    stopped: "被中止",
  }[status];
  return `迭代 ${iterations} 次后停止：${why}。`;
}

export const digits: Experiment = {
  name: "digits",
  tutorial: "002",
  defaultSeed: DEFAULT_SEED,
  defaultDtype: "float64",
  title,
  summary,
  derivation,
  errata,
  run,
  // Conjugate gradients are no step of an engine, and 10,285 weights are no reading matter: what can be gone
  // through by hand is a step of plain gradient descent on the tutorial's 3-5-3 net. Its start takes no seed.
  prepare: async (variant, { backend, dtype }) => debugDescent(variant, { backend, dtype }),
  gradientProblem: async (variant) => debugProblem(variant),
};
