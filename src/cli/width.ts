/**
 * How wide text is in a terminal: Chinese characters take two cells, combining marks none.
 *
 * Padding, cutting and wrapping by cells, so that tables stay aligned in both languages.
 * Source: Unicode Standard Annex 11, East Asian Width (wide and fullwidth; ambiguous ones count as narrow).
 */
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u30ff\uff01-\uff60\uffe0-\uffe6]/u;
const NONE = /\p{Mn}|\p{Me}|[\u200b-\u200f]/u;

const cells = (character: string): number => (NONE.test(character) ? 0 : WIDE.test(character) ? 2 : 1);

/** Cells a text takes. @example widthOf("损失 x") // 6 */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += cells(character);
  return width;
}

/** Fills up to a width, at the right or at the left. */
export function pad(text: string, width: number, align: "left" | "right" = "left"): string {
  const fill = " ".repeat(Math.max(0, width - widthOf(text)));
  return align === "left" ? text + fill : fill + text;
}

/** Cuts a text that is wider than `width`, ending it with "…". */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = "";
  let used = 1;
  for (const character of text) {
    used += cells(character);
    if (used > width) break;
    kept += character;
  }
  return `${kept}…`;
}

/** Characters that may not begin a line. */
const CLOSING = /^[。，、；：！？）】》”’%]/u;

/** Pieces between which a line may break: words with their blanks, single wide characters. */
function pieces(text: string): string[] {
  const found: string[] = [];
  let word = "";
  const flush = () => {
    if (word !== "") found.push(word);
    word = "";
  };
  for (const character of text) {
    if (cells(character) === 2) {
      flush();
      if (CLOSING.test(character) && found.length > 0) found[found.length - 1] += character;
      else found.push(character);
    } else {
      word += character;
      if (character === " ") flush();
    }
  }
  flush();
  return found;
}

/** Breaks a text into lines of at most `width` cells, at blanks and between Chinese characters where possible. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split("\n")) {
    let line = "";
    for (let piece of pieces(paragraph)) {
      if (line !== "" && widthOf((line + piece).trimEnd()) > width) {
        lines.push(line.trimEnd());
        line = "";
      }
      while (widthOf(piece.trimEnd()) > width) {
        const head = fitting(piece, width);
        lines.push(head);
        piece = piece.slice(head.length);
      }
      line += piece;
    }
    lines.push(line.trimEnd());
  }
  return lines;
}

function fitting(text: string, width: number): string {
  let head = "";
  for (const character of text) {
    if (head !== "" && widthOf(head + character) > width) break;
    head += character;
  }
  return head;
}
