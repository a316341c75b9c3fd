/** Data that cannot be trained on: numbers that are none, labels that no class has. */
import type { Words } from "../../tensor/words.ts";
import type { Finding } from "./finding.ts";
import type { DataSnapshot, Numbers } from "./snapshot.ts";
import { list, short } from "./text.ts";

/** At most one finding for each matrix. With any, there is no step to look at. */
export function spoiltData(data: DataSnapshot): Finding[] {
  const { x, y } = data;
  return [missing(data, "x", x), missing(data, "y", y), labels(data)].filter((f) => f !== null);
}

function missing(
  { dtype, columns }: DataSnapshot,
  which: "x" | "y",
  { data, shape }: Numbers,
): Finding | null {
  const fits = dtype === "float32" ? Math.fround : Number;
  const bad: number[] = [];
  for (let i = 0; i < data.length; i++) if (!Number.isFinite(fits(data[i]!))) bad.push(i);
  const [first] = bad;
  if (first === undefined) return null;
  const value = data[first]!;
  const [row, column] = [Math.floor(first / shape[1]), first % shape[1]];
  const name = which === "x" ? columns?.[column] : undefined;
  const at: Words = {
    en: `row ${row}, column ${column}${name ? ` (${name})` : ""} of ${which}`,
    zh: `${which} 的第 ${row} 行、第 ${column} 列${name ? `（${name}）` : ""}`,
  };
  const wide = Number.isFinite(value);
  return {
    kind: "not-finite",
    severity: "error",
    where: { data: which, rows: [...new Set(bad.map((i) => Math.floor(i / shape[1])))], columns: [column] },
    evidence: { value, count: bad.length },
    message: wide
      ? {
          en: `${short(value)} at ${at.en} is too large for float32.`,
          zh: `${at.zh}的 ${short(value)} 超出了 float32 的范围。`,
        }
      : {
          en: `${value} at ${at.en}; ${bad.length} such ${bad.length === 1 ? "value" : "values"} in all (rows and columns from 0).`,
          zh: `${at.zh}是 ${value}；这样的值共有 ${bad.length} 个（行、列从 0 数起）。`,
        },
    cure: wide
      ? { en: "Scale the column, or use dtype float64.", zh: "缩放这一列，或改用 float64。" }
      : {
          en: "Drop these rows, or fill in a number such as the column's mean.",
          zh: "删去这些行，或填入一个数，例如该列的平均值。",
        },
    ...(wide && { change: { option: "dtype", value: "float64" } as const }),
  };
}

/** What the labels have to be, and whether one is that. */
function rule({ targets, outputs, y }: DataSnapshot): { fits: (v: number) => boolean; text: Words } | null {
  if (targets === "numbers") return null;
  if (targets === "signs")
    return { fits: (v) => v === 1 || v === -1 || v === 0, text: { en: "−1 or 1", zh: "−1 或 1" } };
  if (targets === "binary" || y.shape[1] > 1)
    return { fits: (v) => v >= 0 && v <= 1, text: { en: "0 … 1", zh: "0 … 1" } };
  return {
    fits: (v) => Number.isInteger(v) && v >= 0 && v < outputs,
    text: {
      en: `the whole numbers 0 … ${outputs - 1}, as the last layer has ${outputs} units`,
      zh: `0 … ${outputs - 1} 的整数（最后一层有 ${outputs} 个单元）`,
    },
  };
}

function labels(data: DataSnapshot): Finding | null {
  const { y } = data;
  const expected = rule(data);
  if (expected === null) return null;
  const bad: number[] = [];
  for (let i = 0; i < y.data.length; i++)
    if (Number.isFinite(y.data[i]!) && !expected.fits(y.data[i]!)) bad.push(i);
  const [first] = bad;
  if (first === undefined) return null;
  const rows = [...new Set(bad.map((i) => Math.floor(i / y.shape[1])))];
  const values = [...new Set(bad.map((i) => y.data[i]!))];
  const [shown, counted] = [list(values.map(short)), list(rows)];
  return {
    kind: "labels-outside",
    severity: "error",
    where: { data: "y", rows },
    evidence: { value: y.data[first]!, count: bad.length },
    message: {
      en: `y has labels that no class has: ${shown.en}, at rows ${counted.en}. Expected ${expected.text.en}.`,
      zh: `y 中有不属于任何类别的标签：${shown.zh.trimEnd()}，所在行：${counted.zh.trimEnd()}。应为 ${expected.text.zh}。`,
    },
    cure: {
      en:
        data.targets === "classes"
          ? `Number the classes from 0, or give the last layer ${Math.max(...values.filter(Number.isInteger), data.outputs - 1) + 1} units.`
          : "Rescale y, or use a loss for numbers such as meanSquaredError.",
      zh:
        data.targets === "classes"
          ? `类别从 0 开始编号，或让最后一层有 ${Math.max(...values.filter(Number.isInteger), data.outputs - 1) + 1} 个单元。`
          : "缩放 y，或改用适合数值目标的损失，例如 meanSquaredError。",
    },
    ...(data.targets !== "classes" && { change: { option: "loss", value: "meanSquaredError" } as const }),
  };
}
