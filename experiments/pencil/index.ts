/** Tutorial 003, the pencil-and-paper net, run as published and as derived. */
import type { Block, FigureBlock } from "papergrad/plot";
import { agreement } from "../shared/agreement.ts";
import { weightsHash } from "../shared/weights-hash.ts";
import type { Agreement, Comparison, Experiment, ProgramReport, RunOptions, Variant } from "../types.ts";
import { errata } from "./errata.ts";
import { type GoldenCase, goldenCases } from "./golden.ts";
import { consoleText, lossChart, lossCsv, paperBlocks } from "./pictures.ts";
import { forward, printedGradients } from "./step.ts";
import { derivation, summary, title } from "./texts.ts";
import { numpyStart, pencilEntry, shapes, type Training, train, type Weights, X, Y } from "./train.ts";

const DEFAULT_SEED = 0;

/** Updates a run of this variant usually needs, for progress bars. */
const USUAL = { published: 1000, derived: 9800 } as const;

const caseStart = (c: GoldenCase): Weights => [c.w1.flat(), c.w2.flat(), c.w3.flat()];

/** Compares a run with its golden case: updates, sums of squares, weights, y, D. */
export function compare(c: GoldenCase, run: Training): Agreement {
  const { sens, after } = c;
  const recorded = Object.keys(c.sse).map((step) => ({
    ours: [run.sums[Number(step)] ?? Number.NaN],
    golden: [c.sse[step]!],
    sensitivity: sens.sse[step]!,
  }));
  const [W1, W2, W3] = run.weights;
  return agreement(`pencil.json ${c.init} ${c.variant}`, [
    { ours: [run.updates], golden: [c.iterations], sensitivity: 0 },
    ...recorded,
    { ours: W1, golden: after.w1.flat(), sensitivity: sens.params },
    { ours: W2, golden: after.w2.flat(), sensitivity: sens.params },
    { ours: W3, golden: after.w3.flat(), sensitivity: sens.params },
    { ours: run.y, golden: after.y.flat(), sensitivity: sens.params },
    { ours: [run.D.at(-1)!], golden: [after.D], sensitivity: sens.params },
  ]);
}

async function run(options: RunOptions): Promise<ProgramReport> {
  const { variant, backend, dtype, signal, progress, seed = DEFAULT_SEED } = options;
  const each = (stage: string) => (done: number, loss: number) =>
    progress({ stage, done, total: Math.max(USUAL[variant], done), loss });
  const go = async (start: Weights, precision: "float32" | "float64", stage: string) => {
    const entry = pencilEntry(variant, start, { backend, dtype: precision });
    return train(entry, variant, { each: each(stage), ...(signal && { signal }) });
  };

  const replayed: Training[] = [];
  for (const c of goldenCases(variant)) replayed.push(await go(caseStart(c), "float64", `replay ${c.init}`));
  const begin = performance.now();
  const headline = await go(numpyStart(seed), dtype, "headline");
  const seconds = (performance.now() - begin) / 1000;

  const chart = lossChart(headline, variant);
  return {
    program: "pencil",
    variant,
    dtype,
    backend,
    seed,
    steps: headline.updates,
    seconds,
    result: { loss: headline.D.at(-1)!, updates: headline.updates },
    published: {},
    headline: comparisons(variant, seed, headline, replayed.at(-1)!),
    replays: goldenCases(variant).map((c, i) => compare(c, replayed[i]!)),
    weightsHash: weightsHash(headline.weights),
    console: consoleText(headline, Y),
    blocks: blocks(variant, seed, chart),
    files: [
      { name: `pencil-${variant}-loss.svg`, content: chart.en },
      { name: `pencil-${variant}-loss.csv`, content: lossCsv(headline) },
    ],
  };
}

function comparisons(variant: Variant, seed: number, ours: Training, matlab: Training): Comparison[] {
  const golden = goldenCases(variant);
  // The tutorial prints no figures: beside ours stands what its code does in NumPy, repaired where it is damaged.
  const reference = seed === DEFAULT_SEED ? golden[0] : undefined;
  return [
    {
      what: {
        en: `weight updates until D ≤ 0.001, seed ${seed}`,
        zh: `达到 D ≤ 0.001 的更新次数，种子 ${seed}`,
      },
      published: reference ? `${reference.iterations} (NumPy)` : "–",
      ours: String(ours.updates),
    },
    {
      what: { en: "D of the printed y", zh: "所打印 y 的 D" },
      published: reference ? `${reference.after.D.toFixed(9)} (NumPy)` : "–",
      ours: ours.D.at(-1)!.toFixed(9),
    },
    {
      what: {
        en: "weight updates from the random numbers of a fresh MATLAB session",
        zh: "用 MATLAB 新会话的随机数时的更新次数",
      },
      published: `${golden.at(-1)!.iterations} (NumPy)`,
      ours: String(matlab.updates),
    },
  ];
}

function blocks(variant: Variant, seed: number, svg: FigureBlock["svg"] & object): Block[] {
  // One step from the start, always by the plain backend and in float64: it is there to be read.
  const entry = pencilEntry(variant, numpyStart(seed), { backend: "interpreter", dtype: "float64" });
  return [
    {
      kind: "figure",
      svg,
      alt: {
        en: "D over the steps, falling from 1.7 to 0.001, with a plateau near 1.3 before it drops.",
        zh: "D 随迭代下降，从 1.7 到 0.001，骤降之前在 1.3 附近有一段平台。",
      },
      caption:
        variant === "published"
          ? {
              en: "D as the tutorial keeps it: the smallest sum so far.",
              zh: "按原文记录的 D：历史最小的误差平方和。",
            }
          : { en: "D at each step.", zh: "每一步的 D。" },
    },
    {
      kind: "details",
      summary: { en: "The first step on paper, matrix by matrix", zh: "纸上的第一步：逐个矩阵" },
      blocks: paperBlocks(entry),
    },
  ];
}

export const pencil: Experiment = {
  name: "pencil",
  tutorial: "003",
  defaultSeed: DEFAULT_SEED,
  defaultDtype: "float64",
  title,
  summary,
  derivation,
  errata,
  run,
  prepare: async (variant, { seed = DEFAULT_SEED, ...options }) =>
    pencilEntry(variant, numpyStart(seed), options),
  gradientProblem: async (variant) => {
    const [W1, W2, W3] = numpyStart(DEFAULT_SEED);
    return {
      name: "pencil: D = Σ (y − Y)², seed 0",
      build: (g) => {
        const f = forward(g, shapes);
        const weights = [f.W1, f.W2, f.W3] as const;
        const [g1, g2, g3] = variant === "published" ? printedGradients(g, f) : g.gradient(f.sum, weights);
        return { loss: f.sum, gradients: { W1: g1!, W2: g2!, W3: g3! } };
      },
      values: { X: X.flat(), Y: Y.flat(), W1, W2, W3 },
    };
  },
};
