/** Tables, pictures, CSV and text of a run of tutorial 002; data in, blocks out. */
import {
  type Block,
  confusionMatrix,
  type GridImage,
  imageGrid,
  lineChart,
  type Point,
  type Words,
} from "papergrad/plot";
import type { Variant } from "../types.ts";
import type { Check } from "./debug-net.ts";
import type { Digits, Predictions } from "./digits-net.ts";
import type { Net } from "./step.ts";

export const percent = (fraction: number): string => `${(fraction * 100).toFixed(2)} %`;

/** A row-major matrix as NumPy's `savetxt(…, delimiter=",")` writes it: 19 digits, exponents of two figures. */
export function csv(data: ArrayLike<number>, cols: number): string {
  const lines: string[] = [];
  for (let at = 0; at < data.length; at += cols) {
    const row = Array.from({ length: cols }, (_, c) => scientific(data[at + c]!));
    lines.push(row.join(","));
  }
  return `${lines.join("\n")}\n`;
}

const scientific = (v: number): string => v.toExponential(18).replace(/e([+-])(\d)$/, "e$10$2");

/** Θ1 and Θ2 inside the flat vector. */
export function thetas(theta: Float64Array, { inputs, hidden }: Net): [Float64Array, Float64Array] {
  const cut = hidden * (inputs + 1);
  return [theta.subarray(0, cut), theta.subarray(cut)];
}

/** What `checkGradient` prints: finite difference and gradient side by side. */
export function checkText({ numeric, gradient, lambda }: Check): string {
  const cell = (v: number) => v.toExponential(8).padStart(16);
  const lines = Array.from(numeric, (v, i) => `[${cell(v)} ${cell(gradient[i]!)}]`);
  return `checkGradient, lambda = ${lambda}: finite difference, gradient\n${lines.join("\n")}`;
}

/** The same as a table, with the difference at the vector that was asked for. */
export function checkTable(check: Check, variant: Variant): Block {
  const { numeric, gradient, numericThere } = check;
  const columns: Words[] = [
    { en: "entry", zh: "分量" },
    { en: "finite difference, as the check takes it", zh: "数值梯度（检查所得）" },
    { en: "gradient", zh: "梯度" },
    { en: "finite difference at the given vector", zh: "给定向量处的数值梯度" },
    { en: "true error", zh: "真实误差" },
  ];
  return {
    kind: "table",
    caption:
      variant === "published"
        ? {
            en: "The two printed columns agree, because both are taken where the biases have been set to 0.",
            zh: "打印出的两列一致，因为它们都是在偏置被清零之后的位置上计算的。",
          }
        : { en: "Both columns, at the same vector.", zh: "同一个向量处的两列。" },
    columns,
    rows: Array.from(gradient, (g, i) => {
      const error = Math.abs(g - numericThere[i]!);
      const tone = error < 1e-9 ? ("good" as const) : ("bad" as const);
      return [
        i + 1,
        numeric[i]!.toFixed(9),
        g.toFixed(9),
        numericThere[i]!.toFixed(9),
        { text: error.toExponential(1), tone },
      ];
    }),
  };
}

/** Cost after every iteration, from the start. */
export function costChart(costs: readonly number[], variant: Variant): Words {
  const points = costs.map((c, i): Point => [i, c]);
  const marks = costs.length > 51 ? [{ x: 50, label: "50" }] : [];
  const draw = (language: "en" | "zh", title: string, xLabel: string, yLabel: string) =>
    lineChart({ language, title, xLabel, yLabel, logY: true, marks, series: [{ name: "", points }] });
  const kind = variant === "published" ? ["as published", "按原文"] : ["as derived", "按推导"];
  return {
    en: draw("en", `Cost J, ${kind[0]}`, "iteration of conjugate gradients", "J"),
    zh: draw("zh", `代价 J，${kind[1]}`, "共轭梯度迭代次数", "J"),
  };
}

/** The first `count` test digits and as many that were read wrongly; "4→9": a 4 read as 9. */
export function digitSheet({ x, y }: Digits, { classes }: Predictions, count = 20): string {
  const all = Array.from({ length: y.length }, (_, i) => i);
  const chosen = [
    ...all.slice(0, count),
    ...all
      .slice(count)
      .filter((i) => classes[i] !== y[i])
      .slice(0, count),
  ];
  const images = chosen.map((i): GridImage => {
    const pixels = Array.from({ length: 400 }, (_, p) => x[i * 400 + p]!);
    const right = classes[i] === y[i];
    return { pixels, caption: right ? `${y[i]}` : `${y[i]}→${classes[i]}`, tone: right ? "good" : "bad" };
  });
  return imageGrid({ images, imageWidth: 20, imageHeight: 20 });
}

/** Rows: true digits, columns: predicted ones. */
export function confusion({ y }: Digits, { classes }: Predictions): number[][] {
  const counts = Array.from({ length: 10 }, () => new Array<number>(10).fill(0));
  for (let i = 0; i < y.length; i++) counts[y[i]!]![classes[i]!]!++;
  return counts;
}

/** What each hidden unit looks for: its 400 weights as a picture, black negative and white positive. */
export function weightSheet(theta: Float64Array, { inputs, hidden }: Net): string {
  const units = Array.from({ length: hidden }, (_, j) =>
    theta.subarray(j * (inputs + 1) + 1, (j + 1) * (inputs + 1)),
  );
  const top = units.reduce((m, unit) => unit.reduce((n, v) => Math.max(n, Math.abs(v)), m), 1e-12);
  const images = units.map((pixels): GridImage => ({ pixels }));
  return imageGrid({ images, imageWidth: 20, imageHeight: 20, columns: 5, range: [-top, top] });
}

export function confusionChart(counts: number[][]): Words {
  const draw = (language: "en" | "zh", title: string) => confusionMatrix({ counts, language, title });
  return { en: draw("en", "10,000 test digits"), zh: draw("zh", "10,000 张测试图") };
}
