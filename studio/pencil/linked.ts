/** A formula in which the symbol of every value can be pointed at: each stands in a `\class{to-N}{…}` of its own. */
import { symbol } from "papergrad/inspect";

const PREFIX = "to-";

/**
 * Puts the symbols of the labels into classes; N is the place in `labels`.
 * @example linked("z_{1} = x \\cdot W_{1}", ["x", "W1"]) // "z_{1} = \\class{to-0}{x} \\cdot \\class{to-1}{W_{1}}"
 */
export function linked(latex: string, labels: readonly string[]): string {
  const places = new Map(labels.map((label, i) => [symbol(label), i]));
  if (places.size === 0) return latex;
  // The longest first: dW₁ holds W₁. What follows a letter or a backslash is part of a word or a command.
  const symbols = [...places.keys()].sort((a, b) => b.length - a.length).map(escaped);
  const pattern = new RegExp(`(?<![\\\\A-Za-z])(?:${symbols.join("|")})(?![A-Za-z_'])`, "g");
  return latex.replaceAll(pattern, (text) => `\\class{${PREFIX}${places.get(text)}}{${text}}`);
}

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");

/**
 * A formula cut before every +, − and ⊙ that stands outside all brackets, so that lines can break there.
 * @example terms("= a + \\left(b + c\\right) - d") // ["= a", "+ \\left(b + c\\right)", "- d"]
 */
export function terms(latex: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (const { 0: token, index } of latex.matchAll(/\\left|\\right|\\begin|\\end|[{}]| (?:[+-]|\\odot) /g)) {
    if (token === "{" || token === "\\left" || token === "\\begin") depth++;
    else if (token === "}" || token === "\\right" || token === "\\end") depth--;
    else if (depth === 0) {
      parts.push(latex.slice(start, index));
      start = index + 1;
    }
  }
  return [...parts, latex.slice(start)];
}

/** The label that an element of a linked formula stands for. */
export function labelAt(target: EventTarget | null, labels: readonly string[]): string | null {
  const marked = target instanceof Element ? target.closest(`[class*="${PREFIX}"]`) : null;
  const at = /to-(\d+)/.exec(marked?.getAttribute("class") ?? "")?.[1];
  return at === undefined ? null : (labels[Number(at)] ?? null);
}
