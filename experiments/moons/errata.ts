/** Where the tutorial's text, code and printed results disagree, with what was measured. */
import type { Erratum } from "../types.ts";

export const errata: readonly Erratum[] = [
  {
    id: "moons-tuple",
    effect: "A",
    text: {
      en: "`train` returns three things (parameters, costs, accuracies), but the program stores them in one name and indexes it as the parameters: TypeError before any accuracy is printed.",
      zh: "`train` 返回三样东西（参数、代价、准确率），程序却存入一个名字并当作参数去索引：还没打印准确率就出现 TypeError。",
    },
    proof: {
      reason: {
        en: "An error of Python's at run time; here the compiler would refuse it.",
        zh: "这是 Python 的运行时错误；在 TypeScript 里编译器就会拒绝。",
      },
    },
  },
  {
    id: "moons-seven-arguments",
    effect: "A",
    text: {
      en: "For the film `train` is called with seven arguments (a verbose flag and a callback), but it takes five: TypeError. The printed function cannot have made the published film.",
      zh: "制作动画时用七个参数调用 `train`（含 verbose 标志和回调函数），而它只接受五个：TypeError。印出的函数不可能做出所展示的动画。",
    },
    proof: {
      reason: {
        en: "An error of Python's at run time; here the compiler would refuse it.",
        zh: "这是 Python 的运行时错误；在 TypeScript 里编译器就会拒绝。",
      },
    },
  },
  {
    id: "moons-is-on-strings",
    effect: "A",
    text: {
      en: '`activation is "relu"` asks for the same object, not the same text. It works for literals in one file by luck; with the list of layers read from JSON every layer ends in “Non-supported activation function”.',
      zh: '`activation is "relu"` 比较的是同一个对象，而不是相同的文字。同一文件里的字面量碰巧可行；若层列表从 JSON 读入，每一层都会报 “Non-supported activation function”。',
    },
    proof: {
      reason: {
        en: "Strings have no identity in JavaScript: === compares their text.",
        zh: "JavaScript 的字符串没有身份之分：=== 比较的就是文字。",
      },
    },
  },
  {
    id: "moons-keras-names",
    effect: "A",
    text: {
      en: "The framework's film stores its last prediction in `rediction_probs` and then uses `prediction_probs`: NameError. `predict_classes`, `predict_proba` and `np_utils` no longer exist in Keras.",
      zh: "框架动画的最后一次预测存入 `rediction_probs`，随后却使用 `prediction_probs`：NameError。`predict_classes`、`predict_proba`、`np_utils` 在如今的 Keras 里也已不存在。",
    },
    proof: {
      reason: {
        en: "Names of Python and Keras; found by reading.",
        zh: "属于 Python 与 Keras 的名字问题，由阅读发现。",
      },
    },
  },
  {
    id: "moons-unequal-comparison",
    effect: "A",
    text: {
      en: "“Tens of times slower … lack of optimisation” compares 10,000 steps over 900 examples (9,000,000 examples seen) with 200 epochs in batches of 32 (5,800 steps, 180,000 examples): 50 times as many. From the same start, with the same batches in the same order, both arrive at the same weights, and the network written by hand and compiled is many times faster than the framework (60 to 100 times in our runs on one core).",
      zh: "“慢几十倍……缺乏优化”拿 10000 步、每步 900 个样本（共见 9000000 个样本）去比 200 轮、每批 32 个（5800 步、180000 个样本）：前者是后者的 50 倍。从同样的初值、按同样顺序用同样的小批，两者得到同样的权重，而手写并编译的网络比框架快许多倍（在我们的单核运行中为 60 至 100 倍）。",
    },
    proof: { test: "moons: the tutorial's run sees 50 times as many examples as the framework's" },
  },
  {
    id: "moons-not-the-same-setting",
    effect: "B",
    text: {
      en: "“The same architecture and learning rate”: but not the same start (0.1·randn in biases too, against Glorot and zero biases), not the same batch (900 against 32), not the same number of updates. With the framework's start the tutorial's own program has a cost of 0.284 after 1,000 iterations where its own start still has 0.691.",
      zh: "“架构和学习率相同”：但初值不同（连偏置也是 0.1·randn，框架则是 Glorot、偏置为零），批大小不同（900 对 32），更新次数也不同。换成框架的初值，教程自己的程序 1000 次迭代后代价为 0.284，而用它自己的初值仍是 0.691。",
    },
    proof: { test: "moons: the framework's start saves a thousand iterations" },
  },
  {
    id: "moons-plateau",
    effect: "B",
    text: {
      en: "The start 0.1·randn is too small for five layers: the cost begins at 0.6936 (a constant answer has 0.6931) and is still above 0.69 after 1,249 iterations, an eighth of the training.",
      zh: "对五层网络来说 0.1·randn 的初值太小：代价从 0.6936 开始（常数答案为 0.6931），1249 次迭代之后仍高于 0.69，占整个训练的八分之一。",
    },
    proof: { test: "moons: the cost waits above 0.69 for 1,250 iterations" },
  },
  {
    id: "moons-95-percent",
    effect: "C",
    text: {
      en: "The text says 95 % test accuracy for both models. The program with its fixed seed gives 98 % (98 of 100 points, training 96.89 %, cost 0.0743); one point is one per cent. On the framework's terms (Glorot start, batches of 32, 200 epochs) the same network gives 96 %.",
      zh: "正文说两个模型的测试准确率都是 95 %。程序的种子固定，得到的是 98 %（100 点中 98 点正确，训练 96.89 %，代价 0.0743）；一个点就是百分之一。按框架的条件（Glorot 初值、每批 32 个、200 轮），同一网络为 96 %。",
    },
    proof: { test: "moons: the final weights give 98 of 100 test points, not 95" },
  },
  {
    id: "moons-grid",
    effect: "B",
    text: {
      en: "The grid of the pictures takes GRID_X_START for y; GRID_Y_START is never used. y runs from −1.5 in steps of 0.03535 instead of from −1 in steps of 0.03030: 15 of the 100 rows lie below the picture that was meant.",
      zh: "画图网格的 y 误用了 GRID_X_START，GRID_Y_START 从未使用。y 从 −1.5 起、步长 0.03535，而不是从 −1 起、步长 0.03030：100 行中有 15 行落在本意的图之下。",
    },
    proof: { test: "moons: 15 of the grid's 100 rows lie below −1" },
  },
  {
    id: "moons-saturation",
    effect: "B",
    shows: ["cost", "dA5"],
    text: {
      en: "dA = −(Y/P − (1−Y)/(1−P)) is the exact gradient until P rounds to 1 (from Z ≈ 37 on): then it is NaN for either label. With the points multiplied by 100 and learning rate 0.1 the published program is NaN from iteration 1,298 on; the fused P − Y has none in 2,000. In the published setting both give the same parameters to the last digits.",
      zh: "dA = −(Y/P − (1−Y)/(1−P)) 在 P 舍入为 1（Z 约从 37 起）之前是精确的梯度，之后对两种标签都是 NaN。把点放大 100 倍、学习率 0.1 时，公布的程序从第 1298 次迭代起变成 NaN；合并形式 P − Y 在 2000 次里一次也没有。在公布的设置下，两者的参数直到最后几位都相同。",
    },
    proof: { test: "moons: the published gradient is NaN from iteration 1,298 on, the fused one never" },
  },
  {
    id: "moons-relu-at-zero",
    effect: "B",
    shows: ["A1", "dZ1"],
    text: {
      en: "relu′(0) is 0 in this tutorial and 1 in the one with XOR, iris and MNIST. It matters only where Z is exactly 0: with the first layer's parameters 0 nothing passes back to it here, everything would there.",
      zh: "relu′(0) 在本教程里取 0，在含 XOR、鸢尾花、MNIST 的那篇里取 1。只有 Z 恰好为 0 时才有区别：若第一层参数全为 0，这里什么都传不回去，那里则全部传回。",
    },
    proof: { test: "moons: relu passes nothing back where Z is exactly 0" },
  },
  {
    id: "moons-seed",
    effect: "B",
    text: {
      en: "`init_layers` has the default seed 99, but `train` passes 2, so 99 is never used; and `np.random.seed` resets the generator of the whole program.",
      zh: "`init_layers` 的默认种子是 99，但 `train` 传入 2，99 从未用到；而且 `np.random.seed` 会重置整个程序的随机数发生器。",
    },
    proof: { test: "moons: the start values are those of seed 2, not of the default 99" },
  },
  {
    id: "moons-file-names",
    effect: "B",
    text: {
      en: "The film's file names are numbered index // 50. A callback at every iteration writes 50 pictures to each name and keeps 200 of 10,000; only one call in 50 iterations loses none.",
      zh: "动画的文件名按 index // 50 编号。若每次迭代都回调，每个文件名会被写 50 次，10000 张图只留下 200 张；只有每 50 次迭代调用一次才不丢图。",
    },
    proof: { test: "moons: numbering by index // 50 keeps 200 of 10,000 pictures" },
  },
  {
    id: "moons-indentation",
    effect: "C",
    text: {
      en: "Nested indentation is printed as one space: most of the code blocks do not compile as they stand.",
      zh: "嵌套缩进被印成一个空格：大多数代码块照原样无法编译。",
    },
    proof: {
      reason: {
        en: "Damage to Python's layout; found by compiling the blocks.",
        zh: "Python 排版受损；由编译各代码块发现。",
      },
    },
  },
];
