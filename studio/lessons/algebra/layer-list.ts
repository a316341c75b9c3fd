/**
 * Networks given as a list of layers: the moons network in its tutorial's own quantities, and the recursion for δ over
 * any number of layers. The steps speak of a layer l; `computed` spells them out for every layer by number.
 */
import { chain, type Derivation, define, gradient, line, type Step, say } from "./derivation.ts";
import {
  apply,
  type Equation,
  type Expr,
  equation,
  hadamard,
  type Letter,
  letter,
  minus,
  negative,
  over,
  plus,
  T,
  times,
  tr,
} from "./expression.ts";
import { d, J, m, nabla, ones, x } from "./letters.ts";

/** A layer by number, or the letter l that stands for any. */
type Layer = number | "l" | "L";
const shifted = (l: Layer, by: 1 | -1): string =>
  typeof l === "number" ? String(l + by) : `${l}${by < 0 ? "-1" : "+1"}`;
/** Letters of a layer: z of layer 3 is named z3. */
const of = (base: string, latex: string) => (l: Layer | string) => letter(`${base}${l}`, `${latex}_{${l}}`);
const reversed = (layers: number): number[] => Array.from({ length: layers }, (_, i) => layers - i);

// ---- the moons --------------------------------------------------------------------------------------------------

const A = of("A", "A");
const Z = of("Z", "Z");
const W = of("W", "W");
const b = of("b", "b");
/** The tutorial's dA and dZ: m times the gradient, so that the division by m comes last. */
const Abar = of("Abar", "\\bar{A}");
const Zbar = of("Zbar", "\\bar{Z}");
const Y = letter("Y", "Y");
const P = letter("P", "P");
const average = (e: Expr) => times(over(1, m), e);
const moonsPart = (l: Layer | string) => letter(`moonsPart${l}`, `\\mathrm{d}J_{${l}}`);
const dJ = d(J);

const moonsOutput = (last: number): readonly Step[] => [
  define(equation(P, apply("sigmoid", Z(last)))),
  define(
    equation(
      J,
      negative(
        average(
          times(
            T(ones),
            plus(hadamard(Y, apply("ln", P)), hadamard(minus(ones, Y), apply("ln", minus(ones, P)))),
          ),
        ),
      ),
    ),
    "Cross-entropy, averaged over the points.",
    "交叉熵，对所有点取平均。",
  ),
  define(equation(d(P), hadamard(P, minus(ones, P), d(Z(last))))),
  define(
    equation(Abar(last), negative(minus(over(Y, P), over(minus(ones, Y), minus(ones, P))))),
    "The tutorial's `dA`. It divides by $P$ and by $1-P$: remember this.",
    "教程中的 `dA`。它除以 $P$ 和 $1-P$：先记住这一点。",
  ),
  chain(
    dJ,
    line(
      average(tr(times(T(Abar(last)), d(P)))),
      "differentiate the logarithms; a sum of products is a trace",
      "对对数求微分；乘积之和就是迹",
    ),
    line(
      average(tr(times(T(hadamard(Abar(last), P, minus(ones, P))), d(Z(last))))),
      "$@dP$ put in; elementwise factors change sides",
      "代入 $@dP$；逐元素的因子换边",
    ),
  ),
  define(
    equation(Zbar(last), hadamard(Abar(last), P, minus(ones, P)), minus(P, Y)),
    "On paper the divisions cancel and $P-Y$ remains. In floating point they do so only while $P$ is neither 0 nor 1.",
    "纸面上除法恰好约去，只剩 $P-Y$。在浮点运算中，只有当 $P$ 既不是 0 也不是 1 时才约得掉。",
  ),
];

/** From Z̄ of a layer to its gradients and, unless it is the first, to Z̄ of the layer below. */
function moonsLayer(l: Layer, left: Letter, first = false): Step[] {
  const down = shifted(l, -1);
  const read = first ? x : A(down);
  const z̄ = Zbar(l);
  const own: [Expr, Expr] = [tr(times(T(z̄), read, d(W(l)))), tr(times(T(z̄), ones, d(b(l))))];
  const back = times(z̄, T(W(l)));
  return [
    chain(
      left,
      line(average(tr(times(T(z̄), d(Z(l))))), "what comes through this layer", "经过这一层的部分"),
      ...(first
        ? [line(average(plus(...own)), "the points do not move", "数据点不动")]
        : [
            line(
              average(plus(...own, tr(times(T(z̄), d(A(down)), W(l))))),
              "$\\mathrm{d}Z$ put in: product rule",
              "代入 $\\mathrm{d}Z$：乘积法则",
            ),
            line(
              average(plus(...own, tr(times(T(back), d(A(down)))))),
              "the last factor comes round to the front",
              "最后一个因子轮换到最前",
            ),
          ]),
    ),
    gradient(W(l), equation(nabla(W(l)), average(times(T(read), z̄)))),
    gradient(b(l), equation(nabla(b(l)), average(times(T(ones), z̄)))),
    ...(first
      ? []
      : [
          define(equation(Abar(down), back), "`dA_prev` of the tutorial", "即教程中的 `dA_prev`"),
          define(
            equation(Zbar(down), hadamard(Abar(down), apply("aboveZero", Z(down)))),
            "`relu_backward`: nothing passes where relu was silent; this tutorial's slope at exactly 0 is 0.",
            "即 `relu_backward`：relu 不响应之处什么也不回传；本教程在恰为 0 处取斜率 0。",
          ),
        ]),
  ];
}

