/**
 * One sigmoid neuron (AND, OR, NOT) on paper, three ways: through the two logarithms, through softplus, and in plain
 * numbers for the two examples of NOT. All end at the same gradients.
 */
import { chain, type Derivation, define, gradient, line, type Step, say } from "./derivation.ts";
import {
  apply,
  type Expr,
  equation,
  hadamard,
  letter,
  minus,
  negative,
  over,
  plus,
  T,
  times,
  tr,
} from "./expression.ts";
import { b as bias, d, delta, dJ, h, J, lambda, m, nabla, ones, z as sums, x, y } from "./letters.ts";

const z = sums();
const b = bias();
const δ = delta();
export const w = letter("w", "w");

const perExample = over(1, m);
const decay = times(over(lambda, 2), apply("squaredNorm", w));
const decayDifferential = times(lambda, tr(times(T(w), d(w))));
/** The sum over all examples: 1ᵀ·column. */
const summed = (column: Expr): Expr => times(perExample, T(ones), column);

const letters: Derivation["letters"] = [
  { letter: x, size: "m\\times D", what: { en: "inputs, one example a row", zh: "输入，每行一个样本" } },
  { letter: y, size: "m\\times 1", what: { en: "targets, 0 or 1", zh: "目标值，0 或 1" } },
  { letter: w, size: "D\\times 1", what: { en: "weights", zh: "权重" } },
  { letter: b, size: "1\\times 1", what: { en: "bias", zh: "偏置" } },
  { letter: ones, size: "m\\times 1", what: { en: "a column of ones", zh: "全 1 的列" } },
  { letter: lambda, size: "1\\times 1", what: { en: "strength of the weight decay", zh: "权重衰减的强度" } },
];

const forward: readonly Step[] = [
  define(
    equation(z, plus(times(x, w), times(ones, b))),
    "One sum for each example. The column of ones hands the same bias to every row.",
    "每个样本一个加权和；全 1 的列把同一个偏置发给每一行。",
  ),
  define(
    equation(h, apply("sigmoid", z)),
    "The sigmoid turns the sum into a probability of “1”.",
    "sigmoid 把加权和变成“答案为 1”的概率。",
  ),
];

/** dz; the data stand still. */
const differential: Step = define(
  equation(d(z), plus(times(x, d(w)), times(ones, d(b)))),
  "Only $@w$ and $@b$ move; the data $@x$ stand still.",
  "变化的只有 $@w$ 和 $@b$；数据 $@x$ 不动。",
);

/** From δ to both gradients; the same whichever way δ was found. */
const fromDelta: readonly Step[] = [
  chain(
    dJ,
    line(
      plus(tr(times(T(δ), d(z))), decayDifferential),
      "the line above, in $@delta$",
      "即上式，用 $@delta$ 写出",
    ),
    line(
      plus(tr(times(T(δ), x, d(w))), tr(times(T(δ), ones, d(b))), decayDifferential),
      "$@dz$ put in; the trace of a sum is the sum of the traces",
      "代入 $@dz$；和的迹等于迹的和",
    ),
    line(
      plus(tr(times(T(plus(times(T(x), δ), times(lambda, w))), d(w))), tr(times(T(times(T(ones), δ)), d(b)))),
      "what belongs to $@dw$ together, what belongs to $@db$ together",
      "含 $@dw$ 的归到一处，含 $@db$ 的归到一处",
    ),
  ),
  say(
    "What stands transposed before a differential is the gradient:",
    "微分前面那个带转置的矩阵，去掉转置，就是梯度：",
  ),
  gradient(w, equation(nabla(w), plus(times(T(x), δ), times(lambda, w)))),
  gradient(b, equation(nabla(b), times(T(ones), δ))),
];

