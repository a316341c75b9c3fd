/**
 * A training step as a LaTeX document that stands alone (amsmath; for Chinese, ctex and XeLaTeX).
 *
 * Each value is an align* of its formula and its numbers.
 */
import type { TracedValue } from "../inspect/index.ts";
import type { Explained } from "./explain.ts";
import { stagesOf, stepTitle } from "./explain-stages.ts";
import type { Language } from "./language.ts";
import { corners, numberTexts } from "./matrix-text.ts";

/** Writes the document. */
export function explainLatex(explained: Explained, language: Language, full: boolean): string {
  const stages = stagesOf(explained.values, language);
  const columns = Math.max(10, ...explained.values.map(({ shape }) => corners(shape, full).cols.length));
  return [
    language === "zh" ? "% xelatex\n\\documentclass{ctexart}" : "\\documentclass{article}",
    "\\usepackage{amsmath}",
    "\\usepackage[a4paper,landscape,margin=1.5cm]{geometry}",
    `\\setcounter{MaxMatrixCols}{${columns}}`,
    "\\allowdisplaybreaks",
    `\\title{${plain(explained.title)}}`,
    `\\author{${plain(stepTitle(explained, language))}}`,
    "\\date{}",
    "\\begin{document}",
    "\\maketitle",
    ...stages.flatMap(({ heading, values }) => [
      `\\section*{${plain(heading)}}`,
      ...values.map((value) => equation(value, full)),
    ]),
    "\\end{document}",
    "",
  ].join("\n");
}

function equation({ formula, data, shape }: TracedValue, full: boolean): string {
  const [left, ...right] = formula.split(" = ");
  const numbers = matrix(data, shape, full);
  const lines =
    right.length === 0
      ? [`${left} &= ${numbers}`]
      : [`${left} &= ${right.join(" = ")} \\\\`, `&= ${numbers}`];
  return ["\\begin{align*}", ...lines, "\\end{align*}"].join("\n");
}

function matrix(data: ArrayLike<number>, shape: readonly [number, number], full: boolean): string {
  const { rows, cols } = corners(shape, full);
  const kept = rows.flatMap((i) =>
    i === null ? [] : cols.flatMap((j) => (j === null ? [] : [data[i * shape[1] + j]!])),
  );
  const texts = numberTexts(kept).map(number);
  if (shape[0] === 1 && shape[1] === 1) return texts[0]!;
  let at = 0;
  const lines = rows.map((i) =>
    cols
      .map((j) => (i === null ? (j === null ? "\\ddots" : "\\vdots") : j === null ? "\\cdots" : texts[at++]!))
      .join(" & "),
  );
  return `\\begin{bmatrix}\n${lines.join(" \\\\\n")}\n\\end{bmatrix}`;
}

/** 1.5e−7 → 1.5 \cdot 10^{-7}. */
const number = (text: string): string =>
  text
    .replaceAll("−", "-")
    .replace("∞", "\\infty")
    .replace("NaN", "\\mathrm{NaN}")
    .replace(/e\+?(-?\d+)$/, " \\cdot 10^{$1}");

/** Text outside formulas. */
const plain = (text: string): string =>
  text
    .replaceAll(/[&%$#_{}]/g, (c) => `\\${c}`)
    .replaceAll("×", "$\\times$")
    .replaceAll("λ", "$\\lambda$");
