/** Title, summary and derivation of AND, OR and NOT, in English and Chinese. */
import type { Block } from "papergrad/plot";
import { paragraph } from "../shared/figures.ts";
import type { Text } from "../types.ts";
import type { Gate } from "./gate.ts";

export const gateName: Readonly<Record<Gate["name"], Text>> = {
  and: { en: "AND", zh: "逻辑与" },
  or: { en: "OR", zh: "逻辑或" },
  not: { en: "NOT", zh: "逻辑非" },
};

export const title = (gate: Gate): Text => ({
  en: `${gateName[gate.name].en} with one sigmoid neuron`,
  zh: `用单个 sigmoid 神经元学习${gateName[gate.name].zh}`,
});

const SUMMARY: Readonly<Record<Gate["name"], Text>> = {
  and: {
    en: "Logistic regression learns the truth table of AND: 2 inputs, 1 output, cross-entropy, α = λ = 0.001, 200,000 full-batch steps (the text says 20,000). The published bias has shape (1,2), so the program grows a second, equal output at its first update.",
    zh: "用逻辑回归学习逻辑与的真值表：2 个输入、1 个输出，交叉熵损失，α = λ = 0.001，全批量迭代 200 000 步（正文写的是 2 万步）。发布的代码把偏置设成 (1,2)，因此在第一次更新时网络会多长出一个几乎相同的输出。",
  },
  or: {
    en: "Logistic regression learns the truth table of OR: 2 inputs, 1 output, cross-entropy, α = λ = 0.001, 200,000 full-batch steps (the text says 20,000). The published variant here starts with a (1,1) bias: with the (1,2) bias of the listing, w ends at 4.098 and the printed 4.636 cannot come out.",
    zh: "用逻辑回归学习逻辑或的真值表：2 个输入、1 个输出，交叉熵损失，α = λ = 0.001，全批量迭代 200 000 步（正文写的是 2 万步）。这里的“发布版”从 (1,1) 的偏置开始：若照代码清单使用 (1,2) 的偏置，w 会停在 4.098，不可能得到文中印出的 4.636。",
  },
  not: {
    en: "Logistic regression learns NOT: 1 input, 1 output, cross-entropy, α = λ = 0.001, 200,000 full-batch steps (the text says 20,000). With a single weight Σw is w, so published and derived decay are the same here.",
    zh: "用逻辑回归学习逻辑非：1 个输入、1 个输出，交叉熵损失，α = λ = 0.001，全批量迭代 200 000 步（正文写的是 2 万步）。因为只有一个权重，Σw 就是 w，所以发布版与推导版的衰减项在这里完全相同。",
  },
};
export const summary = (gate: Gate): Text => SUMMARY[gate.name];

const formula = (text: string): Block => ({ kind: "formula", text });

/** From dJ to the gradients and the update. */
export const derivation: readonly Block[] = [
  paragraph(
    "Forward. m examples are the rows of x; y holds 0 or 1 for each. The bias has one column, like the output.",
    "前向计算。x 的每一行是一个样本，共 m 个；y 中每个值是 0 或 1。偏置与输出一样只有一列。",
  ),
  formula(
    "z = x·w + b        x: m×D   w: D×1   b: 1×1   z: m×1\nh = σ(z) = 1 / (1 + e^(−z))        P(y = 1) = h",
  ),
  paragraph(
    "Loss: the mean cross-entropy, and the L2 term whose gradient the update uses. With ln h = −softplus(−z) and ln(1−h) = −softplus(z), softplus(z) = ln(1 + e^z), it is written in z and stays finite for every z.",
    "损失：平均交叉熵，再加上更新时用到其梯度的 L2 项。由 ln h = −softplus(−z)、ln(1−h) = −softplus(z)，其中 softplus(z) = ln(1 + e^z)，可以直接用 z 表示，对任何 z 都是有限值。",
  ),
  formula(
    "J = −(1/m) Σᵢ [ yᵢ ln hᵢ + (1 − yᵢ) ln(1 − hᵢ) ] + (λ/2) ‖w‖²\n  = (1/m) Σᵢ [ softplus(zᵢ) − yᵢ zᵢ ] + (λ/2) ‖w‖²",
  ),
  paragraph(
    "Backward. The derivative of softplus is σ, so the two logarithms melt into one difference. Then dz is replaced by what it is made of, and the factor left of each differential, transposed, is the gradient.",
    "反向传播。softplus 的导数正是 σ，于是两个对数合成一个差。再把 dz 换成它的组成部分，每个微分左边的因子转置后就是相应的梯度。",
  ),
  formula(
    "dJ = (1/m) Σᵢ (hᵢ − yᵢ) dzᵢ + λ wᵀ dw = tr( δᵀ dz ) + λ wᵀ dw        δ = (h − y) / m\ndz = x·dw + 1·db\ndJ = tr( (δᵀ x + λ wᵀ) dw ) + (Σᵢ δᵢ) db",
  ),
  formula("∇z = δ = (h − y) / m\n∇w = xᵀ·δ + λ w\n∇b = Σᵢ δᵢ"),
  paragraph(
    "Update, with all gradients taken before any parameter changes.",
    "更新：先算出全部梯度，再改变参数。",
  ),
  formula("w ← w − α ∇w        b ← b − α ∇b        α = λ = 0.001"),
  paragraph(
    "What is published differs in one term: λ·Σw, one number added to every entry of ∇w. It is the gradient of (λ/2)·(Σw)², which pulls the sum to 0 and not the weights.",
    "发布的更新只有一项不同：给 ∇w 的每个元素都加上同一个数 λ·Σw。它是 (λ/2)·(Σw)² 的梯度，拉向 0 的是权重之和，而不是各个权重。",
  ),
  formula("published:  w ← w − α ( xᵀ·δ + λ Σw )"),
];
