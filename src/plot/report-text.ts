/**
 * Texts of a report in one or two languages, as HTML.
 *
 * A report for both languages holds both texts, marked with `lang`; the page's toggle hides one by CSS. Without a
 * script both are seen, one below the other (blocks) or with a dot between (in a line).
 */
import { element, escapeXml } from "./svg.ts";
import type { Words } from "./words.ts";

/** Languages of a report: one of them, or both with a switch. */
export type ReportLanguage = "en" | "zh" | "both";

/** A text of the caller: the same in both languages, or one for each. */
export type Text = string | number | Words;

/** Text of a number or a word without a language. */
const plain = (text: string | number): string => escapeXml(String(text));

/** The text in one language. */
export const inLanguage = (text: Text, language: "en" | "zh"): string =>
  typeof text === "object" ? text[language] : String(text);

const TAG = { en: "en", zh: "zh-Hans" } as const;

/** A text inside a line. */
export function inline(text: Text, language: ReportLanguage): string {
  if (typeof text !== "object") return plain(text);
  if (language !== "both") return escapeXml(text[language]);
  if (text.en === text.zh) return escapeXml(text.en);
  return (
    element("span", { lang: TAG.en }, escapeXml(text.en)) +
    element("span", { class: "dot", "aria-hidden": "true" }, " · ") +
    element("span", { lang: TAG.zh }, escapeXml(text.zh))
  );
}

/** A text as one block for each language, e.g. paragraphs. */
export function block(tag: string, text: Text, language: ReportLanguage, className?: string): string {
  if (typeof text !== "object") return element(tag, { class: className }, plain(text));
  if (language !== "both") return element(tag, { class: className }, escapeXml(text[language]));
  if (text.en === text.zh) return element(tag, { class: className }, escapeXml(text.en));
  return (["en", "zh"] as const)
    .map((which) => element(tag, { class: className, lang: TAG[which] }, escapeXml(text[which])))
    .join("");
}

/** Markup that depends on the language (a picture with words in it), wrapped where there are two. */
export function markup(html: string | Words, language: ReportLanguage): string {
  if (typeof html === "string") return html;
  if (language !== "both") return html[language];
  if (html.en === html.zh) return html.en;
  return (["en", "zh"] as const).map((which) => element("div", { lang: TAG[which] }, html[which])).join("");
}
