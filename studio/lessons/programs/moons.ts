/** The lesson on the moons: a network as a list, one rule for every layer, and a division that ends in NaN. */
import { createEngine } from "papergrad/engine";
import { traceStep } from "papergrad/inspect";
import {
  glorotLayers,
  initLayers,
  type LayerSpec,
  NN_ARCHITECTURE,
  type Params,
} from "../../../experiments/moons/architecture.ts";
import { moonsData } from "../../../experiments/moons/data.ts";
import { errata } from "../../../experiments/moons/errata.ts";
import { costAndGradients, trainStep, writeParams } from "../../../experiments/moons/step.ts";
import type { Variant } from "../../../experiments/types.ts";
import { apply, type Expr, letter, over, T, times } from "../algebra/expression.ts";
import { latex } from "../algebra/latex.ts";
import { moonsNet } from "../algebra/layer-list.ts";
import { m } from "../algebra/letters.ts";
import { given, type Matrix, scalar, transpose } from "../algebra/matrix.ts";
import { choiceCheck, exactly, numberCheck, type Option } from "../checks.ts";
import { agree, valueIfItFits } from "../gradients.ts";
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
  shown,
} from "../lesson.ts";
import { paper, playground } from "../links.ts";

const SETTING = { backend: "wasm", dtype: "float64" } as const;
const SEED = 2;

/** One sigmoid unit that reads a 1: its Z is its weight. */
const ONE_UNIT: readonly LayerSpec[] = [{ input_dim: 1, output_dim: 1, activation: "sigmoid" }];

/** P, cost and dZ of one unit at Z with target Y. */
function unitAt(variant: Variant, Z: number, Y: 0 | 1): { P: number; cost: number; dZ: number } {
  const engine = createEngine(SETTING);
  const entry = engine.entry("unit", (g) => {
    const { loss, gradients, P } = costAndGradients(
      g,
      variant,
      ONE_UNIT,
      g.input("X", [1, 1]),
      g.input("Y", [1, 1]),
    );
    g.metric("cost", loss);
    // With one example whose input is 1, dW is dZ.
    g.store(g.parameter("dZ", [1, 1]), gradients[0]!.dW);
    g.store(g.parameter("P", [1, 1]), P);
  });
  engine.write("X", [1]);
  engine.write("Y", [Y]);
  engine.write("W1", [Z]);
  const cost = entry.run(1).metrics.cost![0]!;
  return { P: engine.read("P").data[0]!, cost, dZ: engine.read("dZ").data[0]! };
}

/** Costs before the given steps, from a start. */
function costsFrom(params: Params, stops: readonly number[]): number[] {
  const { train } = moonsData();
  const engine = createEngine({ backend: "wasm", dtype: "float32" });
  const rows = train.Y.length;
  const entry = engine.entry("step", (g) =>
    trainStep(g, "derived", NN_ARCHITECTURE, g.input("X", [rows, 2]), g.input("Y", [rows, 1]), 0.01),
  );
  engine.write("X", train.X);
  engine.write("Y", train.Y);
  writeParams(engine, NN_ARCHITECTURE, params);
  const { loss } = entry.run(Math.max(...stops) + 1).metrics;
  return stops.map((stop) => loss![stop]!);
}

const STOPS = [0, 100, 200];

