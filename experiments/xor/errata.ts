/** Where text, code and printed results of the XOR program disagree, with what it changes. */
import type { Erratum } from "../types.ts";

const READING = {
  en: "Read off the text: nothing that runs depends on it.",
  zh: "由阅读正文得出，与程序运行无关。",
};
const PYTHON = {
  en: "It takes a Python interpreter to show; our program is written anew from the listing.",
  zh: "需要 Python 解释器才能演示；这里的程序是按代码清单重新编写的。",
};

export const errata: readonly Erratum[] = [
  {
    id: "xor-bias-decays",
    effect: "A",
    shows: ["b2'"],
    text: {
      en: "`b2 = b2 − lr·b2` stands where `b2 − lr·db2` is meant; db2 is computed and never used. At random weights the direction has cosine −0.39 with the true gradient, and b2 ends at 2e-323. With H = 6, 115 of the start values RandomState(0…199) end with 4/4 and 74 with a loss below 0.01; with the right update both are 171.",
      zh: "本应写 `b2 − lr·db2` 的地方写成了 `b2 = b2 − lr·b2`；db2 算出来却从未使用。在随机权重处，这一方向与真实梯度的余弦为 −0.39，b2 最终变为 2e-323。H = 6 时，初始值 RandomState(0…199) 中有 115 个达到 4/4，只有 74 个损失低于 0.01；改正后两者都是 171。",
    },
    proof: {
      test: "xor: the decaying bias costs 97 of 200 seeds: learned 74 against 171, 4/4 115 against 171",
    },
  },
  {
    id: "xor-ties-count-as-right",
    effect: "B",
    text: {
      en: 'Where every hidden unit is silent and b2 is 0, both scores are exactly 0.5 and argmax says class 0. If the true class is 0 that counts as right: 41 of the 115 seeds with "100.00 %" owe it to such a tie.',
      zh: "当所有隐藏单元都不激活、b2 又为 0 时，两个得分恰好都是 0.5，argmax 取第 0 类。若真实类别正是 0 就被算作正确：115 个“100.00 %”的种子中有 41 个靠的是这种平局。",
    },
    proof: { test: "xor: 41 of the 115 seeds with 4/4 owe it to a tie at 0.5" },
  },
  {
    id: "xor-hidden-size",
    effect: "A",
    text: {
      en: "The text and the printed weights have H = 6, the code has H = 30. With 30 hidden units all 200 seeds solve XOR in spite of the bias; with 6 only 115 do.",
      zh: "正文和印出的权重是 H = 6，代码却是 H = 30。30 个隐藏单元时，即使偏置有误，200 个种子全部成功；6 个时只有 115 个。",
    },
    proof: { test: "xor: with H = 30 all 200 seeds solve it, published and derived" },
  },
  {
    id: "xor-get-parameters",
    effect: "A",
    text: {
      en: "The main program calls `net.get_parameters()`, which the class does not have: AttributeError after the 10,000 steps. The printed weights come from other code.",
      zh: "主程序调用了类中不存在的 `net.get_parameters()`：跑完 10 000 步后抛出 AttributeError。文中印出的权重出自另一份代码。",
    },
    proof: { reason: PYTHON },
  },
  {
    id: "xor-lost-line-breaks",
    effect: "A",
    text: {
      en: "The listing lost its line breaks and does not parse: `SyntaxError: invalid syntax` on its first line.",
      zh: "代码清单丢失了换行，无法解析：第一行就报 `SyntaxError: invalid syntax`。",
    },
    proof: { reason: PYTHON },
  },
  {
    id: "xor-scores-overwritten",
    effect: "B",
    text: {
      en: "`delta = self.h` is no copy: backward turns the scores that forward returned into (h − Y)/N. Their rows then sum to 0 instead of 1, the loss of them is NaN, and a second backward gives another delta. In the published order of calls nobody looks at them again.",
      zh: "`delta = self.h` 并没有复制：backward 会把 forward 返回的得分改写成 (h − Y)/N。此后每行之和变成 0 而不是 1，用它算损失得 NaN，再调用一次 backward 会得到不同的 delta。只是在发布的调用顺序里，之后没有人再读它。",
    },
    proof: {
      test: "xor: the overwritten scores sum to 0, have a NaN loss, and give another delta the second time",
    },
  },
  {
    id: "xor-relu-at-zero",
    effect: "B",
    shows: ["a1", "dz1"],
    text: {
      en: "relu′(0) is 1 here (mask z < 0); the second tutorial takes 0. z1 is never exactly 0 in 2,000 steps from the published start; with zero biases it is 6 times, at the first step.",
      zh: "这里 relu′(0) = 1（只屏蔽 z < 0），第二篇教程取 0。按发布的初始值，2 000 步内 z1 从未恰好为 0；若偏置初始为 0，则会出现 6 次，都在第一步。",
    },
    proof: { test: "xor: z1 is exactly 0 never from the published start, 6 times with zero biases" },
  },
  {
    id: "xor-exp-overflow",
    effect: "B",
    shows: ["e", "h"],
    text: {
      en: "exp is taken without subtracting the row maximum: a logit above 709.8 gives ∞/∞. Fine at the sizes met here; the derived variant stays finite at any size.",
      zh: "计算 exp 前没有减去行最大值：logit 超过 709.8 时得到 ∞/∞。这里的数值大小不成问题；推导版在任何大小下都是有限值。",
    },
    proof: { test: "xor: large logits give NaN as published and a finite loss as derived" },
  },
  {
    id: "xor-argument-order",
    effect: "B",
    text: {
      en: "`compute_accuracy(y, score)` here, `(score, y)` in the three-layer program of the same tutorial.",
      zh: "这里是 `compute_accuracy(y, score)`，同一篇教程的三层网络里却是 `(score, y)`。",
    },
    proof: { reason: READING },
  },
  {
    id: "xor-output-layer-not-printed",
    effect: "C",
    text: {
      en: "Only W1 and b1 are printed. They are a genuine solution: an output layer trained on them with b2 = 0 reaches a loss of 0.0041 and 4/4.",
      zh: "文中只印出了 W1 和 b1。它们确实是一个解：固定它们、令 b2 = 0 训练输出层，损失可达 0.0041，4/4 正确。",
    },
    proof: { test: "xor: an output layer on the printed hidden layer reaches 0.0041" },
  },
  {
    id: "xor-loss-without-decay",
    effect: "C",
    shows: ["loss", "dW1", "dW2"],
    text: {
      en: "J has L2 terms and the update uses them, but the loss that is printed has none: at the end of seed 0 it is 0.0043, the L2 terms are 0.0228.",
      zh: "J 含有 L2 项，更新也用到了它们，但打印的损失不含：种子 0 结束时打印的损失为 0.0043，而 L2 项为 0.0228。",
    },
    proof: { test: "xor: the printed loss is 0.0043, the L2 terms left out of it are 0.0228" },
  },
  {
    id: "xor-gradient-transposes",
    effect: "C",
    text: {
      en: "The text's gradient of W1, taken literally, multiplies (2,4) by (6,4); with W2·(h−Y)ᵀ transposed it is the one in the code.",
      zh: "正文中 W1 的梯度若照字面计算，是 (2,4) 乘 (6,4)，维数不符；把 W2·(h−Y)ᵀ 转置后就与代码一致。",
    },
    proof: { test: "xor: the gradient of W1 as printed has shapes that do not fit" },
  },
  {
    id: "xor-headings",
    effect: "C",
    text: {
      en: 'The formulas of the hidden layer\'s weights and bias are headed "output layer".',
      zh: "隐藏层权重与偏置的公式误标为“输出层”。",
    },
    proof: { reason: READING },
  },
];
