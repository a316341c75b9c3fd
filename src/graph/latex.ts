/**
 * A node as a formula: LaTeX of what computes it, down to the nearest labelled nodes.
 *
 * `z1 = x·W1 + b1` prints as `z_{1} = x W_{1} + b_{1}`; unlabelled nodes in between are written out.
 */
import type { Expr } from "./expr.ts";
import type { Node } from "./nodes.ts";

const GREEK = /^(alpha|beta|gamma|delta|eta|theta|lambda|mu|sigma|phi|Delta|Theta|Sigma|Phi)$/;

/**
 * LaTeX of a label: z1 → z_{1}, dW2 → \mathrm{d}W_{2}, delta3 → \delta_{3}; other words upright.
 * @example symbol("dW2") // "\\mathrm{d}W_{2}"
 */
export function symbol(label: string): string {
  const m = /^([A-Za-z]+)(\d*)('*)$/.exec(label);
  if (!m) return `\\mathrm{${label.replaceAll("_", "\\_")}}`;
  const [, word, digits, primes] = m as unknown as [string, string, string, string];
  const rest = word.slice(1);
  const isGradient = word.startsWith("d") && !GREEK.test(word) && (rest.length === 1 || GREEK.test(rest));
  const name = isGradient ? `\\mathrm{d}${letters(rest)}` : letters(word);
  return `${name}${digits ? `_{${digits}}` : ""}${primes}`;
}

const letters = (word: string): string =>
  GREEK.test(word) ? `\\${word}` : word.length === 1 ? word : `\\mathrm{${word}}`;

/**
 * Right-hand side of the formula of a node (its operands by label).
 * @example
 * const g = new Graph();
 * const product = g.matmul(g.input("x", [4, 2]), g.parameter("W1", [2, 3]));
 * formula(g.label("z1", product)) // "x \\cdot W_{1}"
 */
export function formula(node: Node): string {
  return write(node, true).text;
}

/** A part of a formula. */
export interface Piece {
  readonly text: string;
  /** Binding strength: 1 sum, 2 product, 3 atom. */
  readonly level: number;
  /** A single number: a product with it needs no ⊙. */
  readonly scalar?: boolean;
}

/** A piece that never needs brackets. */
export const atom = (text: string): Piece => ({ text, level: 3 });
/** The text of a piece, in brackets where what is around it binds at least as strongly as `level`. */
export const wrap = (p: Piece, level: number): string =>
  p.level < level ? `\\left(${p.text}\\right)` : p.text;

function write(node: Node, top: boolean): Piece {
  if (!top && node.label) return atom(symbol(node.label));
  switch (node.kind) {
    case "leaf":
      return leaf(node);
    case "map":
      return expression(
        node.expr,
        node.args.map((a) => ({ ...write(a, false), scalar: a.shape[0] === 1 && a.shape[1] === 1 })),
      );
    case "matmul": {
      const factor = (n: Node, t: boolean) => wrap(write(n, false), 3) + (t ? "^{\\top}" : "");
      return {
        text: `${factor(node.a, node.transposeA)} \\cdot ${factor(node.b, node.transposeB)}`,
        level: 2,
      };
    }
    case "reduce": {
      const over = { rows: "i", cols: "j", all: "ij" }[node.over];
      const name = node.op === "sum" ? `\\sum_{${over}}` : `\\max_{${over}}`;
      return { text: `${name} ${wrap(write(node.arg, false), 2)}`, level: 2 };
    }
    case "gather":
      return atom(`${symbol(node.table.source.name)}[\\mathrm{batch}]`);
    case "store":
      return write(node.value, false);
  }
}

function leaf(node: Node & { kind: "leaf" }): Piece {
  const s = node.source;
  switch (s.type) {
    case "buffer":
      return atom(symbol(s.name));
    case "constant":
      return s.values.length === 1
        ? number(s.values[0]!)
        : atom(s.values.length <= 6 ? `[${s.values.map(String).join(",\\,")}]` : "\\mathrm{const}");
    case "random":
      return atom("u");
    case "step":
      return atom("t");
  }
}

/** A number as a piece. */
export const number = (v: number): Piece => {
  const text = String(v).replace(/e([+-]?\d+)$/, (_, x: string) => ` \\cdot 10^{${Number(x)}}`);
  return { text, level: v < 0 || text.includes("cdot") ? 1 : 3, scalar: true };
};

const CALL: Readonly<Record<string, string>> = {
  sigmoid: "\\sigma",
  softplus: "\\operatorname{softplus}",
  sign: "\\operatorname{sign}",
  erf: "\\operatorname{erf}",
  exp: "\\exp",
  log: "\\ln",
  tanh: "\\tanh",
  sin: "\\sin",
  cos: "\\cos",
  min: "\\min",
  max: "\\max",
};

/** An expression with pieces for its arguments. */
export function expression(e: Expr, args: readonly Piece[]): Piece {
  const go = (x: Expr) => expression(x, args);
  switch (e.op) {
    case "const":
      return number(e.value);
    case "arg":
      return args[e.index]!;
    case "add":
      return { text: `${go(e.a).text} + ${go(e.b).text}`, level: 1 };
    case "sub":
      return { text: `${go(e.a).text} - ${wrap(go(e.b), 2)}`, level: 1 };
    case "mul": {
      const [a, b] = [go(e.a), go(e.b)];
      const sign = a.scalar || b.scalar ? "\\cdot" : "\\odot";
      return { text: `${wrap(a, 2)} ${sign} ${wrap(b, 2)}`, level: 2, scalar: Boolean(a.scalar && b.scalar) };
    }
    case "div":
      return atom(`\\frac{${go(e.a).text}}{${go(e.b).text}}`);
    case "neg":
      return { text: `-${wrap(go(e.a), 2)}`, level: 1 };
    case "abs":
      return atom(`\\left|${go(e.a).text}\\right|`);
    case "floor":
      return atom(`\\lfloor ${go(e.a).text} \\rfloor`);
    case "sqrt":
      return atom(`\\sqrt{${go(e.a).text}}`);
    case "lt":
    case "le":
    case "eq": {
      const sign = { lt: "<", le: "\\le", eq: "=" }[e.op];
      return atom(`\\mathbf{1}\\left[${go(e.a).text} ${sign} ${go(e.b).text}\\right]`);
    }
    case "select":
      return atom(
        `\\begin{cases}${go(e.a).text} & ${condition(e.c, args)} \\\\ ${go(e.b).text} & \\text{else}\\end{cases}`,
      );
    case "min":
    case "max":
      return atom(`${CALL[e.op]}\\left(${go(e.a).text},\\, ${go(e.b).text}\\right)`);
    default:
      return atom(`${CALL[e.op]}\\left(${go(e.a).text}\\right)`);
  }
}

function condition(c: Expr, args: readonly Piece[]): string {
  if (c.op === "lt" || c.op === "le" || c.op === "eq") {
    const sign = { lt: "<", le: "\\le", eq: "=" }[c.op];
    return `${expression(c.a, args).text} ${sign} ${expression(c.b, args).text}`;
  }
  return `${expression(c, args).text} \\ne 0`;
}
