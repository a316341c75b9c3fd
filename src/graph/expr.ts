/**
 * Scalar expressions: what a `map` node computes at each element.
 *
 * An expression is plain data over arguments (`arg 0`, `arg 1`, …). Its symbolic derivative is an expression
 * again, so every activation, loss and optimizer written with these operators has a gradient on every backend.
 * The constructors below simplify (x·1, x+0, constants) and nothing more.
 */

/** Operators of one argument. */
export const UNARY_OPS = [
  "neg",
  "abs",
  "sign",
  "sqrt",
  "floor",
  "exp",
  "log",
  "tanh",
  "sigmoid",
  "softplus",
  "sin",
  "cos",
  "erf",
] as const;
/** Operators of two arguments. */
export const BINARY_OPS = ["add", "sub", "mul", "div", "min", "max"] as const;
/** Comparisons of two arguments. */
export const COMPARE_OPS = ["lt", "le", "eq"] as const;

/** Name of an operator of one argument. */
export type UnaryOp = (typeof UNARY_OPS)[number];
/** Name of an operator of two arguments. */
export type BinaryOp = (typeof BINARY_OPS)[number];
/** Comparisons give 1 or 0. */
export type CompareOp = (typeof COMPARE_OPS)[number];

/** A scalar expression, plain data. */
export type Expr =
  | { readonly op: "const"; readonly value: number }
  | { readonly op: "arg"; readonly index: number }
  | { readonly op: UnaryOp; readonly a: Expr }
  | { readonly op: BinaryOp | CompareOp; readonly a: Expr; readonly b: Expr }
  /** a where the condition c is not 0, else b. */
  | { readonly op: "select"; readonly c: Expr; readonly a: Expr; readonly b: Expr };

/**
 * A fixed number.
 * @example expr.exprKey(expr.constant(0.5)) // "0.5"
 */
export const constant = (value: number): Expr => ({ op: "const", value });
/**
 * The argument number `index`, from 0.
 * @example expr.exprKey(expr.arg(1)) // "#1"
 */
export const arg = (index: number): Expr => ({ op: "arg", index });
const isConst = (e: Expr, value?: number): e is { op: "const"; value: number } =>
  e.op === "const" && (value === undefined || Object.is(e.value, value));

/**
 * −a; −(−a) becomes a.
 * @example expr.exprKey(expr.neg(expr.arg(0))) // "neg(#0)"
 */
export function neg(a: Expr): Expr {
  if (isConst(a)) return constant(-a.value);
  return a.op === "neg" ? a.a : { op: "neg", a };
}
/**
 * a + b; adding a constant 0 adds nothing.
 * @example expr.exprKey(expr.add(expr.arg(0), expr.arg(1))) // "add(#0,#1)"
 */
export function add(a: Expr, b: Expr): Expr {
  if (isConst(a) && isConst(b)) return constant(a.value + b.value);
  if (isConst(a, 0)) return b;
  if (isConst(b, 0)) return a;
  return { op: "add", a, b };
}
/**
 * a − b; subtracting a constant 0 changes nothing, 0 − b becomes −b.
 * @example expr.exprKey(expr.sub(expr.constant(0), expr.arg(0))) // "neg(#0)"
 */
export function sub(a: Expr, b: Expr): Expr {
  if (isConst(a) && isConst(b)) return constant(a.value - b.value);
  if (isConst(b, 0)) return a;
  if (isConst(a, 0)) return neg(b);
  return { op: "sub", a, b };
}
/**
 * a·b. 0·x becomes 0 even where x could be infinite: a derivative that is identically 0 stays 0.
 * @example expr.exprKey(expr.mul(expr.constant(0), expr.arg(0))) // "0"
 */
export function mul(a: Expr, b: Expr): Expr {
  if (isConst(a) && isConst(b)) return constant(a.value * b.value);
  if (isConst(a, 0) || isConst(b, 0)) return constant(0);
  if (isConst(a, 1)) return b;
  if (isConst(b, 1)) return a;
  if (isConst(a, -1)) return neg(b);
  if (isConst(b, -1)) return neg(a);
  return { op: "mul", a, b };
}
/**
 * a / b; dividing by a constant 1 changes nothing.
 * @example expr.exprKey(expr.div(expr.arg(0), expr.constant(1))) // "#0"
 */
export function div(a: Expr, b: Expr): Expr {
  if (isConst(a) && isConst(b)) return constant(a.value / b.value);
  if (isConst(a, 0)) return a;
  if (isConst(b, 1)) return a;
  return { op: "div", a, b };
}
/**
 * An operator of one argument by its name.
 * @example expr.exprKey(expr.unary("tanh", expr.arg(0))) // "tanh(#0)"
 */
export const unary = (op: UnaryOp, a: Expr): Expr => (op === "neg" ? neg(a) : { op, a });
/**
 * An operator or a comparison of two arguments by its name.
 * @example expr.exprKey(expr.binary("max", expr.arg(0), expr.constant(0))) // "max(#0,0)"
 */
export function binary(op: BinaryOp | CompareOp, a: Expr, b: Expr): Expr {
  switch (op) {
    case "add":
      return add(a, b);
    case "sub":
      return sub(a, b);
    case "mul":
      return mul(a, b);
    case "div":
      return div(a, b);
    default:
      return { op, a, b };
  }
}
/**
 * a where c is not 0, else b; decided at once for a constant c.
 * @example expr.exprKey(expr.select(expr.constant(1), expr.arg(0), expr.arg(1))) // "#0"
 */
export function select(c: Expr, a: Expr, b: Expr): Expr {
  if (isConst(c)) return c.value !== 0 ? a : b;
  if (isConst(a) && isConst(b) && Object.is(a.value, b.value)) return a;
  return { op: "select", c, a, b };
}

