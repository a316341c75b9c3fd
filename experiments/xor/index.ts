/** The tutorial's XOR: replays, the headline run, 200 seeds with both hidden sizes, and the report made of them. */
import { gif, type TableBlock } from "papergrad/plot";
import { lossLines, matrixText } from "../shared/console-text.ts";
import { blockMeans, csv, paragraph } from "../shared/figures.ts";
import { pacer } from "../shared/pacer.ts";
import { weightsHash } from "../shared/weights-hash.ts";
import type { Agreement, Comparison, Experiment, ProgramReport, RunOptions } from "../types.ts";
import { errata } from "./errata.ts";
import { gradientProblem } from "./gradient.ts";
import { begin, createTwoNet, evaluate, fieldOf, startValues, train, weights } from "./net.ts";
import * as pictures from "./pictures.ts";
import { fitPrintedLayer } from "./printed.ts";
import { goldenCases, replay } from "./replay.ts";
import { LEARNED, SEEDS, type SeedSummary, trySeeds } from "./seeds.ts";
import { HIDDEN_IN_CODE, HIDDEN_IN_TEXT, PARAMETERS, STEPS, TARGETS } from "./step.ts";
import { derivation, summary, title } from "./texts.ts";

const DEFAULT_SEED = 0;
const BLOCK = 500;

export const xor: Experiment = {
  name: "xor",
  tutorial: "000",
  defaultSeed: DEFAULT_SEED,
  defaultDtype: "float64",
  title,
  summary,
  derivation,
  errata,
  run,
  async prepare(variant, options) {
    const net = createTwoNet(HIDDEN_IN_TEXT, { ...options, variant });
    begin(net, startValues(HIDDEN_IN_TEXT, options.seed ?? DEFAULT_SEED));
    return net.step;
  },
  gradientProblem: async (variant) => gradientProblem(variant),
};

