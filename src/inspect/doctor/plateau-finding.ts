/** A loss that lies still where a constant answer would have it: the network has learned no more than frequencies. */
import type { Change, Finding } from "./finding.ts";
import type { NetworkSnapshot } from "./snapshot.ts";
import { rounded, short } from "./text.ts";

/** Losses it takes to speak of a plateau. */
const COURSE = 8;
/** How far below the constant's loss, as a share of it, and how far above: mini-batches add a little noise. */
const BELOW = 0.01;
const ABOVE = 0.03;

export function plateauFindings({
  losses,
  constant,
  learningRate,
  trials,
  loss,
}: NetworkSnapshot): Finding[] {
  if (constant === null || constant.value === 0 || losses.length < COURSE) return [];
  const half = losses.slice(losses.length >> 1);
  const [low, high] = [Math.min(...half), Math.max(...half)];
  if (!(low > (1 - BELOW) * constant.value && high < (1 + ABOVE) * constant.value)) return [];
  const value = losses.at(-1)!;
  const longer = trials.reduce<{ factor: number; loss: number }>((a, b) => (b.loss < a.loss ? b : a), {
    factor: 1,
    loss,
  });
  const rate =
    learningRate !== null && longer.factor >= 10 && longer.loss < 0.99 * loss
      ? rounded(learningRate * longer.factor)
      : null;
  return [
    {
      kind: "plateau",
      severity: "warning",
      where: {},
      evidence: { loss: value, constant: constant.value, spread: high - low },
      message: {
        en: `The loss lies still at ${short(value)}, which is ${constant.name.en}${constant.name.en.startsWith("ln") ? ` (${short(constant.value)})` : ""}: what the best constant answer scores. The network does not use its inputs yet.`,
        zh: `损失停在 ${short(value)}，正好是 ${constant.name.zh}${constant.name.zh.startsWith("ln") ? `（${short(constant.value)}）` : ""}，也就是最好的常数答案的损失。网络还没有用上输入。`,
      },
      cure:
        rate === null
          ? {
              en: "Start from larger or other random weights (another seed, heNormal or glorotUniform), use Adam or momentum, or train on: some networks leave such a plateau late.",
              zh: "换用更大的或别的随机初始权重（另一个种子，heNormal 或 glorotUniform），改用 Adam 或动量，或继续训练：有些网络很晚才离开这样的平台。",
            }
          : {
              en: `Set the learning rate to ${short(rate)}: a longer step leaves the plateau.`,
              zh: `把学习率设为 ${short(rate)}：更大的步长可以离开平台。`,
            },
      ...(rate !== null && { change: { option: "learningRate", value: rate } satisfies Change }),
    },
  ];
}
