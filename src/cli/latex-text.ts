/**
 * Formulas in LaTeX as lines of Unicode text: z_{1} = x \cdot W_{1}^{\top} → z₁ = x · W₁ᵀ.
 *
 * Knows what `formula` and `symbol` of papergrad/inspect write, no more; an unknown command stays as it is.
 */
import type { Language } from "./language.ts";

const SUBSCRIPTS: Readonly<Record<string, string>> = Object.fromEntries(
  [..."0123456789ij"].map((from, i) => [from, [..."₀₁₂₃₄₅₆₇₈₉ᵢⱼ"][i]!]),
);
const SUPERSCRIPTS: Readonly<Record<string, string>> = Object.fromEntries(
  [..."0123456789-+"].map((from, i) => [from, [..."⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺"][i]!]),
);

const COMMANDS: Readonly<Record<string, string>> = {
  cdot: "·",
  odot: "⊙",
  top: "ᵀ",
  sum: "Σ",
  alpha: "α",
  beta: "β",
  gamma: "γ",
  delta: "δ",
  theta: "θ",
  lambda: "λ",
  sigma: "σ",
  Theta: "Θ",
  le: "≤",
  ne: "≠",
  lfloor: "⌊",
  rfloor: "⌋",
  ln: "ln",
  exp: "exp",
  tanh: "tanh",
  sin: "sin",
  cos: "cos",
  min: "min",
  max: "max",
  ",": " ",
  _: "_",
  left: "",
  right: "",
};

const OTHERWISE = { en: "otherwise", zh: "否则" } as const;
const IF = { en: "if", zh: "若" } as const;

/**
 * One line of text for a formula.
 * @example latexToText("h = \\frac{1}{1 + \\exp\\left(-z_{1}\\right)}", "en") // "h = 1 / (1 + exp(-z₁))"
 */
export function latexToText(latex: string, language: Language): string {
  return new Reader(latex, language).read().replaceAll(/ {2,}/g, " ").trim();
}

/** Reads from left to right; a group is read by a reader of its own. */
class Reader {
  private readonly text: string;
  private readonly language: Language;
  private at = 0;

  constructor(text: string, language: Language) {
    this.text = text;
    this.language = language;
  }

  read(): string {
    let out = "";
    while (this.at < this.text.length) out += this.piece();
    return out;
  }

  private piece(): string {
    const c = this.text[this.at]!;
    if (c === "\\") return this.command();
    if (c === "{") return this.inner(this.group());
    this.at++;
    if (c === "_") return marks(this.inner(this.group()), SUBSCRIPTS, "_");
    if (c === "^") return marks(this.inner(this.group()), SUPERSCRIPTS, "^");
    return c === "-" ? "−" : c;
  }

  private command(): string {
    const [whole, name] = /^\\([A-Za-z]+|.)/.exec(this.text.slice(this.at)) ?? ["\\", ""];
    this.at += whole.length;
    switch (name) {
      case "mathrm":
      case "mathbf":
      case "operatorname":
      case "text":
        return this.inner(this.group());
      case "frac": {
        const [above, below] = [this.inner(this.group()), this.inner(this.group())];
        return `${bracket(above, false)} / ${bracket(below, true)}`;
      }
      case "sqrt":
        return `√(${this.inner(this.group())})`;
      case "begin":
        return this.cases();
      default:
        return COMMANDS[name!] ?? whole;
    }
  }

  /** \begin{cases} a & condition \\ b & \text{else} \end{cases}; cases may hold cases. */
  private cases(): string {
    this.group();
    const start = this.at;
    let depth = 1;
    for (const { 0: found, index } of this.text.slice(start).matchAll(/\\(begin|end)\{cases\}/g)) {
      depth += found.startsWith("\\begin") ? 1 : -1;
      if (depth > 0) continue;
      this.at = start + index + found.length;
      const [first = "", second = ""] = splitTop(this.text.slice(start, start + index), "\\\\");
      const [value = "", condition = ""] = splitTop(first, "&");
      const [other = ""] = splitTop(second, "&");
      const { language } = this;
      return `{ ${this.inner(value).trim()} ${IF[language]} ${this.inner(condition).trim()}; ${this.inner(other).trim()} ${OTHERWISE[language]} }`;
    }
    return "";
  }

  /** Text of the group in braces that begins here (or the one character), without its braces. */
  private group(): string {
    if (this.text[this.at] !== "{") return this.text[this.at++] ?? "";
    const start = ++this.at;
    for (let depth = 1; this.at < this.text.length && depth > 0; this.at++) {
      if (this.text[this.at] === "\\") this.at++;
      else if (this.text[this.at] === "{") depth++;
      else if (this.text[this.at] === "}") depth--;
    }
    return this.text.slice(start, this.at - 1);
  }

  private inner(latex: string): string {
    return new Reader(latex, this.language).read();
  }
}

/** Raised or lowered signs where Unicode has them all, else the mark and brackets. */
function marks(text: string, table: Readonly<Record<string, string>>, mark: string): string {
  if (text === "ᵀ") return text;
  const signs = [...text.replaceAll("−", "-")].map((c) => table[c]);
  return signs.every((s) => s !== undefined) ? signs.join("") : `${mark}(${text})`;
}

/** Brackets around what a division would tear apart: sums, and products below the line. */
function bracket(text: string, below: boolean): string {
  const outside = text.replaceAll(/\([^()]*\)|\[[^[\]]*\]/g, "");
  const apart = below ? /[ ⊙·/]/ : / [+−·⊙/] |;/;
  return apart.test(outside.trim()) || (!below && outside.startsWith("−")) ? `(${text})` : text;
}

/** Splits at a sign outside braces and inner environments. */
function splitTop(text: string, sign: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    if (text.startsWith("\\begin", i)) depth++;
    else if (text.startsWith("\\end", i)) depth--;
    else if (text[i] === "{") depth++;
    else if (text[i] === "}") depth--;
    else if (depth === 0 && text.startsWith(sign, i)) {
      parts.push(text.slice(from, i));
      from = i + sign.length;
      i += sign.length - 1;
    }
  }
  return [...parts, text.slice(from)];
}