/** Through ln h and ln(1 − h), as the loss is usually written. */
export const throughLogarithms: Derivation = {
  letters,
  steps: [
    ...forward,
    define(
      equation(
        J,
        plus(
          negative(
            summed(plus(hadamard(y, apply("ln", h)), hadamard(minus(ones, y), apply("ln", minus(ones, h))))),
          ),
          decay,
        ),
      ),
      "Cross-entropy: the price of every answer is the logarithm of the probability given to the truth. The last term keeps the weights small.",
      "交叉熵：每个答案的代价，是它给真实结果的概率取对数再变号。最后一项不让权重变得太大。",
    ),
    differential,
    define(
      equation(d(h), hadamard(h, minus(ones, h), d(z))),
      "The slope of the sigmoid, $h(1-h)$, element by element.",
      "sigmoid 的斜率是 $h(1-h)$，逐个元素相乘。",
    ),
    chain(
      dJ,
      line(
        plus(
          negative(summed(hadamard(minus(over(y, h), over(minus(ones, y), minus(ones, h))), d(h)))),
          decayDifferential,
        ),
        "differentiate the two logarithms: $\\mathrm{d}\\ln h = \\mathrm{d}h/h$; and $\\mathrm{d}\\lVert w\\rVert^2 = 2\\,\\mathrm{tr}(w^\\top \\mathrm{d}w)$",
        "对两个对数求微分：$\\mathrm{d}\\ln h = \\mathrm{d}h/h$；而 $\\mathrm{d}\\lVert w\\rVert^2 = 2\\,\\mathrm{tr}(w^\\top \\mathrm{d}w)$",
      ),
      line(
        plus(
          negative(summed(hadamard(minus(hadamard(y, minus(ones, h)), hadamard(minus(ones, y), h)), d(z)))),
          decayDifferential,
        ),
        "$@dh$ put in: $h$ and $1-h$ cancel the denominators",
        "代入 $@dh$：$h$ 与 $1-h$ 恰好约去分母",
      ),
      line(
        plus(summed(hadamard(minus(h, y), d(z))), decayDifferential),
        "multiply out: $y - y\\odot h - h + y\\odot h = y - h$",
        "展开：$y - y\\odot h - h + y\\odot h = y - h$",
      ),
      line(
        plus(tr(times(T(times(perExample, minus(h, y))), d(z))), decayDifferential),
        "a sum of products is a trace: $\\mathbf{1}^\\top(u\\odot v) = \\mathrm{tr}(u^\\top v)$",
        "乘积之和就是迹：$\\mathbf{1}^\\top(u\\odot v) = \\mathrm{tr}(u^\\top v)$",
      ),
    ),
    define(
      equation(δ, times(perExample, minus(h, y))),
      "The error of each answer, divided by their number. Logarithm and sigmoid have melted into a difference.",
      "每个答案的误差除以样本数。对数与 sigmoid 相消，只剩下一个差。",
    ),
    ...fromDelta,
  ],
};

/** J written in z, finite for every z, with the ways to take ‖w‖² and (Σw)². */
export const throughSoftplus: Derivation = {
  letters,
  steps: [
    ...forward,
    say(
      "Since $\\ln\\sigma(z) = -\\operatorname{softplus}(-z)$ and $\\ln(1-\\sigma(z)) = -\\operatorname{softplus}(z)$ with $\\operatorname{softplus}(z)=\\ln(1+e^z)$, the loss needs no $h$ at all:",
      "由于 $\\ln\\sigma(z) = -\\operatorname{softplus}(-z)$，$\\ln(1-\\sigma(z)) = -\\operatorname{softplus}(z)$，其中 $\\operatorname{softplus}(z)=\\ln(1+e^z)$，损失完全可以不用 $h$ 写出：",
    ),
    define(
      equation(J, plus(summed(minus(apply("softplus", z), hadamard(y, z))), decay)),
      "The same number as with logarithms of $h$, but finite however large $z$ becomes.",
      "与用 $h$ 的对数写出的值相同，但无论 $z$ 多大都是有限值。",
    ),
    differential,
    chain(
      dJ,
      line(
        plus(summed(minus(hadamard(apply("sigmoid", z), d(z)), hadamard(y, d(z)))), decayDifferential),
        "the derivative of softplus is the sigmoid",
        "softplus 的导数正是 sigmoid",
      ),
      line(
        plus(summed(hadamard(minus(h, y), d(z))), decayDifferential),
        "$\\sigma(z)$ is $h$, and $@dz$ is common to both",
        "$\\sigma(z)$ 就是 $h$，提出公因子 $@dz$",
      ),
      line(
        plus(tr(times(T(times(perExample, minus(h, y))), d(z))), decayDifferential),
        "a sum of products is a trace",
        "乘积之和就是迹",
      ),
    ),
    define(equation(δ, times(perExample, minus(h, y)))),
    ...fromDelta,
  ],
};

