/**
 * The tutorial's MNIST program: float32, its 200 epochs or as many as asked for, and the golden run again in float64.
 *
 * The images come from `papergrad/node`, which is loaded only when they are needed.
 */

import { RandomState, UsageError } from "papergrad";
import type { DigitImages, Mnist } from "papergrad/data";
import { csv } from "../shared/figures.ts";
import { pacer } from "../shared/pacer.ts";
import { pause } from "../shared/pause.ts";
import { startValues, threeNetProblem, writeParameters } from "../shared/three-net.ts";
import { weightsHash } from "../shared/weights-hash.ts";
import type { Agreement, Comparison, Experiment, ProgramReport, RunOptions, Variant } from "../types.ts";
import { errata } from "./errata.ts";
import { accuracyChart, confusion, figures, firstLayer, lossChart, worstMistakes } from "./figures.ts";
import {
  load,
  type Measured,
  measure,
  mnistEngine,
  NET,
  shuffledOrder,
  type Training,
  train,
} from "./net.ts";
import { replay } from "./replay.ts";
import { derivation, summary, title } from "./texts.ts";

/** Those of the tutorial, and of a run that is not asked for fewer. */
export const PUBLISHED_EPOCHS = 200;
const DEFAULT_SEED = 0;
const PUBLISHED = { lastBatchAccuracy: 1, testAccuracy: 0.9792 };

const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;

async function images(): Promise<Mnist> {
  const { loadMnist } = await import("papergrad/node");
  return loadMnist();
}

async function run(options: RunOptions): Promise<ProgramReport> {
  const { variant, backend, dtype, seed = DEFAULT_SEED, epochs = PUBLISHED_EPOCHS, progress } = options;
  if (!Number.isInteger(epochs) || epochs < 1)
    throw new UsageError(`mnist: epochs must be a whole number ≥ 1, received ${epochs}. Give e.g. 20.`);
  const pace = pacer(options.signal);
  const data = await images();
  await pause(options.signal);
  const agreement = await replay(options, data, pace);

  const began = performance.now();
  const net = mnistEngine(variant, { backend, dtype }, data);
  await pause(options.signal);
  const random = new RandomState(seed);
  load(net, shuffledOrder(data.train.labels, random), startValues(random, NET));
  await pause(options.signal);
  const total = epochs * net.batches;
  const trained = await train(net, epochs, pace, (done, loss, accuracy) =>
    progress({ stage: "headline", done, total, loss, accuracy }),
  );
  writeParameters(net.engine, trained.best);
  const onTrain = await measure(net, "train", pace);
  const onTest = await measure(net, "test", pace);
  const seconds = (performance.now() - began) / 1000;
  return report(options, { seed, steps: total, seconds }, trained, onTrain, onTest, data.test, agreement);
}

function report(
  { variant, backend, dtype }: RunOptions,
  ran: Pick<ProgramReport, "seed" | "steps" | "seconds">,
  trained: Training,
  onTrain: Measured,
  onTest: Measured,
  test: DigitImages,
  agreement: Agreement,
): ProgramReport {
  const loss = trained.epochs.at(-1)!.meanLoss;
  return {
    program: "mnist",
    variant,
    dtype,
    backend,
    ...ran,
    result: {
      epochs: trained.epochs.length,
      loss,
      bestEpoch: trained.bestEpoch,
      lastBatchAccuracy: trained.bestLastBatchAccuracy,
      trainAccuracy: onTrain.accuracy,
      testAccuracy: onTest.accuracy,
      testLoss: onTest.loss,
    },
    published: PUBLISHED,
    headline: comparisons(trained, onTrain, onTest),
    replays: [agreement],
    weightsHash: weightsHash(trained.last),
    console: [
      ...trained.epochs.map((e, i) => `epoch: ${i + 1} loss: ${e.meanLoss.toFixed(4)}`),
      `best train accuracy: ${percent(trained.bestLastBatchAccuracy)}`,
      `test accuracy: ${percent(onTest.accuracy)}`,
    ].join("\n"),
    blocks: figures(trained, test, onTest),
    files: [
      { name: `mnist-${variant}-loss.svg`, content: lossChart(trained, "en") },
      { name: `mnist-${variant}-accuracy.svg`, content: accuracyChart(trained, "en") },
      { name: `mnist-${variant}-confusion.svg`, content: confusion(test, onTest, "en") },
      { name: `mnist-${variant}-first-layer.svg`, content: firstLayer(trained, "en") },
      { name: `mnist-${variant}-mistakes.svg`, content: worstMistakes(test, onTest, "en") },
      { name: `mnist-${variant}-epochs.csv`, content: epochsCsv(trained) },
    ],
  };
}

