/** Title, summary and derivation, in English and Chinese. */
import type { Block } from "papergrad/plot";
import type { Text } from "../types.ts";

export const title: Text = {
  en: "Two moons: a network described by a list of layers",
  zh: "两弯月牙：由层列表描述的网络",
};

export const summary: Text = {
  en: "A network 2-25-50-50-25-1 (relu, sigmoid at the end), given as a list of { input_dim, output_dim, activation }, learns which of two interleaving half moons a point belongs to: 900 training and 100 test points, 10,000 full-batch steps of gradient descent with learning rate 0.01. The same network in a framework is trained beside it, once as unequally as in the tutorial and once on equal terms.",
  zh: "用 { input_dim, output_dim, activation } 的列表描述一个 2-25-50-50-25-1 的网络（relu，末层 sigmoid），让它判断一个点属于两弯交错月牙中的哪一弯：900 个训练点、100 个测试点，学习率 0.01，整批梯度下降 10000 步。旁边用框架训练同样的网络：一次按教程那样不对等地比较，一次在相同条件下比较。",
};

const paragraph = (en: string, zh: string): Block => ({ kind: "paragraph", en, zh });
const formula = (text: string): Block => ({ kind: "formula", text });

export const derivation: readonly Block[] = [
  paragraph(
    "Forward. Every example is a row; m is their number. Each entry k of the list turns the rows A(k−1) into A(k), and A0 = X, A5 = P. (The tutorial keeps examples in columns and writes W·A; its W is the transpose of ours, the numbers are the same.)",
    "前向。每个样本是一行，共 m 行。列表的第 k 项把 A(k−1) 变成 A(k)，其中 A0 = X，A5 = P。（教程把样本放在列里，写作 W·A；它的 W 是这里的转置，数值相同。）",
  ),
  formula("Zk = A(k−1)·Wk + bk,   Ak = relu(Zk) for k = 1…4,   P = A5 = σ(Z5) = 1 / (1 + e^(−Z5))"),
  paragraph(
    "Cost. Binary cross-entropy, the mean over the examples of −log of the probability given to the true class. With log σ(z) = z − log(1 + e^z) and log(1 − σ(z)) = −log(1 + e^z) it can be written with z alone; that form never takes the logarithm of 0.",
    "代价。二元交叉熵，即给真实类别的概率取 −log 后对样本求平均。利用 log σ(z) = z − log(1 + e^z) 和 log(1 − σ(z)) = −log(1 + e^z)，可以只用 z 来写；这种写法绝不会对 0 取对数。",
  ),
  formula("J = −(1/m) Σ [ y log p + (1 − y) log(1 − p) ] = (1/m) Σ [ log(1 + e^z) − y z ]"),
  paragraph(
    "At the output. Let p change by dp: dJ = −(1/m) Σ (y/p − (1 − y)/(1 − p)) dp, and the sigmoid gives dp = p (1 − p) dz. The factors p and 1 − p cancel. On paper both ways are the same. In floating point they are not: from z ≈ 37 on p is exactly 1, so the first way computes 0/0 while the second is simply 1 − y.",
    "在输出层。让 p 变化 dp：dJ = −(1/m) Σ (y/p − (1 − y)/(1 − p)) dp，而 sigmoid 给出 dp = p (1 − p) dz，因子 p 与 1 − p 正好约掉。纸面上两种算法相同，浮点运算里却不同：z 大约到 37 时 p 恰好等于 1，前一种要算 0/0，后一种只是 1 − y。",
  ),
  formula(
    "published:  dA5 = −(Y/P − (1 − Y)/(1 − P)),  dZ5 = dA5 ⊙ P ⊙ (1 − P)        derived:  dZ5 = (P − Y) / m",
  ),
  paragraph(
    "Through one layer. Write ⟨U, V⟩ for the sum of all products U_ij V_ij, and suppose dJ = ⟨G, dZk⟩ is known (G is what the program calls dZk). From Zk = A(k−1)·Wk + bk follows dZk = dA(k−1)·Wk + A(k−1)·dWk + 1·dbk with a column 1 of ones. Putting this in and moving the factors to the other side of ⟨ , ⟩ gives what stands beside each change:",
    "穿过一层。用 ⟨U, V⟩ 表示所有乘积 U_ij V_ij 之和，并设 dJ = ⟨G, dZk⟩ 已知（G 就是程序里的 dZk）。由 Zk = A(k−1)·Wk + bk 得 dZk = dA(k−1)·Wk + A(k−1)·dWk + 1·dbk，其中 1 是全 1 的列。代入，再把因子移到 ⟨ , ⟩ 的另一侧，就得到每个改变量旁边的系数：",
  ),
  formula("∂J/∂Wk = A(k−1)ᵀ·G      ∂J/∂bk = 1ᵀ·G (sum over the rows)      ∂J/∂A(k−1) = G·Wkᵀ"),
  paragraph(
    "Through relu. dA = dZ where Z > 0 and 0 where Z < 0. At exactly 0 there is no derivative; this tutorial takes 0 (the other one with relu takes 1).",
    "穿过 relu。Z > 0 处 dA = dZ，Z < 0 处为 0。恰好为 0 时导数不存在；本教程取 0（另一篇用 relu 的教程取 1）。",
  ),
  formula("dZ(k−1) = ∂J/∂A(k−1) ⊙ [Z(k−1) > 0]"),
  paragraph(
    "Update. The published program leaves the 1/m out of dZ and divides dW and db by m in every layer; the derived one has 1/m in the cost, so it is in dZ5 already. The gradients of W and b are the same: after 10,000 steps the two sets of parameters differ only in their last digits.",
    "更新。公布的程序在 dZ 里不带 1/m，而在每一层把 dW、db 除以 m；推导版的 1/m 在代价里，因此已经在 dZ5 之中。两者对 W、b 的梯度相同：10000 步之后，两组参数只在最后几位上不同。",
  ),
  formula("Wk ← Wk − 0.01·dWk,   bk ← bk − 0.01·dbk"),
];
