/**
 * Where text, code and printed results of the OneNet programs disagree, with what it changes.
 *
 * Figures are those of start values RandomState(1); the named tests compute them.
 */
import type { Erratum } from "../types.ts";
import type { Gate } from "./gate.ts";

const READING = {
  en: "Read off the text: nothing that runs depends on it.",
  zh: "由阅读正文得出，与程序运行无关。",
};

const ITERATIONS: Readonly<Record<Gate["name"], Erratum>> = {
  and: {
    id: "and-iterations",
    effect: "A",
    text: {
      en: "The text says 20,000 rounds (2万), the code runs 200,000. After 20,000 the weights are 1.00 and the bias −1.91, P(1,1) is 0.52; the printed 3.586 and −5.699 are those of 200,000.",
      zh: "正文写“2 万轮迭代”，代码却运行 200 000 次。2 万步时权重只有 1.00、偏置 −1.91，P(1,1) = 0.52；文中印出的 3.586 与 −5.699 是 200 000 步的结果。",
    },
    proof: { test: "and: 20,000 steps give w = 1.00, the printed weights need 200,000" },
  },
  or: {
    id: "or-iterations",
    effect: "A",
    text: {
      en: "The text says 20,000 rounds (2万), the code runs 200,000. After 20,000 the weights are 1.65 and 1.64 and the bias −0.01, so P(0,0) is 0.496; the printed 4.636 and −1.876 are those of 200,000.",
      zh: "正文写“2 万轮迭代”，代码却运行 200 000 次。2 万步时权重为 1.65 和 1.64、偏置 −0.01，P(0,0) = 0.496；文中印出的 4.636 与 −1.876 是 200 000 步的结果。",
    },
    proof: { test: "or: 20,000 steps give w = 1.65, the printed weights need 200,000" },
  },
  not: {
    id: "not-iterations",
    effect: "A",
    text: {
      en: "The text says 20,000 rounds (2万), the code runs 200,000. After 20,000 the weight is −2.65 and the bias 1.06; the printed −6.790 and 3.263 are those of 200,000.",
      zh: "正文写“2 万轮迭代”，代码却运行 200 000 次。2 万步时权重为 −2.65、偏置 1.06；文中印出的 −6.790 与 3.263 是 200 000 步的结果。",
    },
    proof: { test: "not: 20,000 steps give w = -2.65, the printed weights need 200,000" },
  },
};

const GUARD: Readonly<Record<Gate["name"], readonly [guarded: string, exact: string]>> = {
  and: ["0.109369", "0.109481"],
  or: ["0.066358", "0.066465"],
  not: ["0.033160", "0.033264"],
};

const guard = ({ name }: Gate): Erratum => ({
  id: `${name}-loss-guard`,
  effect: "B",
  shows: ["losses", "loss"],
  text: {
    en: `The printed loss uses ln(h + 0.0001), which is not the function whose gradient is followed: a perfect score has loss −0.0001, and at the printed weights it is ${GUARD[name][0]} instead of ${GUARD[name][1]}.`,
    zh: `代码用 ln(h + 0.0001) 计算损失，这并不是梯度所对应的函数：完全正确的得分损失为 −0.0001；在文中印出的权重处，损失为 ${GUARD[name][0]}，而准确值是 ${GUARD[name][1]}。`,
  },
  proof: {
    test: `${name}: 1e-4 inside the logarithms makes a perfect loss negative and shifts ${GUARD[name][1]} to ${GUARD[name][0]}`,
  },
});

const BIAS: Readonly<Partial<Record<Gate["name"], Erratum>>> = {
  and: {
    id: "and-bias-shape",
    effect: "A",
    shows: ["w", "b", "z1", "h", "dz1", "dw", "db", "w'", "b'"],
    text: {
      en: "The bias is made with shape (1,2), in the text as in the code (`init_weights(K, D)`), where the derivation's gradient is 1×1. z then has two columns, w turns from (2,1) into (2,2) at the first update, and the loss looks at the first column only. λ·Σw counts four entries instead of two: w ends at 3.586, with a (1,1) bias at 3.884.",
      zh: "偏置的形状是 (1,2)，正文和代码（`init_weights(K, D)`）都是如此，而推导中偏置的梯度是 1×1。于是 z 有两列，w 在第一次更新时由 (2,1) 变成 (2,2)，损失却只看第一列。λ·Σw 也由两项变成四项：w 停在 3.586，若偏置为 (1,1) 则是 3.884。",
    },
    proof: { test: "and: the (1,2) bias turns w (2,1) into (2,2) and 3.884 into 3.586" },
  },
  or: {
    id: "or-bias-shape",
    effect: "A",
    text: {
      en: "The listing makes the bias with shape (1,2). Run as it stands it gives OR w 4.098 and b −1.623, four weights; the printed 4.636 and −1.876, two weights, come from a program with a (1,1) bias.",
      zh: "代码清单里偏置的形状是 (1,2)。照原样运行，逻辑或得到四个权重 4.098、偏置 −1.623；文中印出的两个权重 4.636 和偏置 −1.876 只能来自偏置为 (1,1) 的程序。",
    },
    proof: { test: "or: the listing as it stands gives 4.098, the printed 4.636 needs a (1,1) bias" },
  },
};

