/** Where tutorial 003's text, code and results disagree; the figures are computed by the tests named. */
import type { Erratum } from "../types.ts";

export const errata: readonly Erratum[] = [
  {
    id: "pencil-other-loss",
    effect: "A",
    shows: ["g1", "g2", "g3", "W1'", "W2'", "W3'"],
    text: {
      en: "The gradients g1, g2, g3 start from y − Y. They are those of the cross-entropy (to 10⁻⁹), not of the watched D = Σ(y − Y)², whose output term is 2(y − Y)·y·(1 − y). From seed 0 they are 2.4 times as long as the gradient of D at the start and 26 times at the end; 904 updates reach D ≤ 0.001 where the gradient of D needs 9,025. The mistake helps.",
      zh: "g1、g2、g3 从 y − Y 出发，它们是交叉熵的梯度（相差不到 10⁻⁹），而不是所监视的 D = Σ(y − Y)² 的梯度，后者在输出层应为 2(y − Y)·y·(1 − y)。种子为 0 时，它们在开始时是 D 的梯度的 2.4 倍长，结束时是 26 倍；904 次更新就达到 D ≤ 0.001，而用 D 的梯度需要 9,025 次。这个错误反而有好处。",
    },
    proof: { test: "pencil-other-loss: the printed gradients belong to the cross-entropy" },
  },
  {
    id: "pencil-no-limit",
    effect: "B",
    text: {
      en: "The loop has no limit of steps. Seeds 0 to 4 need 904, 861, 1,379, 763 and 871 updates, but seed 6 needs 71,597. (Ours gives up after 1,000,000.)",
      zh: "循环没有步数上限。种子 0 到 4 分别需要 904、861、1,379、763、871 次更新，而种子 6 需要 71,597 次。（我们的实现到 1,000,000 步为止。）",
    },
    proof: { test: "pencil-no-limit: seed 6 needs 71,597 updates" },
  },
  {
    id: "pencil-running-minimum",
    effect: "B",
    shows: ["Dmin", "D'"],
    text: {
      en: '"if D > sum: D = sum" makes D the smallest sum so far, so the printed curve can only fall. With learning rate 0.1 the sum itself never rises, so nothing is hidden; with learning rate 5 it rises again and again from most starts (17 of 20 seeds within 2,000 steps), and the curve does not show it.',
      zh: "“if D > sum: D = sum”使 D 成为历史最小值，画出的曲线只会下降。学习率为 0.1 时误差平方和本身从不上升，因此没有掩盖什么；学习率为 5 时，20 个种子中有 17 个在 2,000 步内反复上升，而曲线上看不出来。",
    },
    proof: { test: "pencil-running-minimum: D cannot rise, the sum of squares can" },
  },
  {
    id: "pencil-one-more-update",
    effect: "B",
    text: {
      en: "The weights are updated once more after the tolerance is met, so the printed weights and the printed y do not belong together: y has D = 0.000997352, the printed weights give 0.000993335.",
      zh: "达到容差之后权重又更新了一次，因此打印出的权重与打印出的 y 并不对应：y 的 D 为 0.000997352，而打印出的权重给出 0.000993335。",
    },
    proof: { test: "pencil-one-more-update: printed weights and printed y differ by one step" },
  },
  {
    id: "pencil-width-is-samples",
    effect: "B",
    text: {
      en: "The second hidden layer is as wide as `Outx`, the number of rows of Y, which is the number of samples. With 2, 3, 5 or 8 samples W2 is 3×2, 3×3, 3×5 or 3×8 and the net has 22, 27, 37 or 52 weights. It works only because here all are 3.",
      zh: "第二个隐藏层的宽度用了 `Outx`，也就是 Y 的行数——样本数。样本数为 2、3、5、8 时，W2 分别为 3×2、3×3、3×5、3×8，网络共有 22、27、37、52 个权重。这里恰好都等于 3 才没有出问题。",
    },
    proof: { test: "pencil-width-is-samples: the second hidden width follows the number of samples" },
  },
  {
    id: "pencil-equal-start",
    effect: "B",
    text: {
      en: "There are no biases, and the text does not say why the start must be random: units that start with equal weights stay equal. From all weights 0.5, D is still 1.063 after 20,000 steps.",
      zh: "网络没有偏置，文中也没有说明初值为什么必须随机：初始权重相同的单元会一直相同。若所有权重都从 0.5 出发，20,000 步之后 D 仍为 1.063。",
    },
    proof: { test: "pencil-equal-start: units that start equal stay equal" },
  },
  {
    id: "pencil-softmax",
    effect: "C",
    shows: ["y"],
    text: {
      en: "The text says the output comes from a softmax. The code applies a sigmoid to every output by itself; after training the rows of y sum to 1.0002, 0.9994 and 1.0002.",
      zh: "文中说输出由 softmax 得到。代码里是对每个输出各自取 sigmoid；训练之后 y 各行之和为 1.0002、0.9994、1.0002。",
    },
    proof: { test: "pencil-softmax: the rows of y do not sum to 1" },
  },
  {
    id: "pencil-sigmoid-again",
    effect: "B",
    text: {
      en: "Z1 and Z2 are at hand, yet the sigmoids are computed again for the derivatives, element by element in a double loop; the variable `sum` hides Python's function of that name. Neither changes a result.",
      zh: "Z1、Z2 已经算出，求导时却又用双重循环逐个元素重新计算 sigmoid；变量名 `sum` 遮住了 Python 的同名函数。两者都不影响结果。",
    },
    proof: {
      reason: {
        en: "A matter of reading: the printed code, repaired, gives the same bits.",
        zh: "读代码即可看出：补好排版的原代码给出完全相同的结果。",
      },
    },
  },
  {
    id: "pencil-damaged-python",
    effect: "A",
    text: {
      en: 'The Python code is printed with its line breaks lost ("defsigmoid", "inrange", "if __name__" glued to the import): a syntax error on the fourth line.',
      zh: "Python 代码在页面上丢失了换行和空格（“defsigmoid”“inrange”，`if __name__` 与 import 连在一起）：第四行就是语法错误。",
    },
    proof: {
      reason: {
        en: "It is about the page, not about a computation: Python's compile() says so.",
        zh: "这是页面排版的问题，与计算无关：Python 的 compile() 直接报错。",
      },
    },
  },
  {
    id: "pencil-matlab-function-last",
    effect: "A",
    text: {
      en: "The MATLAB script defines its function at the end, which MATLAB allows since R2016b; Octave stops with \"'sigmoid' undefined\". With the function moved to the top Octave runs it and agrees with our 1,136 updates from a fresh session's random numbers.",
      zh: "MATLAB 脚本把函数定义放在末尾，MATLAB 自 R2016b 起才允许；Octave 会报“'sigmoid' undefined”。把函数移到开头，Octave 就能运行，并且用新会话的随机数得到与我们一致的 1,136 次更新。",
    },
    proof: {
      reason: {
        en: "Needs Octave or MATLAB; the number of updates is a replay of this report.",
        zh: "需要 Octave 或 MATLAB；更新次数见本报告的复现部分。",
      },
    },
  },
];
