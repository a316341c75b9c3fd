/** The lesson on MNIST: the softmax that cannot overflow, and a learning rate that knows about 255. */

import { RandomState } from "papergrad";
import { createEngine } from "papergrad/engine";
import { errata } from "../../../experiments/mnist/errata.ts";
import { BATCH, batchStarts, NET } from "../../../experiments/mnist/net.ts";
import { startValues, type ThreeNet, threeNetProblem } from "../../../experiments/shared/three-net.ts";
import { softmaxNetFromScores } from "../algebra/softmax-net.ts";
import { exactly, numberCheck } from "../checks.ts";
import { engineGradients } from "../gradients.ts";
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
} from "../lesson.ts";
import { paper } from "../links.ts";

const IMAGES = 60_000;
/** Largest value of a pixel. */
const WHITE = 255;

/**
 * By how much the learning rate of W1 must grow when pixels shrink to 0 … 1 and W1 grows to match: measured on a small
 * net of the same kind. With α' its gradient has to move W1' = 255·W1 by 255 times what α moved W1.
 */
function rateFactor(): number {
  const net: ThreeNet = { inputs: 5, hidden1: 4, hidden2: 4, classes: 3, learningRate: 1, decay: 0 };
  const random = new RandomState(0);
  const x = random.randint(0, WHITE + 1, 6 * net.inputs);
  const values = startValues(random, net, 0.01);
  const [W1, ...rest] = values as [Float64Array, ...Float64Array[]];
  const y = [0, 1, 2, 0, 1, 2];
  const gradient = (pixels: ArrayLike<number>, first: Float64Array) =>
    engineGradients(threeNetProblem("scale", "derived", net, { x: pixels, y }, [first, ...rest])).W1!.data;
  const raw = gradient(x, W1);
  const scaled = gradient(
    Array.from(x, (v) => v / WHITE),
    W1.map((w) => WHITE * w),
  );
  const largest = raw.reduce((best, v, i) => (Math.abs(v) > Math.abs(raw[best]!) ? i : best), 0);
  return (WHITE * raw[largest]!) / scaled[largest]!;
}

/** Probabilities of the scores (0, top) in float32: as published, and with the row maximum taken off. */
function bothSoftmaxes(top: number): { published: number; derived: number; exponential: number } {
  const engine = createEngine({ backend: "wasm", dtype: "float32" });
  const entry = engine.entry("softmax", (g) => {
    const z = g.input("z", [1, 2]);
    const e = g.exp(z);
    g.store(g.parameter("exp", [1, 2]), e);
    g.store(g.parameter("published", [1, 2]), g.div(e, g.sum(e, "cols")));
    g.store(g.parameter("derived", [1, 2]), g.softmax(z));
  });
  engine.write("z", [0, top]);
  entry.run(1);
  const second = (name: string) => engine.read(name).data[1]!;
  return { published: second("published"), derived: second("derived"), exponential: second("exp") };
}

const overflows = (score: number): boolean => bothSoftmaxes(score).exponential === Number.POSITIVE_INFINITY;

