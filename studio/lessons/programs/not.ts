/** The lesson on NOT: every matrix is a number, so the derivation is school calculus. */
import { errata } from "../../../experiments/one-net/errata.ts";
import { NOT } from "../../../experiments/one-net/gate.ts";
import { inNumbers } from "../algebra/one-neuron.ts";
import { choiceCheck, matrixCheck, numberCheck } from "../checks.ts";
import { check, derivation, elsewhere, errataOf, figures, type Lesson, p, sections } from "../lesson.ts";
import { paper, playground } from "../links.ts";
import { answerAt, gateFigures, gateGradient, trainGate } from "./gates.ts";

const EARLY = 20_000;
const weightOf = (variant: "published" | "derived", decay?: number): number =>
  trainGate(NOT, variant, { steps: EARLY, ...(decay === undefined ? {} : { decay }) }).w[0]!;

export const not: Lesson = {
  name: "not",
  title: { en: "NOT: a network of two numbers", zh: "逻辑非：只有两个数的网络" },
  lead: {
    en: "One weight, one bias, two examples: the whole derivation without a single matrix.",
    zh: "一个权重、一个偏置、两个样本：整个推导不用一个矩阵。",
  },
  sections: sections({
    network: [
      p(
        "NOT has one input. Its two cases are two points on a line, and the neuron has to put its threshold between them, with the 1 on the left. So the weight must become negative and the bias positive.",
        "逻辑非只有一个输入。两种情形是数轴上的两个点，神经元要把阈值放在它们中间，并且让左边那个点得 1。所以权重必须变成负数，偏置则是正数。",
      ),
      p(
        "This is the place to see what a derivation with matrices saves. Everything here is a plain number, and the gradients can be written down with the chain rule of school. They are the formulas of the AND lesson, spelled out.",
        "正好借此看看，矩阵到底替我们省了什么。这里的每个量都是普通的数，用中学的链式法则就能写出梯度；它们正是逻辑与那一课的公式逐项展开的样子。",
      ),
    ],
    derivation: [derivation(inNumbers)],
    published: [
      p(
        "Here the mistake with the sum of the weights cannot be seen: with a single weight the sum *is* the weight, and both variants agree to the last bits. A test on NOT alone would have passed the program. That is why one test case is not enough.",
        "在这里看不出“权重之和”的错误：只有一个权重时，总和*就是*它自己，两个版本直到最后几位都相同。如果只用逻辑非来测试，这个程序就会蒙混过关。所以一个测试用例是不够的。",
      ),
      errataOf(errata(NOT)),
    ],
    numbers: [
      p(
        "The input where the network is undecided is $-b/w$. It lies near ½ and not exactly there: the decay touches the weight and not the bias. Published and derived rows are equal; the row without decay shows how much λ held back.",
        "网络拿不定主意的输入是 $-b/w$。它在 ½ 附近，却不正好是 ½：衰减只作用于权重，不作用于偏置。发布版与推导版两行相同；没有衰减的那一行显示出 λ 拉住了多少。",
      ),
      figures(gateFigures(NOT)),
    ],
    rooms: [
      elsewhere(
        "playground",
        playground({
          data: { kind: "gate-not-a", noise: 0, testShare: 0, count: 4 },
          layers: [],
          features: ["x1"],
          optimizer: { name: "sgd", learningRate: 0.5 },
          batchSize: 4,
        }),
        "NOT of the first input, with the second one taken away: the boundary can only be upright.",
        "只取第一个输入的逻辑非，第二个输入不用：分界线只能是竖直的。",
      ),
      elsewhere(
        "pencil",
        paper({ program: "not", view: "published" }),
        "The smallest step in the house: every matrix fits on one line.",
        "这里最小的一步计算：每个矩阵都只有一行就写得下。",
      ),
    ],
    checks: [
      check(
        matrixCheck({
          id: "first-gradient",
          question: {
            en: "At $@w = 0$, $@b = 0$: what are $@nablaw$ and $@nablab$?",
            zh: "在 $@w = 0$、$@b = 0$ 处，$@nablaw$ 与 $@nablab$ 各是多少？",
          },
          label: { en: "the weight, then the bias", zh: "先权重，后偏置" },
          rows: 1,
          cols: 2,
          answer: () => gateGradient(NOT, [0], 0),
          right: {
            en: "Right. The two errors are +½ and −½: for the bias they cancel, but the weight sees only input 1.",
            zh: "正确。两个误差是 +½ 和 −½：对偏置来说相互抵消，而权重只看得到输入 1。",
          },
          hint: {
            en: "Both h are ½. Put that into the last two lines of the derivation; λw is 0.",
            zh: "两个 h 都是 ½，代入推导的最后两行；λw 为 0。",
          },
        }),
      ),
      check(
        numberCheck({
          id: "threshold",
          question: {
            en: `The tutorial prints $w = ${NOT.printed.w[0]}$ and $b = ${NOT.printed.b[0]}$. Which input does this network answer with exactly ½ (to three decimals)?`,
            zh: `教程印出 $w = ${NOT.printed.w[0]}$、$b = ${NOT.printed.b[0]}$。对哪个输入，这个网络的回答恰好是 ½（精确到三位小数）？`,
          },
          label: { en: "input", zh: "输入" },
          answer: () => 0.5,
          accepts: (given, half) =>
            Math.abs(answerAt(NOT, NOT.printed.w, NOT.printed.b[0]!, [given]) - half) < 5e-3,
          right: {
            en: "Right: the network was asked, and it is undecided there. z = 0 where the input is −b/w.",
            zh: "正确：已经问过网络，它在那里确实拿不定主意。输入为 −b/w 时 z = 0。",
          },
          hint: {
            en: "The sigmoid is ½ where z = wx + b is 0. Solve for x; three decimals are enough.",
            zh: "z = wx + b 等于 0 时 sigmoid 为 ½。解出 x，保留三位小数即可。",
          },
        }),
      ),
      check(
        choiceCheck({
          id: "why-equal",
          question: {
            en: "Why do the published and the derived program end with the same weights here?",
            zh: "为什么在这里，发布版与推导版的权重最终相同？",
          },
          options: [
            {
              text: {
                en: "Because λ is so small that decay changes nothing.",
                zh: "因为 λ 太小，衰减不起作用。",
              },
              holds: () => Math.abs(weightOf("published") - weightOf("published", 0)) < 1e-6,
              because: {
                en: "No: trained without decay the weight differs visibly, already after 20,000 steps.",
                zh: "不对：去掉衰减再训练，20 000 步之后权重就已明显不同。",
              },
            },
            {
              text: {
                en: "Because the sum of one weight is that weight.",
                zh: "因为只有一个权重时，总和就是它本身。",
              },
              holds: () => Math.abs(weightOf("published") - weightOf("derived")) < 1e-9,
              because: {
                en: "Right: λ·Σw is λ·w here, so both programs do the same; the two runs were just compared.",
                zh: "正确：这里 λ·Σw 就是 λ·w，两个程序做的是同一件事；刚才已把两次训练的结果作了比较。",
              },
            },
            {
              text: {
                en: "Because the weight ends at 0, where all decays agree.",
                zh: "因为权重最终为 0，那里各种衰减都一样。",
              },
              holds: () => Math.abs(weightOf("derived")) < 1e-3,
              because: {
                en: "No: the weight becomes clearly negative, or NOT could not be learned.",
                zh: "不对：权重会变成明显的负数，否则学不会逻辑非。",
              },
            },
          ],
        }),
      ),
    ],
  }),
};
