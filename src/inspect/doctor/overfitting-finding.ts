/** A test loss that has turned round while the training loss goes on falling: the rows are learned by heart. */
import type { Finding } from "./finding.ts";
import type { NetworkSnapshot } from "./snapshot.ts";
import { percent, short } from "./text.ts";

/** Losses it takes to speak of a course. */
const COURSE = 8;
/** How far above its lowest the test loss has to be, and how far below it the training loss. */
const TURNED = 1.3;
const APART = 0.6;

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

export function overfittingFindings({ losses, testLosses }: NetworkSnapshot): Finding[] {
  const n = testLosses.length;
  if (n < COURSE || losses.length !== n) return [];
  const quarter = Math.ceil(n / 4);
  const [train, test] = [mean(losses.slice(-quarter)), mean(testLosses.slice(-quarter))];
  const best = testLosses.indexOf(Math.min(...testLosses));
  const low = testLosses[best]!;
  const turned = best < n - quarter && test > TURNED * low && train < APART * test && train < losses[best]!;
  if (!turned) return [];
  const share = best / (n - 1);
  return [
    {
      kind: "overfitting",
      severity: "warning",
      where: { data: "test" },
      evidence: { trainLoss: train, testLoss: test, lowestTestLoss: low, share },
      message: {
        en: `The test loss was lowest (${short(low)}) after ${percent(share)} of the training and is ${short(test)} now, while the training loss has come down to ${short(train)}: the network learns the rows by heart.`,
        zh: `训练进行到 ${percent(share)} 时测试损失最低（${short(low)}），现在是 ${short(test)}，而训练损失已降到 ${short(train)}：网络在死记训练样本。`,
      },
      cure: {
        en: "Stop at the lowest test loss (earlyStopping with restoreBestWeights), add rows, use L2 or dropout, or take fewer units.",
        zh: "在测试损失最低处停止（earlyStopping 加 restoreBestWeights），增加样本，使用 L2 或随机失活，或减少单元。",
      },
      change: { option: "l2", value: 0.01 },
    },
  ];
}
