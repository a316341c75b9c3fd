/** Classes of very different sizes: always answering the largest one then looks like success. */
import type { Finding } from "./finding.ts";
import type { DataSnapshot } from "./snapshot.ts";
import { percent } from "./text.ts";

/** How many times as many rows the largest class may have. */
const TIMES = 9;

/** Needs labels that are classes. */
export function classFindings(data: DataSnapshot): Finding[] {
  const counts = countsOf(data);
  if (counts === null) return [];
  const total = counts.reduce((a, b) => a + b, 0);
  const largest = counts.indexOf(Math.max(...counts));
  const smallest = counts.indexOf(Math.min(...counts));
  if (counts[largest]! < TIMES * counts[smallest]! || largest === smallest) return [];
  const share = counts[largest]! / total;
  const only = counts.filter((n) => n > 0).length === 1;
  return [
    {
      kind: "class-imbalance",
      severity: "warning",
      where: { data: "y" },
      evidence: { largest, smallest, most: counts[largest]!, least: counts[smallest]!, share },
      message: only
        ? {
            en: `Every row is of class ${largest}: there is nothing to tell apart.`,
            zh: `所有行都属于类别 ${largest}，没有可区分的东西。`,
          }
        : {
            en: `Class ${largest} has ${counts[largest]} rows, class ${smallest} ${counts[smallest]}: always answering ${largest} is right in ${percent(share)}.`,
            zh: `类别 ${largest} 有 ${counts[largest]} 行，类别 ${smallest} 只有 ${counts[smallest]} 行：一律回答 ${largest} 也有 ${percent(share)} 的正确率。`,
          },
      cure: {
        en: `Add rows of class ${smallest} or repeat those there are, and judge by the confusion matrix or the recall of each class, not by accuracy.`,
        zh: `增加类别 ${smallest} 的样本，或重复已有的样本；评价时看混淆矩阵或每类的召回率，不要只看准确率。`,
      },
    },
  ];
}

/** Rows of each class; null where y is no classes. */
function countsOf({ y, targets, outputs }: DataSnapshot): number[] | null {
  const [rows, cols] = y.shape;
  if (targets === "numbers" || rows === 0) return null;
  if (targets === "classes") {
    const counts = Array.from({ length: outputs }, () => 0);
    for (let r = 0; r < rows; r++) {
      let label = y.data[r * cols]!;
      if (cols > 1) {
        label = 0;
        for (let c = 1; c < cols; c++) if (y.data[r * cols + c]! > y.data[r * cols + label]!) label = c;
      }
      counts[label]!++;
    }
    return counts;
  }
  if (cols > 1) return null;
  let ones = 0;
  for (let r = 0; r < rows; r++) if (y.data[r]! > 0.5) ones++;
  return [rows - ones, ones];
}
