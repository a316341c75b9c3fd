/**
 * A report as one HTML file that needs nothing else: pictures, style and script are inside.
 *
 * Its content security policy forbids every request and every script but the language switch. Without scripts it
 * shows both languages. The same input gives the same bytes: put dates, if any, into the texts yourself.
 */
import { UsageError } from "../tensor/errors.ts";
import { type Block, renderBlock } from "./report-blocks.ts";
import { REPORT_SCRIPT, REPORT_SCRIPT_HASH, REPORT_STYLE } from "./report-style.ts";
import { block, inLanguage, inline, type ReportLanguage, type Text } from "./report-text.ts";
import { element, escapeXml } from "./svg.ts";
import type { Words } from "./words.ts";

/** One part of the report, with a line in the table of contents. */
export interface ReportSection {
  /** Address within the page: a letter, then letters, digits, "-", "_"; unique. */
  readonly id: string;
  readonly heading: Words;
  readonly blocks: readonly Block[];
}

/** Options of `htmlReport`. */
export interface ReportOptions {
  readonly title: Text;
  /** Texts under the title. */
  readonly lead?: Text;
  /** One language, or both with a switch (default). */
  readonly language?: ReportLanguage;
  readonly sections: readonly ReportSection[];
}

/**
 * Writes the report.
 * @returns a complete HTML document.
 * @throws {UsageError} for an id that is not one or is used twice, and for markup that could run code.
 * @example
 * const sections = [{ id: "loss", heading: { en: "Loss", zh: "损失" }, blocks: [] }];
 * htmlReport({ title: "AND", sections }).startsWith("<!DOCTYPE html>") // true
 */
export function htmlReport(options: ReportOptions): string {
  const { title, lead, language = "both", sections } = options;
  const seen = new Set<string>();
  for (const { id } of sections) {
    if (!/^[A-Za-z][\w-]*$/.test(id) || seen.has(id))
      throw new UsageError(
        `htmlReport: a section's id must be a letter followed by letters, digits, "-" or "_", and unique, received ${JSON.stringify(id)}. Rename it.`,
      );
    seen.add(id);
  }
  const both = language === "both";
  const policy = `default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src '${REPORT_SCRIPT_HASH}'`;
  const head = [
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<meta http-equiv="Content-Security-Policy" content="${both ? policy : policy.replace(/script-src.*/, "script-src 'none'")}">`,
    element("title", {}, escapeXml(pageTitle(title, language))),
    `<style>\n${REPORT_STYLE}\n</style>`,
  ];
  const languages = both
    ? element(
        "div",
        { class: "languages", role: "group", "aria-label": "Language 语言", hidden: "hidden" },
        '<button type="button" value="en">English</button>',
        '<button type="button" value="zh">中文</button>',
        '<button type="button" value="both">EN + 中</button>',
      )
    : "";
  const contents =
    sections.length < 2
      ? ""
      : element(
          "nav",
          { class: "contents", "aria-labelledby": "contents-title" },
          element("p", { id: "contents-title" }, inline({ en: "Contents", zh: "目录" }, language)),
          element(
            "ol",
            {},
            ...sections.map(({ id, heading }) =>
              element("li", {}, element("a", { href: `#${id}` }, inline(heading, language))),
            ),
          ),
        );
  const body = sections.map(({ id, heading, blocks }) =>
    element(
      "section",
      { "aria-labelledby": id },
      element("h2", { id }, inline(heading, language)),
      "\n",
      ...blocks.map((item) => `${renderBlock(item, language)}\n`),
    ),
  );
  return [
    "<!DOCTYPE html>",
    `<html lang="${language === "zh" ? "zh-Hans" : "en"}">`,
    `<head>\n${head.join("\n")}\n</head>`,
    '<body>\n<div class="page">',
    element(
      "header",
      {},
      element("h1", {}, inline(title, language)),
      lead === undefined ? "" : block("p", lead, language),
      languages,
    ),
    contents,
    `<main>\n${body.join("\n")}\n</main>`,
    "</div>",
    ...(both ? [`<script>${REPORT_SCRIPT}</script>`] : []),
    "</body>\n</html>\n",
  ].join("\n");
}

const pageTitle = (title: Text, language: ReportLanguage): string => {
  if (typeof title !== "object" || language !== "both")
    return inLanguage(title, language === "zh" ? "zh" : "en");
  return title.en === title.zh ? title.en : `${title.en} · ${title.zh}`;
};
