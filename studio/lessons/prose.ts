/**
 * The small notation of lesson texts, read into runs: $LaTeX$ with @letters, `code`, *emphasis*; a text that is all
 * $$LaTeX$$ is a formula on a line of its own.
 */
import type { Derivation, Step } from "./algebra/derivation.ts";
import type { Expr, Letter } from "./algebra/expression.ts";
import { letterLatex } from "./algebra/latex.ts";
import type { Lesson } from "./lesson.ts";

export interface Run {
  readonly kind: "words" | "math" | "display" | "code" | "emphasis";
  readonly text: string;
  /** Punctuation after a formula, which must not begin the next line. */
  readonly tail?: string;
}

/** Letters by name. */
export type Letters = ReadonlyMap<string, Letter>;

const NOTATION = /(\$\$[^$]+\$\$|\$[^$]+\$|`[^`]+`|\*[^*]+\*)/;

/** Marks that close what stands before them. */
const CLOSING = /^[。，；：、？！）”」.,;:?!)]+/;

/** Hands punctuation at the beginning of words to the formula before them. */
function joined(runs: readonly Run[]): Run[] {
  const out: Run[] = [];
  for (const run of runs) {
    const before = out.at(-1);
    const tail = run.kind === "words" ? CLOSING.exec(run.text)?.[0] : undefined;
    if (tail !== undefined && before?.kind === "math") {
      out[out.length - 1] = { ...before, tail };
      if (run.text !== tail) out.push({ ...run, text: run.text.slice(tail.length) });
    } else out.push(run);
  }
  return out;
}

/** Runs of a text; unknown letters are left as they stand. */
export function runsOf(text: string, letters: Letters): Run[] {
  const runs = text
    .split(NOTATION)
    .filter((part) => part !== "")
    .map((part): Run => {
      if (part.startsWith("$$")) return { kind: "display", text: withLetters(part.slice(2, -2), letters) };
      if (part.startsWith("$") && part.length > 1)
        return { kind: "math", text: withLetters(part.slice(1, -1), letters) };
      if (/^`.+`$/.test(part)) return { kind: "code", text: part.slice(1, -1) };
      if (/^\*.+\*$/.test(part)) return { kind: "emphasis", text: part.slice(1, -1) };
      return { kind: "words", text: part };
    });
  return joined(runs);
}

/** Errata speak plain text and `code`. */
export const codeRunsOf = (text: string): Run[] =>
  text
    .split(/(`[^`]+`)/)
    .filter((part) => part !== "")
    .map((part) =>
      /^`.+`$/.test(part) ? { kind: "code", text: part.slice(1, -1) } : { kind: "words", text: part },
    );

const withLetters = (latex: string, letters: Letters): string =>
  latex.replace(/@([A-Za-z]+\d*)/g, (whole, name: string) => {
    const letter = letters.get(name);
    return letter ? letterLatex(letter) : whole;
  });

/** Every letter that the derivations of a lesson write. */
export function lettersOf(lesson: Lesson): Letters {
  const found = new Map<string, Letter>();
  for (const { pieces } of lesson.sections)
    for (const piece of pieces) if (piece.kind === "derivation") collect(piece.derivation, found);
  return found;
}

function collect({ letters, steps }: Derivation, into: Map<string, Letter>): void {
  for (const { letter } of letters) into.set(letter.name, letter);
  for (const step of steps) for (const e of formulasOf(step)) lettersIn(e, into);
}

/** Everything a step writes. */
function formulasOf(step: Step): readonly Expr[] {
  switch (step.kind) {
    case "say":
      return [];
    case "chain":
      return [step.left, ...step.lines.map((l) => l.of)];
    case "equation":
      return [step.equation.left, ...step.equation.right];
    case "gradient":
      return [step.parameter, step.equation.left, ...step.equation.right];
  }
}

function lettersIn(e: Expr, into: Map<string, Letter>): void {
  switch (e.kind) {
    case "letter":
      into.set(e.name, e);
      return;
    case "number":
      return;
    case "product":
    case "hadamard":
      for (const f of e.factors) lettersIn(f, into);
      return;
    case "sum":
      for (const { of } of e.terms) lettersIn(of, into);
      return;
    case "fraction":
      lettersIn(e.top, into);
      lettersIn(e.bottom, into);
      return;
    case "transpose":
    case "trace":
    case "apply":
      lettersIn(e.of, into);
  }
}
