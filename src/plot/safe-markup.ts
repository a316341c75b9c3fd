/**
 * Checks SVG and MathML before a report takes them as they are.
 *
 * Only plain elements with quoted attributes pass: no script, event handler, foreign content, comment, declaration,
 * nor an address outside the file. Text and labels may say anything. This is a fence against accidents and borrowed
 * pictures, next to the page's content security policy; it is no general HTML sanitiser.
 */
import { UsageError } from "../tensor/errors.ts";

const TAG =
  /<(?:\/[A-Za-z][\w:-]*\s*|([A-Za-z][\w:-]*)((?:\s+[A-Za-z_][\w:.-]*\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*\/?)>/y;
const ATTRIBUTE = /([A-Za-z_][\w:.-]*)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const FORBIDDEN =
  /^(script|iframe|object|embed|foreignobject|annotation-xml|animate|set|link|meta|base|audio|video|html|body)$/i;
const SPOKEN = /^(aria-label|alt|title|alttext)$/i;
const OUTSIDE_CSS = /@import|expression\(|url\(\s*["']?(?!#)/i;

/** What is wrong with a piece of markup, or `undefined`. */
function problem(html: string, root: string): string | undefined {
  if (!new RegExp(`^<${root}[\\s>]`).test(html) || !html.trimEnd().endsWith(`</${root}>`))
    return html.slice(0, 40);
  for (let at = html.indexOf("<"); at >= 0; at = html.indexOf("<", at)) {
    TAG.lastIndex = at;
    const tag = TAG.exec(html);
    if (tag === null) return html.slice(at, at + 40);
    at += tag[0].length;
    const name = tag[1];
    if (name === undefined) continue;
    if (FORBIDDEN.test(name)) return `<${name}>`;
    if (/^style$/i.test(name) && OUTSIDE_CSS.test(html.slice(at, html.indexOf("<", at))))
      return "<style> with an address";
    for (const [, key = "", double, single] of (tag[2] ?? "").matchAll(ATTRIBUTE)) {
      const value = (double ?? single ?? "").trim();
      if (/^on/i.test(key)) return `${key}=`;
      if (/(^|:)(href|src)$/i.test(key) && !/^(#|data:image\/(png|gif|jpeg);)/.test(value))
        return `${key}="${value.slice(0, 30)}"`;
      if (!SPOKEN.test(key) && OUTSIDE_CSS.test(value)) return `${key}="${value.slice(0, 30)}"`;
    }
  }
  return undefined;
}

/**
 * Passes an `<svg>` or `<math>` element through.
 * @throws {UsageError} if it could run code or fetch something.
 */
export function safeMarkup(html: string, root: "svg" | "math", where: string): string {
  const found = problem(html, root);
  if (found !== undefined)
    throw new UsageError(
      `htmlReport: ${where} must be an <${root}> element without scripts or outside addresses, received ${JSON.stringify(found)}. Make it with the functions of plot/, or give text instead.`,
    );
  return html;
}
