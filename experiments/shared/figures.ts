/** Small helpers for pictures and tables of a report. */
import type { FigureBlock, Language, ParagraphBlock, Point } from "papergrad/plot";
import type { Text } from "../types.ts";

/** A picture drawn once for each language. */
export function figure(draw: (language: Language) => string, alt: Text, caption: Text): FigureBlock {
  return { kind: "figure", svg: { en: draw("en"), zh: draw("zh") }, alt, caption };
}

export const paragraph = (en: string, zh: string): ParagraphBlock => ({ kind: "paragraph", en, zh });

/** Means of consecutive blocks, as the tutorials print losses: [[size, mean], [2·size, mean], …]. */
export function blockMeans(values: ArrayLike<number>, size: number): Point[] {
  const means: Point[] = [];
  for (let end = size; end <= values.length; end += size) {
    let sum = 0;
    for (let i = end - size; i < end; i++) sum += values[i]!;
    means.push([end, sum / size]);
  }
  return means;
}

/** CSV text of rows of numbers. */
export const csv = (head: readonly string[], rows: readonly (readonly number[])[]): string =>
  `${[head, ...rows].map((row) => row.join(",")).join("\n")}\n`;
