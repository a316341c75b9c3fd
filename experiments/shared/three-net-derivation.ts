/** ThreeNet on paper: from the scores to the loss, from dJ to every gradient, to the two updates. Both languages. */
import type { Block } from "papergrad/plot";
import { paragraph } from "./figures.ts";

const formula = (text: string): Block => ({ kind: "formula", text });

export const threeNetDerivation: readonly Block[] = [
  paragraph(
    "Forward. N examples stand in the rows of a⁽⁰⁾ [N, D]. Each layer multiplies by its weights, adds its bias to every row, and the two hidden layers cut off what is negative. Softmax turns the scores z⁽³⁾ of a row into probabilities.",
    "前向传播。a⁽⁰⁾ [N, D] 的每一行是一个样本。每一层先乘以权重，再给每一行加上偏置；两个隐藏层把负值截为 0。softmax 把每一行的得分 z⁽³⁾ 变成概率。",
  ),
  formula(
    [
      "z1 = a0·W1 + b1      a1 = max(0, z1)        W1 [D, H1]   b1 [1, H1]",
      "z2 = a1·W2 + b2      a2 = max(0, z2)        W2 [H1, H2]  b2 [1, H2]",
      "z3 = a2·W3 + b3                             W3 [H2, K]   b3 [1, K]",
      "h[i,k] = exp(z3[i,k] − m[i]) / Σ_j exp(z3[i,j] − m[i]),   m[i] = max_j z3[i,j]",
    ].join("\n"),
  ),
  paragraph(
    "The row maximum m cancels and changes nothing on paper. In floating point it keeps exp from overflowing; the published program leaves it out.",
    "行最大值 m 在分子分母中约去，数学上不改变结果；但在浮点运算中，它使 exp 不会溢出。发布的程序省略了它。",
  ),
  paragraph(
    "Loss. Y [N, K] has a 1 in the column of the right class, else 0. The data loss is the mean of −ln h at the right class; weight decay adds half of λ times the squared weights, biases left out. The programs print the data loss and follow the gradient of J.",
    "损失。Y [N, K] 在正确类别那一列为 1，其余为 0。数据损失是正确类别处 −ln h 的平均；权重衰减再加上 λ/2 乘以权重的平方和，不含偏置。程序打印的是数据损失，而沿 J 的梯度下降。",
  ),
  formula(
    [
      "dataLoss = −(1/N) Σ_i ln h[i, y_i] = (1/N) Σ_i ( ln Σ_k exp z3[i,k] − z3[i, y_i] )",
      "J = dataLoss + (λ/2)·(‖W1‖² + ‖W2‖² + ‖W3‖²)",
    ].join("\n"),
  ),
  paragraph(
    "The scores. Differentiating ln Σ exp z gives the softmax itself, and −z at the right class gives −Y:",
    "得分的梯度。对 ln Σ exp z 求导恰好得到 softmax 本身，对 −z（正确类别处）求导得到 −Y：",
  ),
  formula("dJ = tr( (1/N)·(h − Y)ᵀ · dz3 )      ⇒      ∇z3 = (h − Y) / N"),
  paragraph(
    "The last layer. Put dz3 = da2·W3 + a2·dW3 + 1·db3 into the trace and turn each product until the differential stands last; what stands before it is the transposed gradient. The column of ones 1 [N, 1] in front of db3 is why a bias gradient is a sum over rows.",
    "最后一层。把 dz3 = da2·W3 + a2·dW3 + 1·db3 代入迹，利用迹的循环性把微分移到最后；它前面的矩阵就是梯度的转置。db3 前面是全 1 的列 1 [N, 1]，所以偏置的梯度是按行求和。",
  ),
  formula(
    [
      "∇W3 = a2ᵀ·∇z3 + λ·W3      [H2, K]",
      "∇b3 = Σ_i ∇z3[i, :]        [1, K]",
      "∇a2 = ∇z3·W3ᵀ              [N, H2]",
    ].join("\n"),
  ),
  paragraph(
    "Through relu. The slope is 1 where z > 0 and 0 where z < 0; at exactly 0 this tutorial takes 1. The differential da2 = 1(z2 ≥ 0) ∗ dz2 is elementwise, so the gradient is too. Below it the same three lines repeat, one layer down.",
    "穿过 relu。z > 0 处斜率为 1，z < 0 处为 0；恰为 0 时本教程取 1。微分 da2 = 1(z2 ≥ 0) ∗ dz2 是逐元素的，梯度也是。再往下一层，重复同样的三行。",
  ),
  formula(
    [
      "∇z2 = ∇a2 ∗ 1(z2 ≥ 0)     ∇W2 = a1ᵀ·∇z2 + λ·W2     ∇b2 = Σ_i ∇z2[i, :]",
      "∇a1 = ∇z2·W2ᵀ",
      "∇z1 = ∇a1 ∗ 1(z1 ≥ 0)     ∇W1 = a0ᵀ·∇z1 + λ·W1     ∇b1 = Σ_i ∇z1[i, :]",
    ].join("\n"),
  ),
  paragraph(
    "Update with learning rate α. The derived variant moves all six parameters against their gradients. The published variant computes ∇b2 and ∇b3 and then subtracts the biases themselves, so these two only shrink towards 0.",
    "以学习率 α 更新。推导版让六个参数都沿各自梯度的反方向移动。发布版虽然算出了 ∇b2 和 ∇b3，更新时减去的却是偏置自身，所以这两个偏置只会缩向 0。",
  ),
  formula(
    [
      "derived:     W ← W − α·∇W      b ← b − α·∇b          (all layers)",
      "published:   W ← W − α·∇W      b1 ← b1 − α·∇b1      b2 ← b2 − α·b2      b3 ← b3 − α·b3",
    ].join("\n"),
  ),
];
