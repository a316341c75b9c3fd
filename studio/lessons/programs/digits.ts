/** The lesson on the digits of tutorial 002: a gradient that is wrong, and a check that cannot see it. */
import {
  biasIndices,
  checkGradient,
  debugDescent,
  debugNet,
  debugObjective,
  debugStart,
  withoutBiasColumns,
} from "../../../experiments/digits/debug-net.ts";
import { errata } from "../../../experiments/digits/errata.ts";
import { lengthOf } from "../../../experiments/digits/step.ts";
import type { Variant } from "../../../experiments/types.ts";
import { sigmoidNet } from "../algebra/sigmoid-net.ts";
import { choiceCheck, exactly, numberCheck, trialCheck } from "../checks.ts";
import {
  check,
  derivation,
  elsewhere,
  errataOf,
  figures,
  type Lesson,
  p,
  type Row,
  scientific,
  sections,
  shown,
} from "../lesson.ts";
import { paper } from "../links.ts";

const NET = { inputs: 400, hidden: 25, outputs: 10, samples: 1, rows: 1 };
const STEPS = 500;
const GOAL = 1.2;
/** Apart by less than this, two gradients pass for equal in a printed column. */
const EQUAL = 1e-6;

const apart = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((most, v, i) => Math.max(most, Math.abs(v - b[i]!)), 0);

/** Largest difference in the published check's two columns, with another λ or step e. */
function publishedCheck({ lambda = 0, e = 1e-4 }: { readonly lambda?: number; readonly e?: number }): number {
  const at = debugObjective("published", "wasm", lambda);
  const { gradient } = at(debugStart);
  const theta = withoutBiasColumns(debugStart, debugNet);
  const numeric = theta.map((centre, i) => {
    const shifted = theta.slice();
    shifted[i] = centre + e;
    const up = at(shifted).value;
    shifted[i] = centre - e;
    return (up - at(shifted).value) / (2 * e);
  });
  return apart(numeric, gradient);
}

/** Cost and largest bias after plain gradient descent on the check's net. */
function descended(variant: Variant, lr: number): { cost: number; bias: number } {
  const entry = debugDescent(variant, { backend: "wasm", dtype: "float64", lr });
  const cost = entry.run(STEPS).metrics.cost!.at(-1)!;
  const theta = entry.engine.read("theta").data;
  return { cost, bias: Math.max(...biasIndices(debugNet).map((i) => Math.abs(theta[i]!))) };
}

