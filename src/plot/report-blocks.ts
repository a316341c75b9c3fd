/**
 * The parts a report is made of: paragraphs, formulas, tables, figures, console text, folded parts, erratum notes.
 *
 * Blocks are data; `renderBlock` writes them as HTML. All text is escaped. SVG and MathML are taken as they are, but
 * only if they look like the ones made here: no script, no event handler, no address outside the file.
 */
import { UsageError } from "../tensor/errors.ts";
import { block, inLanguage, inline, markup, type ReportLanguage, type Text } from "./report-text.ts";
import { safeMarkup } from "./safe-markup.ts";
import { element, escapeXml } from "./svg.ts";
import type { Words } from "./words.ts";

/** A table cell; a tone colours it (and marks it for readers who do not see colours). */
export type Cell = Text | { readonly text: Text; readonly tone: "good" | "bad" | "muted" };

/** A paragraph. */
export interface ParagraphBlock extends Words {
  readonly kind: "paragraph";
}
/** A formula: MathML, or plain text; `text` is shown where there is no MathML. */
export interface FormulaBlock {
  readonly kind: "formula";
  readonly mathml?: string;
  readonly text: string;
}
/** A table; a row may be shorter than the head. Numbers stand at the right. */
export interface TableBlock {
  readonly kind: "table";
  readonly columns: readonly Text[];
  readonly rows: readonly (readonly Cell[])[];
  readonly caption?: Text;
}
/** A picture: exactly one of `svg`, `pngDataUri`, `gifDataUri`, and what it shows in words (`alt`). */
export interface FigureBlock {
  readonly kind: "figure";
  readonly svg?: string | Words;
  readonly pngDataUri?: string;
  readonly gifDataUri?: string;
  readonly caption?: Text;
  readonly alt: Text;
}
/** Console text, as it is. */
export interface PreBlock {
  readonly kind: "pre";
  readonly text: string;
}
/** A folded part. */
export interface DetailsBlock {
  readonly kind: "details";
  readonly summary: Text;
  readonly blocks: readonly Block[];
  readonly open?: boolean;
}
/** An erratum: A changes the result or stops the program, B is wrong without visible effect, C is text only. */
export interface NoteBlock {
  readonly kind: "note";
  readonly id: string;
  readonly class: "A" | "B" | "C";
  readonly text: Text;
}

/** Links to files beside the page: relative names of letters, digits, ".", "-", "_" and "/". */
export interface LinksBlock {
  readonly kind: "links";
  readonly files: readonly string[];
}

/** A block of a report section. */
export type Block =
  | ParagraphBlock
  | FormulaBlock
  | TableBlock
  | FigureBlock
  | PreBlock
  | DetailsBlock
  | NoteBlock
  | LinksBlock;

const EFFECT: Readonly<Record<NoteBlock["class"], Words>> = {
  A: { en: "changes the result", zh: "改变结果" },
  B: { en: "wrong, without visible effect here", zh: "有误，但在此处看不出影响" },
  C: { en: "text only", zh: "仅文字有误" },
};

function tableCell(cell: Cell, language: ReportLanguage): string {
  const [text, tone] =
    typeof cell === "object" && "tone" in cell ? [cell.text, cell.tone] : [cell, undefined];
  const className = [typeof text === "number" ? "n" : "", tone ?? ""].filter((c) => c !== "").join(" ");
  const mark = tone === "good" ? "✓ " : tone === "bad" ? "✗ " : "";
  return element("td", { class: className === "" ? undefined : className }, mark + inline(text, language));
}

