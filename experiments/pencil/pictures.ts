/** Tables, pictures and text of a run of tutorial 003; data in, blocks out. */
import type { Entry } from "papergrad/engine";
import { type TracedValue, type TraceStage, traceStep } from "papergrad/inspect";
import { type Block, lineChart, type Point, type Words } from "papergrad/plot";
import type { Variant } from "../types.ts";
import type { Training } from "./train.ts";

/** A matrix as NumPy prints one, eight digits. */
export function matrixText(data: ArrayLike<number>, cols: number): string {
  const cells = Array.from(data, (v) => v.toFixed(8));
  const width = Math.max(...cells.map((c) => c.length));
  const rows = Array.from({ length: cells.length / cols }, (_, r) =>
    cells
      .slice(r * cols, (r + 1) * cols)
      .map((c) => c.padStart(width))
      .join(" "),
  );
  return `[${rows.map((row, r) => `${r === 0 ? "" : " "}[${row}]`).join("\n")}]`;
}

/** The tutorial's console, in English: D on the way, then the weights, Y and y. */
export function consoleText(run: Training, Y: readonly (readonly number[])[]): string {
  const count = run.D.length;
  const shown = [1, 2, 3, 10, 100, 200, 500, 1000, 2000, 5000, 10000].filter((n) => n < count);
  const lines = [...shown, count].map(
    (n) => `step ${String(n).padStart(6)}   D = ${run.D[n - 1]!.toFixed(9)}`,
  );
  const [W1, W2, W3] = run.weights;
  const part = (name: string, data: ArrayLike<number>, cols: number) => `${name}\n${matrixText(data, cols)}`;
  return [
    lines.join("\n"),
    `weight updates: ${run.updates}${run.halted ? "" : " (tolerance not met)"}`,
    part("W1 after training", W1, 3),
    part("W2 after training", W2, 3),
    part("W3 after training", W3, 2),
    part("wanted Y", Y.flat(), 2),
    part("trained y", run.y, 2),
  ].join("\n");
}

/** D over the steps, the area below it shaded as in the tutorial. */
export function lossChart(run: Training, variant: Variant): Words {
  const points = run.D.map((d, i): Point => [i + 1, d]);
  const draw = (language: "en" | "zh", title: string, xLabel: string) =>
    lineChart({ language, title, xLabel, yLabel: "D", series: [{ name: "", points, area: true }] });
  const kind = variant === "published" ? ["as published", "按原文"] : ["as derived", "按推导"];
  return {
    en: draw("en", `Loss D, ${kind[0]}: ${run.updates} updates`, "step"),
    zh: draw("zh", `损失 D，${kind[1]}：${run.updates} 次更新`, "迭代次数"),
  };
}

/** Every sum and D, one line a step. */
export const lossCsv = (run: Training): string =>
  `step,D,sum_of_squares\n${run.D.map((d, i) => `${i + 1},${d},${run.sums[i]}`).join("\n")}\n`;

const STAGES: Readonly<Record<TraceStage, Words>> = {
  data: { en: "data", zh: "数据" },
  parameter: { en: "before the step", zh: "这一步之前" },
  forward: { en: "forward", zh: "前向" },
  loss: { en: "loss", zh: "损失" },
  backward: { en: "backward", zh: "反向" },
  update: { en: "update", zh: "更新" },
};

function valueTable(value: TracedValue): Block {
  const [rows, cols] = value.shape;
  const name = `${value.label} [${rows}×${cols}]`;
  return {
    kind: "table",
    caption: { en: `${STAGES[value.stage].en}: ${name}`, zh: `${STAGES[value.stage].zh}：${name}` },
    columns: Array.from({ length: cols }, (_, c) => String(c + 1)),
    rows: Array.from({ length: rows }, (_, r) =>
      Array.from({ length: cols }, (_, c) => Number(value.data[r * cols + c]!.toFixed(6))),
    ),
  };
}

/** The next step of an entry, matrix by matrix, to go through with a pencil. */
export function paperBlocks(entry: Entry): Block[] {
  return traceStep(entry).flatMap((value): Block[] => {
    const leaf = value.stage === "data" || value.stage === "parameter";
    const table = valueTable(value);
    return leaf ? [table] : [{ kind: "formula", text: value.formula }, table];
  });
}
