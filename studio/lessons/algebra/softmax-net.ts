/**
 * Relu layers under a softmax (XOR, iris, MNIST) on paper: the output once, then one layer after the other.
 *
 * E is the data loss, J adds the weight decay. dE is carried downwards: what of it passes through layer l is dE_l.
 */
import { chain, type Derivation, define, gradient, line, type Step, say } from "./derivation.ts";
import {
  apply,
  type Expr,
  equation,
  hadamard,
  letter,
  minus,
  over,
  plus,
  T,
  times,
  tr,
} from "./expression.ts";
import { a, b, d, delta, h, J, lambda, m, nabla, ones, W, x, Y, z } from "./letters.ts";

export const E = letter("E", "E");
const dE = d(E);
/** The part of dE that comes through layer l. */
const part = (l: number) => letter(`dE${l}`, `\\mathrm{d}E_{${l}}`);
/** A column of ones, as high as there are classes. */
const e = letter("e", "e");
const perExample = over(1, m);

/** What layer l reads. */
const below = (l: number) => (l === 1 ? x : a(l - 1));
const layersUp = (layers: number): number[] => Array.from({ length: layers }, (_, i) => i + 1);

/** z1, a1, …, the last z, and the probabilities. */
function forward(layers: number): Step[] {
  return [
    ...layersUp(layers).flatMap((l) => [
      define(equation(z(l), plus(times(below(l), W(l)), times(ones, b(l))))),
      ...(l < layers ? [define(equation(a(l), apply("relu", z(l))))] : []),
    ]),
    define(
      equation(h, apply("softmax", z(layers))),
      "Row by row: $e$ to the score, divided by the sum of the row. Every row of $@h$ sums to 1.",
      "逐行计算：每个得分取 $e$ 的幂，再除以该行之和。$@h$ 的每一行加起来都是 1。",
    ),
  ];
}

/** E and J. */
function losses(layers: number): Step[] {
  const top = z(layers);
  const squares = layersUp(layers).map((l) => apply("squaredNorm", W(l)));
  return [
    define(
      equation(
        E,
        minus(times(perExample, T(ones), apply("logSumExp", top)), times(perExample, tr(times(T(Y), top)))),
      ),
      "The logarithm of a softmax is the score minus $\\operatorname{lse}$, the logarithm of the sum of exponentials of its row. $@Y$ has a 1 in the right column and picks the right score.",
      "softmax 的对数等于得分减去 $\\operatorname{lse}$（该行指数之和的对数）。$@Y$ 只在正确类别那一列为 1，正好挑出正确的得分。",
    ),
    define(
      equation(J, plus(E, times(over(lambda, 2), plus(...squares)))),
      "Weight decay, biases left out.",
      "权重衰减，不含偏置。",
    ),
  ];
}

/** dz of a layer; the data do not move. */
const differential = (l: number): Step =>
  l === 1
    ? define(equation(d(z(1)), plus(times(x, d(W(1))), times(ones, d(b(1))))))
    : define(
        equation(d(z(l)), plus(times(d(a(l - 1)), W(l)), times(a(l - 1), d(W(l))), times(ones, d(b(l))))),
      );

/** The differentials from the first layer to the last, in the order they are computed. */
const differentials = (layers: number): Step[] =>
  layersUp(layers).flatMap((l) => [
    differential(l),
    ...(l < layers ? [define(equation(d(a(l)), hadamard(apply("atLeastZero", z(l)), d(z(l)))))] : []),
  ]);

/** From dE to δ of the scores. */
function output(layers: number): Step[] {
  const top = z(layers);
  const trace = (of: Expr) => times(perExample, tr(times(T(of), d(top))));
  return [
    chain(
      dE,
      line(
        minus(trace(apply("softmax", top)), trace(Y)),
        "the derivative of $\\operatorname{lse}$ is the softmax of its row",
        "$\\operatorname{lse}$ 的导数就是该行的 softmax",
      ),
      line(
        trace(minus(h, Y)),
        "$\\operatorname{softmax}$ is $@h$; both traces in one",
        "softmax 就是 $@h$；两个迹合为一个",
      ),
    ),
    define(
      equation(delta(layers), times(perExample, minus(h, Y))),
      "Probability given minus probability deserved.",
      "给出的概率减去应有的概率。",
    ),
  ];
}

const gradients = (l: number): Step[] => [
  gradient(W(l), equation(nabla(W(l)), plus(times(T(below(l)), delta(l)), times(lambda, W(l))))),
  gradient(b(l), equation(nabla(b(l)), times(T(ones), delta(l)))),
];

