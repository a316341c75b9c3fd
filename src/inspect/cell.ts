/**
 * One cell of a traced value, written out: the arithmetic that gives it, in symbols and with the numbers put in,
 * and the cells of other labelled values it was computed from.
 *
 * All of it follows from the graph: a product is its sum over the inner index, a reduction the sum over what it
 * removes, a map its expression; unlabelled nodes in between are written out. Long sums are cut in the text, never
 * in the list of cells. The numbers are those of the trace.
 */
import { atom, expression, number, type Piece, symbol, wrap } from "../graph/latex.ts";
import type { MatMulNode, Node, ReduceNode } from "../graph/nodes.ts";

/** Cells of one labelled value, by their position row·columns + column. */
export interface UsedCells {
  readonly id: number;
  readonly cells: readonly number[];
}

/** One cell of a traced value. */
export interface TracedCell {
  /** Of the value it belongs to. */
  readonly id: number;
  /** From 0. */
  readonly row: number;
  readonly col: number;
  readonly value: number;
  /** LaTeX of what computes it, e.g. `x[0,0] \cdot W_{1}[0,2] + b_{1}[0,2]`; of data and parameters their name. */
  readonly symbols: string;
  /** The same with five digits of each number, e.g. `0.1 \cdot 0.35 + \left(-0.2\right)`. */
  readonly numbers: string;
  /** What it was computed from, ordered by id. */
  readonly from: readonly UsedCells[];
}

/** The step that a cell is looked at in. */
export interface StepView {
  /** Numbers of a node, row after row, if it is in memory. */
  read(node: Node): ArrayLike<number> | undefined;
  /** Ids of the values that a reader sees. */
  readonly shown: { has(id: number): boolean };
  readonly stepNumber: number;
}

type Mode = "symbols" | "numbers";

/** Terms of a sum that are written: of the cell's own sum, and of sums inside it. */
const TERMS = [9, 4] as const;
const DIGITS = 5;

/** The three parts of a cell that follow from the graph. */
export function writeCell(
  step: StepView,
  node: Node,
  row: number,
  col: number,
): Pick<TracedCell, "symbols" | "numbers" | "from"> {
  const text = (mode: Mode) => new Writer(step, mode).definition(node, row, col, 0).text;
  return { symbols: text("symbols"), numbers: text("numbers"), from: usedCells(step, node, row, col) };
}

class Writer {
  private readonly step: StepView;
  private readonly mode: Mode;

  constructor(step: StepView, mode: Mode) {
    this.step = step;
    this.mode = mode;
  }

  /** What computes a cell; `depth` counts the sums around it. */
  definition(n: Node, i: number, j: number, depth: number): Piece {
    switch (n.kind) {
      case "leaf":
        return this.leaf(n, i, j);
      case "map":
        return expression(
          n.expr,
          n.args.map((a) => {
            const isRandom = a.kind === "leaf" && a.source.type === "random";
            const piece = isRandom ? this.random(n, i, j) : this.value(a, ...repeated(a, i, j), depth);
            return { ...piece, scalar: true };
          }),
        );
      case "matmul":
        return this.sum(
          product(n, i, j).map(([a, b]) => () => {
            const [left, right] = [this.value(n.a, ...a, depth + 1), this.value(n.b, ...b, depth + 1)];
            return { text: `${wrap(left, 2)} \\cdot ${wrap(right, 2)}`, level: 2 };
          }),
          depth,
        );
      case "reduce": {
        const terms = removed(n, i, j).map(
          ([r, c]) =>
            () =>
              this.value(n.arg, r, c, depth + 1),
        );
        return n.op === "sum" ? this.sum(terms, depth) : this.largest(terms, depth);
      }
      case "gather":
        return this.value(n.table, ...this.gathered(n, i, j), depth);
      case "store":
        return this.value(n.value, i, j, depth);
    }
  }

  /** A cell as another one uses it: its name or number where it is labelled, else what computes it. */
  private value(n: Node, i: number, j: number, depth: number): Piece {
    return n.label === null ? this.definition(n, i, j, depth) : this.named(n, n.label, i, j);
  }

  private named(n: Node, label: string, i: number, j: number): Piece {
    if (this.mode === "numbers") return digits(this.step.read(n)![i * n.shape[1] + j]!);
    const single = n.shape[0] === 1 && n.shape[1] === 1;
    return atom(single ? symbol(label) : `${symbol(label)}[${i},${j}]`);
  }

  private leaf(n: Node & { kind: "leaf" }, i: number, j: number): Piece {
    const { source } = n;
    switch (source.type) {
      case "buffer":
        return this.named(n, n.label ?? source.name, i, j);
      case "constant":
        return digits(source.values[source.values.length === 1 ? 0 : i * n.shape[1] + j]!);
      case "step":
        return this.mode === "numbers" ? digits(this.step.stepNumber) : atom("t");
      case "random":
        return atom("u");
    }
  }

