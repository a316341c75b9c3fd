/** The lesson on OR: the loss written in z, and which function the published decay belongs to. */
import { createEngine, type Graph, type Node } from "papergrad/engine";
import { errata } from "../../../experiments/one-net/errata.ts";
import { OR } from "../../../experiments/one-net/gate.ts";
import { pullOfTheSum, throughSoftplus } from "../algebra/one-neuron.ts";
import { choiceCheck, matrixCheck } from "../checks.ts";
import { check, derivation, elsewhere, errataOf, figures, type Lesson, p, sections } from "../lesson.ts";
import { paper, playground } from "../links.ts";
import { gateFigures, gateGradient } from "./gates.ts";

const WEIGHTS = [2, -0.5] as const;

/** Whether the gradient of a penalty at unequal weights is Σw in every entry, the pull of the published program. */
function pullsBySum(penalty: (g: Graph, w: Node) => Node): boolean {
  const engine = createEngine({ backend: "wasm", dtype: "float64" });
  const entry = engine.entry("pull", (g) => {
    const w = g.parameter("w", [WEIGHTS.length, 1]);
    g.store(g.parameter("pull", w.shape as [number, number]), g.gradient(penalty(g, w), [w])[0]);
  });
  engine.write("w", WEIGHTS);
  entry.run(1);
  const sum = WEIGHTS[0] + WEIGHTS[1];
  return engine.read("pull").data.every((v) => Math.abs(v - sum) < 1e-12);
}

