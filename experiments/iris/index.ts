/**
 * The tutorial's iris program: one split as published, the same on 20 splits, and the golden run again.
 *
 * The program shuffles Kaggle's table, keeps 120 flowers for training, trains on all of them at once.
 */
import { RandomState } from "papergrad";
import { lossLines } from "../shared/console-text.ts";
import { blockMeans, csv } from "../shared/figures.ts";
import { pacer } from "../shared/pacer.ts";
import { startValues, threeNetProblem } from "../shared/three-net.ts";
import { weightsHash } from "../shared/weights-hash.ts";
import type { Agreement, Comparison, Experiment, ProgramReport, RunOptions, Variant } from "../types.ts";
import { errata } from "./errata.ts";
import { accuracyChart, chaosChart, figures, lossChart, splitsChart } from "./figures.ts";
import { BLOCK, inOrder, irisEngine, load, NET, STEPS, start, type Training, train } from "./net.ts";
import { replay } from "./replay.ts";
import { derivation, summary, title } from "./texts.ts";

/** A split that gives the published pair of accuracies. */
const DEFAULT_SEED = 3;
/** Splits of the seeds 0 … 19. */
export const SPLITS = 20;
const PUBLISHED = { trainAccuracy: 0.9833, testAccuracy: 1 };

const percent = (share: number, places = 2): string => `${(100 * share).toFixed(places)} %`;
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
const spread = (values: readonly number[]): string =>
  `${percent(mean(values), 1)} (${percent(Math.min(...values), 1)} – ${percent(Math.max(...values), 1)})`;

async function run(options: RunOptions): Promise<ProgramReport> {
  const { variant, backend, dtype, seed = DEFAULT_SEED, progress } = options;
  const pace = pacer(options.signal);
  const replayed = await replay(options, pace);

  const began = performance.now();
  const net = irisEngine(variant, { backend, dtype });
  const split = (which: number, stage: string) =>
    train(net, start(which), pace, (done, loss, accuracy) => {
      progress({ stage, done, total: STEPS, loss, accuracy });
    });
  const headline = await split(seed, "headline");
  const seconds = (performance.now() - began) / 1000;
  const splits: Training[] = [];
  for (let s = 0; s < SPLITS; s++)
    splits.push(s === seed ? headline : await split(s, `split ${s + 1} of ${SPLITS}`));

  return report(options, seed, seconds, headline, splits, replayed.agreement, [
    figures(variant, start(seed), headline, splits, replayed),
    [
      { name: `iris-${variant}-loss.svg`, content: lossChart(headline, "en") },
      { name: `iris-${variant}-accuracy.svg`, content: accuracyChart(headline, "en") },
      { name: `iris-${variant}-splits.svg`, content: splitsChart(splits, "en") },
      { name: `iris-${variant}-differences.svg`, content: chaosChart(replayed, variant, "en") },
      { name: `iris-${variant}-splits.csv`, content: splitsCsv(splits) },
    ],
  ]);
}

function report(
  { variant, backend, dtype }: RunOptions,
  seed: number,
  seconds: number,
  headline: Training,
  splits: readonly Training[],
  agreement: Agreement,
  [blocks, files]: [ProgramReport["blocks"], ProgramReport["files"]],
): ProgramReport {
  const { best } = headline;
  const losses = blockMeans(headline.losses, BLOCK);
  const loss = losses.at(-1)![1];
  const tests = splits.map((s) => s.best.testAccuracy);
  const trains = splits.map((s) => s.best.trainAccuracy);
  const comparisons: Comparison[] = [
    {
      what: {
        en: `Kept net, training part (split of seed ${seed})`,
        zh: `所保留的网络，训练集（种子 ${seed} 的划分）`,
      },
      published: "98.33 %",
      ours: percent(best.trainAccuracy),
    },
    {
      what: {
        en: `Kept net, test part (split of seed ${seed})`,
        zh: `所保留的网络，测试集（种子 ${seed} 的划分）`,
      },
      published: "100.00 %",
      ours: percent(best.testAccuracy),
    },
    {
      what: {
        en: "Training part, mean of 20 splits (lowest – highest)",
        zh: "训练集，20 种划分的平均（最低 – 最高）",
      },
      published: "–",
      ours: spread(trains),
    },
    {
      what: {
        en: "Test part, mean of 20 splits (lowest – highest)",
        zh: "测试集，20 种划分的平均（最低 – 最高）",
      },
      published: "–",
      ours: spread(tests),
    },
  ];
  return {
    program: "iris",
    variant,
    dtype,
    backend,
    seed,
    steps: STEPS,
    seconds,
    result: {
      loss,
      trainAccuracy: best.trainAccuracy,
      testAccuracy: best.testAccuracy,
      bestStep: best.step,
      meanTrainAccuracy: mean(trains),
      meanTestAccuracy: mean(tests),
      lowestTestAccuracy: Math.min(...tests),
      highestTestAccuracy: Math.max(...tests),
    },
    published: PUBLISHED,
    headline: comparisons,
    replays: [agreement],
    weightsHash: weightsHash(headline.values),
    console: [
      lossLines(losses),
      `best train accuracy: ${percent(best.trainAccuracy)}`,
      `test accuracy: ${percent(best.testAccuracy)}`,
    ].join("\n"),
    blocks,
    files,
  };
}

const splitsCsv = (splits: readonly Training[]): string =>
  csv(
    ["seed", "kept_step", "train_accuracy", "test_accuracy", "last_mean_loss"],
    splits.map(({ best, losses }, seed) => [
      seed,
      best.step,
      best.trainAccuracy,
      best.testAccuracy,
      blockMeans(losses, BLOCK).at(-1)![1],
    ]),
  );

/** Thirty flowers, ten of each species, and weights large enough that every gradient can be seen. */
const gradientProblem = async (variant: Variant) => {
  const order = Array.from({ length: 30 }, (_, i) => 5 * i);
  return threeNetProblem(
    "iris",
    variant,
    NET,
    inOrder(order, "kaggle"),
    startValues(new RandomState(0), NET, 0.3),
  );
};

export const iris: Experiment = {
  name: "iris",
  tutorial: "000",
  defaultSeed: DEFAULT_SEED,
  defaultDtype: "float64",
  title,
  summary,
  derivation,
  errata,
  run,
  async prepare(variant, options) {
    const net = irisEngine(variant, options);
    load(net, start(options.seed ?? DEFAULT_SEED));
    return net.step;
  },
  gradientProblem,
};