  /** A random number is kept by the map that draws it. */
  private random(n: Node, i: number, j: number): Piece {
    return this.mode === "numbers" ? digits(this.step.read(n)![i * n.shape[1] + j]!) : atom("u");
  }

  private gathered(n: Node & { kind: "gather" }, i: number, j: number): [number, number] {
    return [gatheredRow(this.step, n, i), j];
  }

  private sum(terms: readonly (() => Piece)[], depth: number): Piece {
    if (terms.length === 1) return terms[0]!();
    const written = this.few(terms, depth).map((t) => (t === null ? "\\cdots" : wrap(t, 1)));
    return { text: written.join(" + "), level: 1 };
  }

  private largest(terms: readonly (() => Piece)[], depth: number): Piece {
    const written = this.few(terms, depth).map((t) => t?.text ?? "\\ldots");
    return atom(`\\max\\left(${written.join(",\\, ")}\\right)`);
  }

  /** All terms, or the first ones, a gap, and the last. */
  private few(terms: readonly (() => Piece)[], depth: number): (Piece | null)[] {
    const most = TERMS[Math.min(depth, 1)]!;
    if (terms.length <= most) return terms.map((t) => t());
    return [...terms.slice(0, most - 2).map((t) => t()), null, terms.at(-1)!()];
  }
}

/** A number with few digits; a negative one in brackets, so that it can stand after any sign. */
function digits(v: number): Piece {
  if (Number.isNaN(v)) return atom("\\mathrm{NaN}");
  if (!Number.isFinite(v)) return v < 0 ? atom("\\left(-\\infty\\right)") : atom("\\infty");
  const piece = number(Number(v.toPrecision(DIGITS)));
  return v < 0 ? atom(`\\left(${piece.text}\\right)`) : piece;
}

/** Cells of the nearest labelled nodes at or above a node's operands. */
function usedCells(step: StepView, node: Node, row: number, col: number): UsedCells[] {
  const found = new Map<number, Set<number>>();
  const seen = new Map<Node, Set<number>>();
  const use = (n: Node, i: number, j: number): void => {
    const at = i * n.shape[1] + j;
    const before = seen.get(n) ?? new Set();
    seen.set(n, before);
    if (before.has(at)) return;
    before.add(at);
    if (n.label === null) walk(n, i, j);
    else if (step.shown.has(n.id)) found.set(n.id, before);
  };
  const walk = (n: Node, i: number, j: number): void => {
    for (const [to, r, c] of operandCells(step, n, i, j)) use(to, r, c);
  };
  walk(node, row, col);
  return [...found]
    .sort(([a], [b]) => a - b)
    .map(([id, cells]) => ({ id, cells: [...cells].sort((a, b) => a - b) }));
}

/** The cells of its operands that one cell of a node reads. */
function operandCells(step: StepView, n: Node, i: number, j: number): (readonly [Node, number, number])[] {
  switch (n.kind) {
    case "leaf":
      return [];
    case "map":
      return n.args.map((a) => [a, ...repeated(a, i, j)] as const);
    case "matmul":
      return product(n, i, j).flatMap(([a, b]) => [[n.a, ...a] as const, [n.b, ...b] as const]);
    case "reduce":
      return removed(n, i, j).map(([r, c]) => [n.arg, r, c] as const);
    case "gather":
      return [[n.table, gatheredRow(step, n, i), j]];
    case "store":
      return [[n.value, i, j]];
  }
}

type Place = readonly [row: number, col: number];

/** A dimension of 1 repeats. */
const repeated = (n: Node, i: number, j: number): Place => [
  n.shape[0] === 1 ? 0 : i,
  n.shape[1] === 1 ? 0 : j,
];

/** The pairs of cells whose products are summed. */
function product(n: MatMulNode, i: number, j: number): (readonly [Place, Place])[] {
  const inner = n.transposeA ? n.a.shape[0] : n.a.shape[1];
  return Array.from({ length: inner }, (_, k) => [
    n.transposeA ? [k, i] : [i, k],
    n.transposeB ? [j, k] : [k, j],
  ]);
}

/** The cells that a reduction makes one of. */
function removed(n: ReduceNode, i: number, j: number): Place[] {
  const [rows, cols] = n.arg.shape;
  const along = (size: number, kept: number, goes: boolean) =>
    goes ? Array.from({ length: size }, (_, k) => k) : [kept];
  const columns = along(cols, j, n.over !== "rows");
  return along(rows, i, n.over !== "cols").flatMap((r) => columns.map((c): Place => [r, c]));
}

/** The row of the table that a gather puts in row `i` of the batch. */
function gatheredRow(step: StepView, n: Node & { kind: "gather" }, i: number): number {
  const order = step.read(n.index)!;
  return order[(step.stepNumber * n.shape[0] + i) % order.length]!;
}
