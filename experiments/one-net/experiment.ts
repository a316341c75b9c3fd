/** AND, OR and NOT as experiments: replays, the headline run, and the report made of them. */
import type { Block, TableBlock } from "papergrad/plot";
import { lossLines, matrixText } from "../shared/console-text.ts";
import { blockMeans, csv, paragraph } from "../shared/figures.ts";
import { pacer } from "../shared/pacer.ts";
import { weightsHash } from "../shared/weights-hash.ts";
import type { Agreement, Comparison, Experiment, ProgramReport, RunOptions, Text } from "../types.ts";
import { errata } from "./errata.ts";
import { BLOCK, DECAY, type Gate, STEPS, STEPS_IN_TEXT } from "./gate.ts";
import { gradientProblem } from "./gradient.ts";
import { begin, createOneNet, type Moment, type OneNetOptions, scoresAt, startValues, train } from "./net.ts";
import * as pictures from "./pictures.ts";
import { goldenCases, replay } from "./replay.ts";
import { derivation, summary, title } from "./texts.ts";

const DEFAULT_SEED = 1;

export function oneNet(gate: Gate): Experiment {
  return {
    name: gate.name,
    tutorial: "000",
    defaultSeed: DEFAULT_SEED,
    defaultDtype: "float64",
    title: title(gate),
    summary: summary(gate),
    derivation,
    errata: errata(gate),
    run: (options) => run(gate, options),
    /** For AND as published: the (2,2) program, with its first step done. */
    async prepare(variant, options) {
      const net = createOneNet(gate, { ...options, variant });
      begin(net, startValues(gate, options.seed ?? DEFAULT_SEED, net.columns));
      return net.step;
    },
    gradientProblem: async (variant) => gradientProblem(gate, variant),
  };
}

async function run(gate: Gate, options: RunOptions): Promise<ProgramReport> {
  const { variant, backend, dtype, progress, seed = DEFAULT_SEED } = options;
  const breathe = pacer(options.signal);
  const stage = (name: string) => (done: number, loss: number) =>
    progress({ stage: name, done, total: STEPS, loss });

  const replays: Agreement[] = [];
  for (const c of goldenCases(gate, variant))
    replays.push(await replay(gate, variant, c, backend, breathe, stage(`replay ${gate.name} ${c.variant}`)));

  const began = performance.now();
  const net = createOneNet(gate, { variant, backend, dtype });
  const { losses, history } = await train(
    net,
    startValues(gate, seed, net.columns),
    STEPS,
    breathe,
    stage("headline"),
  );
  const seconds = (performance.now() - began) / 1000;
  const final = history.at(-1)!;
  const early = history.find((m) => m.step === STEPS_IN_TEXT)!;
  const hash = weightsHash([net.engine.read("w").data, net.engine.read("b").data]);
  const firstColumn = (all: Float64Array) => all.filter((_, i) => i % net.columns === 0);
  const scores = firstColumn(scoresAt(net, gate.inputs));
  const field = firstColumn(scoresAt(net, pictures.gridPoints(gate)));

  const compare = async (name: Text, other: Partial<OneNetOptions>) => {
    const rival = createOneNet(gate, { variant, backend, dtype, ...other });
    const start = startValues(gate, seed, rival.columns);
    return { name, history: (await train(rival, start, STEPS, breathe, stage("decay"))).history };
  };
  const decays = [{ name: decayName(gate, variant, net.columns), history }];
  if (gate.name === "and" && variant === "published")
    decays.push(await compare(decayName(gate, variant, 1), { biasColumns: 1 }));
  const rest = variant === "published" ? "derived" : "published";
  decays.push(await compare(decayName(gate, rest, 1), { variant: rest, biasColumns: 1 }));
  decays.push(await compare({ en: "λ = 0", zh: "λ = 0" }, { biasColumns: 1, decay: 0 }));

  const blocks500 = blockMeans(losses, BLOCK);
  const accuracy = share(scores, gate.targets);
  const result = { loss: blocks500.at(-1)![1], trainAccuracy: accuracy, ...named(gate, final, scores) };
  const figures = {
    loss: pictures.lossFigure(gate, blocks500),
    boundary: pictures.boundaryFigure(gate, field),
    weights: pictures.weightsFigure(gate, history),
    decay: pictures.decayFigure(gate, decays),
    network: pictures.networkFigure(gate, final),
  };
  const file = (name: string) => `${gate.name}-${variant}-${name}`;
  return {
    program: gate.name,
    variant,
    dtype,
    backend,
    seed,
    steps: STEPS,
    seconds,
    result,
    published: printedValues(gate, result),
    headline: headline(gate, final, early, scores, accuracy),
    replays,
    weightsHash: hash,
    console: consoleText(gate, blocks500, final, scores),
    blocks: [
      ...Object.values(figures),
      truthTable(gate, scores),
      momentsTable(early, final),
      ...remarks(gate, decays),
    ],
    files: [
      ...Object.entries(figures).map(([name, f]) => ({
        name: file(`${name}.svg`),
        content: typeof f.svg === "object" ? f.svg.en : (f.svg ?? ""),
      })),
      {
        name: file("loss.csv"),
        content: csv(
          ["step", "mean_loss"],
          blocks500.map(([s, l]) => [s, l]),
        ),
      },
      {
        name: file("weights.csv"),
        content: csv(
          ["step", ...Array.from(final.w, (_, i) => `w${i}`), ...Array.from(final.b, (_, i) => `b${i}`)],
          history.map((m) => [m.step, ...m.w, ...m.b]),
        ),
      },
    ],
  };
}

