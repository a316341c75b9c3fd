/** The lesson on iris: three layers, a plateau, and a percentage that hangs on two flowers. */
import { errata } from "../../../experiments/iris/errata.ts";
import { irisEngine, load, NET, STEPS, start, TEST, TRAIN } from "../../../experiments/iris/net.ts";
import { parameterNames } from "../../../experiments/shared/three-net.ts";
import { follow } from "../algebra/derivation.ts";
import { evaluate, T, times } from "../algebra/expression.ts";
import { a, delta } from "../algebra/letters.ts";
import { make, scalar } from "../algebra/matrix.ts";
import { softmaxNet } from "../algebra/softmax-net.ts";
import { exactly, matrixCheck, numberCheck } from "../checks.ts";
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
  shown,
} from "../lesson.ts";
import { paper, playground } from "../links.ts";

const SETTING = { backend: "wasm", dtype: "float64" } as const;
const SEED = 3;
/** Where the table looks. */
const STOPS = [100, 500, 1000, 2000, 5000, STEPS];

const SIZES = [NET.inputs, NET.hidden1, NET.hidden2, NET.classes];
const OF_IRIS = softmaxNet(SIZES.map(String));

/** The loss of a net whose parameters are all 0, over the training flowers. */
function lossOfZeros(): number {
  const net = irisEngine("derived", SETTING);
  load(net, start(SEED));
  for (const name of parameterNames) {
    const [rows, cols] = net.engine.shapeOf(name);
    net.engine.write(name, new Float64Array(rows * cols));
  }
  return net.train.run().metrics.loss![0]!;
}

/** Size of (a1)ᵀ·δ1, the text's “gradient of the first layer”, in this network. */
function sizeOfTheText(): readonly [number, number] {
  const ones = (rows: number, cols: number) => make(rows, cols, () => 1);
  const leaves = Object.fromEntries(
    SIZES.slice(1).flatMap((to, i) => {
      const [W, b] = [ones(SIZES[i]!, to), ones(1, to)];
      return [
        [`W${i + 1}`, W],
        [`b${i + 1}`, b],
        [`dW${i + 1}`, W],
        [`db${i + 1}`, b],
      ];
    }),
  );
  const { values } = follow(OF_IRIS, {
    ...leaves,
    x: ones(TRAIN, NET.inputs),
    Y: ones(TRAIN, NET.classes),
    ones: ones(TRAIN, 1),
    m: scalar(TRAIN),
    lambda: scalar(NET.decay),
  });
  const { rows, cols } = evaluate(times(T(a(1)), delta(1)), values);
  return [rows, cols];
}

/** A training accuracy as the tutorial prints it. */
const printed = (wrong: number): string => (((TRAIN - wrong) / TRAIN) * 100).toFixed(2);
const PRINTED = "98.33";

