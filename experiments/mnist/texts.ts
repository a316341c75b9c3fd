/** What the MNIST program is, in two languages. */
import { paragraph } from "../shared/figures.ts";
import { threeNetDerivation } from "../shared/three-net-derivation.ts";
import type { Text } from "../types.ts";

export const title: Text = { en: "MNIST with ThreeNet", zh: "用 ThreeNet 识别 MNIST 手写数字" };

export const summary: Text = {
  en: "Handwritten digits of 28 × 28 raw pixels (0 to 255), ten classes: a 784-200-80-10 network with relu and softmax, mini-batches of 256, learning rate and decay 0.001, in float32. The images are shuffled once; every epoch sees the same 234 batches in the same order. The tutorial runs 200 epochs and prints 100.00 % for the last batch and 97.92 % for the test images.",
  zh: "28 × 28 的手写数字，像素为原始的 0 到 255，共十类：784-200-80-10 的网络，relu 与 softmax，小批量 256，学习率与衰减均为 0.001，单精度。图像只洗牌一次，每一轮都按同样的次序经过同样的 234 个批次。教程运行 200 轮，给出最后一批上的 100.00 % 与测试集上的 97.92 %。",
};

export const derivation = [
  ...threeNetDerivation,
  paragraph(
    "Here N = 256 (one mini-batch), D = 784, H1 = 200, H2 = 80, K = 10, α = λ = 0.001. ∇W1 = a0ᵀ·∇z1 carries the raw pixels, whose root mean square is 85, and a change of W1 acts on z1 through the pixels once more. So the first layer moves as if α were 255² times larger than with pixels between 0 and 1: that is why 0.001 is enough.",
    "这里 N = 256（一个小批量），D = 784，H1 = 200，H2 = 80，K = 10，α = λ = 0.001。∇W1 = a0ᵀ·∇z1 带着原始像素，其均方根为 85，而 W1 的变化又要再乘一次像素才作用到 z1。与 0 到 1 的像素相比，第一层的移动相当于把 α 放大了 255² 倍：所以 0.001 就够了。",
  ),
];