/** Layer l's share of dE put apart: weights, bias, and what goes on to the layer below. */
function layer(l: number, layers: number): Step[] {
  const δ = delta(l);
  const back = times(δ, T(W(l)));
  const first = l === 1;
  const own: [Expr, Expr] = [tr(times(T(δ), below(l), d(W(l)))), tr(times(T(δ), ones, d(b(l))))];
  const left = l === layers ? dE : part(l);
  const rest = part(l - 1);
  return [
    chain(
      left,
      line(tr(times(T(δ), d(z(l)))), `what comes through layer ${l}`, `经过第 ${l} 层的部分`),
      ...(first
        ? [
            line(
              plus(...own),
              "$@dz1$ put in; the data have no differential, so nothing is left to pass on",
              "代入 $@dz1$；数据没有微分，到此再无可往下传的部分",
            ),
          ]
        : [
            line(plus(...own, tr(times(T(δ), d(a(l - 1)), W(l)))), `$@dz${l}$ put in`, `代入 $@dz${l}$`),
            line(
              plus(...own, tr(times(T(back), d(a(l - 1))))),
              "the trace lets the last factor come round to the front: $\\mathrm{tr}(uvw) = \\mathrm{tr}(wuv)$",
              "迹中的因子可以轮换，最后一个移到最前：$\\mathrm{tr}(uvw) = \\mathrm{tr}(wuv)$",
            ),
          ]),
    ),
    ...gradients(l),
    ...(first
      ? []
      : [
          chain(
            rest,
            line(
              tr(times(T(back), d(a(l - 1)))),
              "the last term: what goes on to the layer below",
              "最后一项：继续传给下一层的部分",
            ),
            line(
              tr(times(T(back), hadamard(apply("atLeastZero", z(l - 1)), d(z(l - 1))))),
              "relu lets through or cuts off; the tutorial's slope at exactly 0 is 1",
              "relu 要么放行，要么截断；本教程在恰为 0 处取斜率 1",
            ),
            line(
              tr(times(T(hadamard(back, apply("atLeastZero", z(l - 1)))), d(z(l - 1)))),
              "an elementwise factor may change sides: $\\mathrm{tr}(u^\\top(v\\odot w)) = \\mathrm{tr}((u\\odot v)^\\top w)$",
              "逐元素的因子可以换边：$\\mathrm{tr}(u^\\top(v\\odot w)) = \\mathrm{tr}((u\\odot v)^\\top w)$",
            ),
          ),
          define(equation(delta(l - 1), hadamard(back, apply("atLeastZero", z(l - 1))))),
        ]),
  ];
}

const letters = (sizes: readonly string[]): Derivation["letters"] => [
  {
    letter: x,
    size: `m\\times ${sizes[0]}`,
    what: { en: "inputs, one example a row", zh: "输入，每行一个样本" },
  },
  {
    letter: Y,
    size: `m\\times ${sizes.at(-1)}`,
    what: { en: "a 1 in the column of the right class, else 0", zh: "正确类别那一列为 1，其余为 0" },
  },
  ...layersUp(sizes.length - 1).flatMap((l) => [
    {
      letter: W(l),
      size: `${sizes[l - 1]}\\times ${sizes[l]}`,
      what: { en: `weights of layer ${l}`, zh: `第 ${l} 层的权重` },
    },
    {
      letter: b(l),
      size: `1\\times ${sizes[l]}`,
      what: { en: `biases of layer ${l}`, zh: `第 ${l} 层的偏置` },
    },
  ]),
  { letter: ones, size: "m\\times 1", what: { en: "a column of ones", zh: "全 1 的列" } },
];

/** The whole way for a network with these layer sizes (inputs first), written as the reader should see them. */
export function softmaxNet(sizes: readonly string[]): Derivation {
  const layers = sizes.length - 1;
  return {
    letters: letters(sizes),
    steps: [
      ...forward(layers),
      ...losses(layers),
      say(
        "Now every letter that depends on a parameter gets a differential, from the first layer to the last:",
        "现在，凡是依赖参数的量都取微分，从第一层到最后一层：",
      ),
      ...differentials(layers),
      say("The output first. The decay joins at the gradients.", "先看输出层。衰减项到写梯度时再加上。"),
      ...output(layers),
      ...layersUp(layers)
        .reverse()
        .flatMap((l) => layer(l, layers)),
    ],
  };
}

/** MNIST: the row maximum and the scores in detail, the layers below as three short lines each. */
export function softmaxNetFromScores(sizes: readonly string[]): Derivation {
  const layers = sizes.length - 1;
  const top = z(layers);
  const M = letter("M", "M");
  return {
    letters: [
      ...letters(sizes),
      { letter: e, size: `${sizes.at(-1)}\\times 1`, what: { en: "a column of ones", zh: "全 1 的列" } },
    ],
    steps: [
      ...forward(layers),
      define(
        equation(M, times(apply("rowMax", top), T(e))),
        "The largest score of each row, in every column.",
        "每行的最大得分，写满该行各列。",
      ),
      define(
        equation(h, apply("softmax", minus(top, M))),
        "Above and below the fraction bar stands the same factor $e^{-\\max}$; it cancels. On paper nothing changes; in a computer no exponent is above 0 any more.",
        "分子分母都多出同一个因子 $e^{-\\max}$，正好约去。纸面上什么都没变；在计算机里，指数却再也不会大于 0。",
      ),
      define(
        equation(
          letter("s", "s"),
          apply("logSumExp", top),
          plus(apply("rowMax", top), apply("logSumExp", minus(top, M))),
        ),
        "The same for the logarithm of the sum.",
        "对“指数之和的对数”也一样。",
      ),
      ...losses(layers),
      ...differentials(layers),
      ...output(layers),
      say(
        "Below the scores it is the derivation of the iris lesson with other sizes: back through the weights, cut where relu was silent.",
        "得分以下的部分与鸢尾花一课的推导相同，只是尺寸不同：乘以权重的转置往回传，再在 relu 截断的地方截断。",
      ),
      ...layersUp(layers)
        .reverse()
        .flatMap((l) => [
          ...gradients(l),
          ...(l === 1
            ? []
            : [
                define(
                  equation(delta(l - 1), hadamard(times(delta(l), T(W(l))), apply("atLeastZero", z(l - 1)))),
                ),
              ]),
        ]),
    ],
  };
}
