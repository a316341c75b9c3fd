/** What tutorial 003 is about and where its gradients come from, in English and Chinese. */
import type { Block } from "papergrad/plot";
import type { Text } from "../types.ts";

export const title: Text = {
  en: "Pencil and paper: a net of 27 weights",
  zh: "用纸笔训练：27 个权重的神经网络",
};

export const summary: Text = {
  en: "Three samples of four numbers are mapped to two numbers by three sigmoid layers without biases (4-3-3-2). Every matrix is small enough to compute one step by hand. Training goes on with learning rate 0.1 until the sum of squared errors D is at most 0.001.",
  zh: "三个样本，每个四个数，经过三层没有偏置的 sigmoid 网络（4-3-3-2）变成两个数。所有矩阵都小到可以用笔算完一步。学习率为 0.1，一直训练到误差平方和 D 不超过 0.001。",
};

const formula = (text: string): Block => ({ kind: "formula", text });
const paragraph = (en: string, zh: string): Block => ({ kind: "paragraph", en, zh });

export const derivation: readonly Block[] = [
  paragraph(
    "Forward: each layer is a matrix product followed by the sigmoid σ(s) = 1 / (1 + e^−s), which is applied to every element. X is 3×4, W1 4×3, W2 3×3, W3 3×2, and the wanted result Y 3×2.",
    "前向：每一层先做矩阵乘法，再对每个元素取 sigmoid：σ(s) = 1 / (1 + e^−s)。X 为 3×4，W1 为 4×3，W2 为 3×3，W3 为 3×2，目标 Y 为 3×2。",
  ),
  formula("S1 = X·W1    Z1 = σ(S1)\nS2 = Z1·W2   Z2 = σ(S2)\nQ  = Z2·W3   y  = σ(Q)"),
  paragraph(
    "Loss: the number that is watched, and by which training ends, is the sum of squares over all six outputs.",
    "损失：训练中监视的、也用来决定何时停止的，是六个输出的误差平方和。",
  ),
  formula("D = Σ (y − Y)²"),
  paragraph(
    "Backward: let the weights change a little and follow the change of D. From dD = Σ 2(y − Y)∘dy, dy = y∘(1 − y)∘dQ (because σ′ = σ(1 − σ)) and dQ = dZ2·W3 + Z2·dW3, everything that multiplies dQ is collected in δ3. What multiplies dW3 then is Z2ᵀ·δ3; what multiplies dZ2 is δ3·W3ᵀ, and the same two sentences hold one layer further down. ∘ is the product element by element.",
    "反向：让权重有微小的变化，看 D 随之如何变化。由 dD = Σ 2(y − Y)∘dy、dy = y∘(1 − y)∘dQ（因为 σ′ = σ(1 − σ)）以及 dQ = dZ2·W3 + Z2·dW3，把与 dQ 相乘的部分记为 δ3。于是与 dW3 相乘的是 Z2ᵀ·δ3，与 dZ2 相乘的是 δ3·W3ᵀ；再往前一层，道理完全一样。∘ 表示逐元素相乘。",
  ),
  formula(
    "δ3 = 2(y − Y)∘y∘(1 − y)          ∂D/∂W3 = Z2ᵀ·δ3\nδ2 = (δ3·W3ᵀ)∘Z2∘(1 − Z2)        ∂D/∂W2 = Z1ᵀ·δ2\nδ1 = (δ2·W2ᵀ)∘Z1∘(1 − Z1)        ∂D/∂W1 = Xᵀ·δ1",
  ),
  paragraph(
    "Update: every weight goes a small way against its gradient, all of them at once.",
    "更新：所有权重同时沿各自梯度的反方向走一小步。",
  ),
  formula("W ← W − a·∂D/∂W,  a = 0.1"),
  paragraph(
    "The published code starts from δ3 = y − Y instead. That is the exact gradient of another loss, the cross-entropy C: ∂C/∂y has y(1 − y) below the line, and it cancels with σ′. Near the end y(1 − y) is about 0.003 to 0.02, so the published steps are many times longer, and D falls ten times as fast. The result is good; only the name of the loss is wrong.",
    "原文的代码却从 δ3 = y − Y 出发。这其实是另一个损失——交叉熵 C——的精确梯度：∂C/∂y 的分母里有 y(1 − y)，恰好与 σ′ 约去。训练快结束时 y(1 − y) 只有 0.003 到 0.02，因此原文的步子长得多，D 下降快约十倍。结果没有问题，只是损失的名字说错了。",
  ),
  formula("C = −Σ [ Y∘log y + (1 − Y)∘log(1 − y) ]    ∂C/∂Q = y − Y"),
];