function decayName(gate: Gate, variant: RunOptions["variant"], columns: number): Text {
  const entries = gate.inputs[0]!.length * columns;
  return variant === "derived"
    ? { en: "λ·w (true L2)", zh: "λ·w（真正的 L2）" }
    : {
        en: `λ·Σw over ${entries} ${entries === 1 ? "entry" : "entries"}`,
        zh: `λ·Σw（${entries} 个元素）`,
      };
}

/** Share of scores on the right side of 0.5. */
const share = (scores: ArrayLike<number>, targets: readonly number[]): number =>
  targets.filter((y, i) => (scores[i]! > 0.5 ? 1 : 0) === y).length / targets.length;

/** w11, w21, …, b1, … and p00, p01, … by name. */
function named(
  gate: Gate,
  at: { readonly w: ArrayLike<number>; readonly b: ArrayLike<number> },
  scores: ArrayLike<number>,
): Record<string, number> {
  const columns = at.b.length;
  return Object.fromEntries([
    ...Array.from(at.w, (v, i) => [`w${Math.floor(i / columns) + 1}${(i % columns) + 1}`, v]),
    ...Array.from(at.b, (v, i) => [`b${i + 1}`, v]),
    ...gate.inputs.map((x, i) => [`p${x.join("")}`, scores[i]!]),
  ]);
}

/** What the tutorial prints, under the names that our result has. */
function printedValues(gate: Gate, result: Readonly<Record<string, number>>): Record<string, number> {
  const all = named(gate, gate.printed, gate.printed.scores);
  return Object.fromEntries(Object.entries(all).filter(([name]) => name in result));
}

const list = (values: ArrayLike<number>, places = 5): string =>
  Array.from(values, (v) => v.toFixed(places)).join(", ");

function headline(
  gate: Gate,
  final: Moment,
  early: Moment,
  scores: Float64Array,
  accuracy: number,
): Comparison[] {
  const { printed } = gate;
  const outOf = (part: number) => `${Math.round(part * gate.targets.length)}/${gate.targets.length}`;
  return [
    {
      what: { en: "weights after 200,000 steps", zh: "200 000 步后的权重" },
      published: list(printed.w),
      ours: list(final.w),
    },
    {
      what: { en: "bias after 200,000 steps", zh: "200 000 步后的偏置" },
      published: list(printed.b),
      ours: list(final.b),
    },
    {
      what: {
        en: "weights after 20,000 steps, the number in the text",
        zh: "2 万步（正文所写步数）后的权重",
      },
      published: list(printed.w),
      ours: list(early.w),
    },
    { what: { en: "scores", zh: "预测得分" }, published: list(printed.scores), ours: list(scores) },
    {
      what: { en: "right answers", zh: "正确个数" },
      published: outOf(share(printed.scores, gate.targets)),
      ours: outOf(accuracy),
    },
  ];
}

function consoleText(
  gate: Gate,
  blocks: readonly (readonly [number, number])[],
  final: Moment,
  scores: Float64Array,
): string {
  const columns = final.b.length;
  return [
    lossLines(blocks, 40),
    `weight: ${matrixText(final.w, columns)}`,
    `bias: ${matrixText(final.b, columns)}`,
    "input  output  score",
    ...gate.inputs.map((x, i) =>
      [`[${x.join(" ")}]`.padEnd(6), gate.targets[i], `      ${scores[i]}`].join(" "),
    ),
  ].join("\n");
}

function truthTable(gate: Gate, scores: Float64Array): TableBlock {
  return {
    kind: "table",
    caption: { en: "Scores after 200,000 steps", zh: "200 000 步后的得分" },
    columns: [
      { en: "input", zh: "输入" },
      { en: "target", zh: "目标" },
      { en: "printed score", zh: "文中印出的得分" },
      { en: "our score", zh: "本次得分" },
    ],
    rows: gate.inputs.map((x, i) => [
      `(${x.join(", ")})`,
      gate.targets[i]!,
      gate.printed.scores[i]!.toFixed(6),
      {
        text: scores[i]!.toFixed(6),
        tone: (scores[i]! > 0.5 ? 1 : 0) === gate.targets[i] ? "good" : "bad",
      },
    ]),
  };
}

const momentsTable = (...moments: readonly Moment[]): TableBlock => ({
  kind: "table",
  caption: { en: "Weights on the way", zh: "训练途中的权重" },
  columns: [{ en: "step", zh: "步数" }, "w", "b"],
  rows: moments.map((m) => [m.step, list(m.w), list(m.b)]),
});

function remarks(
  gate: Gate,
  decays: readonly { readonly name: Text; readonly history: readonly Moment[] }[],
): Block[] {
  const last = (m: readonly Moment[]) => list(m.at(-1)!.w.subarray(0, 1), 3);
  const line = (language: "en" | "zh") =>
    decays.map((d) => `${d.name[language]}: ${last(d.history)}`).join("; ");
  const blocks: Block[] = [
    paragraph(
      `First weight after 200,000 steps, λ = ${DECAY}: ${line("en")}.`,
      `λ = ${DECAY} 时，200 000 步后的第一个权重：${line("zh")}。`,
    ),
  ];
  if (gate.name === "or")
    blocks.push(
      paragraph(
        "The published variant of OR starts with a (1,1) bias. With the (1,2) bias of the listing w would end at 4.098 and the printed 4.636 could not come out.",
        "逻辑或的发布版采用 (1,1) 的偏置。若照清单使用 (1,2) 的偏置，w 会停在 4.098，不可能得到文中的 4.636。",
      ),
    );
  return blocks;
}
