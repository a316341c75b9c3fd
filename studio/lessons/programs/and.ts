/** The lesson on AND: one neuron, the whole derivation once, and a bias of the wrong shape. */
import { errata } from "../../../experiments/one-net/errata.ts";
import { AND } from "../../../experiments/one-net/gate.ts";
import { throughLogarithms } from "../algebra/one-neuron.ts";
import { matrixCheck, numberCheck, trialCheck } from "../checks.ts";
import { check, derivation, elsewhere, errataOf, figures, type Lesson, p, sections } from "../lesson.ts";
import { paper, playground } from "../links.ts";
import { gateFigures, gateGradient, publishedPull, trainGate } from "./gates.ts";

const ORIGIN = [0, 0] as const;

export const and: Lesson = {
  name: "and",
  title: { en: "AND: one neuron, one line", zh: "逻辑与：一个神经元，一条直线" },
  lead: {
    en: "A single neuron draws a single straight line. AND needs no more.",
    zh: "一个神经元只能画一条直线，而逻辑与恰好只需要一条。",
  },
  sections: sections({
    network: [
      p(
        "AND says 1 only if both inputs are 1. Put its four cases on the plane: they are the corners of a square, and one straight line separates the corner (1, 1) from the other three. A single neuron *is* such a line. Where $@z = x_1w_1 + x_2w_2 + @b$ is 0, it is undecided; on one side $@z$ is positive, on the other negative, and the sigmoid turns the distance from the line into a probability $@h$.",
        "只有两个输入都是 1，逻辑与才回答 1。把四种情形画到平面上，它们是正方形的四个角；用一条直线就能把 (1, 1) 与另外三个角分开。单个神经元*就是*这样一条直线：在 $@z = x_1w_1 + x_2w_2 + @b$ 等于 0 的地方，它拿不定主意；线的一侧 $@z$ 为正，另一侧为负；离线有多远，就由 sigmoid 换算成概率 $@h$。",
      ),
      p(
        "Why cross-entropy, not the squared error? Because a confident mistake should hurt. With the squared error the slope $h(1-h)$ of the sigmoid stays in the gradient, and a neuron that is quite sure and quite wrong hardly moves. The derivation below shows how the logarithm cancels just this factor.",
        "为什么用交叉熵，而不用平方误差？因为“错得很自信”应当付出代价。若用平方误差，sigmoid 的斜率 $h(1-h)$ 会留在梯度里，一个十分肯定却完全答错的神经元几乎不动。下面的推导会看到，对数恰好把这个因子约掉。",
      ),
    ],
    derivation: [
      p(
        "All four cases stand below each other in $@x$, so one product serves them all. The rule of the game: write the differential $@dJ$, replace one differential after the other by what it is made of, and bring everything into the form $\\mathrm{tr}(\\,\\cdot\\,^\\top \\mathrm{d}W)$. What stands in place of the dot is the gradient. Point at a letter, and it lights up wherever it occurs.",
        "四种情形在 $@x$ 里一行一个，一次乘法就能全部算完。推导的规则只有一条：写出微分 $@dJ$，把其中的微分逐个换成它的来源，最后整理成 $\\mathrm{tr}(\\,\\cdot\\,^\\top \\mathrm{d}W)$ 的形式，点所在的位置就是梯度。把鼠标指到某个字母上，它在各处都会亮起来。",
      ),
      derivation(throughLogarithms),
    ],
    published: [
      p(
        "The published program follows $\\frac{1}{m}@x^\\top(@h-@y)$ correctly, and then does two things that no derivation says. To every entry of the gradient it adds $\\lambda$ times the *sum* of all weights, where $@lambda@w$ belongs. And it makes the bias 1×2: adding it to a column gives two columns, so at the first update $@w$ itself grows from 2×1 to 2×2, and the program trains two nearly equal neurons without noticing.",
        "发布的程序正确地用了 $\\frac{1}{m}@x^\\top(@h-@y)$，随后却做了两件任何推导都得不出的事。其一，它给梯度的每个元素都加上 $\\lambda$ 乘以所有权重*之和*，而本该加的是 $@lambda@w$。其二，它把偏置建成 1×2：一列加上它就成了两列，于是第一次更新之后 $@w$ 自己从 2×1 长成 2×2，程序在不知不觉中训练着两个几乎一样的神经元。",
      ),
      errataOf(errata(AND)),
    ],
    numbers: [
      p(
        "Both weights end alike, since AND treats its inputs alike. $@h$ at (1, 1) stays well below 1: pushing it higher would need larger weights, and the decay charges for them. Without decay the weights would grow for ever, ever more slowly, because the data can be separated. And look at the published row: four weights instead of two, and two biases.",
        "两个权重最终相等，因为逻辑与对两个输入一视同仁。(1, 1) 处的 $@h$ 远不到 1：要更接近 1，权重就得更大，而衰减会为此收费。没有衰减时，由于数据可以完全分开，权重会一直增长，只是越来越慢。再看发布版那一行：权重是四个而不是两个，偏置也有两个。",
      ),
      figures(gateFigures(AND)),
    ],
    rooms: [
      elsewhere(
        "playground",
        playground({
          data: { kind: "gate-and", noise: 0, testShare: 0, count: 4 },
          layers: [],
          optimizer: { name: "sgd", learningRate: 0.5 },
          batchSize: 4,
          view: { goal: 1, speed: 25 },
        }),
        "One neuron on the four points of AND, plain gradient descent in slow motion. Watch the line turn until it cuts off the corner (1, 1).",
        "单个神经元面对逻辑与的四个点，用普通梯度下降，慢速播放。看那条直线如何转动，直到把 (1, 1) 切出来。",
      ),
      elsewhere(
        "pencil",
        paper({ program: "and", view: "published" }),
        "The published step cell by cell. Find the place where one column becomes two.",
        "逐格查看发布版的一步计算，找出一列变成两列的地方。",
      ),
    ],
    checks: [
      check(
        matrixCheck({
          id: "first-gradient",
          question: {
            en: "Take $@w = 0$ and $@b = 0$, and nothing but pencil and paper. What are the three numbers $\\nabla_{w_1}J$, $\\nabla_{w_2}J$ and $\\nabla_b J$?",
            zh: "取 $@w = 0$、$@b = 0$，只用纸和笔：$\\nabla_{w_1}J$、$\\nabla_{w_2}J$、$\\nabla_b J$ 这三个数各是多少？",
          },
          label: { en: "the two weights, then the bias", zh: "先两个权重，后偏置" },
          rows: 1,
          cols: 3,
          answer: () => gateGradient(AND, ORIGIN, 0),
          right: {
            en: "Right. Everywhere h = ½. For each weight the cases (1, 0) or (0, 1), error +½, and (1, 1), error −½, cancel: the first step moves nothing but the bias, towards “no”.",
            zh: "正确。处处 h = ½。对每个权重，误差为 +½ 的那一例与误差为 −½ 的 (1, 1) 相互抵消：第一步只有偏置在动，朝着“否”的方向。",
          },
          hint: {
            en: "With all parameters 0, z is 0 and h is ½ in every row. Then ∇w = xᵀ(h − y)/m and ∇b is the sum of (h − y)/m.",
            zh: "参数全为 0 时，每一行 z = 0、h = ½。再用 ∇w = xᵀ(h − y)/m，∇b 是 (h − y)/m 之和。",
          },
          slips: [
            {
              value: () => gateGradient(AND, ORIGIN, 0).map((v) => -v),
              because: {
                en: "That is the direction of the step, −∇. The gradient points uphill.",
                zh: "那是下降的方向 −∇。梯度指向上升的方向。",
              },
            },
            {
              value: () => gateGradient(AND, ORIGIN, 0).map((v) => 4 * v),
              because: {
                en: "You have the sum over the four cases; J is their mean. Divide by m = 4.",
                zh: "你求的是四个样本之和，而 J 是平均值，还要除以 m = 4。",
              },
            },
          ],
        }),
      ),
      check(
        numberCheck({
          id: "pull",
          question: {
            en: "In the published program all entries of $@w$ have reached 3.5. How much does its decay add to *each* entry of the gradient? Give the answer as a multiple of λ.",
            zh: "在发布的程序里，$@w$ 的所有元素都已到 3.5。它的衰减项给梯度的*每个*元素加上多少？请用 λ 的倍数回答。",
          },
          label: { en: "multiple of λ", zh: "λ 的倍数" },
          answer: () => publishedPull(AND, 3.5),
          right: {
            en: "Right: w is 2×2 by then, and the sum counts all four entries.",
            zh: "正确：此时 w 已是 2×2，求和把四个元素都算了进去。",
          },
          hint: {
            en: "Add up all entries of w. How many has it after the first update?",
            zh: "把 w 的所有元素加起来。第一次更新之后，它有几个元素？",
          },
          slips: [
            {
              value: () => 3.5,
              because: {
                en: "That would be true L2: λ·w. The program adds λ·Σw.",
                zh: "那是真正的 L2：λ·w。程序加的是 λ·Σw。",
              },
            },
            {
              value: () => 7,
              because: {
                en: "That counts two weights. The 1×2 bias has turned w into a 2×2 matrix.",
                zh: "这样只算了两个权重。1×2 的偏置已经把 w 变成了 2×2 的矩阵。",
              },
            },
          ],
        }),
      ),
      check(
        trialCheck({
          id: "certain",
          question: {
            en: "Make AND sure of itself: find settings with which the derived network gets all four cases right with probability at least 0.9 for each right answer.",
            zh: "让逻辑与更有把握：找出一组设置，使推导版的网络四种情形全部答对，而且给每个正确答案的概率都不低于 0.9。",
          },
          fields: [
            {
              name: "decay",
              label: { en: "decay λ", zh: "衰减 λ" },
              kind: "number",
              first: 0.001,
              min: 0,
              max: 1,
              step: 0.001,
            },
            {
              name: "steps",
              label: { en: "steps", zh: "步数" },
              kind: "number",
              first: 20_000,
              min: 1,
              max: 1_000_000,
              step: 1,
            },
          ],
          go: { en: "Train", zh: "训练" },
          run: ({ decay, steps }) => {
            const { scores } = trainGate(AND, "derived", { decay: Number(decay), steps: Number(steps) });
            const given = scores.map((h, i) => (AND.targets[i] === 1 ? h : 1 - h));
            const least = Math.min(...given);
            const right = given.filter((v) => v > 0.5).length;
            const figures = given.map((v) => v.toFixed(3)).join(", ");
            return {
              passed: least >= 0.9,
              because: {
                en: `${right}/4 right; probability of the right answers: ${figures}. ${least >= 0.9 ? "Less decay lets the weights grow; the rest is patience." : "The smallest is still below 0.9. What holds the weights back, and what do they need?"}`,
                zh: `答对 ${right}/4；给正确答案的概率：${figures}。${least >= 0.9 ? "衰减小一些，权重才长得大；剩下的就是耐心。" : "最小的仍低于 0.9。是什么拉住了权重？它们还需要什么？"}`,
              },
            };
          },
        }),
      ),
    ],
  }),
};
