/**
 * A formula of a lesson as data: one tree that is both typeset (latex.ts) and computed (evaluate below).
 *
 * So the formula a reader sees is the formula a test has evaluated. Everything is a matrix, numbers are 1×1.
 */
import { UsageError } from "papergrad";
import * as M from "./matrix.ts";

/** A named matrix. `latex` is how it is written. */
export interface Letter {
  readonly kind: "letter";
  readonly name: string;
  readonly latex: string;
}

export type Expr =
  | Letter
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "product" | "hadamard"; readonly factors: readonly Expr[] }
  | { readonly kind: "sum"; readonly terms: readonly { readonly minus: boolean; readonly of: Expr }[] }
  | { readonly kind: "fraction"; readonly top: Expr; readonly bottom: Expr }
  | { readonly kind: "transpose" | "trace"; readonly of: Expr }
  | { readonly kind: "apply"; readonly fn: FunctionName; readonly of: Expr };

/** Element by element, except: softmax, logSumExp and rowMax act on rows, squaredNorm on the whole matrix. */
export type FunctionName =
  | "sigmoid"
  | "softplus"
  | "ln"
  | "exp"
  | "relu"
  | "atLeastZero"
  | "aboveZero"
  | "softmax"
  | "logSumExp"
  | "rowMax"
  | "squaredNorm"
  | "tanh"
  | "tanhSlope";

/** Numbers may stand where a formula is expected. */
export type Term = Expr | number;

const tree = (t: Term): Expr => (typeof t === "number" ? { kind: "number", value: t } : t);

export const letter = (name: string, latex: string): Letter => ({ kind: "letter", name, latex });
/** Matrix product; 1×1 factors scale. */
export const times = (...factors: Term[]): Expr => ({ kind: "product", factors: factors.map(tree) });
/** Product element by element. */
export const hadamard = (...factors: Term[]): Expr => ({ kind: "hadamard", factors: factors.map(tree) });
/** Sum; a term that is a sum itself joins in, without brackets. */
export const plus = (...terms: Term[]): Expr => ({
  kind: "sum",
  terms: terms.map(tree).flatMap((of) => (of.kind === "sum" ? of.terms : [{ minus: false, of }])),
});
/** a − b. */
export const minus = (a: Term, b: Term): Expr => ({
  kind: "sum",
  terms: [
    { minus: false, of: tree(a) },
    { minus: true, of: tree(b) },
  ],
});
export const negative = (a: Term): Expr => ({ kind: "sum", terms: [{ minus: true, of: tree(a) }] });
/** a / b, element by element. */
export const over = (top: Term, bottom: Term): Expr => ({
  kind: "fraction",
  top: tree(top),
  bottom: tree(bottom),
});
export const T = (of: Expr): Expr => ({ kind: "transpose", of });
export const tr = (of: Expr): Expr => ({ kind: "trace", of });
export const apply = (fn: FunctionName, of: Expr): Expr => ({ kind: "apply", fn, of });

/** A name and what it stands for; several right-hand sides are the same value written differently. */
export interface Equation {
  readonly left: Letter;
  readonly right: readonly [Expr, ...Expr[]];
}

export const equation = (left: Letter, ...right: [Expr, ...Expr[]]): Equation => ({ left, right });

/** Values by name. */
export type Values = Readonly<Record<string, M.Matrix>>;

const sigmoid = (v: number): number => 1 / (1 + Math.exp(-v));

const FUNCTIONS: Readonly<Record<FunctionName, (m: M.Matrix) => M.Matrix>> = {
  sigmoid: (m) => M.each(m, sigmoid),
  softplus: (m) => M.each(m, (v) => Math.max(v, 0) + Math.log1p(Math.exp(-Math.abs(v)))),
  ln: (m) => M.each(m, Math.log),
  exp: (m) => M.each(m, Math.exp),
  relu: (m) => M.each(m, (v) => Math.max(0, v)),
  atLeastZero: (m) => M.each(m, (v) => (v >= 0 ? 1 : 0)),
  aboveZero: (m) => M.each(m, (v) => (v > 0 ? 1 : 0)),
  tanh: (m) => M.each(m, Math.tanh),
  tanhSlope: (m) => M.each(m, (v) => 1 - Math.tanh(v) ** 2),
  squaredNorm: M.squaredNorm,
  rowMax: (m) => M.eachRow(m, (row) => Math.max(...row)),
  logSumExp: (m) => M.eachRow(m, (row) => Math.log(row.reduce((s, v) => s + Math.exp(v), 0))),
  softmax: (m) => {
    const total = M.eachRow(m, (row) => row.reduce((s, v) => s + Math.exp(v), 0));
    return M.make(m.rows, m.cols, (i, j) => Math.exp(M.at(m, i, j)) / M.at(total, i, 0));
  },
};

/** The value of a formula. @throws {UsageError} for a letter without a value; {ShapeError} where sizes do not fit. */
export function evaluate(e: Expr, values: Values): M.Matrix {
  switch (e.kind) {
    case "letter": {
      const value = values[e.name];
      if (value === undefined)
        throw new UsageError(
          `formula: expected a value for ${e.name}, received ${Object.keys(values).join(", ")}.`,
        );
      return value;
    }
    case "number":
      return M.scalar(e.value);
    case "product":
      return e.factors.map((f) => evaluate(f, values)).reduce(M.product);
    case "hadamard":
      return e.factors.map((f) => evaluate(f, values)).reduce((a, b) => M.pairwise(a, b, (x, y) => x * y));
    case "sum":
      return e.terms
        .map(({ minus, of }) => M.each(evaluate(of, values), (v) => (minus ? -v : v)))
        .reduce((a, b) => M.pairwise(a, b, (x, y) => x + y));
    case "fraction":
      return M.pairwise(evaluate(e.top, values), evaluate(e.bottom, values), (x, y) => x / y);
    case "transpose":
      return M.transpose(evaluate(e.of, values));
    case "trace":
      return M.trace(evaluate(e.of, values));
    case "apply":
      return FUNCTIONS[e.fn](evaluate(e.of, values));
  }
}
