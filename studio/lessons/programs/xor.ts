/** The lesson on XOR: a hidden layer, a softmax, and a bias that is updated with itself. */

import type { Variant } from "../../../experiments/types.ts";
import { errata } from "../../../experiments/xor/errata.ts";
import { gradientProblem } from "../../../experiments/xor/gradient.ts";
import { begin, createTwoNet, evaluate, startValues, weights } from "../../../experiments/xor/net.ts";
import { DECAY, HIDDEN_IN_TEXT, RATE, STEPS, TARGETS } from "../../../experiments/xor/step.ts";
import type { Expr } from "../algebra/expression.ts";
import { apply, hadamard, T, times } from "../algebra/expression.ts";
import { latex } from "../algebra/latex.ts";
import { delta, W, x, z } from "../algebra/letters.ts";
import { given, make, scalar } from "../algebra/matrix.ts";
import { softmaxNet } from "../algebra/softmax-net.ts";
import { choiceCheck, exactly, numberCheck, type Option, trialCheck } from "../checks.ts";
import { engineGradients, isGradient } from "../gradients.ts";
import {
  check,
  derivation,
  elsewhere,
  errataOf,
  figures,
  type Lesson,
  p,
  type Row,
  scientific,
  sections,
  shown,
} from "../lesson.ts";
import { paper, playground } from "../links.ts";

const SETTING = { backend: "wasm", dtype: "float64" } as const;
const SEEDS = 8;
const OF_XOR = softmaxNet(["2", "6", "2"]);

/** One run of 10,000 steps: right answers and the last loss. */
function train(variant: Variant, hidden: number, seed: number) {
  const net = createTwoNet(hidden, { ...SETTING, variant });
  begin(net, startValues(hidden, seed));
  const loss = net.step.run(STEPS).metrics.loss!.at(-1)!;
  const { h, accuracy } = evaluate(net);
  const tied = TARGETS.filter((_, i) => h[2 * i] === h[2 * i + 1]).length;
  return { right: Math.round(accuracy * TARGETS.length), loss, tied, b2: weights(net).b2 };
}

/** Whether so many published steps bring b2 below a thousandth of its start, one less not. */
function stepsToVanish(steps: number): boolean {
  if (!Number.isInteger(steps) || steps < 1 || steps > STEPS) return false;
  const net = createTwoNet(HIDDEN_IN_TEXT, { ...SETTING, variant: "published" });
  const start = startValues(HIDDEN_IN_TEXT, 0);
  const left = (count: number): number => {
    begin(net, start);
    if (count > 0) net.step.run(count);
    return Math.abs(weights(net).b2[0]! / start.b2[0]!);
  };
  return left(steps) < 1e-3 && left(steps - 1) >= 1e-3;
}

/** The random point of the gradient check, as the derivation's letters. */
function atRandomPoint() {
  const problem = gradientProblem("derived");
  const values = (name: string, rows: number, cols: number) => given(rows, cols, problem.values[name]!);
  const hidden = HIDDEN_IN_TEXT;
  const engine = engineGradients(problem);
  const leaves = {
    x: values("x", 4, 2),
    Y: make(4, 2, (i, j) => (TARGETS[i] === j ? 1 : 0)),
    m: scalar(4),
    lambda: scalar(DECAY),
    ones: make(4, 1, () => 1),
    W1: values("W1", 2, hidden),
    b1: values("b1", 1, hidden),
    W2: values("W2", hidden, 2),
    b2: values("b2", 1, 2),
  };
  return { engine, leaves };
}

/** A way to write δ1; it holds if xᵀ·δ1 (and the decay) is the engine's gradient of W1. */
function deltaOption(of: Expr, en: string, zh: string): Option {
  const text = `$${latex(of)}$`;
  return {
    text: { en: text, zh: text },
    holds: () => {
      const { engine, leaves } = atRandomPoint();
      return isGradient(OF_XOR, leaves, { of: times(T(x), of), decayed: "W1" }, engine.W1!);
    },
    because: { en, zh },
  };
}

const δ2 = delta(2);