export const digits: Lesson = {
  name: "digits",
  title: { en: "Digits: a check that sees nothing", zh: "手写数字：看不见错误的检查" },
  lead: {
    en: "The gradient is wrong, its check says it is right; why, and what a check must do.",
    zh: "梯度是错的，检查却说它是对的：原因何在，检查又该怎样做。",
  },
  sections: sections({
    network: [
      p(
        "400 pixels, 25 hidden sigmoid units, ten outputs. There is no softmax here: each output answers a question of its own, “is it a 3?”, with yes or no. So there are ten cross-entropies for each digit, and the ten answers need not sum to 1.",
        "400 个像素，25 个 sigmoid 隐藏单元，十个输出。这里没有 softmax：每个输出各自回答一个“是或否”的问题，例如“这是 3 吗？”。所以每个数字有十个交叉熵，十个回答也不必加起来等于 1。",
      ),
      p(
        "The weights of a layer and its biases live in one matrix Θ, the biases in the first column, fed by a constant 1. All of Θ₁ and Θ₂ lie one after the other in one long vector, because the minimiser, conjugate gradients, knows nothing of layers: it asks for the cost and the gradient at a vector, and decides itself how far to go.",
        "一层的权重与偏置放在同一个矩阵 Θ 里，第一列是偏置，对应一个恒为 1 的输入。Θ₁、Θ₂ 前后相接排成一个长向量，因为所用的优化方法——共轭梯度法——并不知道什么是层：它只问某个向量处的代价与梯度，走多远由它自己决定。",
      ),
    ],
    derivation: [
      p(
        "The weights are stored with one *unit* in each row, so they appear transposed in the forward lines. The bias column is written apart as $@b1$ and $@b2$: they are not decayed, and nothing flows back through them.",
        "权重按*每行一个单元*存放，所以在前向公式里以转置出现。偏置列单独写成 $@b1$、$@b2$：它们不参与衰减，也没有任何东西经过它们往回传。",
      ),
      derivation(sigmoidNet),
    ],
    published: [
      p(
        "To leave the biases out of the decay, `nnGradient` sets the first columns of Θ₁ and Θ₂ to 0. That is a good idea at the *end*, when the decay is added. It does so at the *beginning*, before the forward pass, and so computes the gradient of a network that has no biases, while the cost function keeps them. And because the columns are views into the caller's vector, they are 0 there, too.",
        "为了让偏置不参与衰减，`nnGradient` 把 Θ₁、Θ₂ 的第一列清零。如果放在*最后*加衰减项时做，这是好办法；它却在*一开始*、前向计算之前就做了，于是算出的是一个没有偏置的网络的梯度，而代价函数里的偏置还在。更糟的是，这两列是调用者向量的视图，清零之后，调用者手里的向量也变了。",
      ),
      p(
        "This also blinds the tutorial's own check. It first calls `nnGradient` and then takes finite differences at “the same” vector, whose biases are by now 0. There the wrong gradient happens to be right. Both columns agree beautifully, about a point nobody asked for.",
        "教程自己的检查也因此失明。它先调用 `nnGradient`，再在“同一个”向量处取有限差分，可那时向量里的偏置已经是 0 了。恰恰在那一点上，错误的梯度是对的。两列数字吻合得很漂亮，说的却是谁也没问过的一个点。",
      ),
      errataOf(errata),
    ],
    numbers: [
      p(
        "Compare the third column with the fourth: the printed check looks at the third, and only the fourth is about the vector that was asked for. The cost before and after shows that the call has changed its argument.",
        "比较第三列与第四列：印出的检查只看第三列，而真正关于所问那个向量的是第四列。调用前后的代价说明，这次调用改动了它的参数。",
      ),
      figures({
        id: "check",
        caption: {
          en: "The tutorial's own check on its 3-5-3 net, computed here, λ = 1",
          zh: "教程自带的检查（3-5-3 网络），当场计算，λ = 1",
        },
        columns: [
          { en: "variant", zh: "版本" },
          { en: "cost before", zh: "调用前的代价" },
          { en: "cost after", zh: "调用后的代价" },
          { en: "difference as printed", zh: "检查印出的差" },
          { en: "difference at the vector asked for", zh: "所问向量处的差" },
        ],
        compute: () =>
          (["published", "derived"] as const).map((variant): Row => {
            const { cost, costAfter, gradient, numeric, numericThere } = checkGradient(variant, "wasm", 1);
            return [
              variant === "published"
                ? { en: "as published", zh: "发布版" }
                : { en: "as derived", zh: "推导版" },
              shown(cost, 6),
              shown(costAfter, 6),
              scientific(apart(numeric, gradient)),
              scientific(apart(numericThere, gradient)),
            ];
          }),
      }),
    ],
    rooms: [
      elsewhere(
        "pencil",
        paper({ program: "digits", view: "both" }),
        "The 3-5-3 net of the check, published and derived side by side: look at db1 and db2.",
        "检查所用的 3-5-3 网络，发布版与推导版并排：看 db1 和 db2。",
      ),
      elsewhere(
        "digits",
        "",
        "Digits again, with a softmax and more pixels. Draw one that makes it hesitate.",
        "还是手写数字，这次用 softmax 和更多像素。试着写一个让它犹豫的字。",
      ),
    ],
    checks: [
      check(
        numberCheck({
          id: "length",
          question: {
            en: "How long is the vector that holds Θ₁ and Θ₂ of the 400-25-10 network?",
            zh: "400-25-10 网络的 Θ₁ 与 Θ₂ 排成的向量有多长？",
          },
          label: { en: "numbers", zh: "个数" },
          answer: () => lengthOf(NET),
          accepts: exactly,
          right: { en: "Right: Θ₁ is 25×401, Θ₂ is 10×26.", zh: "正确：Θ₁ 是 25×401，Θ₂ 是 10×26。" },
          hint: {
            en: "Each unit has a weight for every input and one bias.",
            zh: "每个单元对每个输入有一个权重，另有一个偏置。",
          },
          slips: [
            {
              value: () => lengthOf(NET) - NET.hidden - NET.outputs,
              because: {
                en: "You have left the bias columns out. They have been forgotten in this tutorial often enough.",
                zh: "你漏了偏置列。在这篇教程里，它们被忘记的次数已经够多了。",
              },
            },
          ],
        }),
      ),
      check(
        choiceCheck({
          id: "which-check",
          question: {
            en: "Which change to `checkGradient` would have revealed the mistake? Each is carried out on the 3-5-3 net.",
            zh: "对 `checkGradient` 作哪种改动，才会发现错误？每一种都会在 3-5-3 网络上真正执行。",
          },
          options: [
            {
              text: {
                en: "a smaller step: e = 10⁻⁵ instead of 10⁻⁴",
                zh: "更小的步长：e 取 10⁻⁵ 而不是 10⁻⁴",
              },
              holds: () => publishedCheck({ e: 1e-5 }) > EQUAL,
              because: {
                en: "No: the differences become no larger. The step was never the problem; the point was.",
                zh: "不对：差别并没有变大。问题从来不在步长，而在所检查的点。",
              },
            },
            {
              text: { en: "with decay: λ = 3 instead of 0", zh: "带上衰减：λ 取 3 而不是 0" },
              holds: () => publishedCheck({ lambda: 3 }) > EQUAL,
              because: {
                en: "No: at biases of 0 the published gradient is right for every λ.",
                zh: "不对：偏置为 0 时，不论 λ 取多少，发布版的梯度都是对的。",
              },
            },
            {
              text: {
                en: "taking the differences at a copy of the vector made before the gradient was asked for",
                zh: "先把向量复制一份，再求梯度，在副本处取差分",
              },
              holds: () => {
                const { gradient, numericThere } = checkGradient("published", "wasm");
                return apart(numericThere, gradient) > EQUAL;
              },
              because: {
                en: "Right: at the vector that was asked for, the two columns are apart by more than a hundredth. A check must not let the checked code choose the point.",
                zh: "正确：在所问的那个向量处，两列相差超过百分之一。检查决不能让被检查的代码来挑选检查点。",
              },
            },
          ],
        }),
      ),
      check(
        trialCheck({
          id: "descent",
          question: {
            en: `Bring the cost of the 3-5-3 net (λ = 1) below ${GOAL} in ${STEPS} steps of plain gradient descent.`,
            zh: `用普通梯度下降走 ${STEPS} 步，把 3-5-3 网络（λ = 1）的代价降到 ${GOAL} 以下。`,
          },
          fields: [
            {
              name: "variant",
              label: { en: "gradient", zh: "梯度" },
              kind: "word",
              first: "published",
              words: [
                { value: "published", label: { en: "as published (on a copy)", zh: "发布版（在副本上）" } },
                { value: "derived", label: { en: "as derived", zh: "推导版" } },
              ],
            },
            {
              name: "lr",
              label: { en: "learning rate", zh: "学习率" },
              kind: "number",
              first: 0.5,
              min: 0,
              max: 10,
              step: 0.1,
            },
          ],
          go: { en: "Descend", zh: "开始下降" },
          run: ({ variant, lr }) => {
            const { cost, bias } = descended(variant === "derived" ? "derived" : "published", Number(lr));
            const passed = cost < GOAL;
            return {
              passed,
              because: {
                en: `Cost ${cost.toPrecision(5)}, largest bias ${bias.toPrecision(4)}. ${passed ? "Every step was downhill because the gradient belongs to the cost." : bias > 5 ? "The biases run away: their gradient does not know where they are." : "Not low enough."}`,
                zh: `代价 ${cost.toPrecision(5)}，最大的偏置 ${bias.toPrecision(4)}。${passed ? "梯度确实属于这个代价，所以一路都是下坡。" : bias > 5 ? "偏置失控了：它们的梯度并不知道偏置现在是多少。" : "还不够低。"}`,
              },
            };
          },
        }),
      ),
    ],
  }),
};
