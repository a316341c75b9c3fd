/** The general lesson: δ for any number of layers, which tutorial 002 states for four. */
import { recursion as derivationOf } from "./algebra/layer-list.ts";
import { choiceCheck, matrixCheck, type Option } from "./checks.ts";
import { type Finding, heldAgainstDifferences, type Mistake, PASSES } from "./laboratory.ts";
import { check, derivation, elsewhere, type Lesson, p } from "./lesson.ts";
import { paper, playground } from "./links.ts";

const WIDTHS = [3, 4, 2, 5, 2] as const;
const LAYERS = WIDTHS.length - 1;

const findings = (mistake: Mistake): Finding[] =>
  heldAgainstDifferences({ widths: WIDTHS, activation: "tanh", mistake, seed: 0 });

/** Whether exactly the gradients of these layers survive a mistake. */
const survives = (mistake: Mistake, layers: readonly number[]): boolean =>
  findings(mistake).every(
    ({ parameter, worst }) => worst < PASSES === layers.includes(Number(parameter.slice(1))),
  );

const surviving = (
  layers: readonly number[],
  en: string,
  zh: string,
  because: Option["because"],
): Option => ({
  text: { en, zh },
  holds: () => survives("noSlope", layers),
  because,
});

const every = Array.from({ length: LAYERS }, (_, i) => i + 1);

