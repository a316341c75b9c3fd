/** The lesson on the pencil-and-paper network: the gradient of one loss under the curve of another. */

import { createEngine } from "papergrad/engine";
import { traceStep } from "papergrad/inspect";
import { errata } from "../../../experiments/pencil/errata.ts";
import { numpyStart, pencilEntry, type Weights, Y } from "../../../experiments/pencil/train.ts";
import type { Variant } from "../../../experiments/types.ts";
import { ofCrossEntropy, ofSquares } from "../algebra/pencil-net.ts";
import { matrixCheck, numberCheck, trialCheck } from "../checks.ts";
import {
  check,
  derivation,
  elsewhere,
  errataOf,
  figures,
  type Lesson,
  p,
  type Row,
  sections,
} from "../lesson.ts";
import { paper, playground } from "../links.ts";

const SETTING = { backend: "wasm", dtype: "float64" } as const;
const SEED = 0;
/** The slowest of the seeds we know needs fewer. */
const PATIENCE = 100_000;

/** Updates until D ≤ 0.001 with a learning rate, or null. */
function updates(variant: Variant, seed: number, a?: number): number | null {
  const entry = pencilEntry(variant, numpyStart(seed), { ...SETTING, ...(a === undefined ? {} : { a }) });
  const { steps, halted } = entry.run(PATIENCE);
  // The derived step that meets the tolerance changes nothing any more.
  return halted ? steps - (variant === "derived" ? 1 : 0) : null;
}

const ZEROS: Weights = [new Float64Array(12), new Float64Array(9), new Float64Array(6)];

/** The gradient of W3 with all weights 0: printed (g3), or of D. */
function firstGradient(variant: Variant): ArrayLike<number> {
  const traced = traceStep(pencilEntry(variant, ZEROS, SETTING));
  return traced.find((v) => v.label === (variant === "published" ? "g3" : "dW3"))!.data;
}

/** How many times as long the printed gradient is, for an output y whose target is 1. */
function ratioAt(y: number): number {
  const engine = createEngine(SETTING);
  const q = Math.log(y / (1 - y));
  const entry = engine.entry("one output", (g) => {
    const Q = g.parameter("Q", [1, 1]);
    const out = g.sigmoid(Q);
    const printed = g.sub(out, 1);
    const [ofSquare] = g.gradient(g.square(printed), [Q]);
    g.store(g.parameter("ratio", [1, 1]), g.div(printed, ofSquare));
  });
  engine.write("Q", [q]);
  entry.run(1);
  return engine.read("ratio").data[0]!;
}

const length = (...parts: ArrayLike<number>[]): number =>
  Math.hypot(...parts.flatMap((part) => Array.from(part)));

/** Lengths of both gradients at a point: of the printed one, and of the gradient of D. */
function lengths(weights: Weights): readonly [printed: number, ofD: number] {
  const of = (variant: Variant, labels: readonly string[]) => {
    const traced = traceStep(pencilEntry(variant, weights, SETTING));
    return length(...labels.map((label) => traced.find((v) => v.label === label)!.data));
  };
  return [of("published", ["g1", "g2", "g3"]), of("derived", ["dW1", "dW2", "dW3"])];
}

/** The weights when the published run ends. */
function lastWeights(): Weights {
  const entry = pencilEntry("published", numpyStart(SEED), SETTING);
  entry.run(PATIENCE);
  const read = (name: string) => Float64Array.from(entry.engine.read(name).data);
  return [read("W1"), read("W2"), read("W3")];
}