function table({ columns, rows, caption }: TableBlock, language: ReportLanguage): string {
  // A column of numbers has its head at the right too.
  const numeric = columns.map(
    (_, c) =>
      rows.length > 0 &&
      rows.every(
        (row) => typeof (typeof row[c] === "object" && "tone" in row[c] ? row[c].text : row[c]) === "number",
      ),
  );
  const head = columns.map((column, c) =>
    element("th", { scope: "col", class: numeric[c] ? "n" : undefined }, inline(column, language)),
  );
  return element(
    "div",
    { class: "scroll", tabindex: "0" },
    element(
      "table",
      {},
      caption === undefined ? "" : element("caption", {}, inline(caption, language)),
      element("thead", {}, element("tr", {}, ...head)),
      element(
        "tbody",
        {},
        ...rows.map((row) =>
          element(
            "tr",
            {},
            ...columns.map((_, c) => (row[c] === undefined ? "<td></td>" : tableCell(row[c], language))),
          ),
        ),
      ),
    ),
  );
}

function figure(
  { svg, pngDataUri, gifDataUri, caption, alt }: FigureBlock,
  language: ReportLanguage,
): string {
  const given = [svg, pngDataUri, gifDataUri].filter((source) => source !== undefined).length;
  if (given !== 1)
    throw new UsageError(
      `htmlReport: a figure must have exactly one of svg, pngDataUri, gifDataUri, received ${given}.`,
    );
  const words = language === "both" ? inLanguage(alt, "en") : inLanguage(alt, language);
  let body: string;
  if (svg !== undefined) {
    for (const one of typeof svg === "string" ? [svg] : [svg.en, svg.zh])
      safeMarkup(one, "svg", "figure.svg");
    body = element("div", { class: "scroll", role: "group", "aria-label": words }, markup(svg, language));
  } else {
    const uri = (pngDataUri ?? gifDataUri) as string;
    const kind = pngDataUri === undefined ? "gif" : "png";
    if (!new RegExp(`^data:image/${kind};base64,[A-Za-z0-9+/]+=*$`).test(uri))
      throw new UsageError(
        `htmlReport: ${kind}DataUri must be "data:image/${kind};base64,…", received ${JSON.stringify(uri.slice(0, 32))}. Make it with ${kind}DataUri().`,
      );
    body = element("img", { src: uri, alt: words });
  }
  return element(
    "figure",
    {},
    body,
    caption === undefined ? "" : element("figcaption", {}, block("span", caption, language, "line")),
  );
}

function note({ id, class: effect, text }: NoteBlock, language: ReportLanguage): string {
  return element(
    "aside",
    { class: `note note-${effect}`, role: "note" },
    element(
      "p",
      { class: "badge" },
      element("b", {}, escapeXml(id)),
      " ",
      element("span", { class: "effect" }, escapeXml(effect), " · ", inline(EFFECT[effect], language)),
    ),
    block("p", text, language),
  );
}

function links({ files }: LinksBlock): string {
  for (const file of files)
    if (!/^\w[\w.-]*(\/\w[\w.-]*)*$/.test(file))
      throw new UsageError(
        `htmlReport: a linked file must be a relative name such as "films/a.gif", received ${JSON.stringify(file)}. Rename it.`,
      );
  return element(
    "ul",
    {},
    ...files.map((file) => element("li", {}, element("a", { href: file }, escapeXml(file)))),
  );
}

/** Writes one block as HTML. @throws {UsageError} for a figure or markup that cannot be shown safely. */
export function renderBlock(item: Block, language: ReportLanguage): string {
  switch (item.kind) {
    case "paragraph":
      return block("p", { en: item.en, zh: item.zh }, language);
    case "formula":
      return item.mathml === undefined
        ? element("pre", { class: "formula", tabindex: "0" }, escapeXml(item.text))
        : element(
            "div",
            { class: "formula scroll", tabindex: "0" },
            safeMarkup(item.mathml, "math", "formula.mathml"),
          );
    case "table":
      return table(item, language);
    case "figure":
      return figure(item, language);
    case "pre":
      return element("pre", { tabindex: "0" }, escapeXml(item.text));
    case "details":
      return element(
        "details",
        { open: item.open === true ? "open" : undefined },
        element("summary", {}, inline(item.summary, language)),
        ...item.blocks.map((inner) => renderBlock(inner, language)),
      );
    case "note":
      return note(item, language);
    case "links":
      return links(item);
  }
}
