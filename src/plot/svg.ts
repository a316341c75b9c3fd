/**
 * SVG as text: escaping, numbers of a fixed form, elements, text width.
 *
 * Every picture of `plot/` is made with these few functions, so the same data give the same bytes everywhere:
 * coordinates are rounded to 1/100, nothing asks for a date, a font or a random number. Text width is an
 * estimate (there is no font here), wide enough for Latin letters and exact for Chinese ones.
 */

/** Attributes of an element; `undefined` leaves the attribute out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** Characters XML does not allow; with the `u` flag \p{Cs} is a lone surrogate. */
const NOT_XML = /(?![\t\n\r])[\p{Cc}\p{Cs}\ufffe\uffff]/gu;

/**
 * Text made safe for SVG and HTML, inside an element or a quoted attribute.
 * Characters XML forbids (control characters, lone surrogates) become U+FFFD.
 * @example escapeXml('a < "b" & c') // "a &lt; &quot;b&quot; &amp; c"
 */
export const escapeXml = (text: string): string =>
  text
    .replace(NOT_XML, "\ufffd")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;")
    .replace(/'/g, "&#39;");

/** A coordinate, rounded to 1/100, never "-0". @example num(1.23456) // "1.23" */
export const num = (value: number): string => String(Math.round(value * 100) / 100);

/** One element with its children, already text. @example element("g", { class: "a" }, "…") */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  let open = `<${name}`;
  for (const [key, value] of Object.entries(attributes))
    if (value !== undefined) open += ` ${key}="${typeof value === "number" ? num(value) : escapeXml(value)}"`;
  return children.length === 0 ? `${open}/>` : `${open}>${children.join("")}</${name}>`;
}

/** One line of text at (x, y). */
export const textAt = (x: number, y: number, text: string, attributes: Attributes = {}): string =>
  element("text", { x, y, ...attributes }, escapeXml(text));

/** A path through points; `close` joins the last to the first. */
export const polyline = (points: readonly (readonly [number, number])[], close = false): string =>
  points.map(([x, y], i) => `${i === 0 ? "M" : "L"}${num(x)},${num(y)}`).join("") + (close ? "Z" : "");

/** Estimated width of a text in pixels for a font of `size` pixels. */
export function textWidth(text: string, size: number): number {
  let em = 0;
  for (const character of text) em += (character.codePointAt(0) ?? 0) >= 0x2e80 ? 1 : 0.57;
  return em * size;
}

/** Shortens a text to about `width` pixels, with an ellipsis. */
export function fitText(text: string, size: number, width: number): string {
  if (textWidth(text, size) <= width) return text;
  const characters = [...text];
  while (characters.length > 1 && textWidth(`${characters.join("")}…`, size) > width) characters.pop();
  return `${characters.join("").trimEnd()}…`;
}
