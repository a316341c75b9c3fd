/** The first NaN or infinity of a step, with what made it and the cure that goes with that. */
import type { Words } from "../../tensor/words.ts";
import type { Change, Finding } from "./finding.ts";
import type { NetworkSnapshot, NotFinite } from "./snapshot.ts";
import { rounded, short } from "./text.ts";

export function notFiniteFindings(snapshot: NetworkSnapshot, unscaled: Finding | undefined): Finding[] {
  const { notFinite: bad } = snapshot;
  if (bad === null) return [];
  const step = snapshot.step + 1;
  const at = place(bad);
  const { cure, change } = remedy(bad, snapshot, unscaled);
  return [
    {
      kind: "not-finite",
      severity: "error",
      where: {
        step,
        value: bad.label,
        formula: bad.formula,
        ...(bad.sample !== null && { rows: [bad.sample] }),
        columns: [bad.column],
      },
      evidence: {
        value: bad.value,
        row: bad.row,
        column: bad.column,
        ...(snapshot.learningRate !== null && { learningRate: snapshot.learningRate }),
      },
      message:
        bad.op === "given"
          ? {
              en: `${bad.label} holds ${bad.value} (${at.en}) before step ${step} even begins.`,
              zh: `第 ${step} 步开始之前，${bad.label} 中就已有 ${bad.value}（${at.zh}）。`,
            }
          : {
              en: `The first number that is not finite arises in step ${step}, in ${bad.label}, ${at.en}: ${bad.operation}.`,
              zh: `第一个非有限的数出现在第 ${step} 步的 ${bad.label} 中，${at.zh}：${bad.operation}。`,
            },
      cure,
      ...(change && { change }),
    },
  ];
}

function place({ sample, row, column }: NotFinite): Words {
  return sample === null
    ? { en: `row ${row}, column ${column}`, zh: `第 ${row} 行、第 ${column} 列` }
    : { en: `sample ${sample}, column ${column}`, zh: `样本 ${sample}、第 ${column} 列` };
}

const FROM_LOGITS = new Set(["log", "div"]);

function remedy(
  bad: NotFinite,
  { learningRate }: NetworkSnapshot,
  unscaled: Finding | undefined,
): { cure: Words; change?: Change } {
  if (bad.op === "given")
    return {
      cure: {
        en: "Go back to weights from before; diagnose the step that spoilt them, or start again with a smaller learning rate.",
        zh: "退回到之前的权重；诊断破坏权重的那一步，或用更小的学习率重新开始。",
      },
    };
  if (FROM_LOGITS.has(bad.op) && bad.stage !== "update")
    return {
      cure: {
        en: "A probability has become exactly 0 or 1. Compute the loss from the pre-activations z (binaryCrossentropy, categoricalCrossentropy; softplus(z) − y·z by hand), which stays finite.",
        zh: "有一个概率恰好变成了 0 或 1。请从激活前的 z 计算损失（binaryCrossentropy、categoricalCrossentropy；手写时用 softplus(z) − y·z），它始终有限。",
      },
    };
  if (unscaled?.change)
    return {
      cure: {
        en: `The numbers have grown too large. First scale the inputs: ${unscaled.cure.en}`,
        zh: `数变得太大。先缩放输入：${unscaled.cure.zh}`,
      },
      change: unscaled.change,
    };
  if (learningRate === null)
    return {
      cure: {
        en: "The weights have grown too large: take a learning rate a tenth as large, and smaller start values.",
        zh: "权重变得太大：把学习率减到十分之一，并减小初始值。",
      },
    };
  const value = rounded(learningRate / 10);
  return {
    cure: {
      en: `The weights have grown too large: lower the learning rate from ${short(learningRate)} to ${short(value)}, and start again.`,
      zh: `权重变得太大：把学习率从 ${short(learningRate)} 降到 ${short(value)}，重新开始训练。`,
    },
    change: { option: "learningRate", value },
  };
}