/** Column of ones as high as the weights: Σw is 𝟏ᵀw. */
const e = letter("e", "e");
const P = letter("P", "P");
const dP = letter("dP", "\\mathrm{d}P");
const total = times(T(e), w);

/** Which function the published pull λ·Σw comes from. */
export const pullOfTheSum: Derivation = {
  letters: [
    { letter: w, size: "D\\times 1", what: { en: "weights", zh: "权重" } },
    { letter: e, size: "D\\times 1", what: { en: "a column of ones", zh: "全 1 的列" } },
  ],
  steps: [
    define(
      equation(P, times(over(lambda, 2), apply("squaredNorm", total))),
      "$@e^\\top @w$ is the sum of the weights, one number.",
      "$@e^\\top @w$ 是各权重之和，是一个数。",
    ),
    chain(
      dP,
      line(
        times(lambda, total, T(e), d(w)),
        "the square of a number: $\\mathrm{d}(s^2) = 2s\\,\\mathrm{d}s$",
        "一个数的平方：$\\mathrm{d}(s^2) = 2s\\,\\mathrm{d}s$",
      ),
      line(
        tr(times(T(times(lambda, total, e)), d(w))),
        "a number is its own trace and its own transpose",
        "一个数等于它的迹，也等于它的转置",
      ),
    ),
    gradient(w, equation(letter("nablaP", "\\nabla_{\\!w}P"), times(lambda, total, e))),
  ],
};

const z1 = sums(1);
const z2 = sums(2);
const h1 = letter("h1", "h_1");
const h2 = letter("h2", "h_2");
const half = over(1, 2);

/** NOT: one weight and two examples, so every matrix is a number. */
export const inNumbers: Derivation = {
  letters: [
    { letter: w, size: "1\\times 1", what: { en: "the weight", zh: "权重" } },
    { letter: b, size: "1\\times 1", what: { en: "the bias", zh: "偏置" } },
    { letter: z1, size: "1\\times 1", what: { en: "the sum for input 1", zh: "输入为 1 时的加权和" } },
    { letter: z2, size: "1\\times 1", what: { en: "the sum for input 0", zh: "输入为 0 时的加权和" } },
    {
      letter: lambda,
      size: "1\\times 1",
      what: { en: "strength of the weight decay", zh: "权重衰减的强度" },
    },
  ],
  steps: [
    define(equation(z1, plus(w, b)), "Input 1, target 0.", "输入 1，目标 0。"),
    define(equation(z2, b), "Input 0, target 1: the weight is not asked.", "输入 0，目标 1：权重没有参与。"),
    define(equation(h1, apply("sigmoid", z1))),
    define(equation(h2, apply("sigmoid", z2))),
    define(
      equation(
        J,
        plus(
          times(half, plus(apply("softplus", z1), minus(apply("softplus", z2), z2))),
          times(over(lambda, 2), apply("squaredNorm", w)),
        ),
      ),
      "softplus(z) − yz for both examples, halved, and the decay of the one weight.",
      "两个样本的 softplus(z) − yz 取平均，再加上唯一权重的衰减。",
    ),
    define(equation(d(z1), plus(d(w), d(b)))),
    define(equation(d(z2), d(b))),
    chain(
      dJ,
      line(
        plus(times(half, plus(times(h1, d(z1)), times(minus(h2, 1), d(z2)))), times(lambda, w, d(w))),
        "the derivative of softplus is the sigmoid",
        "softplus 的导数正是 sigmoid",
      ),
      line(
        plus(
          times(half, plus(times(h1, plus(d(w), d(b))), times(minus(h2, 1), d(b)))),
          times(lambda, w, d(w)),
        ),
        "$@dz1$ and $@dz2$ put in",
        "代入 $@dz1$ 与 $@dz2$",
      ),
      line(
        plus(times(plus(times(half, h1), times(lambda, w)), d(w)), times(half, minus(plus(h1, h2), 1), d(b))),
        "sorted by what moves",
        "按变化量归并",
      ),
    ),
    gradient(w, equation(nabla(w), plus(times(half, h1), times(lambda, w)))),
    gradient(b, equation(nabla(b), times(half, minus(plus(h1, h2), 1)))),
  ],
};