export const recursion: Lesson = {
  name: "recursion",
  title: { en: "δ for any number of layers", zh: "任意多层的 δ 递推" },
  lead: {
    en: "One line of algebra, applied from the top down, is all of back-propagation. Check it on a network of your own.",
    zh: "一行代数，自上而下反复使用，就是反向传播的全部。在你自己的网络上检验它。",
  },
  sections: [
    {
      title: { en: "One rule instead of many", zh: "一条规则代替许多条" },
      pieces: [
        p(
          "Every lesson has done the same three things: put $\\mathrm{d}z$ in, read off two gradients, hand the rest to the layer below. So it should be said once, for a layer $l$ that stands for any. The tutorial on digits states the result for four layers, $\\delta_4$, $\\delta_3$, $\\delta_2$, and does not derive it.",
          "前面每一课做的都是同样三件事：代入 $\\mathrm{d}z$，读出两个梯度，把余下的交给下一层。那就应该只说一遍，用 $l$ 代表任意一层。讲手写数字的那篇教程只给出了四层的结果 $\\delta_4$、$\\delta_3$、$\\delta_2$，没有推导。",
        ),
        p(
          "The name $@deltal$ is the whole trick. It is $\\partial J/\\partial z_l$, one row for each example: how much the loss would change if the sums of layer $l$ were pushed. Whoever knows $@deltal$ knows everything about the layer: its gradients need nothing else from above.",
          "$@deltal$ 这个记号就是全部诀窍。它是 $\\partial J/\\partial z_l$，每个样本一行：如果推一下第 $l$ 层的加权和，损失会变多少。知道了 $@deltal$，就知道了这一层所需的一切；它的梯度不再需要上面的任何信息。",
        ),
      ],
    },
    {
      title: { en: "The derivation", zh: "推导" },
      pieces: [
        p(
          "$\\mathrm{d}J_l$ is the part of $@dJ$ that comes through layer $l$. $f$ is the activation of the hidden layers, $f'$ its slope, $a_0$ is the input $@x$.",
          "$\\mathrm{d}J_l$ 是 $@dJ$ 中经过第 $l$ 层的那一部分。$f$ 是隐藏层的激活函数，$f'$ 是它的斜率，$a_0$ 就是输入 $@x$。",
        ),
        derivation(derivationOf(LAYERS)),
      ],
    },
    {
      title: { en: "Four layers, written out", zh: "写出四层" },
      pieces: [
        p(
          "With $L = 4$ the recursion runs three times. Each $\\delta$ passes through the weights it came from, and through the slope of the layer it arrives at.",
          "取 $L = 4$，递推执行三次。每个 $\\delta$ 先经过它来时的权重，再乘上它所到达那一层的斜率。",
        ),
        p(
          "$$\\delta_4 = \\tfrac{1}{m}\\left(\\sigma(z_4) - y\\right),\\qquad \\delta_3 = \\left(\\delta_4 W_4^\\top\\right)\\odot f'(z_3)$$",
          "$$\\delta_4 = \\tfrac{1}{m}\\left(\\sigma(z_4) - y\\right),\\qquad \\delta_3 = \\left(\\delta_4 W_4^\\top\\right)\\odot f'(z_3)$$",
        ),
        p(
          "$$\\delta_2 = \\left(\\delta_3 W_3^\\top\\right)\\odot f'(z_2),\\qquad \\delta_1 = \\left(\\delta_2 W_2^\\top\\right)\\odot f'(z_1)$$",
          "$$\\delta_2 = \\left(\\delta_3 W_3^\\top\\right)\\odot f'(z_2),\\qquad \\delta_1 = \\left(\\delta_2 W_2^\\top\\right)\\odot f'(z_1)$$",
        ),
        p(
          "The tutorial counts the input as its first layer, so its $\\delta^{(2)}$ is our $\\delta_1$, and there is no $\\delta^{(1)}$: the input is not computed from anything, so there is nothing to blame.",
          "教程把输入算作第一层，所以它的 $\\delta^{(2)}$ 就是这里的 $\\delta_1$，而且没有 $\\delta^{(1)}$：输入不是由别的量算出来的，自然无可追究。",
        ),
      ],
    },
    {
      title: { en: "Hold it against measurement", zh: "与测量对照" },
      pieces: [
        p(
          "Choose a network. papergrad computes every gradient by the recursion, and then measures each of them: it moves one number after the other a little up and down and watches the loss. Then choose a mistake, and see which gradients it spoils and which it does not.",
          "选一个网络。papergrad 先用递推算出每一个梯度，再逐个测量：把参数一个一个地稍稍增减，看损失如何变化。然后再选一个错误，看它弄坏了哪些梯度，又放过了哪些。",
        ),
        { kind: "laboratory" },
      ],
    },
    {
      title: { en: "See it in the other rooms", zh: "到别的房间看看" },
      pieces: [
        elsewhere(
          "playground",
          playground({
            data: { kind: "spirals" },
            layers: [8, 8, 8, 8].map((units) => ({ units, activation: "tanh" as const })),
            optimizer: { name: "adam", learningRate: 0.01 },
          }),
          "Four hidden layers on the spirals. The lengths of the gradients are drawn for each layer: see how $\\delta$ changes on its way down.",
          "四个隐藏层面对双螺旋。图中画出了每一层梯度的长度：看 $\\delta$ 往下走时如何变化。",
        ),
        elsewhere(
          "pencil",
          paper({ program: "moons", view: "derived" }),
          "Five layers on paper: the recursion four times in a row.",
          "纸上的五层：递推连续执行四次。",
        ),
      ],
    },
    {
      title: { en: "Check yourself", zh: "检验自己" },
      pieces: [
        check(
          matrixCheck({
            id: "size",
            question: {
              en: `In a ${WIDTHS.join("-")} network with a batch of 5, how many rows and columns has $\\nabla_{W_3}J = a_2^\\top\\delta_3$?`,
              zh: `在 ${WIDTHS.join("-")} 网络中，一批 5 个样本，$\\nabla_{W_3}J = a_2^\\top\\delta_3$ 有几行几列？`,
            },
            label: { en: "rows, columns", zh: "行数，列数" },
            rows: 1,
            cols: 2,
            answer: () => findings("none").find((f) => f.parameter === "W3")!.shape,
            right: {
              en: "Right: the batch is summed over by the product and leaves no trace.",
              zh: "正确：样本这一维在乘积中被求和，不留痕迹。",
            },
            hint: {
              en: "a₂ is 5×2 and δ₃ is 5×5. A gradient is as large as its parameter.",
              zh: "a₂ 是 5×2，δ₃ 是 5×5。梯度与它的参数一样大。",
            },
            slips: [
              {
                value: () => [...findings("none").find((f) => f.parameter === "W3")!.shape].reverse(),
                because: {
                  en: "Transposed: here weights are inputs × units.",
                  zh: "转置了：这里的权重是“输入 × 单元”。",
                },
              },
            ],
          }),
        ),
        check(
          choiceCheck({
            id: "forgotten-slope",
            question: {
              en: "Somebody forgets $f'$ in the recursion. Which gradients of the four layers are still right? (Your answer is tried out.)",
              zh: "有人在递推里忘了乘 $f'$。四层之中哪些梯度仍然正确？（你的答案会真正试一遍。）",
            },
            options: [
              surviving([], "none", "都不对", {
                en: "No: the last layer's gradients are made from its own δ, before the recursion is used at all.",
                zh: "不对：最后一层的梯度由它自己的 δ 得到，那时还根本没有用到递推。",
              }),
              surviving([LAYERS], "those of the last layer only", "只有最后一层的", {
                en: "Right. A test that looks at the output layer alone finds nothing wrong; every layer below is.",
                zh: "正确。只看输出层的测试什么也发现不了，而下面每一层都错了。",
              }),
              surviving([1], "those of the first layer only", "只有第一层的", {
                en: "No: the first layer collects the mistake of every layer above it.",
                zh: "不对：第一层汇集了上面每一层的错误。",
              }),
              surviving(every, "all: a slope is only a factor", "都对：斜率不过是个因子", {
                en: "No: it is another factor for each unit and each example, so not even the direction stays right.",
                zh: "不对：它对每个单元、每个样本都不同，连方向都会错。",
              }),
            ],
          }),
        ),
      ],
    },
  ],
};
