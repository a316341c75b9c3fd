/** Where tutorial 002's text, code and results disagree; the figures are computed by the tests named. */
import type { Erratum } from "../types.ts";

export const errata: readonly Erratum[] = [
  {
    id: "digits-biases-zeroed",
    effect: "A",
    shows: ["a2'", "h'", "delta3", "delta2", "db1", "dW1", "db2", "dW2", "b1'", "W1'", "b2'", "W2'"],
    text: {
      en: "nnGradient sets the bias columns of Θ1 and Θ2 to 0 before its forward pass and so returns the gradient of a network without biases; the cost has them. Conjugate gradients give up after 18 iterations at cost 1.0968 and 86.04 % of the training digits (85.32 % of the test digits); with the right gradient they reach 97.68 % after 50 iterations and 99.58 % after 100.",
      zh: "nnGradient 在前向计算之前把 Θ1、Θ2 的偏置列清零，于是返回的是没有偏置的网络的梯度，而代价函数带着偏置。共轭梯度法迭代 18 次后停在代价 1.0968，训练集正确率 86.04 %（测试集 85.32 %）；用正确的梯度，50 次迭代达到 97.68 %，100 次达到 99.58 %。",
    },
    proof: { test: "digits-biases-zeroed: conjugate gradients give up with the published gradient" },
  },
  {
    id: "digits-caller-vector",
    effect: "A",
    text: {
      en: 'The two lines write through views into the vector the caller passed in: one call of nnGradient changes the cost at "the same" vector from 2.126291 to 2.059821 (3-5-3 net, λ = 1). SciPy ≥ 1.5 hands out copies and is spared that; the gradient stays wrong.',
      zh: "那两行代码通过视图直接改写了调用者传入的向量：调用一次 nnGradient，“同一个”向量处的代价就从 2.126291 变成 2.059821（3-5-3 网络，λ = 1）。SciPy ≥ 1.5 传入的是副本，因此不受这一点影响，但梯度仍是错的。",
    },
    proof: { test: "digits-caller-vector: one gradient call changes the cost at the caller's vector" },
  },
  {
    id: "digits-blind-check",
    effect: "A",
    text: {
      en: "checkGradient cannot see the mistake: its call of nnGradient has already zeroed the biases of the very vector whose finite differences it takes next. Its two columns agree to 2·10⁻¹¹; at the vector that was asked for, the gradient is wrong by up to 2.13·10⁻², in single entries by 19 %.",
      zh: "checkGradient 发现不了这个错误：它先调用 nnGradient，而这一调用已经把接下来要做数值求导的那个向量的偏置清零了。于是两列相差只有 2·10⁻¹¹；而在原来给定的向量处，梯度的误差最大为 2.13·10⁻²，个别分量误差达 19 %。",
    },
    proof: { test: "digits-blind-check: the published check passes and the gradient is wrong" },
  },
  {
    id: "digits-copy-is-not-enough",
    effect: "A",
    text: {
      en: "Working on a copy mends the caller's vector only. Plain gradient descent (learning rate 0.5, λ = 1, 500 steps on the 3-5-3 net) brings the cost to 1.178 with the right gradient; with the zeroing on a copy it climbs to 10.68 while the biases run away to 53; in place it stops at 1.607, the biases reset again and again.",
      zh: "只加一个 copy 并不能解决问题，它只保护了调用者的向量。在 3-5-3 网络上做普通梯度下降（学习率 0.5，λ = 1，500 步）：正确的梯度把代价降到 1.178；在副本上清零，代价反而升到 10.68，偏置一路跑到 53；就地清零则停在 1.607，偏置一次次被抹掉。",
    },
    proof: { test: "digits-copy-is-not-enough: plain gradient descent diverges on a copy" },
  },
  {
    id: "digits-check-labels",
    effect: "B",
    text: {
      en: "The check's labels are 2, 3, 1, 2, 3, counted from 1, but the columns are counted from 0: label 3 has no column and its rows of Y are all 0. Cost and gradient agree about it, so the check still checks.",
      zh: "检查所用的标签是 2、3、1、2、3，从 1 数起，而列从 0 数起：标签 3 没有对应的列，它那几行 Y 全为 0。代价和梯度对此是一致的，所以检查仍然有效。",
    },
    proof: { test: "digits-check-labels: label 3 has no column" },
  },
  {
    id: "digits-debug-order",
    effect: "B",
    text: {
      en: "The check's weights sin(1)/10, sin(2)/10, … fill the matrices row by row; the Octave original fills them column by column. The cost is 2.126291 instead of 2.136574 (λ = 1), so figures cannot be compared with the original's.",
      zh: "检查所用的权重 sin(1)/10、sin(2)/10…… 是按行填入矩阵的，而 Octave 原版按列填。代价因此是 2.126291 而不是 2.136574（λ = 1），数字不能与原版直接比较。",
    },
    proof: { test: "digits-debug-order: row by row and column by column give different costs" },
  },
  {
    id: "digits-predict-ties",
    effect: "B",
    text: {
      en: "predict collects the columns of each row's maximum with np.where and stacks them: a row with two equal maxima has two columns and the stacking fails (ValueError). It also recomputes all row maxima for every row: 2.05 s for 5,000 digits. We take the first of equal maxima.",
      zh: "predict 用 np.where 找出每行最大值所在的列再逐行堆叠：若某行有两个相同的最大值，就得到两列，堆叠时报 ValueError。而且每处理一行都重算所有行的最大值：5,000 张图要 2.05 秒。我们的实现取第一个最大值。",
    },
    proof: { test: "digits-predict-ties: a tied row has two largest columns" },
  },
  {
    id: "digits-mean-square",
    effect: "C",
    text: {
      en: "The text speaks of the gradient of the mean squared error. Cost and δ3 = h − Y are those of the cross-entropy; a squared error would have (h − Y)∘h∘(1 − h) at the output, which misses the gradient of the printed cost by more than half of its length.",
      zh: "文中说求的是均方误差的梯度。代价函数和 δ3 = h − Y 都属于交叉熵；若是平方误差，输出层应为 (h − Y)∘h∘(1 − h)，它与所写代价函数的梯度相差超过其长度的一半。",
    },
    proof: { test: "digits-mean-square: the residual of the squared error does not fit the cost" },
  },
  {
    id: "digits-reciprocal",
    effect: "C",
    text: {
      en: '"S型函数的倒数" (the reciprocal of the sigmoid) is a slip for 导数, the derivative: σ′ = σ(1 − σ).',
      zh: "“S型函数的倒数”应为“导数”：σ′ = σ(1 − σ)。",
    },
    proof: { reason: { en: "A slip of the pen; nothing to compute.", zh: "笔误，无可计算。" } },
  },
  {
    id: "digits-sample-loop",
    effect: "B",
    text: {
      en: "Back-propagation loops over the samples in Python: 250 ms for one gradient where the same matrix products take 20 ms. The sums are the same to 10⁻¹⁵.",
      zh: "反向传播在 Python 里逐个样本循环：一次梯度要 250 ms，同样的矩阵乘法只需 20 ms。两者的和相差不过 10⁻¹⁵。",
    },
    proof: { test: "digits-sample-loop: sample by sample gives the same gradient" },
  },
  {
    id: "digits-savetxt",
    effect: "B",
    text: {
      en: "Every call of the cost function writes Theta1.csv to the disk, which doubles its time (23 ms against 12 ms); what remains in the file is the last trial of a line search, not the result. We write Θ1, Θ2 and h2 once, at the end.",
      zh: "每次调用代价函数都会把 Theta1.csv 写到磁盘，耗时翻倍（23 ms 对 12 ms）；最后留在文件里的是某次线搜索的试探点，而不是结果。我们只在最后写一次 Θ1、Θ2 和 h2。",
    },
    proof: {
      reason: {
        en: "A matter of time and files in NumPy, measured there.",
        zh: "这是 NumPy 里的时间与文件问题，在那里测得。",
      },
    },
  },
  {
    id: "digits-damaged-text",
    effect: "A",
    text: {
      en: 'As printed the code does not run: indentation and # signs are lost (comment lines became names), a * is missing in "2epsilon_init", "print res" is Python 2, and sigmoid, sigmoidGradient, debugInitializeWeights and the main program are not printed at all.',
      zh: "照页面上的样子，代码无法运行：缩进和 # 号丢失（注释行变成了变量名），“2epsilon_init”少了一个 *，“print res”是 Python 2 的写法，而 sigmoid、sigmoidGradient、debugInitializeWeights 和主程序根本没有给出。",
    },
    proof: {
      reason: {
        en: "It is about the page; Python's compile() says so. The missing parts follow the article's public source.",
        zh: "这是页面的问题，Python 的 compile() 直接报错。缺失的部分按该文公开的源代码补上。",
      },
    },
  },
];
