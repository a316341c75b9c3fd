/** The parts of a step in the order they are written out, with their headings. */
import type { TracedValue, TraceStage } from "../inspect/index.ts";
import type { Explained } from "./explain.ts";
import type { Language, Words } from "./language.ts";

const HEADINGS: Readonly<Record<TraceStage, Words>> = {
  data: { en: "Data", zh: "数据" },
  parameter: { en: "Parameters before the step", zh: "更新前的参数" },
  forward: { en: "Forward", zh: "前向传播" },
  loss: { en: "Loss", zh: "损失" },
  backward: { en: "Backward", zh: "反向传播" },
  update: { en: "Update", zh: "更新" },
};

export interface Stage {
  readonly heading: string;
  readonly values: readonly TracedValue[];
}

/** Stages that have values. */
export function stagesOf(values: readonly TracedValue[], language: Language): Stage[] {
  return (Object.keys(HEADINGS) as TraceStage[])
    .map((stage) => ({
      heading: HEADINGS[stage][language],
      values: values.filter((value) => value.stage === stage),
    }))
    .filter((stage) => stage.values.length > 0);
}

/** e.g. "xor, derived: step 1 (seed 0, float64)". */
export const stepTitle = (e: Explained, language: Language): string =>
  language === "zh"
    ? `${e.program}，${e.variant}：第 ${e.step} 步（种子 ${e.seed}，${e.dtype}）`
    : `${e.program}, ${e.variant}: step ${e.step} (seed ${e.seed}, ${e.dtype})`;