/** Layer 3 of a small list, in columns as the tutorial has it: dZ, A_prev, W and the true dW, all transposed. */
function inColumns() {
  const list: readonly LayerSpec[] = [
    { input_dim: 2, output_dim: 3, activation: "relu" },
    { input_dim: 3, output_dim: 4, activation: "relu" },
    { input_dim: 4, output_dim: 3, activation: "relu" },
    { input_dim: 3, output_dim: 2, activation: "relu" },
    { input_dim: 2, output_dim: 1, activation: "sigmoid" },
  ];
  const { train } = moonsData();
  const points = 5;
  const start = initLayers(list, 1);
  // Larger than the tutorial's, so that something passes every relu.
  const params: Params = Object.fromEntries(
    Object.entries(start).map(([k, v]) => [k, v.map((w) => Math.abs(10 * w))]),
  );
  const engine = createEngine(SETTING);
  const entry = engine.entry("gradients", (g) => {
    const X = g.input("X", [points, 2]);
    const Y = g.input("Y", [points, 1]);
    const { gradients } = costAndGradients(g, "published", list, X, Y);
    g.store(g.parameter("dW3 out", [4, 3]), gradients[2]!.dW);
  });
  engine.write("X", train.X.slice(0, 2 * points));
  engine.write("Y", train.Y.slice(0, points));
  for (const [name, values] of Object.entries(params)) engine.write(name, values);
  const traced = traceStep(entry);
  const of = (label: string): Matrix => {
    const { shape, data } = traced.find((v) => v.label === label)!;
    return transpose(given(shape[0], shape[1], data));
  };
  return {
    values: { m: scalar(points), dZ: of("dZ3"), A: of("A2"), Z: of("Z3"), W: of("W3") },
    dW: of("dW3"),
  };
}

const dZ = letter("dZ", "\\bar{Z}");
const A = letter("A", "A_{\\text{prev}}");
const Wc = letter("W", "W");
const Z = letter("Z", "Z");

function columnsOption(of: Expr, en: string, zh: string): Option {
  const text = `$${latex(of)}$`;
  return {
    text: { en: text, zh: text },
    holds: () => {
      const { values, dW } = inColumns();
      const found = valueIfItFits(of, values);
      return found !== null && agree(found, dW);
    },
    because: { en, zh },
  };
}

const nanFrom = (Z: number): boolean => Number.isNaN(unitAt("published", Z, 1).dZ);

