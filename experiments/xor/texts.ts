/** Title, summary and derivation of XOR, in English and Chinese. */
import type { Block } from "papergrad/plot";
import { paragraph } from "../shared/figures.ts";
import type { Text } from "../types.ts";

export const title: Text = {
  en: "XOR with a hidden layer of relu units",
  zh: "用一层 relu 隐藏单元学习逻辑异或",
};

export const summary: Text = {
  en: "A 2-6-2 network (30 hidden units in the code) with relu and softmax learns the truth table of XOR: cross-entropy, α = 0.1, λ = 0.001, 10,000 full-batch steps. The published update shrinks the output bias instead of training it, so with 6 hidden units it solves XOR from far fewer start values than a right update.",
  zh: "2-6-2 的网络（代码里隐藏层是 30 个单元），relu 激活、softmax 输出，学习逻辑异或的真值表：交叉熵损失，α = 0.1，λ = 0.001，全批量迭代 10 000 步。发布的更新让输出层偏置不断缩小而不是学习，因此隐藏层为 6 时，能学会异或的初始值比正确更新时少得多。",
};

const formula = (text: string): Block => ({ kind: "formula", text });

export const derivation: readonly Block[] = [
  paragraph(
    "Forward. N = 4 examples are the rows of x; Y is 1 in the column of the right class and 0 elsewhere.",
    "前向计算。x 的每一行是一个样本，N = 4；Y 在正确类别所在的列为 1，其余为 0。",
  ),
  formula(
    "z1 = x·W1 + b1        a1 = max(0, z1)\nz2 = a1·W2 + b2       h = exp(z2) / Σ_columns exp(z2)\nx: N×2   W1: 2×H   b1: 1×H   W2: H×2   b2: 1×2",
  ),
  paragraph(
    "Loss: −ln of the score of the right class is log-sum-exp of the row minus its right entry. Subtracting the row maximum M first changes nothing but keeps exp finite. J adds the L2 terms of the weights, not of the biases.",
    "损失：正确类别得分的 −ln 等于该行的 log-sum-exp 减去正确的那一项。先减去行最大值 M 不改变结果，却能避免 exp 溢出。J 再加上权重（不含偏置）的 L2 项。",
  ),
  formula("J = (1/N) Σᵢ [ M + ln Σₖ exp(z2ᵢₖ − M) − Σₖ Yᵢₖ z2ᵢₖ ] + (λ/2) (‖W1‖² + ‖W2‖²)"),
  paragraph(
    "Backward through the output layer. The derivative of log-sum-exp is softmax.",
    "输出层的反向传播。log-sum-exp 的导数就是 softmax。",
  ),
  formula(
    "dJ = tr( δ2ᵀ dz2 ) + λ tr( W1ᵀ dW1 ) + λ tr( W2ᵀ dW2 )        δ2 = ∇z2 = (h − Y) / N\ndz2 = da1·W2 + a1·dW2 + 1·db2\n∇W2 = a1ᵀ·δ2 + λ W2        ∇b2 = Σ_rows δ2        ∇a1 = δ2·W2ᵀ",
  ),
  paragraph(
    "Backward through relu and the hidden layer. At z = 0 relu has no derivative; these programs take 1.",
    "relu 与隐藏层的反向传播。relu 在 z = 0 处不可导，这里约定取 1。",
  ),
  formula(
    "da1 = 1[z1 ≥ 0] ⊙ dz1        δ1 = ∇z1 = (δ2·W2ᵀ) ⊙ 1[z1 ≥ 0]\ndz1 = x·dW1 + 1·db1\n∇W1 = xᵀ·δ1 + λ W1        ∇b1 = Σ_rows δ1",
  ),
  paragraph("Update, all four gradients taken at the old parameters.", "更新：四个梯度都在旧参数处求得。"),
  formula("W ← W − α ∇W        b ← b − α ∇b        α = 0.1, λ = 0.001"),
  paragraph(
    "The published code computes ∇b2 and then does not use it:",
    "发布的代码算出了 ∇b2，却没有使用：",
  ),
  formula("published:  b2 ← b2 − α b2 = 0.9 b2"),
];