const moonsForward = (l: Layer, first = false): Equation =>
  equation(Z(l), plus(times(first ? x : A(shifted(l, -1)), W(l)), times(ones, b(l))));

const moonsDifferential = (l: Layer, first = false): Equation => {
  const down = shifted(l, -1);
  const own: [Expr, Expr] = [times(first ? x : A(down), d(W(l))), times(ones, d(b(l)))];
  return equation(d(Z(l)), first ? plus(...own) : plus(times(d(A(down)), W(l)), ...own));
};

const MOONS = 5;

/** The five layers of the moons network. */
export const moonsNet: Derivation = {
  letters: [
    {
      letter: x,
      size: "m\\times 2",
      what: {
        en: "points, one a row (the tutorial: one a column)",
        zh: "数据点，每行一个（教程是每列一个）",
      },
    },
    { letter: Y, size: "m\\times 1", what: { en: "which moon, 0 or 1", zh: "属于哪个月牙，0 或 1" } },
    { letter: W("l"), size: "n_{l-1}\\times n_l", what: { en: "weights of layer l", zh: "第 l 层的权重" } },
    { letter: b("l"), size: "1\\times n_l", what: { en: "biases of layer l", zh: "第 l 层的偏置" } },
    { letter: ones, size: "m\\times 1", what: { en: "a column of ones", zh: "全 1 的列" } },
  ],
  steps: [
    define(moonsForward("l"), "Every layer, with $A_0 = x$.", "每一层都如此，其中 $A_0 = x$。"),
    define(
      equation(A("l"), apply("relu", Z("l"))),
      "Layers 1 to 4; the fifth has the sigmoid:",
      "第 1 到 4 层；第 5 层用 sigmoid：",
    ),
    ...moonsOutput(MOONS),
    say("Now any layer $l$:", "再看任意一层 $l$："),
    define(moonsDifferential("l")),
    ...moonsLayer("l", moonsPart("l")),
  ],
  computed: [
    ...Array.from({ length: MOONS }, (_, i) => i + 1).flatMap((l): Step[] => [
      define(moonsForward(l, l === 1)),
      define(moonsDifferential(l, l === 1)),
      ...(l < MOONS
        ? [
            define(equation(A(l), apply("relu", Z(l)))),
            define(equation(d(A(l)), hadamard(apply("aboveZero", Z(l)), d(Z(l))))),
          ]
        : []),
    ]),
    ...moonsOutput(MOONS),
    ...reversed(MOONS).flatMap((l) => moonsLayer(l, l === MOONS ? dJ : moonsPart(l), l === 1)),
  ],
};

// ---- any number of layers ---------------------------------------------------------------------------------------

const z = of("z", "z");
const a = of("a", "a");
const δ = of("delta", "\\delta");
const through = (l: Layer | string) => letter(`through${l}`, `\\mathrm{d}J_{${l}}`);
const y = letter("y", "y");

/** Hidden layers of the recursion are tanh when it is computed; on paper any f with slope f′. */
const activation = (l: Layer | string, generic: boolean): readonly [value: Expr, slope: Expr] =>
  generic
    ? [
        letter(`f${l}`, `f\\left(${z(l).latex}\\right)`),
        letter(`fslope${l}`, `f'\\left(${z(l).latex}\\right)`),
      ]
    : [apply("tanh", z(l)), apply("tanhSlope", z(l))];

const value = (l: Layer | string): Letter => (l === "0" ? x : a(l));

function recursionForward(l: Layer, generic: boolean): Step[] {
  const down = shifted(l, -1);
  return [
    define(equation(z(l), plus(times(value(down), W(l)), times(ones, b(l))))),
    define(
      equation(
        d(z(l)),
        down === "0"
          ? plus(times(x, d(W(l))), times(ones, d(b(l))))
          : plus(times(d(a(down)), W(l)), times(a(down), d(W(l))), times(ones, d(b(l)))),
      ),
    ),
    define(equation(a(l), activation(l, generic)[0])),
    define(equation(d(a(l)), hadamard(activation(l, generic)[1], d(z(l))))),
  ];
}