export const moons: Lesson = {
  name: "moons",
  title: { en: "Moons: one rule for every layer", zh: "双月牙：一条规则管所有层" },
  lead: {
    en: "A network as a list of layers, and a division that cancels only on paper.",
    zh: "把网络写成一张层的清单；以及一个只在纸面上才约得掉的除法。",
  },
  sections: sections({
    network: [
      p(
        "Two moons lie in each other's arms; no straight line separates them, but a bent one does. The tutorial does not write layers out one by one. It keeps a list: inputs, outputs, activation of each layer, here 2-25-50-50-25-1. One function goes forward through a layer, one goes back, and a loop does the rest.",
        "两个月牙互相环抱，直线分不开，弯曲的线却可以。这篇教程不把各层逐一写出来，而是用一张清单记下每层的输入数、输出数和激活函数，这里是 2-25-50-50-25-1。一个函数负责一层的前向，一个函数负责一层的反向，剩下的交给循环。",
      ),
      p(
        "This is what every library does. It works because the rule for a layer mentions nothing but this layer: what it read, what it produced, and what came back from above.",
        "所有的库都是这么做的。能这样做，是因为一层的规则只涉及这一层自己：它读到了什么，产生了什么，上面又传回了什么。",
      ),
    ],
    derivation: [
      p(
        "The tutorial's `dA` and `dZ` are not differentials but gradients, times the number of points $@m$. Here they are called $\\bar A$ and $\\bar Z$, so that $\\mathrm{d}$ keeps its meaning. The tutorial has one point in each column; here it is one in each row, as everywhere in papergrad, so its matrices are the transposes of these.",
        "教程里的 `dA`、`dZ` 并不是微分，而是梯度再乘以点数 $@m$。这里把它们记作 $\\bar A$ 和 $\\bar Z$，让 $\\mathrm{d}$ 保持原来的含义。教程每列一个点；这里与 papergrad 各处一致，每行一个点，所以教程的矩阵是这里的转置。",
      ),
      derivation(moonsNet),
    ],
    published: [
      p(
        "The training functions are right. What surrounds them does not run: a tuple stored under one name, seven arguments for five parameters, `is` between texts, a variable misspelt. And the comparison at the end, “tens of times slower than Keras”, compares 10,000 steps over all points with 5,800 steps over 32.",
        "训练用的函数本身是对的，跑不起来的是外围代码：把三元组存进一个名字，给五个参数的函数传七个参数，用 `is` 比较字符串，还拼错一个变量名。至于文末“比 Keras 慢几十倍”的比较，一边是对全部点走 10 000 步，另一边是每步 32 个点走 5 800 步。",
      ),
      errataOf(errata),
    ],
    numbers: [
      p(
        "Two things. First, how the output's way back fares when the network is sure of itself: on paper $\\bar A\\odot P\\odot(1-P)$ is $P-Y$. In floating point $P$ becomes exactly 1 at some $Z$, and then 0 is divided by 0.",
        "要看两处。第一，网络很有把握时，输出层往回的那一步会怎样：纸面上 $\\bar A\\odot P\\odot(1-P)$ 就是 $P-Y$；而在浮点运算中，$Z$ 大到一定程度，$P$ 就恰好等于 1，接下来便是 0 除以 0。",
      ),
      figures({
        id: "saturation",
        caption: {
          en: "One output unit with target 1, float64",
          zh: "一个输出单元，目标值 1，float64",
        },
        columns: ["Z", "1 − P", { en: "Z̄ as published", zh: "发布版的 Z̄" }, "P − Y"],
        compute: () =>
          [0, 10, 36, 37, 40].map((Z): Row => {
            const published = unitAt("published", Z, 1);
            const derived = unitAt("derived", Z, 1);
            return [
              String(Z),
              (1 - published.P).toExponential(2),
              published.dZ.toExponential(4),
              derived.dZ.toExponential(4),
            ];
          }),
      }),
      p(
        "Second, the start. With 0.1 times normal numbers in five layers the cost waits near ln 2, the value of a coin toss. Glorot's start, which looks at the widths of the layers, does not wait.",
        "第二，初值。五层网络若都从 0.1 乘以正态随机数出发，代价会长时间停在 ln 2，也就是抛硬币的水平。Glorot 初值会考虑各层的宽度，就用不着等。",
      ),
      figures({
        id: "start",
        caption: {
          en: "The whole network, 900 points, learning rate 0.01, trained here",
          zh: "整个网络，900 个点，学习率 0.01，当场训练",
        },
        columns: [
          { en: "start", zh: "初值" },
          ...STOPS.map((s) => ({ en: `cost at step ${s}`, zh: `第 ${s} 步的代价` })),
        ],
        compute: () => [
          [
            { en: "tutorial, 0.1·normal", zh: "教程，0.1·正态" },
            ...costsFrom(initLayers(NN_ARCHITECTURE, SEED), STOPS).map((v) => shown(v)),
          ],
          [
            { en: "Glorot, biases 0", zh: "Glorot，偏置为 0" },
            ...costsFrom(glorotLayers(NN_ARCHITECTURE, SEED), STOPS).map((v) => shown(v)),
          ],
        ],
      }),
    ],
    rooms: [
      elsewhere(
        "playground",
        playground({
          data: { kind: "moons", noise: 0.2, count: 1000, testShare: 0.1 },
          layers: [25, 50, 50, 25].map((units) => ({ units, activation: "relu" as const })),
          optimizer: { name: "sgd", learningRate: 0.01 },
          batchSize: 32,
          view: { goal: 0.97 },
        }),
        "The five layers on moons of the same kind, in batches of 32. See in which layer the bend of the boundary first appears.",
        "同样的五层网络，同类的月牙，每批 32 个点。看看分界线的弯曲最先出现在哪一层。",
      ),
      elsewhere(
        "race",
        "",
        "The fair comparison: the same start, the same batches, papergrad beside TensorFlow.js.",
        "公平的比较：相同的起点，相同的批次，papergrad 与 TensorFlow.js 并排。",
      ),
      elsewhere(
        "pencil",
        paper({ program: "moons", view: "both" }),
        "One published step with eight of the points: five layers, dA and dZ alternating.",
        "发布版的一步，取其中八个点：五层，dA 与 dZ 交替出现。",
      ),
    ],
    checks: [
      check(
        numberCheck({
          id: "coin",
          question: {
            en: "A network answers $P = \\frac12$ to every point. What is its cost, whatever the targets?",
            zh: "某个网络对每个点都回答 $P = \\frac12$。不论目标值如何，它的代价是多少？",
          },
          label: { en: "cost", zh: "代价" },
          answer: () => unitAt("derived", 0, 1).cost,
          right: {
            en: "Right: −ln ½ for either target. A run that stays there is tossing coins.",
            zh: "正确：无论哪种目标都是 −ln ½。停在这个值上的训练，和抛硬币没有区别。",
          },
          hint: {
            en: "For target 1 the cost is −ln P, for target 0 it is −ln(1 − P).",
            zh: "目标为 1 时代价是 −ln P，目标为 0 时是 −ln(1 − P)。",
          },
          slips: [
            {
              value: () => 0.5,
              because: {
                en: "That is the probability, not minus its logarithm.",
                zh: "那是概率，还没有取对数再变号。",
              },
            },
            {
              value: () => 1,
              because: {
                en: "That is the logarithm to base 2. Here ln is the natural one.",
                zh: "那是以 2 为底的对数，这里用自然对数。",
              },
            },
          ],
        }),
      ),
      check(
        choiceCheck({
          id: "columns",
          question: {
            en: "The tutorial stores one point in each *column*. Which of these is then the gradient of $W$ of a layer? (Held against papergrad's, transposed.)",
            zh: "教程*每列*存一个点。这样一来，某层 $W$ 的梯度是下面哪一个？（会与 papergrad 的结果转置后比较。）",
          },
          options: [
            columnsOption(
              times(over(1, m), T(A), dZ),
              "No: this is the form for points in rows. In columns the sizes do not even fit.",
              "不对：这是点按行存放时的写法；按列存放，尺寸根本对不上。",
            ),
            columnsOption(
              times(over(1, m), dZ, T(A)),
              "Right: transpose the row form, and the factors change places. `np.dot(dZ_curr, A_prev.T) / m`.",
              "正确：把按行的式子转置，两个因子就交换位置，即 `np.dot(dZ_curr, A_prev.T) / m`。",
            ),
            columnsOption(
              times(over(1, m), T(Wc), dZ),
              "No: that is what goes on to the layer below, the tutorial's `dA_prev` (without the division).",
              "不对：那是传给下一层的量，即教程的 `dA_prev`（而且它不除以点数）。",
            ),
            columnsOption(
              times(over(1, m), apply("aboveZero", Z), T(A)),
              "No: the mask alone knows nothing of the error.",
              "不对：只有掩码，没有任何误差信息。",
            ),
          ],
        }),
      ),
      check(
        numberCheck({
          id: "nan",
          question: {
            en: "From which whole $Z$ on does the published way back give NaN in float64, for target 1?",
            zh: "在 float64 中，目标为 1 时，发布版的反向一步从哪个整数 $Z$ 开始得到 NaN？",
          },
          label: { en: "Z", zh: "Z" },
          answer: () => 1,
          accepts: (Z, one) =>
            Number.isInteger(Z) && Math.abs(Z) < 1e6 && exactly(Number(nanFrom(Z) && !nanFrom(Z - 1)), one),
          right: {
            en: "Right: the published step was run at this Z and at the one before. There 1 − P rounds to 0.",
            zh: "正确：刚才在这个 Z 和前一个 Z 上都运行了发布版的一步。此处 1 − P 舍入成了 0。",
          },
          hint: {
            en: "1 − P is about e^−Z, and P is exactly 1 once that is below half of 2.2·10⁻¹⁶. The table above narrows it down.",
            zh: "1 − P 约为 e^−Z；当它小于 2.2·10⁻¹⁶ 的一半时，P 就恰好是 1。上面的表可以帮你缩小范围。",
          },
        }),
      ),
    ],
  }),
};