const decay = ({ name }: Gate): Erratum =>
  name === "not"
    ? {
        id: "not-decay-of-sum",
        effect: "B",
        shows: ["pull", "dw"],
        text: {
          en: "The update adds λ·Σw. With the single weight of NOT that is λ·w, the gradient of λ/2·w²: published and derived weights agree to the last bits. For AND and OR it is another function.",
          zh: "更新时加的是 λ·Σw。逻辑非只有一个权重，它恰好就是 λ·w，即 λ/2·w² 的梯度：发布版与推导版的权重几乎逐位相同。对逻辑与、逻辑或则是另一个函数。",
        },
        proof: { test: "not: with one weight λ·Σw is λ·w and both variants end alike" },
      }
    : {
        id: `${name}-decay-of-sum`,
        effect: "A",
        shows: ["pull", "dw", "w'"],
        text: {
          en: `Code and text add λ·Σw to every entry of the gradient. That is the gradient of λ/2·(Σw)², not of L2: it pulls w = (5, −5) not at all. With true L2 w ends at ${name === "and" ? "4.053 instead of 3.884 (both with a (1,1) bias)" : "4.970 instead of 4.637"}.`,
          zh: `代码和正文都给梯度的每个元素加上 λ·Σw。这是 λ/2·(Σw)² 的梯度，而不是 L2 的梯度：对 w = (5, −5) 毫无作用。改用真正的 L2 后，w 停在 ${name === "and" ? "4.053，而不是 3.884（两者偏置均为 (1,1)）" : "4.970，而不是 4.637"}。`,
        },
        proof: { test: `${name}: λ·Σw is not the gradient of L2 and does not pull w = (5, -5) at all` },
      };

const ENTRIES = { and: 4, or: 2, not: 1 } as const;
const strength = ({ name }: Gate): Erratum => ({
  id: `${name}-decay-counts-entries`,
  effect: "A",
  shows: ["pull"],
  text: {
    en: `Once the weights are equal, λ·Σw is λ·w times the number of entries: 4 for AND (2×2), 2 for OR, 1 for NOT. The same λ is thus ${name === "not" ? "as strong as written only here" : `${ENTRIES[name]} times as strong here`}.`,
    zh: `当各权重相等时，λ·Σw 等于 λ·w 乘以元素个数：逻辑与 4 个（2×2），逻辑或 2 个，逻辑非 1 个。所以同一个 λ ${name === "not" ? "只有在这里才与所写的强度一致" : `在这里的强度是所写的 ${ENTRIES[name]} 倍`}。`,
  },
  proof: { test: `${name}: the pull on a weight is λ·${ENTRIES[name]}w` },
});

const listing = ({ name }: Gate): Erratum =>
  name === "and"
    ? {
        id: "and-array-name",
        effect: "B",
        text: {
          en: "The targets of AND are in a variable called or_array; nothing else goes wrong by it.",
          zh: "逻辑与的目标值放在名为 or_array 的变量里；除名字误导外没有其他影响。",
        },
        proof: { reason: READING },
      }
    : {
        id: `${name}-listing`,
        effect: "B",
        text: {
          en: `The one listing holds the data of AND. For ${name.toUpperCase()} its targets${name === "not" ? ", inputs and sizes N, D have" : " have"} to be replaced by hand.`,
          zh: `文中只有一份代码，里面是逻辑与的数据。要运行${name === "or" ? "逻辑或，需手工替换目标值" : "逻辑非，需手工替换目标值、输入以及 N、D"}。`,
        },
        proof: { reason: READING },
      };

const common = ({ name }: Gate): Erratum[] => [
  {
    id: `${name}-lost-line-breaks`,
    effect: "A",
    text: {
      en: "The listing lost its line breaks and does not parse: `SyntaxError: invalid syntax` on its first line.",
      zh: "代码清单丢失了换行，无法解析：第一行就报 `SyntaxError: invalid syntax`。",
    },
    proof: {
      reason: {
        en: "It takes a Python interpreter to show; our program is written anew from the listing with its line breaks put back.",
        zh: "需要 Python 解释器才能演示；这里的程序是按恢复换行后的代码重新编写的。",
      },
    },
  },
  {
    id: `${name}-loss-without-decay`,
    effect: "C",
    text: {
      en: "J of the text has no regularisation term, its update has one.",
      zh: "正文中的 J 没有正则化项，更新公式里却有。",
    },
    proof: { reason: READING },
  },
  {
    id: `${name}-number-format`,
    effect: "C",
    text: {
      en: "The parameter list prints `1 e-3`, which is not a number in Python.",
      zh: "参数列表里印成 `1 e-3`，在 Python 中不是合法的数。",
    },
    proof: { reason: READING },
  },
];

const INPUTS: Erratum = {
  id: "not-inputs",
  effect: "C",
  text: {
    en: "The text gives the network two input neurons; NOT has one (D = 1).",
    zh: "正文说输入层有 2 个神经元；逻辑非只有 1 个（D = 1）。",
  },
  proof: { reason: READING },
};

/** All errata of a gate, the ones that change the result first. */
export function errata(gate: Gate): Erratum[] {
  const bias = BIAS[gate.name];
  return [
    ITERATIONS[gate.name],
    ...(bias === undefined ? [] : [bias]),
    decay(gate),
    ...(gate.name === "not" ? [] : [strength(gate)]),
    guard(gate),
    listing(gate),
    ...common(gate),
    ...(gate.name === "not" ? [INPUTS] : []),
  ];
}
