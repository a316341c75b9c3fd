/**
 * The pencil-and-paper network: three sigmoid layers without biases, and two losses that start the way back
 * differently: the sum of squares that the program watches, and the cross-entropy whose gradient it follows.
 */
import { chain, type Derivation, define, gradient, line, type Step } from "./derivation.ts";
import { apply, type Expr, equation, hadamard, letter, minus, plus, T, times, tr } from "./expression.ts";
import { d, delta, nabla, W, Y } from "./letters.ts";

const X = letter("X", "X");
const S = (l: 1 | 2) => letter(`S${l}`, `S_{${l}}`);
const Z = (l: 1 | 2) => letter(`Z${l}`, `Z_{${l}}`);
const Q = letter("Q", "Q");
const y = letter("y", "y");
const rows = letter("rows", "\\mathbf{1}");
const columns = letter("columns", "\\mathbf{1}");

/** What is made small: D, the squared error, or C, the cross-entropy. */
type LossName = "D" | "C";
const loss = (name: LossName) => letter(name, name);

const letters: Derivation["letters"] = [
  { letter: X, size: "3\\times 4", what: { en: "three examples of four numbers", zh: "三个样本，各四个数" } },
  { letter: Y, size: "3\\times 2", what: { en: "the wanted outputs", zh: "想要的输出" } },
  { letter: W(1), size: "4\\times 3", what: { en: "weights of layer 1", zh: "第 1 层的权重" } },
  { letter: W(2), size: "3\\times 3", what: { en: "weights of layer 2", zh: "第 2 层的权重" } },
  { letter: W(3), size: "3\\times 2", what: { en: "weights of layer 3", zh: "第 3 层的权重" } },
];

const forward: readonly Step[] = [
  define(equation(S(1), times(X, W(1)))),
  define(equation(Z(1), apply("sigmoid", S(1)))),
  define(equation(S(2), times(Z(1), W(2)))),
  define(equation(Z(2), apply("sigmoid", S(2)))),
  define(equation(Q, times(Z(2), W(3)))),
  define(
    equation(y, apply("sigmoid", Q)),
    "Each output by itself; nothing makes a row sum to 1.",
    "每个输出各自取 sigmoid，没有什么能让一行之和等于 1。",
  ),
];

const differentials: readonly Step[] = [
  define(equation(d(S(1)), times(X, d(W(1))))),
  define(
    equation(d(Z(1)), hadamard(Z(1), minus(1, Z(1)), d(S(1)))),
    "The slope of the sigmoid is $\\sigma(1-\\sigma)$; $\\sigma$ is $@Z1$, already at hand.",
    "sigmoid 的斜率是 $\\sigma(1-\\sigma)$；$\\sigma$ 就是已经算好的 $@Z1$。",
  ),
  define(equation(d(S(2)), plus(times(d(Z(1)), W(2)), times(Z(1), d(W(2)))))),
  define(equation(d(Z(2)), hadamard(Z(2), minus(1, Z(2)), d(S(2))))),
  define(equation(d(Q), plus(times(d(Z(2)), W(3)), times(Z(2), d(W(3)))))),
];

const squares: readonly Step[] = [
  define(equation(loss("D"), apply("squaredNorm", minus(y, Y)))),
  define(equation(d(y), hadamard(y, minus(1, y), d(Q)))),
  chain(
    d(loss("D")),
    line(
      times(2, tr(times(T(minus(y, Y)), d(y)))),
      "a sum of squares: $\\mathrm{d}\\lVert u\\rVert^2 = 2\\,\\mathrm{tr}(u^\\top\\mathrm{d}u)$",
      "平方和的微分：$\\mathrm{d}\\lVert u\\rVert^2 = 2\\,\\mathrm{tr}(u^\\top\\mathrm{d}u)$",
    ),
    line(times(2, tr(times(T(minus(y, Y)), hadamard(y, minus(1, y), d(Q))))), "$@dy$ put in", "代入 $@dy$"),
    line(
      tr(times(T(times(2, hadamard(minus(y, Y), y, minus(1, y)))), d(Q))),
      "the elementwise factors change sides: $\\mathrm{tr}(u^\\top(v\\odot w)) = \\mathrm{tr}((u\\odot v)^\\top w)$",
      "逐元素的因子换边：$\\mathrm{tr}(u^\\top(v\\odot w)) = \\mathrm{tr}((u\\odot v)^\\top w)$",
    ),
  ),
  define(equation(delta(3), times(2, hadamard(minus(y, Y), y, minus(1, y))))),
];