export const or: Lesson = {
  name: "or",
  title: { en: "OR: what decay pulls at", zh: "逻辑或：衰减究竟在拉什么" },
  lead: {
    en: "The same neuron, another corner; and a decay that is not the one it is called.",
    zh: "同一个神经元，换一个角；还有一个名不副实的权重衰减。",
  },
  sections: sections({
    network: [
      p(
        "OR says 1 unless both inputs are 0. Again one corner of the square has to be cut off, this time (0, 0), so again one neuron is enough. Nothing in the network changes; only the targets $@y$ do.",
        "除非两个输入都是 0，逻辑或都回答 1。这一次要切下来的是 (0, 0) 这个角，所以仍然一个神经元就够。网络没有任何变化，变的只是目标值 $@y$。",
      ),
      p(
        "Three of four answers are 1, so before it has learned anything else the bias rises. Then the weights take over, until even one input set to 1 outweighs what is left of it.",
        "四个答案里有三个是 1，所以还没学到别的东西时，偏置先升高。随后权重接过主角，直到只有一个输入为 1 也足以压过偏置。",
      ),
    ],
    derivation: [
      p(
        "The AND lesson went through the logarithms of $@h$. This is the same loss, written so that it can be computed for every $@z$: no logarithm of 0 can occur, however sure the neuron is. The gradients come out in half as many lines.",
        "逻辑与那一课是经由 $@h$ 的对数推导的。这里换一种写法，损失还是同一个，但对任何 $@z$ 都能算：神经元再肯定，也不会出现 0 的对数。推导的行数也少了一半。",
      ),
      derivation(throughSoftplus),
      p(
        "The published program replaces $@lambda@w$ by $\\lambda$ times the sum of the weights. Is that the gradient of anything? Yes, but of another function:",
        "发布的程序把 $@lambda@w$ 换成了 $\\lambda$ 乘以各权重之和。它是某个函数的梯度吗？是，不过是另一个函数：",
      ),
      derivation(pullOfTheSum),
      p(
        "It wants the weights to *sum* to 0, not to be small. On $w = (5, -5)$ it has no effect at all.",
        "它要的是各权重*之和*为 0，而不是让每个权重都小。对 $w = (5, -5)$，它毫无作用。",
      ),
    ],
    published: [
      p(
        "There is only one listing, with the targets of AND in it. Run as it stands, with OR's targets, it makes a 1×2 bias and cannot arrive at the printed weights; with a 1×1 bias it does. So the printed numbers come from a program that is not the printed one.",
        "文中只给了一份代码，里面写的是逻辑与的目标值。换上逻辑或的目标值照原样运行，偏置是 1×2，得不到文中印出的权重；偏置改成 1×1 就能得到。可见印出的数字并非出自印出的程序。",
      ),
      errataOf(errata(OR)),
    ],
    numbers: [
      p(
        "Compare the two decays: while both weights are equal, $\\lambda\\sum w$ is $2\\lambda w$, so the published variant pulls twice as hard and its weights stay smaller. $@h$ at (0, 0) is the answer the network is least sure of; it is the only case with target 0.",
        "比较两种衰减：两个权重相等时，$\\lambda\\sum w$ 就是 $2\\lambda w$，所以发布版拉得有两倍重，权重也就更小。网络最没把握的是 (0, 0) 处的 $@h$，那是唯一目标为 0 的情形。",
      ),
      figures(gateFigures(OR)),
    ],
    rooms: [
      elsewhere(
        "playground",
        playground({
          data: { kind: "gate-or", noise: 0, testShare: 0, count: 4 },
          layers: [],
          optimizer: { name: "sgd", learningRate: 0.5 },
          batchSize: 4,
          regularization: { l2: 0.01 },
        }),
        "OR with true L2 decay. Move the L2 slider while it trains: the line stays, its slope becomes gentler or steeper.",
        "带真正 L2 衰减的逻辑或。训练时拖动 L2 滑块：直线的位置不变，两侧的坡度变缓或变陡。",
      ),
      elsewhere(
        "pencil",
        paper({ program: "or", view: "derived" }),
        "One step on paper: the errors, the gradient, the decay, the update.",
        "在纸上走一步：误差、梯度、衰减、更新。",
      ),
    ],
    checks: [
      check(
        matrixCheck({
          id: "first-gradient",
          question: {
            en: "At $@w = 0$, $@b = 0$: what are $\\nabla_{w_1}J$, $\\nabla_{w_2}J$ and $\\nabla_b J$ for OR?",
            zh: "在 $@w = 0$、$@b = 0$ 处，逻辑或的 $\\nabla_{w_1}J$、$\\nabla_{w_2}J$、$\\nabla_b J$ 各是多少？",
          },
          label: { en: "the two weights, then the bias", zh: "先两个权重，后偏置" },
          rows: 1,
          cols: 3,
          answer: () => gateGradient(OR, [0, 0], 0),
          right: {
            en: "Right. Unlike AND, the weights move from the first step on: both cases with this input at 1 have target 1.",
            zh: "正确。与逻辑与不同，权重从第一步就开始动：该输入为 1 的两种情形，目标都是 1。",
          },
          hint: {
            en: "h is ½ everywhere; h − y is +½ once and −½ three times. Which rows does each weight see?",
            zh: "处处 h = ½；h − y 有一个 +½、三个 −½。每个权重看得到哪几行？",
          },
          slips: [
            {
              value: () => gateGradient(OR, [0, 0], 0).map((v) => -v),
              because: {
                en: "That is −∇, the direction of the step. The gradient of a loss that wants larger weights is negative.",
                zh: "那是 −∇，即更新的方向。损失希望权重变大时，梯度是负的。",
              },
            },
          ],
        }),
      ),
      check(
        choiceCheck({
          id: "whose-gradient",
          question: {
            en: "Which penalty has a gradient with $\\lambda\\sum w$ in *every* entry, as the published program adds it?",
            zh: "哪一个惩罚项的梯度，*每个*元素都等于 $\\lambda\\sum w$，也就是发布的程序所加的那个数？",
          },
          options: [
            {
              text: {
                en: "$\\frac{\\lambda}{2}\\lVert w\\rVert^2$",
                zh: "$\\frac{\\lambda}{2}\\lVert w\\rVert^2$",
              },
              holds: () => pullsBySum((g, w) => g.mul(0.5, g.sum(g.square(w)))),
              because: {
                en: "No: its gradient is λw, each weight pulled by itself. This is what was meant.",
                zh: "不对：它的梯度是 λw，每个权重各自被拉动。这才是本意。",
              },
            },
            {
              text: { en: "$\\lambda\\sum\\lvert w\\rvert$", zh: "$\\lambda\\sum\\lvert w\\rvert$" },
              holds: () => pullsBySum((g, w) => g.sum(g.abs(w))),
              because: {
                en: "No: the gradient of L1 is λ times the sign of each weight, whatever its size.",
                zh: "不对：L1 的梯度是 λ 乘以各权重的符号，与大小无关。",
              },
            },
            {
              text: {
                en: "$\\frac{\\lambda}{2}\\left(\\sum w\\right)^2$",
                zh: "$\\frac{\\lambda}{2}\\left(\\sum w\\right)^2$",
              },
              holds: () => pullsBySum((g, w) => g.mul(0.5, g.square(g.sum(w)))),
              because: {
                en: "Right: the square of one number. Every weight is pulled by the sum of all.",
                zh: "正确：这是一个数的平方，每个权重都被总和拉着走。",
              },
            },
            {
              text: { en: "$\\lambda\\sum w$", zh: "$\\lambda\\sum w$" },
              holds: () => pullsBySum((g, w) => g.sum(w)),
              because: {
                en: "No: its gradient is λ in every entry and does not depend on w.",
                zh: "不对：它的梯度每个元素都是 λ，与 w 无关。",
              },
            },
          ],
        }),
      ),
    ],
  }),
};