function recursionOutput(L: Layer): Step[] {
  return [
    define(
      equation(
        J,
        average(times(T(ones), minus(apply("softplus", z(L)), hadamard(y, z(L))), letter("e", "e"))),
      ),
      "Yes-or-no outputs with a sigmoid: as in every lesson, the cross-entropy written in $z$; $e$ sums the columns.",
      "输出用 sigmoid 回答“是或否”：与各课一样，交叉熵直接用 $z$ 写出；$e$ 对各列求和。",
    ),
    chain(
      dJ,
      line(
        average(tr(times(T(minus(apply("sigmoid", z(L)), y)), d(z(L))))),
        "the derivative of softplus is the sigmoid; a sum of products is a trace",
        "softplus 的导数正是 sigmoid；乘积之和就是迹",
      ),
    ),
    define(
      equation(δ(L), average(minus(apply("sigmoid", z(L)), y))),
      "The start. Another loss, another start; nothing below changes.",
      "起点。换一个损失，只换这个起点，往下都不变。",
    ),
  ];
}

function recursionLayer(l: Layer, left: Letter, generic: boolean): Step[] {
  const down = shifted(l, -1);
  const own: [Expr, Expr] = [tr(times(T(δ(l)), value(down), d(W(l)))), tr(times(T(δ(l)), ones, d(b(l))))];
  const back = times(δ(l), T(W(l)));
  const first = down === "0";
  const onwards: Step[] = first
    ? []
    : [
        chain(
          through(down),
          line(tr(times(T(back), d(a(down)))), "the last term, passed on", "最后一项，继续下传"),
          line(
            tr(times(T(back), hadamard(activation(down, generic)[1], d(z(down))))),
            "$\\mathrm{d}a = f'(z)\\odot\\mathrm{d}z$",
            "$\\mathrm{d}a = f'(z)\\odot\\mathrm{d}z$",
          ),
          line(
            tr(times(T(hadamard(back, activation(down, generic)[1])), d(z(down)))),
            "the elementwise factor changes sides",
            "逐元素的因子换边",
          ),
        ),
        define(
          equation(δ(down), hadamard(back, activation(down, generic)[1])),
          "the recursion: one product and one slope for each layer",
          "这就是递推式：每下一层，乘一个矩阵，再乘一次斜率",
        ),
      ];
  return [
    chain(
      left,
      line(tr(times(T(δ(l)), d(z(l)))), "what comes through this layer", "经过这一层的部分"),
      ...(first
        ? [line(plus(...own), "the data do not move", "数据不动")]
        : [
            line(
              plus(...own, tr(times(T(δ(l)), d(a(down)), W(l)))),
              "$\\mathrm{d}z$ put in: product rule",
              "代入 $\\mathrm{d}z$：乘积法则",
            ),
            line(
              plus(...own, tr(times(T(back), d(a(down))))),
              "the last factor comes round to the front",
              "最后一个因子轮换到最前",
            ),
          ]),
    ),
    gradient(W(l), equation(nabla(W(l)), times(T(value(down)), δ(l)))),
    gradient(b(l), equation(nabla(b(l)), times(T(ones), δ(l)))),
    ...onwards,
  ];
}

/** δ for L layers; computed for `layers` of them. */
export function recursion(layers: number): Derivation {
  const numbers = reversed(layers).reverse();
  return {
    letters: [
      {
        letter: x,
        size: "m\\times n_0",
        what: { en: "inputs; also called $a_0$", zh: "输入，也记作 $a_0$" },
      },
      { letter: y, size: "m\\times n_L", what: { en: "targets, 0 or 1", zh: "目标值，0 或 1" } },
      { letter: W("l"), size: "n_{l-1}\\times n_l", what: { en: "weights of layer l", zh: "第 l 层的权重" } },
      { letter: b("l"), size: "1\\times n_l", what: { en: "biases of layer l", zh: "第 l 层的偏置" } },
      { letter: δ("l"), size: "m\\times n_l", what: { en: "∂J/∂z of layer l", zh: "J 对第 l 层 z 的导数" } },
      { letter: ones, size: "m\\times 1", what: { en: "a column of ones", zh: "全 1 的列" } },
    ],
    steps: [
      ...recursionForward("l", true),
      ...recursionOutput("L"),
      say("Any layer $l$, from the last to the first:", "任意一层 $l$，从最后一层到第一层："),
      ...recursionLayer("l", through("l"), true),
    ],
    computed: [
      ...numbers.flatMap((l) => recursionForward(l, false)),
      ...recursionOutput(layers),
      ...numbers.toReversed().flatMap((l) => recursionLayer(l, l === layers ? dJ : through(l), false)),
    ],
  };
}
