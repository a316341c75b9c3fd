/** A strict little reader of SVG and HTML for tests: tags balance, attributes are quoted once each, text is escaped. */

const VOID = new Set(["meta", "img", "br", "hr", "link", "input"]);
/** Elements whose content is not markup. */
const RAW = new Set(["style", "script"]);

export interface Markup {
  /** Elements by name. */
  readonly counts: ReadonlyMap<string, number>;
  readonly ids: readonly string[];
  /** Text, without tags, still escaped. */
  readonly text: string;
}

/** Reads markup; throws at the first thing that is not well formed. */
export function readMarkup(source: string): Markup {
  const counts = new Map<string, number>();
  const ids: string[] = [];
  const open: string[] = [];
  let text = "";
  let at = source.startsWith("<!DOCTYPE html>") ? 15 : 0;
  const fail = (what: string): never => {
    throw new Error(`${what} at ${at}: ${source.slice(Math.max(0, at - 40), at + 60)}`);
  };
  const checkText = (piece: string) => {
    if (/[<>]/.test(piece) || /&(?!(?:amp|lt|gt|quot|#39);)/.test(piece))
      fail(`unescaped text ${piece.slice(0, 40)}`);
  };
  while (at < source.length) {
    const next = source.indexOf("<", at);
    const piece = source.slice(at, next < 0 ? undefined : next);
    checkText(piece);
    text += piece;
    if (next < 0) break;
    at = next;
    const closing = /^<\/([\w-]+)>/.exec(source.slice(at, at + 60));
    if (closing !== null) {
      if (open.pop() !== closing[1]) fail(`unexpected </${closing[1]}>`);
      at += closing[0].length;
      continue;
    }
    const name = /^<([A-Za-z][\w-]*)/.exec(source.slice(at, at + 60))?.[1] ?? fail("a stray <");
    at += name.length + 1;
    const seen = new Set<string>();
    for (;;) {
      const attribute = /\s+([A-Za-z][\w:-]*)="([^"]*)"/y;
      attribute.lastIndex = at;
      const found = attribute.exec(source);
      if (found === null) break;
      const [all, key, value] = found as unknown as [string, string, string];
      if (seen.has(key)) fail(`attribute ${key} twice`);
      seen.add(key);
      checkText(value);
      if (key === "id") ids.push(value);
      at += all.length;
    }
    counts.set(name, (counts.get(name) ?? 0) + 1);
    if (source.startsWith("/>", at)) at += 2;
    else if (source[at] === ">") {
      at += 1;
      if (RAW.has(name)) {
        at = source.indexOf(`</${name}>`, at);
        if (at < 0) fail(`<${name}> is never closed`);
        at += name.length + 3;
      } else if (!VOID.has(name)) open.push(name);
    } else fail(`bad attribute of <${name}>`);
  }
  if (open.length > 0) fail(`not closed: ${open.join(" ")}`);
  return { counts, ids, text };
}

/** A picture that is well formed and has no number that is not one. */
export function readSvg(svg: string): Markup {
  if (!svg.startsWith("<svg xmlns=") || !svg.endsWith("</svg>")) throw new Error("not an SVG document");
  if (/NaN|Infinity|undefined/.test(svg.replace(/>[^<]*</g, "><")))
    throw new Error("NaN or Infinity in an attribute");
  return readMarkup(svg);
}

/** A repeatable sequence of numbers in 0…1. */
export function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state / 0x80000000;
  };
}
