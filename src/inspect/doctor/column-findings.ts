/** Columns that are badly scaled or say nothing. */
import type { Words } from "../../tensor/words.ts";
import type { Finding } from "./finding.ts";
import type { DataSnapshot, Numbers } from "./snapshot.ts";
import { list, range, several, short } from "./text.ts";

/** Inputs beyond this, or targets that spread more, slow training down or make it diverge. */
const WIDE = 10;
/** Columns that stay below this are hardly seen beside others. */
const NARROW = 0.05;

interface Column {
  readonly index: number;
  readonly low: number;
  readonly high: number;
  readonly mean: number;
  readonly deviation: number;
}

/** Findings about x, and about y where it is numbers. Needs finite data. */
export function columnFindings(data: DataSnapshot): Finding[] {
  const x = columnsOf(data.x);
  const constant = x.filter((c) => c.low === c.high);
  const varying = x.filter((c) => c.low < c.high);
  const size = (c: Column) => Math.max(Math.abs(c.low), Math.abs(c.high));
  const odd = data.scaled ? [] : varying.filter((c) => size(c) > WIDE || size(c) < NARROW);
  const y = data.targets === "numbers" ? columnsOf(data.y).filter((c) => c.deviation > WIDE) : [];
  return [
    ...(odd.length > 0 ? [unscaled("x", odd, data)] : []),
    ...(y.length > 0 ? [unscaled("y", y, data)] : []),
    ...(constant.length > 0 && data.x.shape[0] > 1 ? [constantColumns(constant, data)] : []),
  ];
}

function columnsOf({ shape, data }: Numbers): Column[] {
  const [rows, cols] = shape;
  const low = new Float64Array(cols).fill(Number.POSITIVE_INFINITY);
  const high = new Float64Array(cols).fill(Number.NEGATIVE_INFINITY);
  const sum = new Float64Array(cols);
  const squares = new Float64Array(cols);
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < cols; c++) {
      const v = data[r * cols + c]!;
      if (v < low[c]!) low[c] = v;
      if (v > high[c]!) high[c] = v;
      sum[c]! += v;
    }
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < cols; c++) squares[c]! += (data[r * cols + c]! - sum[c]! / rows) ** 2;
  return Array.from({ length: cols }, (_, index) => ({
    index,
    low: low[index]!,
    high: high[index]!,
    mean: sum[index]! / rows,
    deviation: Math.sqrt(squares[index]! / rows),
  }));
}

function unscaled(which: "x" | "y", columns: readonly Column[], data: DataSnapshot): Finding {
  const top = columns.reduce((a, b) => (b.high - b.low > a.high - a.low ? b : a));
  const name = (c: Column): string =>
    which === "y" ? (data.y.shape[1] === 1 ? "y" : `y${c.index}`) : (data.columns?.[c.index] ?? `${c.index}`);
  const english = list(columns.map((c) => `${name(c)} (${range(c.low, c.high)})`)).en;
  const chinese = list(columns.map((c) => `${name(c)}（${range(c.low, c.high)}）`)).zh.trimEnd();
  const example = `(${name(top)} − ${short(top.mean)}) / ${short(top.deviation)}`;
  const columnWord = several(columns, which === "x" ? "Input column" : "Target");
  return {
    kind: which === "x" ? "unscaled-inputs" : "unscaled-targets",
    severity: "warning",
    where: { data: which, columns: columns.map((c) => c.index) },
    evidence: { low: top.low, high: top.high, mean: top.mean, deviation: top.deviation },
    message: {
      en: `${columnWord} ${english} ${columns.length === 1 ? "is" : "are"} far from the range −1 … 1 that weights and learning rates are made for.`,
      zh: `${which === "x" ? "输入列" : "目标"} ${chinese}的取值远离 −1 … 1，而权重和学习率的常用取值都以这一范围为前提。`,
    },
    cure: {
      en: `Standardize: from each column subtract its mean and divide it by its standard deviation, e.g. ${example}; standardize(${which}) of papergrad/data does it. Scale new rows with the same numbers.`,
      zh: `把每一列标准化：减去平均值，再除以标准差，例如 ${example}；papergrad/data 的 standardize(${which}) 就是这样做的。以后的新数据要用同样的数缩放。`,
    },
    change: {
      option: "scaling",
      data: which,
      columns: columns.map((c) => c.index),
      shift: columns.map((c) => c.mean),
      scale: columns.map((c) => c.deviation),
    },
  };
}

function constantColumns(columns: readonly Column[], data: DataSnapshot): Finding {
  const names: Words = list(columns.map((c) => data.columns?.[c.index] ?? c.index));
  return {
    kind: "constant-columns",
    severity: "note",
    where: { data: "x", columns: columns.map((c) => c.index) },
    evidence: { count: columns.length, value: columns[0]!.low },
    message: {
      en: `${several(columns, "Input column")} ${names.en} ${columns.length === 1 ? "has" : "have"} the same value in every row and can tell no row from another.`,
      zh: `输入列 ${names.zh}在每一行都取同一个值，不能区分任何两行。`,
    },
    cure: {
      en: "Drop them; the biases do what they can do.",
      zh: "删去它们；它们能起的作用，偏置已经起到了。",
    },
  };
}