const crossEntropy: readonly Step[] = [
  define(
    equation(loss("C"), times(T(rows), minus(apply("softplus", Q), hadamard(Y, Q)), columns)),
    "The cross-entropy of six independent yes-or-no answers, summed by a row of ones from the left and a column of ones from the right.",
    "六个相互独立的“是或否”的交叉熵；左乘全 1 的行、右乘全 1 的列，就是求总和。",
  ),
  chain(
    d(loss("C")),
    line(
      times(T(rows), minus(hadamard(apply("sigmoid", Q), d(Q)), hadamard(Y, d(Q))), columns),
      "the derivative of softplus is the sigmoid",
      "softplus 的导数正是 sigmoid",
    ),
    line(
      times(T(rows), hadamard(minus(y, Y), d(Q)), columns),
      "$\\sigma(Q)$ is $@y$",
      "$\\sigma(Q)$ 就是 $@y$",
    ),
    line(tr(times(T(minus(y, Y)), d(Q))), "a sum of products is a trace", "乘积之和就是迹"),
  ),
  define(
    equation(delta(3), minus(y, Y)),
    "Here the slope $y(1-y)$ has cancelled. This is what the printed program starts from.",
    "这里斜率 $y(1-y)$ 恰好消去。印出的程序正是从这里出发的。",
  ),
];

const nablaOf = (of: LossName, l: number) => {
  const { name, latex } = nabla(W(l));
  return letter(name, latex.replace("J", of));
};

/** From δ3 down to W1, whichever loss δ3 came from. */
function below(name: LossName): Step[] {
  const part = (l: number) => letter(`part${l}`, `\\mathrm{d}${name}_{${l}}`);
  const onwards = (l: 1 | 2): Step[] => {
    const back = times(delta(l + 1), T(W(l + 1)));
    return [
      chain(
        part(l),
        line(
          tr(times(T(back), d(Z(l)))),
          "the last term: what goes on to the layer below",
          "最后一项：继续传给下一层的部分",
        ),
        line(
          tr(times(T(back), hadamard(Z(l), minus(1, Z(l)), d(S(l))))),
          `$@dZ${l}$ put in`,
          `代入 $@dZ${l}$`,
        ),
        line(
          tr(times(T(hadamard(back, Z(l), minus(1, Z(l)))), d(S(l)))),
          "the elementwise factors change sides",
          "逐元素的因子换边",
        ),
      ),
      define(equation(delta(l), hadamard(back, Z(l), minus(1, Z(l))))),
    ];
  };
  const passing = (l: 2 | 3, left: ReturnType<typeof loss>, sum: Expr): Step => {
    const δ = delta(l);
    const lower = (l - 1) as 1 | 2;
    const own = tr(times(T(δ), Z(lower), d(W(l))));
    return chain(
      left,
      line(tr(times(T(δ), sum)), `what comes through layer ${l}`, `经过第 ${l} 层的部分`),
      line(
        plus(own, tr(times(T(δ), d(Z(lower)), W(l)))),
        "the product rule of the forward line put in",
        "代入前向式的乘积法则",
      ),
      line(
        plus(own, tr(times(T(times(δ, T(W(l)))), d(Z(lower))))),
        "the trace lets the last factor come round to the front",
        "迹中的因子可以轮换，最后一个移到最前",
      ),
    );
  };
  return [
    passing(3, d(loss(name)), d(Q)),
    gradient(W(3), equation(nablaOf(name, 3), times(T(Z(2)), delta(3)))),
    ...onwards(2),
    passing(2, part(2), d(S(2))),
    gradient(W(2), equation(nablaOf(name, 2), times(T(Z(1)), delta(2)))),
    ...onwards(1),
    chain(
      part(1),
      line(tr(times(T(delta(1)), d(S(1)))), "what comes through layer 1", "经过第 1 层的部分"),
      line(tr(times(T(delta(1)), X, d(W(1)))), "the data do not move", "数据不动"),
    ),
    gradient(W(1), equation(nablaOf(name, 1), times(T(X), delta(1)))),
  ];
}

/** The gradient of what the program watches. */
export const ofSquares: Derivation = {
  letters,
  steps: [...forward, ...differentials, ...squares, ...below("D")],
};

/** The gradient the program follows; below δ₃ it is the one above, letter for letter. */
export const ofCrossEntropy: Derivation = {
  letters: [],
  steps: crossEntropy,
  computed: [...forward, ...differentials, ...crossEntropy, ...below("C")],
};
