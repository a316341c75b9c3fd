/** What tutorial 002 is about and where its gradient comes from, in English and Chinese. */
import type { Block } from "papergrad/plot";
import type { Text } from "../types.ts";

export const title: Text = {
  en: "Handwritten digits with one vector of weights",
  zh: "手写数字：把全部权重放进一个向量",
};

export const summary: Text = {
  en: "A 400-25-10 sigmoid network learns 5,000 digits of 20 × 20 pixels by cross-entropy with weight decay λ = 1. All 10,285 weights stand in one flat vector, which conjugate gradients move for 50 and for 100 iterations. The tutorial's data file is not free to pass on; the first 500 MNIST training images of each class, cut to the same size, stand in for it, and MNIST's 10,000 test images test it. With a copy of the course file, read it by loadDigitsMat(\"file.mat\") of papergrad/node and give its x and y to digitsNet.",
  zh: '一个 400-25-10 的 sigmoid 网络，用带权重衰减（λ = 1）的交叉熵学习 5,000 个 20 × 20 像素的手写数字。全部 10,285 个权重排成一个向量，由共轭梯度法迭代 50 次和 100 次。原文的数据文件不能随意转发，这里用 MNIST 训练集中每类的前 500 张、裁成同样大小来代替，并用 MNIST 的 10,000 张测试图检验。如果手边有那份课程文件，可用 papergrad/node 的 loadDigitsMat("file.mat") 读入，再把 x、y 交给 digitsNet。',
};

const formula = (text: string): Block => ({ kind: "formula", text });
const paragraph = (en: string, zh: string): Block => ({ kind: "paragraph", en, zh });

export const derivation: readonly Block[] = [
  paragraph(
    "Forward: Θ1 is 25×401 and Θ2 is 10×26. Their first columns are the biases b1 and b2, the rest are W1 (25×400) and W2 (10×25). The rows of x are the m = 5,000 images.",
    "前向：Θ1 为 25×401，Θ2 为 10×26。它们的第一列是偏置 b1、b2，其余部分是 W1（25×400）和 W2（10×25）。x 的每一行是一张图，共 m = 5,000 行。",
  ),
  formula("z2 = x·W1ᵀ + b1    a2 = σ(z2)\nz3 = a2·W2ᵀ + b2   h  = σ(z3)"),
  paragraph(
    "Cost: Y has a 1 in the column of the right digit. Each output is a yes-or-no question of its own, so its cost is a binary cross-entropy; large weights cost something too, biases do not. Because h is a sigmoid, −log h and −log(1 − h) can be written with softplus(z) = log(1 + e^z), which never overflows.",
    "代价：Y 在正确数字所在的列为 1。每个输出各自回答一个“是或不是”的问题，因此用二元交叉熵；权重过大也要付出代价，偏置则不计。由于 h 是 sigmoid，−log h 与 −log(1 − h) 可以用 softplus(z) = log(1 + e^z) 表示，不会溢出。",
  ),
  formula(
    "J = (1/m)·Σ [ −Y∘log h − (1 − Y)∘log(1 − h) ] + (λ/2m)·(Σ W1² + Σ W2²)\n  = (1/m)·Σ [ softplus(z3) − Y∘z3 ] + (λ/2m)·(Σ W1² + Σ W2²)",
  ),
  paragraph(
    "Backward: softplus′ = σ, so a small change dz3 changes the sum by (h − Y)∘dz3: this is δ3. From dz3 = da2·W2ᵀ + a2·dW2ᵀ + db2, the factor of dW2 is δ3ᵀ·a2, that of db2 the sum of δ3 over the samples, and that of da2 is δ3·W2. With da2 = a2∘(1 − a2)∘dz2 the same step leads through the first layer. The decay adds λ·W.",
    "反向：softplus′ = σ，所以 dz3 使总和改变 (h − Y)∘dz3，这就是 δ3。由 dz3 = da2·W2ᵀ + a2·dW2ᵀ + db2，与 dW2 相乘的是 δ3ᵀ·a2，与 db2 相乘的是 δ3 对样本求和，与 da2 相乘的是 δ3·W2。再由 da2 = a2∘(1 − a2)∘dz2，用同样的办法穿过第一层。权重衰减再加上 λ·W。",
  ),
  formula(
    "δ3 = h − Y                       m·∂J/∂W2 = δ3ᵀ·a2 + λ·W2   m·∂J/∂b2 = Σrows δ3\nδ2 = (δ3·W2)∘a2∘(1 − a2)         m·∂J/∂W1 = δ2ᵀ·x + λ·W1    m·∂J/∂b1 = Σrows δ2",
  ),
  paragraph(
    "The published code sets the bias columns to 0 before its forward pass. Its formulas are the same, but with b1 = b2 = 0 in z2 and z3: the gradient of another network. The cost keeps the biases. A minimiser that is told a slope and finds another value sooner or later meets a direction in which nothing gets better, and gives up.",
    "原文的代码在前向计算之前把偏置列清零。公式是同样的公式，只是 z2、z3 里 b1 = b2 = 0：算出的是另一个网络的梯度，而代价函数仍带着偏置。优化器得到的斜率与函数值对不上，迟早会遇到一个怎么走都不再下降的方向，于是停下来。",
  ),
  paragraph(
    "Update: conjugate gradients (Polak–Ribière). Each direction is the negative gradient plus a share of the direction before; a line search finds how far to go (strong Wolfe conditions).",
    "更新：共轭梯度法（Polak–Ribière）。每个方向是负梯度加上前一个方向的一部分；走多远由线搜索决定（强 Wolfe 条件）。",
  ),
  formula("d0 = −g0    d_{k+1} = −g_{k+1} + max(0, β)·d_k    β = g_{k+1}·(g_{k+1} − g_k) / (g_k·g_k)"),
];