export const pencil: Lesson = {
  name: "pencil",
  title: { en: "Pencil and paper: a helpful mistake", zh: "纸笔训练：一个帮了忙的错误" },
  lead: {
    en: "Three matrices you can multiply by hand; and the gradient of a loss that is not the one watched.",
    zh: "三个可以手算的矩阵；还有一个并不属于所监视损失的梯度。",
  },
  sections: sections({
    network: [
      p(
        "Three examples with four numbers each go through three matrices, 4×3, 3×3 and 3×2, with a sigmoid after each. There are no biases, and the batch is so small that the whole step fits on a sheet of paper. That is its purpose: to do back-propagation once with a pencil.",
        "三个样本，每个四个数，依次经过 4×3、3×3、3×2 三个矩阵，每次之后都取 sigmoid。没有偏置，样本又少，一整步计算一张纸就写得下。它的用意正在于此：用铅笔亲手做一次反向传播。",
      ),
      p(
        "The text says the output is a softmax. It is not: each of the six outputs is a sigmoid by itself. And it stops when $D$, the sum of squared errors, falls below 0.001.",
        "正文说输出经过 softmax，其实没有：六个输出各自取 sigmoid。当误差平方和 $D$ 降到 0.001 以下时，程序停止。",
      ),
    ],
    derivation: [
      p(
        "First what the program *watches*: the squared error $D$. Every sigmoid on the way leaves its slope behind, the last one included.",
        "先看程序所*监视*的：误差平方和 $D$。一路上每个 sigmoid 都留下自己的斜率，最后一个也不例外。",
      ),
      derivation(ofSquares),
      p(
        "Now what the program *follows*. Its `g3` starts from $y-Y$. There is a function with just this derivative, and it is an old acquaintance:",
        "再看程序所*遵循*的。它的 `g3` 从 $y-Y$ 出发。确有一个函数以此为导数，而且是老相识：",
      ),
      derivation(ofCrossEntropy),
      p(
        "Below $@delta3$ both ways are the same, letter for letter. The tutorial keeps the transposes, $g = \\nabla^\\top$, and turns them back in the update.",
        "从 $@delta3$ 往下，两条路一字不差。教程保存的是转置 $g = \\nabla^\\top$，更新时再转回来。",
      ),
    ],
    published: [
      p(
        "So the printed gradients are those of the cross-entropy while $D$ is printed and decides when to stop. It is a mistake, and it helps: where an output is nearly right, the slope $y(1-y)$ is nearly 0 and the true gradient of $D$ nearly vanishes; the followed one does not.",
        "也就是说，印出的梯度属于交叉熵，而打印出来、决定何时停止的却是 $D$。这是个错误，而且帮了忙：输出接近正确时，斜率 $y(1-y)$ 接近 0，$D$ 的真正梯度几乎消失，而程序所用的那个不会。",
      ),
      errataOf(errata),
    ],
    numbers: [
      p(
        "Compare the number of updates until $D\\le 0.001$, and the lengths of the two gradients: near the end the printed one is many times as long. With the true gradient the network arrives as well; it only needs patience, or a larger learning rate.",
        "比较达到 $D\\le 0.001$ 所需的更新次数，再比较两个梯度的长度：临近结束时，印出的那个要长很多倍。用真正的梯度同样能到达，只是需要耐心，或者更大的学习率。",
      ),
      figures({
        id: "updates",
        caption: {
          en: "Trained here until D ≤ 0.001, learning rate 0.1",
          zh: "当场训练到 D ≤ 0.001，学习率 0.1",
        },
        columns: [
          { en: "seed", zh: "种子" },
          { en: "updates, as published", zh: "更新次数，发布版" },
          { en: "updates, gradient of D", zh: "更新次数，D 的梯度" },
        ],
        compute: () =>
          [0, 1, 2].map(
            (seed): Row => [
              String(seed),
              String(updates("published", seed) ?? "—"),
              String(updates("derived", seed) ?? "—"),
            ],
          ),
      }),
      figures({
        id: "lengths",
        caption: { en: `Lengths of the two gradients, seed ${SEED}`, zh: `两个梯度的长度，种子 ${SEED}` },
        columns: [
          { en: "at", zh: "位置" },
          { en: "printed", zh: "印出的" },
          { en: "of D", zh: "D 的" },
          { en: "ratio", zh: "之比" },
        ],
        compute: () => {
          const row = (name: { en: string; zh: string }, [printed, ofD]: readonly [number, number]): Row => [
            name,
            printed.toPrecision(4),
            ofD.toPrecision(4),
            (printed / ofD).toFixed(1),
          ];
          return [
            row({ en: "the start", zh: "起点" }, lengths(numpyStart(SEED))),
            row({ en: "the end", zh: "终点" }, lengths(lastWeights())),
          ];
        },
      }),
    ],
    rooms: [
      elsewhere(
        "pencil",
        paper({ program: "pencil", paper: "blanks" }),
        "The whole step as a worksheet with blanks: print it, or type your matrices and have them checked.",
        "整个一步做成带空格的练习单：可以打印出来，也可以直接填写并检查。",
      ),
      elsewhere(
        "playground",
        playground({
          data: { kind: "gate-xor", noise: 0, testShare: 0, count: 4 },
          layers: [
            { units: 3, activation: "sigmoid" },
            { units: 3, activation: "sigmoid" },
          ],
          loss: "meanSquaredError",
          optimizer: { name: "sgd", learningRate: 0.5 },
          batchSize: 4,
        }),
        "Sigmoids with the squared error on XOR. Then change the loss to cross-entropy and compare the pace.",
        "在异或上用 sigmoid 配平方误差；再把损失换成交叉熵，比比快慢。",
      ),
    ],
    checks: [
      check(
        matrixCheck({
          id: "g3",
          question: {
            en: `All weights are 0, and $Y$ has the rows ${Y.map((row) => `(${row.join(", ")})`).join(", ")}. Work out the printed gradient of $@W3$, that is $Z_2^\\top(y-Y)$.`,
            zh: `所有权重都为 0，$Y$ 的各行是 ${Y.map((row) => `(${row.join(", ")})`).join("、")}。请算出印出的 $@W3$ 的梯度，即 $Z_2^\\top(y-Y)$。`,
          },
          label: { en: "gradient of W3", zh: "W3 的梯度" },
          rows: 3,
          cols: 2,
          answer: () => firstGradient("published"),
          right: {
            en: "Right. All three rows are alike: equal weights get equal gradients and stay equal. This is why the start must be random.",
            zh: "正确。三行完全一样：权重相等，梯度就相等，于是永远相等。所以初值必须随机。",
          },
          hint: {
            en: "All sums are 0, so every sigmoid is ½: Z₂ is filled with ½, and so is y.",
            zh: "所有加权和都是 0，每个 sigmoid 都是 ½：Z₂ 全是 ½，y 也全是 ½。",
          },
          slips: [
            {
              value: () => firstGradient("derived"),
              because: {
                en: "That is the gradient of D, with the factor 2y(1 − y). The program leaves it out.",
                zh: "那是 D 的梯度，带有因子 2y(1 − y)；程序把它漏掉了。",
              },
            },
            {
              value: () => Array.from(firstGradient("published"), (v) => -v),
              because: {
                en: "The sign is turned round: y − Y, not Y − y.",
                zh: "符号反了：是 y − Y，不是 Y − y。",
              },
            },
          ],
        }),
      ),
      check(
        numberCheck({
          id: "ratio",
          question: {
            en: "An output is $y = 0.99$ and should be 1. How many times as large is the printed error term as the one that belongs to $D$?",
            zh: "某个输出 $y = 0.99$，应为 1。印出的误差项是属于 $D$ 的误差项的多少倍？",
          },
          label: { en: "times", zh: "倍" },
          answer: () => ratioAt(0.99),
          right: {
            en: "Right: 1 / (2y(1 − y)). The nearer to the goal, the larger the help.",
            zh: "正确：1 / (2y(1 − y))。离目标越近，帮的忙越大。",
          },
          hint: { en: "Divide y − Y by 2(y − Y)·y·(1 − y).", zh: "用 y − Y 除以 2(y − Y)·y·(1 − y)。" },
          slips: [
            {
              value: () => 2 * ratioAt(0.99),
              because: {
                en: "The 2 of the square is missing: d(u²) = 2u du.",
                zh: "漏了平方带来的 2：d(u²) = 2u du。",
              },
            },
          ],
        }),
      ),
      check(
        trialCheck({
          id: "true-gradient",
          question: {
            en: "Use the true gradient of $D$ and still arrive with fewer updates than the published program needs from the same seed. Which learning rate?",
            zh: "改用 $D$ 的真正梯度，从同一个种子出发，更新次数还要比发布的程序更少。学习率该取多少？",
          },
          fields: [
            {
              name: "a",
              label: { en: "learning rate", zh: "学习率" },
              kind: "number",
              first: 0.1,
              min: 0.001,
              max: 20,
              step: 0.1,
            },
            {
              name: "seed",
              label: { en: "seed", zh: "种子" },
              kind: "number",
              first: 0,
              min: 0,
              max: 4_294_967_295,
              step: 1,
            },
          ],
          go: { en: "Train", zh: "训练" },
          run: ({ a, seed }) => {
            const published = updates("published", Number(seed));
            const derived = updates("derived", Number(seed), Number(a));
            const passed = derived !== null && published !== null && derived < published;
            const [ours, theirs] = [derived, published].map((n) =>
              n === null ? `> ${PATIENCE}` : String(n),
            );
            return {
              passed,
              because: {
                en: `Gradient of D: ${ours} updates; published with 0.1: ${theirs}. ${passed ? "So the mistake was, above all, a larger step." : "Not yet fewer."}`,
                zh: `D 的梯度：${ours} 次更新；发布版（学习率 0.1）：${theirs} 次。${passed ? "可见那个错误归根到底不过是步子更大。" : "还不够少。"}`,
              },
            };
          },
        }),
      ),
    ],
  }),
};