async function run(options: RunOptions): Promise<ProgramReport> {
  const { variant, backend, dtype, progress, seed = DEFAULT_SEED } = options;
  const setting = { variant, backend, dtype };
  const breathe = pacer(options.signal);

  const replays: Agreement[] = [];
  for (const c of goldenCases(variant)) {
    const stage = `replay xor H=${c.H} seed ${c.seed}`;
    replays.push(
      await replay(variant, c, backend, breathe, (done, loss) =>
        progress({ stage, done, total: c.iters, loss }),
      ),
    );
  }

  const began = performance.now();
  const net = createTwoNet(HIDDEN_IN_TEXT, setting);
  const field = fieldOf(net, pictures.GRID);
  const frames: ReturnType<typeof pictures.frame>[] = [];
  const losses = await train(net, startValues(HIDDEN_IN_TEXT, seed), breathe, {
    piece: 100,
    each: (done, loss) => {
      progress({ stage: "headline", done, total: STEPS, loss });
      // Most happens in the first 1,500 steps.
      if (done <= 1500 || done % 1000 === 0) frames.push(pictures.frame(field(), done, loss));
    },
  });
  const seconds = (performance.now() - began) / 1000;
  const final = weights(net);
  const { predicted, accuracy } = evaluate(net);

  const summaries: SeedSummary[] = [];
  for (const hidden of [HIDDEN_IN_TEXT, HIDDEN_IN_CODE]) {
    const stage = `${SEEDS} seeds, H=${hidden}`;
    summaries.push(
      await trySeeds(hidden, setting, breathe, (done) => progress({ stage, done, total: SEEDS })),
    );
  }
  const [six, thirty] = summaries as [SeedSummary, SeedSummary];
  const printedFit = fitPrintedLayer({ backend, dtype });

  const blocks500 = blockMeans(losses, BLOCK);
  const figures = {
    loss: pictures.lossFigure(blocks500),
    boundary: pictures.boundaryFigure(field()),
    network: pictures.networkFigure(final, HIDDEN_IN_TEXT),
    seeds: pictures.seedsFigure(summaries),
  };
  const share = (s: SeedSummary) => `${s.solved} (${s.learned})`;
  const headline: Comparison[] = [
    {
      what: { en: "training accuracy, H = 6", zh: "训练精度，H = 6" },
      published: "100.00 %",
      ours: `${(accuracy * 100).toFixed(2)} %`,
    },
    { what: { en: "predictions", zh: "预测" }, published: "0 1 1 0", ours: predicted.join(" ") },
    ...summaries.map((s) => ({
      what: {
        en: `of ${SEEDS} seeds: 4/4 right (loss < ${LEARNED}), H = ${s.hidden}`,
        zh: `${SEEDS} 个种子中 4/4 正确的个数（损失 < ${LEARNED} 的个数），H = ${s.hidden}`,
      },
      published: "—",
      ours: share(s),
    })),
    {
      what: {
        en: "loss with the printed hidden layer and an output layer trained on it",
        zh: "采用文中印出的隐藏层、另行训练输出层时的损失",
      },
      published: "—",
      ours: printedFit.last.toFixed(4),
    },
  ];
  return {
    program: "xor",
    variant,
    dtype,
    backend,
    seed,
    steps: STEPS,
    seconds,
    result: {
      loss: blocks500.at(-1)![1],
      trainAccuracy: accuracy,
      solvedH6: six.solved / SEEDS,
      solvedH30: thirty.solved / SEEDS,
      learnedH6: six.learned / SEEDS,
      learnedH30: thirty.learned / SEEDS,
    },
    published: { trainAccuracy: 1 },
    headline,
    replays,
    weightsHash: weightsHash(PARAMETERS.map((name) => net.engine.read(name).data)),
    console: [
      lossLines(blocks500),
      `weight: ${matrixText(final.W1, HIDDEN_IN_TEXT)}`,
      `bias: ${matrixText(final.b1, HIDDEN_IN_TEXT)}`,
      `labels: [${TARGETS.join(" ")}]`,
      `predict: [${predicted.join(" ")}]`,
      `training accuracy: ${(accuracy * 100).toFixed(2)} %`,
    ].join("\n"),
    blocks: [
      ...Object.values(figures),
      seedsTable(summaries),
      paragraph(
        `Right answers do not say that a network has learned: where both scores are exactly 0.5 argmax says 0. With H = 6, ${six.solved} seeds have 4/4, ${six.learned} of ${SEEDS} a final loss below ${LEARNED}.`,
        `答对并不等于学会：两个得分恰好都是 0.5 时，argmax 总是取 0。H = 6 时，${six.solved} 个种子 4/4 正确，而最终损失低于 ${LEARNED} 的只有 ${six.learned} 个（共 ${SEEDS} 个）。`,
      ),
    ],
    files: [
      ...Object.entries(figures).map(([name, f]) => ({
        name: `xor-${variant}-${name}.svg`,
        content: typeof f.svg === "object" ? f.svg.en : (f.svg ?? ""),
      })),
      { name: `xor-${variant}-boundary.gif`, content: gif(frames, { delayMs: 160, holdMs: 2000 }) },
      {
        name: `xor-${variant}-loss.csv`,
        content: csv(
          ["step", "mean_loss"],
          blocks500.map(([step, loss]) => [step, loss]),
        ),
      },
      {
        name: `xor-${variant}-seeds.csv`,
        content: csv(
          ["seed", "right_h6", "loss_h6", "right_h30", "loss_h30"],
          six.losses.map((loss, i) => [i, six.right[i]!, loss, thirty.right[i]!, thirty.losses[i]!]),
        ),
      },
    ],
  };
}

const seedsTable = (summaries: readonly SeedSummary[]): TableBlock => ({
  kind: "table",
  caption: {
    en: `${SEEDS} start values: how many end with how many right answers`,
    zh: `${SEEDS} 个初始值：最终答对个数的分布`,
  },
  columns: ["H", "4/4", "3/4", "2/4", "1/4", "0/4", { en: `loss < ${LEARNED}`, zh: `损失 < ${LEARNED}` }],
  rows: summaries.map((s) => [
    s.hidden,
    ...[4, 3, 2, 1, 0].map((k) => s.right.filter((r) => r === k).length),
    s.learned,
  ]),
});
