/** A training step as text for a terminal. */
import type { TracedValue } from "../inspect/index.ts";
import type { Explained } from "./explain.ts";
import { stagesOf, stepTitle } from "./explain-stages.ts";
import type { Language } from "./language.ts";
import { latexToText } from "./latex-text.ts";
import { matrixLines } from "./matrix-text.ts";
import { widthOf } from "./width.ts";

/** Writes the step out, stage by stage. */
export function explainText(explained: Explained, language: Language, full: boolean): string {
  const title = stepTitle(explained, language);
  const parts = [`${explained.title}\n${title}\n${"═".repeat(widthOf(title))}`];
  for (const { heading, values } of stagesOf(explained.values, language)) {
    parts.push(`── ${heading} ${"─".repeat(Math.max(2, 60 - widthOf(heading)))}`);
    parts.push(...values.map((value) => valueText(value, language, full)));
  }
  return `${parts.join("\n\n")}\n`;
}

/** A number on the formula's line, a matrix below it. */
function valueText({ formula, shape, data }: TracedValue, language: Language, full: boolean): string {
  const line = latexToText(formula, language);
  const lines = matrixLines(data, shape, full);
  if (shape[0] === 1 && shape[1] === 1) return `${line} = ${lines[0]}`;
  return [`${line}   [${shape[0]} × ${shape[1]}]`, ...lines.map((each) => `    ${each}`)].join("\n");
}
