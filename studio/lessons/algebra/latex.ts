/**
 * LaTeX of a formula. Every letter is written inside \class{letter-NAME}{…}, so that a text which names a matrix can
 * light it up wherever it stands.
 */
import type { Equation, Expr, FunctionName, Letter } from "./expression.ts";

/** How tightly a formula holds together: a looser one inside a tighter one needs brackets. */
const TIGHT = { sum: 0, hadamard: 1, product: 2, atom: 3 } as const;

const tightness = (e: Expr): number =>
  e.kind === "sum" || e.kind === "hadamard" || e.kind === "product" ? TIGHT[e.kind] : TIGHT.atom;

const inBrackets = (text: string): string => `\\left(${text}\\right)`;

const within = (e: Expr, outer: number): string => (tightness(e) < outer ? inBrackets(latex(e)) : latex(e));

/** The class of a letter in the page. */
export const letterClass = (name: string): string => `letter-${name}`;

export const letterLatex = ({ name, latex: text }: Letter): string =>
  `\\class{${letterClass(name)}}{${text}}`;

const FUNCTIONS: Readonly<Record<FunctionName, (of: string) => string>> = {
  sigmoid: (x) => `\\sigma${inBrackets(x)}`,
  softplus: (x) => `\\operatorname{softplus}${inBrackets(x)}`,
  ln: (x) => `\\ln ${x}`,
  exp: (x) => `\\exp${inBrackets(x)}`,
  relu: (x) => `\\operatorname{relu}${inBrackets(x)}`,
  atLeastZero: (x) => `\\mathbb{1}\\left[${x}\\ge 0\\right]`,
  aboveZero: (x) => `\\mathbb{1}\\left[${x}>0\\right]`,
  tanh: (x) => `\\tanh${inBrackets(x)}`,
  tanhSlope: (x) => `\\tanh'${inBrackets(x)}`,
  squaredNorm: (x) => `\\left\\Vert ${x}\\right\\Vert^{2}`,
  rowMax: (x) => `\\operatorname{rowmax}${inBrackets(x)}`,
  logSumExp: (x) => `\\operatorname{lse}${inBrackets(x)}`,
  softmax: (x) => `\\operatorname{softmax}${inBrackets(x)}`,
};

/** Functions written without brackets need them around anything but one letter. */
const argument = (fn: FunctionName, of: Expr): string =>
  fn === "ln" && of.kind !== "letter" ? inBrackets(latex(of)) : latex(of);

export function latex(e: Expr): string {
  switch (e.kind) {
    case "letter":
      return letterLatex(e);
    case "number":
      return String(e.value);
    case "product":
      return productLatex(e.factors);
    case "hadamard":
      return e.factors.map((f) => within(f, TIGHT.atom)).join("\\odot ");
    case "sum":
      return e.terms
        .map(({ minus, of }, i) => `${minus ? "-" : i === 0 ? "" : "+"}${within(of, TIGHT.hadamard)}`)
        .join("");
    case "fraction":
      return `\\frac{${latex(e.top)}}{${latex(e.bottom)}}`;
    case "transpose":
      // Of a letter inside its class, so that index and ⊤ stand above each other.
      return e.of.kind === "letter"
        ? letterLatex({ ...e.of, latex: `${e.of.latex}^{\\top}` })
        : `${inBrackets(latex(e.of))}^{\\top}`;
    case "trace":
      return `\\operatorname{tr}${inBrackets(latex(e.of))}`;
    case "apply":
      return FUNCTIONS[e.fn](argument(e.fn, e.of));
  }
}

/** Factors side by side; two numbers would run together and get a dot. */
function productLatex(factors: readonly Expr[]): string {
  return factors.map((f) => within(f, TIGHT.product)).join("\\,");
}

/** left = right = right again. */
export const equationLatex = ({ left, right }: Equation): string =>
  `${letterLatex(left)}=${right.map(latex).join("=")}`;