export const mnist: Lesson = {
  name: "mnist",
  title: { en: "MNIST: pixels from 0 to 255", zh: "MNIST：0 到 255 的像素" },
  lead: {
    en: "It works because of a number that the text never mentions.",
    zh: "它之所以能成功，靠的是正文从未提到的一个数。",
  },
  sections: sections({
    network: [
      p(
        "A digit is 28 × 28 = 784 grey values, so the first layer has 784 inputs. 200 units, then 80, then ten scores: each layer forgets something about the picture and keeps what helps to name the digit. There are too many images to use all of them in each step, so a step takes 256: the gradient is a little noisy, and 234 times as cheap.",
        "一个数字是 28 × 28 = 784 个灰度值，所以第一层有 784 个输入。先 200 个单元，再 80 个，最后十个得分：每一层都丢掉一些图像的细节，留下有助于认出数字的东西。图像太多，不可能每一步都全用上，于是一步只取 256 张：梯度略带噪声，却便宜了 234 倍。",
      ),
      p(
        "The pixels go in as they are, 0 to 255. That makes the sums of the first layer large although its weights start at 0.01, and it makes its gradient large too. The learning rate of 0.001 is small because of that. Change one of the three and the program learns nothing.",
        "像素原样输入，取值 0 到 255。因此尽管权重从 0.01 的量级出发，第一层的加权和仍然很大，它的梯度也很大；学习率之所以要小到 0.001，原因就在这里。三者之中只改一个，程序就什么也学不到。",
      ),
    ],
    derivation: [
      p(
        "Network and gradients are those of the iris lesson. Worth a closer look is the softmax, because here the scores become large. Subtracting the largest score of a row from all of them changes nothing on paper:",
        "网络与梯度都和鸢尾花一课相同。值得细看的是 softmax，因为这里的得分会变得很大。把一行的所有得分都减去该行最大值，在纸面上不会改变任何东西：",
      ),
      derivation(softmaxNetFromScores([NET.inputs, NET.hidden1, NET.hidden2, NET.classes].map(String))),
    ],
    published: [
      p(
        "The published program takes $e$ to the score as it is, and switches warnings off so that nobody hears of it when it overflows. Its biases of layers 2 and 3 only decay. Both do no visible harm in the published setting, which is why they are still there. The list says where they would.",
        "发布的程序直接对得分取 $e$ 的幂，又关掉了警告，溢出时谁也不会知道。第 2、3 层的偏置只会衰减。这两点在发布的设置下都没有明显害处，所以一直留在那里。什么时候会出事，清单里有说明。",
      ),
      errataOf(errata),
    ],
    numbers: [
      p(
        "Look at the loss of the first epoch, at what “best train accuracy” was measured on, and at what happens to a score above 88. The largest number float32 can hold is about $3.4\\cdot 10^{38}$, and $e^{88.7}$ is already there.",
        "要看第一个 epoch 的损失，要看“最佳训练精度”究竟是在什么上面测的，还要看得分超过 88 会怎样。float32 能表示的最大数约为 $3.4\\cdot 10^{38}$，而 $e^{88.7}$ 就已经到顶了。",
      ),
      figures({
        id: "overflow",
        caption: {
          en: "Scores (0, k) in float32: the probability of the second class",
          zh: "float32 下得分为 (0, k) 时第二类的概率",
        },
        columns: [
          "k",
          "exp(k)",
          { en: "as published", zh: "发布版" },
          { en: "row maximum taken off", zh: "减去行最大值" },
        ],
        compute: () =>
          [1, 10, 88, 89, 700].map((k): Row => {
            const { exponential, published, derived } = bothSoftmaxes(k);
            return [String(k), exponential.toPrecision(4), published.toPrecision(4), derived.toPrecision(4)];
          }),
      }),
    ],
    rooms: [
      elsewhere(
        "digits",
        "",
        "Train on the real images, draw a digit of your own, and look at the 200 weight pictures of the first layer.",
        "用真实图像训练，自己写一个数字，再看看第一层的 200 张权重图。",
      ),
      elsewhere(
        "pencil",
        paper({ program: "mnist", view: "published" }),
        "Four images on paper instead of 256. Look at the size of z1, which comes from the raw pixels, and at the gradient that answers it.",
        "在纸上写四张图，而不是 256 张。看由原始像素得到的 z1 有多大，再看随之而来的梯度。",
      ),
    ],
    checks: [
      check(
        numberCheck({
          id: "rate",
          question: {
            en: "You divide all pixels by 255 and multiply $@W1$ by 255, so that the network is the same function as before. By which factor must the learning rate of $@W1$ change so that every step moves this function as before (decay left aside)?",
            zh: "把所有像素除以 255，同时把 $@W1$ 乘以 255，网络就还是原来的函数。若要每一步对这个函数的改变也和原来一样（不计衰减），$@W1$ 的学习率应变为原来的多少倍？",
          },
          label: { en: "factor", zh: "倍数" },
          answer: rateFactor,
          right: {
            en: "Right: the gradient is 255 times smaller and the weights it must move are 255 times larger. This is why the printed 0.001 learns nothing on scaled pixels.",
            zh: "正确：梯度小了 255 倍，而要移动的权重大了 255 倍。所以印出的 0.001 在缩放后的像素上什么也学不到。",
          },
          hint: {
            en: "∇W₁ = xᵀδ₁: what does the division do to it? And by how much must W₁, now 255 times as large, move?",
            zh: "∇W₁ = xᵀδ₁：除以 255 对它有什么影响？而 W₁ 现在是原来的 255 倍，它又该移动多少？",
          },
          slips: [
            {
              value: () => WHITE,
              because: {
                en: "That makes up for the smaller gradient only. W₁ is 255 times as large now, so its steps must be, too.",
                zh: "这只补偿了变小的梯度。W₁ 现在是原来的 255 倍，步子也得大 255 倍。",
              },
            },
            {
              value: () => 1 / WHITE,
              because: {
                en: "The other way round: the gradient has become smaller, not larger.",
                zh: "方向反了：梯度变小了，而不是变大。",
              },
            },
          ],
        }),
      ),
      check(
        numberCheck({
          id: "unused",
          question: {
            en: `The program takes its batches at \`np.arange(0, n − ${BATCH}, step=${BATCH})\`. With n = ${IMAGES} images, how many does an epoch never touch?`,
            zh: `程序按 \`np.arange(0, n − ${BATCH}, step=${BATCH})\` 取批次。n = ${IMAGES} 张图像时，一个 epoch 有多少张从未用到？`,
          },
          label: { en: "images", zh: "张" },
          answer: () => IMAGES - BATCH * batchStarts(IMAGES).length,
          accepts: exactly,
          right: {
            en: "Right: the tail is lost, always the same images, since nothing is shuffled between epochs.",
            zh: "正确：丢掉的是尾部，而且每次都是同样的图像，因为各 epoch 之间不再打乱。",
          },
          hint: {
            en: `Count the batches first: the starts are 0, ${BATCH}, ${2 * BATCH}, … below n − ${BATCH}.`,
            zh: `先数批次：起点是 0、${BATCH}、${2 * BATCH}……都小于 n − ${BATCH}。`,
          },
          slips: [
            {
              value: () => 0,
              because: {
                en: `${IMAGES} is no multiple of ${BATCH}, and there is no shorter last batch.`,
                zh: `${IMAGES} 不是 ${BATCH} 的倍数，又没有较短的最后一批。`,
              },
            },
          ],
        }),
      ),
      check(
        numberCheck({
          id: "overflow",
          question: {
            en: "Which is the smallest whole score whose exponential overflows in float32?",
            zh: "在 float32 中，使指数溢出的最小整数得分是多少？",
          },
          label: { en: "score", zh: "得分" },
          answer: () => 1,
          accepts: (score, one) =>
            Number.isInteger(score) &&
            Math.abs(score) < 1e6 &&
            exactly(Number(overflows(score) && !overflows(score - 1)), one),
          right: {
            en: "Right: papergrad's own exp was asked for this score and the one before.",
            zh: "正确：刚才用 papergrad 自己的 exp 算了这个得分和前一个得分。",
          },
          hint: {
            en: "The largest float32 is about 3.4·10³⁸. Take its natural logarithm and round up.",
            zh: "float32 的最大数约为 3.4·10³⁸。取自然对数，再向上取整。",
          },
        }),
      ),
    ],
  }),
};