export const iris: Lesson = {
  name: "iris",
  title: { en: "Iris: three layers and a lucky split", zh: "鸢尾花：三层网络与一次走运的划分" },
  lead: {
    en: "The same three lines repeat layer by layer; and 100 % means 30 flowers.",
    zh: "同样的三行公式逐层重复；而所谓 100 %，不过是 30 朵花。",
  },
  sections: sections({
    network: [
      p(
        "150 flowers, four measurements each, three species. Setosa is easily told from the rest; versicolor and virginica overlap a little, so a curved border is needed. Two hidden layers of 20 relu units are more than enough for it. The softmax gives three probabilities, one for each species.",
        "150 朵花，每朵四个测量值，分属三个品种。山鸢尾很容易与其余两种分开；变色鸢尾和弗吉尼亚鸢尾略有重叠，需要弯曲的边界。两个各有 20 个 relu 单元的隐藏层绰绰有余。softmax 给出三个概率，每个品种一个。",
      ),
      p(
        "All weights start as 0.01 times a normal number. With three layers this is tiny: the signal becomes much smaller at every layer, and so does the gradient on its way back. The price is a long wait at the beginning.",
        "所有权重的初值都是 0.01 乘以一个正态随机数。对三层网络来说这太小了：信号每过一层就弱一大截，梯度往回走时也一样。代价是开头漫长的等待。",
      ),
    ],
    derivation: [
      p(
        "Follow one layer, and you have followed them all: put $\\mathrm{d}z$ in, read off two gradients, hand the third term to the layer below. Only the first layer differs, because its input has no differential.",
        "看懂一层，就看懂了所有层：代入 $\\mathrm{d}z$，读出两个梯度，把第三项交给下一层。只有第一层不同，因为它的输入没有微分。",
      ),
      derivation(OF_IRIS),
    ],
    published: [
      p(
        "The text prints the gradients of all three layers, but in two of them an index or a transpose went wrong, and the sizes no longer fit. The code is right there; its own mistake is the one of the XOR lesson, twice: $@b2$ and $@b3$ are updated with themselves.",
        "正文印出了三层的梯度公式，其中两处弄错了下标或漏了转置，尺寸对不上。这些地方代码倒是对的；代码自己的错误就是异或那一课的错误，而且犯了两次：$@b2$ 和 $@b3$ 用自身来更新。",
      ),
      errataOf(errata),
    ],
    numbers: [
      p(
        "First the plateau: the loss rests at ln 3 = 1.0986, the value of a three-way guess, for hundreds of steps, before anything happens. Then the size of one flower: with 30 test flowers a single one is worth 3.3 points. And do not compare digits after step 2,000: from there on a difference in the last bit grows until it shows.",
        "先看平台：损失有几百步停在 ln 3 = 1.0986，也就是三选一瞎猜的水平，之后才有动静。再看一朵花的分量：测试集只有 30 朵，一朵就是 3.3 个百分点。另外，第 2000 步以后不必逐位比较：从那里起，最后一位的差别会一直放大到看得见。",
      ),
      figures({
        id: "run",
        caption: {
          en: `One split (seed ${SEED}), both variants, trained here`,
          zh: `同一种划分（种子 ${SEED}），两个版本，当场训练`,
        },
        columns: [
          { en: "step", zh: "步" },
          { en: "published: loss", zh: "发布版：损失" },
          { en: "train", zh: "训练" },
          { en: "test", zh: "测试" },
          { en: "derived: loss", zh: "推导版：损失" },
          { en: "train", zh: "训练" },
          { en: "test", zh: "测试" },
        ],
        compute: () => {
          const nets = (["published", "derived"] as const).map((variant) => {
            const net = irisEngine(variant, SETTING);
            load(net, start(SEED));
            return net;
          });
          let done = 0;
          return STOPS.map((stop): Row => {
            const cells = nets.flatMap((net) => {
              net.step.run(stop - done);
              const train = net.train.run().metrics;
              const test = net.test.run().metrics;
              return [
                shown(train.loss![0]!),
                `${train.correct![0]!}/${TRAIN}`,
                `${test.correct![0]!}/${TEST}`,
              ];
            });
            done = stop;
            return [String(stop), ...cells];
          });
        },
      }),
    ],
    rooms: [
      elsewhere(
        "playground",
        playground({
          data: { kind: "iris", noise: 0 },
          layers: [
            { units: NET.hidden1, activation: "relu" },
            { units: NET.hidden2, activation: "relu" },
          ],
          optimizer: { name: "sgd", learningRate: NET.learningRate },
          regularization: { l2: NET.decay / 2 },
          batchSize: TRAIN,
          initializer: "glorotUniform",
        }),
        "Two of the four measurements on the plane, the same two hidden layers, a usual start instead of 0.01: the plateau is gone.",
        "平面上只画四个测量值中的两个，隐藏层相同，但初值用常见的取法而不是 0.01：平台不见了。",
      ),
      elsewhere(
        "pencil",
        paper({ program: "iris", view: "published" }),
        "Step 1 on paper: compare the sizes of da2 and da1, and see the gradient fade on its way back.",
        "在纸上看第 1 步：比较 da2 与 da1 的大小，看梯度往回走时怎样变弱。",
      ),
    ],
    checks: [
      check(
        numberCheck({
          id: "guess",
          question: {
            en: "All parameters are 0. What is the loss over the training flowers?",
            zh: "所有参数都为 0 时，训练集上的损失是多少？",
          },
          label: { en: "loss", zh: "损失" },
          answer: lossOfZeros,
          right: {
            en: "Right: three equal probabilities, and −ln ⅓ = ln 3 for every flower.",
            zh: "正确：三个概率相等，每朵花都是 −ln ⅓ = ln 3。",
          },
          hint: {
            en: "All scores are 0, so the softmax gives each species the same probability. What is minus its logarithm?",
            zh: "得分全为 0，softmax 给每个品种相同的概率。取对数再变号是多少？",
          },
          slips: [
            {
              value: () => 0,
              because: {
                en: "A loss of 0 would mean certainty and no mistake. A network that knows nothing pays for it.",
                zh: "损失为 0 意味着十分肯定且从不出错。一无所知的网络是要付代价的。",
              },
            },
            {
              value: () => Math.log(2),
              because: {
                en: "That is ln 2, for two classes. There are three species.",
                zh: "那是 ln 2，两个类别的情形。这里有三个品种。",
              },
            },
          ],
        }),
      ),
      check(
        matrixCheck({
          id: "size",
          question: {
            en: "The text puts $(@a1)^\\top$ in front of $@delta1$ as the gradient of the first layer. How many rows and columns does this product have?",
            zh: "正文把 $(@a1)^\\top$ 乘在 $@delta1$ 前面，当作第一层的梯度。这个乘积有几行几列？",
          },
          label: { en: "rows, columns", zh: "行数，列数" },
          rows: 1,
          cols: 2,
          answer: sizeOfTheText,
          right: {
            en: "Right, and W₁ is 4×20. What belongs there is xᵀ, the input of the first layer.",
            zh: "正确，而 W₁ 是 4×20。那里该用的是 xᵀ，即第一层的输入。",
          },
          hint: {
            en: "a₁ and δ₁ have a row for each flower and a column for each unit of the first layer.",
            zh: "a₁ 与 δ₁ 每朵花一行，第一层每个单元一列。",
          },
          slips: [
            {
              value: () => [NET.inputs, NET.hidden1],
              because: {
                en: "That is the size of W₁, which the gradient should have. The product has another.",
                zh: "那是 W₁ 的尺寸，梯度本该如此；但这个乘积不是。",
              },
            },
          ],
        }),
      ),
      check(
        numberCheck({
          id: "flowers",
          question: {
            en: `The tutorial reports ${PRINTED} % on its ${TRAIN} training flowers. How many are wrong?`,
            zh: `教程报告 ${TRAIN} 朵训练花上的正确率为 ${PRINTED} %。错了几朵？`,
          },
          label: { en: "flowers", zh: "朵" },
          answer: () =>
            Array.from({ length: TRAIN }, (_, wrong) => wrong).find((wrong) => printed(wrong) === PRINTED)!,
          accepts: exactly,
          right: {
            en: "Right. Percentages of small sets are counts in disguise.",
            zh: "正确。小数据集的百分比，其实就是几个样本的个数。",
          },
          hint: {
            en: `One flower is 100/${TRAIN} points. How many of them are missing to 100?`,
            zh: `一朵花是 100/${TRAIN} 个百分点。离 100 还差几朵？`,
          },
        }),
      ),
    ],
  }),
};