export const xor: Lesson = {
  name: "xor",
  title: { en: "XOR: why a hidden layer", zh: "逻辑异或：为什么要有隐藏层" },
  lead: {
    en: "No line separates the corners of XOR. Six folds do, if their biases may learn.",
    zh: "没有一条直线能分开异或的四个角；六道折痕可以，前提是偏置真的在学习。",
  },
  sections: sections({
    network: [
      p(
        "XOR says 1 if exactly one input is 1. The two corners with answer 1 lie across from each other, and so do the two with answer 0: no straight line separates them. Adding up would need $w_1 > 0$, $w_2 > 0$ and yet a small sum for both together.",
        "两个输入恰有一个为 1 时，异或回答 1。答案为 1 的两个角互为对角，答案为 0 的两个角也是，没有一条直线能把它们分开。若只用一个神经元，就得要求 $w_1$ 与 $w_2$ 都是正的，可两者之和却又要小，这办不到。",
      ),
      p(
        "A hidden layer first folds the plane. Each of the six units is a line with a relu: flat on one side, rising on the other. The output layer adds these folds up, and a sum of folds can be high along a diagonal and low beside it. The two scores go through a softmax, so that the network answers with two probabilities that sum to 1.",
        "隐藏层先把平面折起来。六个单元各是一条带 relu 的直线：一侧是平的，另一侧往上升。输出层把这些折痕相加，折痕之和就可以沿一条对角线高、在两旁低。两个得分再经过 softmax，于是网络给出两个加起来等于 1 的概率。",
      ),
    ],
    derivation: [
      p(
        "New compared with one neuron: there are two layers, so $@dz2$ contains $@da1$, and what belongs to $@da1$ has to be carried on downwards. That is all of back-propagation.",
        "与单个神经元相比，新的东西只有一点：网络有两层，所以 $@dz2$ 里含有 $@da1$，属于 $@da1$ 的那一部分要继续往下传。反向传播的全部内容不过如此。",
      ),
      derivation(OF_XOR),
    ],
    published: [
      p(
        "The class computes all four gradients rightly. Then its update subtracts from $@b2$ not the learning rate times $@nablab2$ but the learning rate times $@b2$ *itself*. One letter is missing in the code, and the output bias can only shrink. Nobody notices, because the program often succeeds all the same. How often, the list below says.",
        "这个类把四个梯度都算对了。可是更新时，从 $@b2$ 里减去的不是学习率乘以 $@nablab2$，而是学习率乘以 $@b2$ *自己*。代码里少写了一个字母，输出层的偏置就只会越来越小。没有人发现，因为程序常常照样成功。有多常？看下面的清单。",
      ),
      errataOf(errata),
    ],
    numbers: [
      p(
        "“4/4 right” is a weak witness. A network whose hidden units are all silent gives both scores the same value; the smaller class number then wins the tie, and half of such ties count as right. The loss does not lie: ln 2 = 0.693 for a coin toss, near 0 for a network that knows. Below, both variants from the same start values.",
        "“4/4 正确”是个靠不住的证人。若隐藏单元全都不响应，两个得分就完全相等；平局时编号小的类别获胜，这样的平局有一半会被算作答对。损失不会说谎：抛硬币是 ln 2 = 0.693，真正学会了则接近 0。下表中两个版本从相同的初始值出发。",
      ),
      figures({
        id: "seeds",
        caption: {
          en: `H = ${HIDDEN_IN_TEXT}, ${STEPS.toLocaleString("en")} steps, seeds 0 to ${SEEDS - 1}, trained here`,
          zh: `H = ${HIDDEN_IN_TEXT}，${STEPS} 步，种子 0 到 ${SEEDS - 1}，当场训练`,
        },
        columns: [
          { en: "seed", zh: "种子" },
          { en: "published: right", zh: "发布版：答对" },
          { en: "tied", zh: "平局" },
          { en: "loss", zh: "损失" },
          { en: "largest |b2|", zh: "|b2| 的最大值" },
          { en: "derived: right", zh: "推导版：答对" },
          { en: "loss", zh: "损失" },
        ],
        compute: () =>
          Array.from({ length: SEEDS }, (_, seed): Row => {
            const published = train("published", HIDDEN_IN_TEXT, seed);
            const derived = train("derived", HIDDEN_IN_TEXT, seed);
            return [
              String(seed),
              `${published.right}/4`,
              String(published.tied),
              shown(published.loss),
              scientific(Math.max(...published.b2.map(Math.abs))),
              `${derived.right}/4`,
              shown(derived.loss),
            ];
          }),
      }),
    ],
    rooms: [
      elsewhere(
        "playground",
        playground({
          data: { kind: "gate-xor", noise: 0, testShare: 0, count: 4 },
          layers: [{ units: HIDDEN_IN_TEXT, activation: "relu" }],
          optimizer: { name: "sgd", learningRate: RATE },
          batchSize: 4,
          view: { goal: 1 },
        }),
        "The network of the lesson with an ordinary start. Hover over the six hidden units to see the six folds; change the seed and see which starts get stuck.",
        "本课的网络，用普通的初始值。把鼠标移到六个隐藏单元上，就能看到六道折痕；换几个种子，看看哪些起点会卡住。",
      ),
      elsewhere(
        "pencil",
        paper({ program: "xor", view: "both" }),
        "The published step: db2 is computed and leads nowhere.",
        "发布版的一步计算：db2 算了出来，却没有通向任何地方。",
      ),
    ],
    checks: [
      check(
        trialCheck({
          id: "four-of-four",
          question: {
            en: "Make the network know XOR: 4/4 right *and* a loss below 0.01, without a tie. Which variant, how many hidden units, which seed?",
            zh: "让网络真正学会异或：4/4 正确，损失低于 0.01，*并且*没有平局。用哪个版本、多少个隐藏单元、哪个种子？",
          },
          fields: [
            {
              name: "variant",
              label: { en: "variant", zh: "版本" },
              kind: "word",
              first: "published",
              words: [
                { value: "published", label: { en: "as published", zh: "发布版" } },
                { value: "derived", label: { en: "as derived", zh: "推导版" } },
              ],
            },
            {
              name: "hidden",
              label: { en: "hidden units", zh: "隐藏单元数" },
              kind: "number",
              first: 2,
              min: 1,
              max: 30,
              step: 1,
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
          go: { en: "Train 10,000 steps", zh: "训练 10 000 步" },
          run: ({ variant, hidden, seed }) => {
            const { right, loss, tied } = train(
              variant === "derived" ? "derived" : "published",
              Number(hidden),
              Number(seed),
            );
            const passed = right === 4 && loss < 0.01 && tied === 0;
            return {
              passed,
              because: {
                en: `${right}/4 right, loss ${loss.toFixed(4)}, ${tied} tied. ${passed ? "It knows." : right === 4 ? "All right, but not by knowledge: look at the loss." : "Stuck. Another start, more folds, or biases that learn?"}`,
                zh: `答对 ${right}/4，损失 ${loss.toFixed(4)}，平局 ${tied} 个。${passed ? "它学会了。" : right === 4 ? "全对了，却不是因为学会了：看看损失。" : "卡住了。换个起点，多几道折痕，还是让偏置真正学习？"}`,
              },
            };
          },
        }),
      ),
      check(
        choiceCheck({
          id: "delta-1",
          question: {
            en: "Which of these is $@delta1$, the derivative of the data loss with respect to $@z1$? Your choice is multiplied by $@x^\\top$ and held against papergrad's gradient of $@W1$.",
            zh: "下面哪一个是 $@delta1$，即数据损失对 $@z1$ 的导数？你的选择会左乘 $@x^\\top$，再与 papergrad 算出的 $@W1$ 的梯度比较。",
          },
          options: [
            deltaOption(
              hadamard(times(W(2), T(δ2)), apply("atLeastZero", z(1))),
              "No: W₂δ₂ᵀ is 6×4 and 1[z₁ ≥ 0] is 4×6. This is how the tutorial prints it; a transpose is missing.",
              "不对：W₂δ₂ᵀ 是 6×4，而 1[z₁ ≥ 0] 是 4×6。教程正是这样印的，少了一个转置。",
            ),
            deltaOption(
              times(δ2, T(W(2))),
              "No: that is what arrives at a₁. Where relu was silent, nothing may pass on to z₁.",
              "不对：这是到达 a₁ 的量。relu 没有响应的地方，不能再传给 z₁。",
            ),
            deltaOption(
              hadamard(times(δ2, T(W(2))), apply("atLeastZero", z(1))),
              "Right: back through the weights, then cut where relu was silent.",
              "正确：先经权重传回，再在 relu 不响应之处截断。",
            ),
            deltaOption(
              hadamard(times(δ2, T(W(2))), apply("relu", z(1))),
              "No: that multiplies by the value of relu. Its slope is wanted, 0 or 1.",
              "不对：这里乘的是 relu 的值，而该乘的是它的斜率，0 或 1。",
            ),
          ],
        }),
      ),
      check(
        numberCheck({
          id: "vanishing-bias",
          question: {
            en: `Each published step multiplies $@b2$ by $1 - ${RATE}$. After how many steps is it for the first time below a thousandth of its start?`,
            zh: `发布版每一步都把 $@b2$ 乘以 $1 - ${RATE}$。多少步之后，它第一次小于初始值的千分之一？`,
          },
          label: { en: "steps", zh: "步数" },
          answer: () => 1,
          accepts: (steps, one) => exactly(Number(stepsToVanish(steps)), one),
          right: {
            en: "Right; the published step was run that often, and once less. After 10,000 steps nothing is left but a denormal number.",
            zh: "正确；刚才就把发布版运行了这么多步，又少运行一步作了比较。10 000 步之后，只剩下一个非规格化数。",
          },
          hint: {
            en: "Solve 0.9ⁿ < 0.001: n is larger than ln 0.001 / ln 0.9. Round up.",
            zh: "解 0.9ⁿ < 0.001：n 大于 ln 0.001 / ln 0.9，再向上取整。",
          },
        }),
      ),
    ],
  }),
};
