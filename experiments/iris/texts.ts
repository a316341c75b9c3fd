/** What the iris program is, in two languages. */
import { paragraph } from "../shared/figures.ts";
import { threeNetDerivation } from "../shared/three-net-derivation.ts";
import type { Text } from "../types.ts";

export const title: Text = { en: "Iris with ThreeNet", zh: "用 ThreeNet 分类鸢尾花" };

export const summary: Text = {
  en: "Four measurements of a flower, three species: a 4-20-20-3 network with relu and softmax, trained on 120 flowers at once for 10,000 steps (learning rate 0.05, decay 0.001), tested on the other 30. Every 100 steps the latest of the best nets so far is kept. The printed 98.33 % and 100 % are one split; here 20 splits are trained.",
  zh: "由一朵花的四个测量值判断三个品种：4-20-20-3 的网络，relu 与 softmax，用 120 朵花整批训练 10,000 步（学习率 0.05，衰减 0.001），用其余 30 朵测试。每 100 步检查一次，保留目前最好的网络（并列时取较晚者）。教程给出的 98.33 % 与 100 % 只是一种划分；这里训练了 20 种划分。",
};

export const derivation = [
  ...threeNetDerivation,
  paragraph(
    "Here N = 120, D = 4, H1 = H2 = 20, K = 3, α = 0.05, λ = 0.001, and every step sees all 120 flowers. The weights start as 0.01 times normal numbers, so for some hundred steps all scores are nearly 0, the loss stays at ln 3 = 1.0986, and the gradients are tiny.",
    "这里 N = 120，D = 4，H1 = H2 = 20，K = 3，α = 0.05，λ = 0.001，每一步都使用全部 120 朵花。初始权重是正态随机数的 0.01 倍，所以最初几百步所有得分都接近 0，损失停在 ln 3 = 1.0986，梯度也极小。",
  ),
];