/** Published beside ours; says so if fewer epochs were run. */
function comparisons(trained: Training, onTrain: Measured, onTest: Measured): Comparison[] {
  const n = trained.epochs.length;
  const cut = n < PUBLISHED_EPOCHS;
  return [
    {
      what: cut
        ? { en: "epochs (cut by --epochs)", zh: "训练轮数（已用 --epochs 缩短）" }
        : { en: "epochs", zh: "训练轮数" },
      published: String(PUBLISHED_EPOCHS),
      ours: String(n),
    },
    {
      what: {
        en: 'kept net, last batch of 256 (the printed "best train accuracy")',
        zh: "保留的网络，最后一批 256 张（即打印的“best train accuracy”）",
      },
      published: "100.00 %",
      ours: percent(trained.bestLastBatchAccuracy),
    },
    {
      what: {
        en: "kept net, 10,000 test images",
        zh: "保留的网络，10,000 张测试图像",
      },
      published: "97.92 %",
      ours: percent(onTest.accuracy),
    },
    {
      what: {
        en: "kept net, all 60,000 training images",
        zh: "保留的网络，全部 60,000 张训练图像",
      },
      published: "–",
      ours: percent(onTrain.accuracy),
    },
  ];
}

const epochsCsv = ({ epochs, testAccuracies }: Training): string =>
  csv(
    ["epoch", "mean_loss", "last_batch_accuracy", "test_accuracy"],
    epochs.map((e, i) => [i + 1, e.meanLoss, e.lastBatchAccuracy, testAccuracies[i]!]),
  );

/**
 * A 49-6-5-10 net on one image of each digit, averaged over 4 × 4 pixels and divided by 255: small enough to
 * check every entry, and smooth enough for differences (with raw pixels a step of 0.001 crosses many kinks).
 */
async function gradientProblem(variant: Variant) {
  const { train } = await images();
  const small = { ...NET, inputs: 49, hidden1: 6, hidden2: 5 };
  const rows = Array.from({ length: 10 }, (_, digit) => train.labels.indexOf(digit));
  const x = rows.flatMap((row) => pooled(train.images.data.subarray(row * 784, (row + 1) * 784)));
  const y = rows.map((row) => train.labels[row]!);
  return threeNetProblem("mnist", variant, small, { x, y }, startValues(new RandomState(0), small, 0.3));
}

/** 28 × 28 bytes as 7 × 7 means between 0 and 1. */
function pooled(image: Uint8Array): number[] {
  const out = new Array<number>(49).fill(0);
  for (const [i, v] of image.entries()) {
    const [row, col] = [Math.floor(i / 112), Math.floor((i % 28) / 4)];
    out[row * 7 + col]! += v / (16 * 255);
  }
  return out;
}

export const mnist: Experiment = {
  name: "mnist",
  tutorial: "000",
  defaultSeed: DEFAULT_SEED,
  defaultDtype: "float32",
  title,
  summary,
  derivation,
  errata,
  run,
  async prepare(variant, options) {
    const data = await images();
    const net = mnistEngine(variant, options, data);
    const random = new RandomState(options.seed ?? DEFAULT_SEED);
    load(net, shuffledOrder(data.train.labels, random), startValues(random, NET));
    return net.step;
  },
  gradientProblem,
};