/**
 * Symbolic derivative ∂e/∂arg[index].
 *
 * Where a function has a corner the side is fixed: |x|′ = 0 at 0 (sign), min and max follow their first
 * argument on a tie, comparisons and floor have derivative 0, select(c, a, b) differentiates the branch taken.
 * @example
 * const slope = expr.derivative(expr.unary("tanh", expr.arg(0)), 0);
 * expr.exprKey(slope) // "sub(1,mul(tanh(#0),tanh(#0)))"
 */
export function derivative(e: Expr, index: number): Expr {
  const d = (x: Expr) => derivative(x, index);
  switch (e.op) {
    case "const":
      return constant(0);
    case "arg":
      return constant(e.index === index ? 1 : 0);
    case "add":
      return add(d(e.a), d(e.b));
    case "sub":
      return sub(d(e.a), d(e.b));
    case "mul":
      // (a²)′ = 2·a·a′, exact and shorter than a′·a + a·a′.
      if (exprKey(e.a) === exprKey(e.b)) return mul(mul(constant(2), e.a), d(e.a));
      return add(mul(d(e.a), e.b), mul(e.a, d(e.b)));
    case "div": {
      // (a/b)′ = a′/b − (a/b)·b′/b: reuses the quotient, and stays exact where b is constant.
      const db = d(e.b);
      return sub(div(d(e.a), e.b), mul(e, div(db, e.b)));
    }
    case "min":
      return select(binary("le", e.a, e.b), d(e.a), d(e.b));
    case "max":
      return select(binary("le", e.b, e.a), d(e.a), d(e.b));
    case "lt":
    case "le":
    case "eq":
      return constant(0);
    case "select":
      return select(e.c, d(e.a), d(e.b));
    default: {
      const da = d(e.a);
      return isConst(da, 0) ? da : mul(slope(e), da);
    }
  }
}

/** f′ at the argument of a unary operator, written with f itself where that is shorter. */
function slope(e: { op: UnaryOp; a: Expr }): Expr {
  const one = constant(1);
  switch (e.op) {
    case "neg":
      return constant(-1);
    case "abs":
      return unary("sign", e.a);
    case "sign":
    case "floor":
      return constant(0);
    case "sqrt":
      return div(constant(0.5), e);
    case "exp":
      return e;
    case "log":
      return div(one, e.a);
    case "tanh":
      return sub(one, mul(e, e));
    case "sigmoid":
      return mul(e, sub(one, e));
    case "softplus":
      return unary("sigmoid", e.a);
    case "sin":
      return unary("cos", e.a);
    case "cos":
      return neg(unary("sin", e.a));
    case "erf":
      return mul(constant(2 / Math.sqrt(Math.PI)), unary("exp", neg(mul(e.a, e.a))));
  }
}

/**
 * Replaces each argument: `arg i` becomes `args[i]`. Simplifies on the way.
 * @example
 * const product = expr.mul(expr.arg(0), expr.arg(1));
 * expr.exprKey(expr.substitute(product, [expr.arg(1), expr.constant(2)])) // "mul(#1,2)"
 */
export function substitute(e: Expr, args: readonly Expr[]): Expr {
  const s = (x: Expr) => substitute(x, args);
  switch (e.op) {
    case "const":
      return e;
    case "arg":
      return args[e.index]!;
    case "select":
      return select(s(e.c), s(e.a), s(e.b));
    default:
      return "b" in e ? binary(e.op, s(e.a), s(e.b)) : unary(e.op, s(e.a));
  }
}

/**
 * Replaces every occurrence of the sub-expression `from` (by structure) with `to`.
 * @example
 * const x = expr.arg(0);
 * const twice = expr.add(expr.unary("exp", x), expr.unary("exp", x));
 * expr.exprKey(expr.replace(twice, expr.unary("exp", x), expr.arg(1))) // "add(#1,#1)"
 */
export function replace(e: Expr, from: Expr, to: Expr): Expr {
  if (exprKey(e) === exprKey(from)) return to;
  const r = (x: Expr) => replace(x, from, to);
  switch (e.op) {
    case "const":
    case "arg":
      return e;
    case "select":
      return { op: "select", c: r(e.c), a: r(e.a), b: r(e.b) };
    default:
      return "b" in e ? { op: e.op, a: r(e.a), b: r(e.b) } : { op: e.op, a: r(e.a) };
  }
}

/**
 * Text that is the same for expressions of the same structure.
 * @example expr.exprKey(expr.sub(expr.arg(0), expr.constant(3))) // "sub(#0,3)"
 */
export function exprKey(e: Expr): string {
  switch (e.op) {
    case "const":
      return Object.is(e.value, -0) ? "-0" : String(e.value);
    case "arg":
      return `#${e.index}`;
    case "select":
      return `select(${exprKey(e.c)},${exprKey(e.a)},${exprKey(e.b)})`;
    default:
      return "b" in e ? `${e.op}(${exprKey(e.a)},${exprKey(e.b)})` : `${e.op}(${exprKey(e.a)})`;
  }
}

/**
 * Positions of the arguments an expression uses.
 * @example [...expr.usedArgs(expr.add(expr.arg(2), expr.arg(0)))] // [2, 0]
 */
export function usedArgs(e: Expr, into: Set<number> = new Set()): Set<number> {
  if (e.op === "arg") into.add(e.index);
  else if (e.op !== "const") {
    usedArgs(e.a, into);
    if ("b" in e) usedArgs(e.b, into);
    if ("c" in e) usedArgs(e.c, into);
  }
  return into;
}
