/** Examples with a word on what to see in each: records that a reader can open, change and link to. */
import type { Text } from "../language.ts";
import { type Experiment, experimentOf } from "../state/experiment.ts";
import { FIRST } from "./first.ts";

export interface Preset {
  readonly id: string;
  readonly title: Text;
  readonly text: Text;
  readonly experiment: Experiment;
}

export const PRESETS: readonly Preset[] = [
  {
    id: "spirals",
    title: { en: "Two spirals", zh: "双螺旋" },
    text: {
      en: "The first layer cuts the plane along straight lines, the second bends them, the third puts the arms together. Follow the small maps from left to right.",
      zh: "第一层用直线切分平面，第二层把直线弯成曲线，第三层再拼出旋臂。请从左到右观察各单元的小图。",
    },
    experiment: FIRST,
  },
  {
    id: "line",
    title: { en: "A line is enough", zh: "一条直线就够了" },
    text: {
      en: "No hidden layer: two weights and a bias place one straight line. Open the output and change a weight: the line turns, the loss follows at once.",
      zh: "没有隐藏层：两个权重和一个偏置只能确定一条直线。点开输出单元改动权重，直线随之转动，损失立即更新。",
    },
    experiment: experimentOf({
      data: { kind: "blobs", count: 300, noise: 0.4 },
      layers: [],
      optimizer: { name: "sgd", learningRate: 0.1 },
      batchSize: 10,
      view: { speed: 25, goal: 0.99 },
    }),
  },
  {
    id: "xor",
    title: { en: "Exclusive or, in one feature", zh: "一个特征解决异或" },
    text: {
      en: "Without a hidden layer no line separates these corners. The product x₁x₂ does it alone: a good feature replaces a layer. Take it away to see the network fail.",
      zh: "没有隐藏层时，任何直线都分不开这四团点。乘积 x₁x₂ 一个特征便足够：好的特征可以代替一层网络。去掉它，网络就学不会了。",
    },
    experiment: experimentOf({
      data: { kind: "xor", count: 300, noise: 0.25 },
      features: ["x1", "x2", "x1x2"],
      layers: [],
      optimizer: { name: "adam", learningRate: 0.05 },
      view: { speed: 25, goal: 0.97 },
    }),
  },
  {
    id: "gate",
    title: { en: "A truth table", zh: "一张真值表" },
    text: {
      en: "Four points, two hidden units: the smallest network that learns exclusive or. Some seeds stay at 75 %: try others.",
      zh: "四个点、两个隐藏单元：能学会异或的最小网络。有些种子会停在 75 %，换一个试试。",
    },
    experiment: experimentOf({
      data: { kind: "gate-xor", count: 4, noise: 0, testShare: 0 },
      layers: [{ units: 2 }],
      optimizer: { name: "adam", learningRate: 0.05 },
      batchSize: 4,
      view: { speed: 50, goal: 1 },
    }),
  },
  {
    id: "moons",
    title: { en: "The tutorial's moons", zh: "教程里的双月牙" },
    text: {
      en: "1,000 points, five layers of relu, 5,226 trained numbers, as in the NumPy tutorial. Plain gradient descent creeps at first: compare Adam.",
      zh: "1000 个点、五层网络、relu 激活、5226 个可训练参数，与 NumPy 教程相同。普通梯度下降起步很慢，可与 Adam 比较。",
    },
    experiment: experimentOf({
      data: { kind: "moons", count: 1000, noise: 0.2, testShare: 0.1, seed: 100 },
      layers: [25, 50, 50, 25].map((units) => ({ units, activation: "relu" as const })),
      optimizer: { name: "sgd", learningRate: 0.05 },
      initializer: "heUniform",
      batchSize: 32,
      view: { speed: 0, goal: 0.98 },
    }),
  },
  {
    id: "overfit",
    title: { en: "Learning by heart", zh: "死记硬背" },
    text: {
      en: "Few noisy points, many weights: training loss falls, test loss rises. Then raise L2 to 0.01, or the dropout, and run again.",
      zh: "样本少、噪声大、权重多：训练损失下降，测试损失反而上升。再把 L2 调到 0.01，或加大随机失活，重新训练看看。",
    },
    experiment: experimentOf({
      data: { kind: "moons", count: 80, noise: 0.4, testShare: 0.5, seed: 4 },
      layers: [{ units: 32 }, { units: 32 }],
      optimizer: { name: "adam", learningRate: 0.02 },
      batchSize: 10,
      view: { speed: 200, showTest: true },
    }),
  },
  {
    id: "vanish",
    title: { en: "Vanishing gradients", zh: "梯度消失" },
    text: {
      en: "Six layers of sigmoid: look at the lengths of the gradients below. Each layer to the left gets less, and nothing moves. Choose tanh instead.",
      zh: "六层 sigmoid：请看下方各层梯度的长度，越靠左越小，网络几乎不动。改用 tanh 试试。",
    },
    experiment: experimentOf({
      data: { kind: "circles", count: 400, noise: 0.08 },
      layers: Array.from({ length: 6 }, () => ({ units: 6, activation: "sigmoid" as const })),
      optimizer: { name: "sgd", learningRate: 0.1 },
      batchSize: 16,
      view: { speed: 500, logScale: true },
    }),
  },
  {
    id: "dead",
    title: { en: "Dead units", zh: "失活的单元" },
    text: {
      en: "Relu and a learning rate that is too high: one large step puts units where they answer 0 to every point, and they never come back. They are crossed out.",
      zh: "relu 配上过高的学习率：一步迈得太大，单元对所有点都输出 0，从此再也回不来。它们会被打上叉号。",
    },
    experiment: experimentOf({
      data: { kind: "circles", count: 400, noise: 0.08 },
      layers: [
        { units: 8, activation: "relu" },
        { units: 8, activation: "relu" },
      ],
      optimizer: { name: "sgd", learningRate: 2.5 },
      batchSize: 8,
      view: { speed: 50 },
    }),
  },
  {
    id: "classes",
    title: { en: "Five classes", zh: "五个类别" },
    text: {
      en: "Softmax gives each class a share. The map of each output unit shows where it wins; where the colours pale the network is unsure.",
      zh: "softmax 为每个类别分配概率。各输出单元的小图显示它在哪里胜出；颜色变淡处，网络拿不准。",
    },
    experiment: experimentOf({
      data: { kind: "spirals5", count: 800, noise: 0.02 },
      layers: [{ units: 16 }, { units: 12 }],
      optimizer: { name: "adam", learningRate: 0.02 },
      batchSize: 32,
      view: { speed: 200, goal: 0.98 },
    }),
  },
  {
    id: "surface",
    title: { en: "A surface", zh: "拟合曲面" },
    text: {
      en: "Regression: three hills and three hollows, learned from 400 noisy heights. The output is a linear unit, the loss the squared error.",
      zh: "回归：由 400 个带噪声的高度学出三座山峰和三个山谷。输出为线性单元，损失为均方误差。",
    },
    experiment: experimentOf({
      data: { kind: "gaussians", count: 400, noise: 0.05 },
      layers: [{ units: 12 }, { units: 8 }],
      optimizer: { name: "adam", learningRate: 0.02 },
      batchSize: 20,
      view: { speed: 200 },
    }),
  },
];
