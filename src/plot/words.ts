/**
 * The few words pictures say by themselves, in English and Chinese, and the two-language text type of reports.
 *
 * Titles and labels come from the caller; these are notes about data that could not be drawn. A picture is in one
 * language (`language`); a report that shows both is given one picture for each.
 */

import type { Language } from "../tensor/words.ts";

export type { Language, Words } from "../tensor/words.ts";

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

/** Says how many points were left out; on a logarithmic axis those ≤ 0 too. */
export const skippedNote = (count: number, log: boolean, language: Language): string =>
  language === "zh"
    ? `有 ${count} 个点未画出（${log ? "非有限数，或在对数轴上 ≤ 0" : "非有限数"}）`
    : `${plural(count, "point")} not shown (${log ? "not finite, or ≤ 0 on a logarithmic axis" : "not finite"})`;

/** Says how many points lie outside the pictured range. */
export const outsideNote = (count: number, language: Language): string =>
  language === "zh"
    ? `有 ${count} 个点在图的范围之外`
    : `${plural(count, "point")} outside the pictured range`;

/** Says how many cells or pixels hold no finite number. */
export const notFiniteNote = (count: number, language: Language): string =>
  language === "zh" ? `有 ${count} 个值非有限数` : `${plural(count, "value")} not finite`;

/** Stands where data would be. */
export const emptyNote = (language: Language): string => (language === "zh" ? "没有数据" : "no data");
