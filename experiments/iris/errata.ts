/** Where the tutorial's iris text, code and numbers disagree; each figure is computed by the test that is named. */
import type { Erratum } from "../types.ts";

export const errata: readonly Erratum[] = [
  {
    id: "iris-printed-code",
    effect: "A",
    text: {
      en: "The listing lost its line breaks and indentation: as printed it is a syntax error in line 1.",
      zh: "代码清单丢失了换行与缩进：照原样运行，第 1 行即为语法错误。",
    },
    proof: {
      reason: {
        en: "Shown by Python's own compiler, not by papergrad.",
        zh: "由 Python 编译器给出，与 papergrad 无关。",
      },
    },
  },
  {
    id: "iris-lucky-split",
    effect: "A",
    text: {
      en: "98.33 % / 100.00 % is one lucky split. Of the 20 splits of seeds 0–19, 4 give exactly this pair and 5 give 100 % on the test part; the mean is 98.5 % train and 96.0 % test (90 to 100 %). With 30 test flowers, one flower is 3.3 points.",
      zh: "98.33 % / 100.00 % 是一次幸运的划分。种子 0–19 的 20 种划分中，恰好得到这一对数字的有 4 种，测试精度为 100 % 的有 5 种；平均训练精度 98.5 %，测试精度 96.0 %（90 % 到 100 %）。测试集只有 30 朵花，一朵就是 3.3 个百分点。",
    },
    proof: { test: "iris: 98.33 % / 100 % is one of 20 splits, the mean test accuracy is 96.0 %" },
  },
  {
    id: "iris-biases-decay",
    effect: "B",
    shows: ["b2'", "b3'"],
    text: {
      en: "b2 and b3 are updated with themselves instead of their gradients. Each step multiplies them by 1 − 0.05: after 10,000 steps they are below 1e-223. At a random point the directions have little to do with the gradients (relative error 0.75 for b2 and 0.58 for b3, cosines 0.05 and 0.33). The result hardly changes: 96.0 % test with the mistake, 96.2 % without (20 splits).",
      zh: "b2、b3 用自身而不是梯度来更新，每一步乘以 1 − 0.05：10,000 步之后已小于 1e-223。在随机点上，更新方向与梯度几乎无关（b2、b3 的相对误差为 0.75 与 0.58，余弦为 0.05 与 0.33）。结果几乎不受影响：20 种划分的平均测试精度，有此错误时为 96.0 %，改正后为 96.2 %。",
    },
    proof: { test: "iris: the published b2 and b3 directions are no gradients, and both biases vanish" },
  },
  {
    id: "iris-plateau",
    effect: "B",
    text: {
      en: "The start values are so small that nothing seems to happen at first: the loss stays above 1.09 (ln 3 = 1.0986, a guess) for several hundred of the 10,000 steps, 477 to 1,095 in the 20 splits. A reader who stops early sees a network that does not learn.",
      zh: "初始值太小，开始时似乎毫无进展：损失有数百步停在 1.09 以上（ln 3 = 1.0986，相当于瞎猜），20 种划分中为 477 到 1,095 步。过早停下的读者会以为网络学不到东西。",
    },
    proof: { test: "iris: the loss stays at ln 3 for hundreds of steps" },
  },
  {
    id: "iris-chaotic",
    effect: "B",
    text: {
      en: "After about 2,000 steps the run is chaotic. Moving the start values by one unit in the last place changes the loss by about 1e-10 at step 2,000 and by more than 1e-4 at step 5,000, and can turn the test accuracy of the kept net by a flower or two. No other implementation can repeat the published numbers digit by digit.",
      zh: "大约 2,000 步以后训练是混沌的。把初始值移动最末一位，第 2,000 步的损失变化约 1e-10，第 5,000 步就超过 1e-4，所保留网络的测试精度也可能差一两朵花。任何其他实现都不可能逐位重复教程的数字。",
    },
    proof: { test: "iris: one ulp at the start grows from 1e-10 to 1e-4" },
  },
  {
    id: "iris-two-tables",
    effect: "B",
    text: {
      en: "Kaggle's Iris.csv, which the program reads, is not Fisher's table: rows 35 and 38 differ in three numbers (0.1 for 0.2; 3.1 for 3.6 and 1.5 for 1.4). Of the splits of seeds 0–4, three test equally well with either table and two differ by one or two flowers; for seed 3 one ulp at the start does the same.",
      zh: "程序读取的 Kaggle 的 Iris.csv 与 Fisher 原表不同：第 35、38 行共有三个数不一样（0.1 对 0.2；3.1 对 3.6，1.5 对 1.4）。对种子 0–4 的划分，三种用哪一张表测试精度都相同，两种相差一两朵花；而对种子 3，起点移动一个 ulp 也会有同样的差别。",
    },
    proof: {
      test: "iris: Kaggle's table differs from Fisher's in two rows, and matters no more than one ulp",
    },
  },
  {
    id: "iris-latest-best",
    effect: "B",
    text: {
      en: '"Best" is taken on the training part, every 100 steps, with >=: the latest of equally good nets is kept. With > it would be the first. The published start (seed 3) keeps step 10,000 instead of an early one.',
      zh: "“最好”是在训练集上、每 100 步、用 >= 判断的：并列时保留最晚的网络；若用 >，保留的就是最早的。种子 3 的划分保留了第 10,000 步，而不是早得多的一步。",
    },
    proof: { test: "iris: >= keeps the latest of the best nets" },
  },
  {
    id: "iris-test-size",
    effect: "C",
    text: {
      en: "test_size = 1 − 0.8 is 0.19999999999999996 in floating point; rounding up still gives 30 test flowers.",
      zh: "test_size = 1 − 0.8 在浮点数中是 0.19999999999999996；向上取整后测试集仍是 30 朵。",
    },
    proof: { test: "iris: 1 - 0.8 of 150 is still 30" },
  },
  {
    id: "iris-first-layer-gradient",
    effect: "C",
    shows: ["dW1"],
    text: {
      en: "The text writes the first layer's gradient as that of W⁽²⁾, with (a⁽¹⁾)ᵀ in front. Evaluated, it is a 20×20 matrix, not the 4×20 of W⁽¹⁾; with (a⁽⁰⁾)ᵀ it is right.",
      zh: "文中把第一层的梯度写成 W⁽²⁾ 的梯度，前面乘的是 (a⁽¹⁾)ᵀ。照此计算得到 20×20 的矩阵，而不是 W⁽¹⁾ 的 4×20；换成 (a⁽⁰⁾)ᵀ 才对。",
    },
    proof: { test: "iris: the text's gradient of the first layer has the wrong shape" },
  },
  {
    id: "iris-second-layer-transpose",
    effect: "C",
    text: {
      en: "The text's ∇W⁽²⁾ multiplies W⁽³⁾(probsᵀ − Yᵀ), a [20, N] matrix, elementwise with 1(z⁽²⁾ ≥ 0), which is [N, 20]: a transpose is missing.",
      zh: "文中 ∇W⁽²⁾ 把 [20, N] 的 W⁽³⁾(probsᵀ − Yᵀ) 与 [N, 20] 的 1(z⁽²⁾ ≥ 0) 逐元素相乘：少了一个转置。",
    },
    proof: { test: "iris: the text's gradient of the second layer cannot be evaluated" },
  },
  {
    id: "iris-labels",
    effect: "C",
    text: {
      en: "The loss of the three-layer net is called J(z⁽²⁾), and gradients with respect to z⁽¹⁾ and b⁽¹⁾, b⁽²⁾ carry each other's names.",
      zh: "三层网络的损失写作 J(z⁽²⁾)；对 z⁽¹⁾、b⁽¹⁾、b⁽²⁾ 的梯度，下标也互相写错。",
    },
    proof: { reason: { en: "Found by reading.", zh: "阅读可见。" } },
  },
];
