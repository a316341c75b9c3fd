/**
 * The digits network on paper: one hidden layer, every output a yes-or-no answer of its own; weights stand as the
 * tutorial stores them, [units, inputs], with the biases as the first column of Θ.
 */
import { chain, type Derivation, define, gradient, line, say } from "./derivation.ts";
import { apply, equation, hadamard, letter, minus, over, plus, T, times, tr } from "./expression.ts";
import { b, d, delta, dJ, h, J, lambda, m, nabla, ones, W, x, Y } from "./letters.ts";

const a = letter("a2", "a_2");
const z2 = letter("z2", "z_2");
const z3 = letter("z3", "z_3");
const e = letter("e", "e");
const rest = letter("rest", "\\mathrm{d}J_{2}");
const δ3 = delta(3);
const δ2 = delta(2);
const squares = plus(apply("squaredNorm", W(1)), apply("squaredNorm", W(2)));
const decay = times(lambda, plus(tr(times(T(W(1)), d(W(1)))), tr(times(T(W(2)), d(W(2))))));
const average = (of: Parameters<typeof times>[0]) => times(over(1, m), of);

export const sigmoidNet: Derivation = {
  letters: [
    { letter: x, size: "m\\times 400", what: { en: "pixels, one digit a row", zh: "像素，每行一个数字" } },
    {
      letter: Y,
      size: "m\\times 10",
      what: { en: "a 1 in the column of the digit", zh: "在该数字那一列为 1" },
    },
    { letter: W(1), size: "25\\times 400", what: { en: "Θ₁ without its first column", zh: "Θ₁ 去掉第一列" } },
    {
      letter: b(1),
      size: "1\\times 25",
      what: { en: "the first column of Θ₁, lying down", zh: "Θ₁ 的第一列，横放" },
    },
    { letter: W(2), size: "10\\times 25", what: { en: "Θ₂ without its first column", zh: "Θ₂ 去掉第一列" } },
    {
      letter: b(2),
      size: "1\\times 10",
      what: { en: "the first column of Θ₂, lying down", zh: "Θ₂ 的第一列，横放" },
    },
    { letter: ones, size: "m\\times 1", what: { en: "a column of ones", zh: "全 1 的列" } },
    { letter: e, size: "10\\times 1", what: { en: "a column of ones", zh: "全 1 的列" } },
  ],
  steps: [
    define(equation(z2, plus(times(x, T(W(1))), times(ones, b(1))))),
    define(equation(a, apply("sigmoid", z2))),
    define(equation(z3, plus(times(a, T(W(2))), times(ones, b(2))))),
    define(equation(h, apply("sigmoid", z3))),
    define(
      equation(
        J,
        average(
          plus(
            times(T(ones), minus(apply("softplus", z3), hadamard(Y, z3)), e),
            times(over(lambda, 2), squares),
          ),
        ),
      ),
      "Ten cross-entropies for each digit, and the decay of all weights but the biases; everything divided by the number of digits.",
      "每个数字有十个交叉熵，再加上除偏置以外所有权重的衰减；全部除以样本数。",
    ),
    say("Differentials, forward:", "沿前向取微分："),
    define(equation(d(z2), plus(times(x, T(d(W(1)))), times(ones, d(b(1)))))),
    define(equation(d(a), hadamard(a, minus(1, a), d(z2)))),
    define(equation(d(z3), plus(times(d(a), T(W(2))), times(a, T(d(W(2)))), times(ones, d(b(2)))))),
    chain(
      dJ,
      line(
        average(
          plus(times(T(ones), minus(hadamard(apply("sigmoid", z3), d(z3)), hadamard(Y, d(z3))), e), decay),
        ),
        "the derivative of softplus is the sigmoid; $\\mathrm{d}\\lVert W\\rVert^2 = 2\\,\\mathrm{tr}(W^\\top\\mathrm{d}W)$",
        "softplus 的导数正是 sigmoid；$\\mathrm{d}\\lVert W\\rVert^2 = 2\\,\\mathrm{tr}(W^\\top\\mathrm{d}W)$",
      ),
      line(
        average(plus(tr(times(T(minus(h, Y)), d(z3))), decay)),
        "$\\sigma(z_3)$ is $@h$; a sum of products is a trace",
        "$\\sigma(z_3)$ 就是 $@h$；乘积之和就是迹",
      ),
    ),
    define(
      equation(δ3, minus(h, Y)),
      "The tutorial's δ is not divided by $@m$; the division comes last.",
      "教程中的 δ 没有除以 $@m$，除法留到最后。",
    ),
    chain(
      dJ,
      line(
        average(
          plus(
            tr(times(T(δ3), a, T(d(W(2))))),
            tr(times(T(δ3), ones, d(b(2)))),
            tr(times(T(δ3), d(a), T(W(2)))),
            decay,
          ),
        ),
        "$@dz3$ put in",
        "代入 $@dz3$",
      ),
      line(
        average(
          plus(
            tr(times(T(times(T(δ3), a)), d(W(2)))),
            tr(times(T(times(T(ones), δ3)), d(b(2)))),
            tr(times(T(times(δ3, W(2))), d(a))),
            decay,
          ),
        ),
        "a matrix and its transpose have the same trace, and factors may come round",
        "矩阵与其转置的迹相等，因子又可以轮换",
      ),
    ),
    gradient(W(2), equation(nabla(W(2)), average(plus(times(T(δ3), a), times(lambda, W(2)))))),
    gradient(b(2), equation(nabla(b(2)), average(times(T(ones), δ3)))),
    chain(
      rest,
      line(
        average(tr(times(T(times(δ3, W(2))), d(a)))),
        "the third term: what goes on to the hidden layer",
        "第三项：继续传给隐藏层的部分",
      ),
      line(
        average(tr(times(T(hadamard(times(δ3, W(2)), a, minus(1, a))), d(z2)))),
        "$@da2$ put in; the elementwise factors change sides",
        "代入 $@da2$；逐元素的因子换边",
      ),
    ),
    define(
      equation(δ2, hadamard(times(δ3, W(2)), a, minus(1, a))),
      "$@W2$ without the bias column: nothing flows back into a constant 1.",
      "用的是去掉偏置列的 $@W2$：常数 1 不会接受任何回传。",
    ),
    chain(
      rest,
      line(
        average(plus(tr(times(T(δ2), x, T(d(W(1))))), tr(times(T(δ2), ones, d(b(1)))))),
        "$@dz2$ put in",
        "代入 $@dz2$",
      ),
      line(
        average(plus(tr(times(T(times(T(δ2), x)), d(W(1)))), tr(times(T(times(T(ones), δ2)), d(b(1)))))),
        "transposed and brought round, as above",
        "同上，转置并轮换",
      ),
    ),
    gradient(W(1), equation(nabla(W(1)), average(plus(times(T(δ2), x), times(lambda, W(1)))))),
    gradient(b(1), equation(nabla(b(1)), average(times(T(ones), δ2)))),
  ],
};
