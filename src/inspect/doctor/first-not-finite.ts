/**
 * The first number of a step that is NaN or infinite: in which value, at which row, and which operation made it of
 * finite numbers.
 *
 * Numbers count only where they reach the loss or an update: a branch that nothing takes may overflow.
 */
import type { Entry } from "../../compile/engine.ts";
import type { Expr } from "../../graph/expr.ts";
import { formula, symbol } from "../../graph/latex.ts";
import { isBufferLeaf, type MapNode, type Node, operands } from "../../graph/nodes.ts";
import type { StepApart } from "../run-apart.ts";
import { stagesOf } from "../trace.ts";
import type { NotFinite } from "./snapshot.ts";

/** Looks through a step that was run apart; null if every number that matters is finite. */
export function firstNotFinite(
  entry: Entry,
  apart: StepApart,
  batchRows: Int32Array | null,
): NotFinite | null {
  const { graph, engine } = entry;
  const spoiled = graph.nodes.filter((n) => n.kind === "store" && badIndex(apart.value(n.value)) >= 0);
  const sinks = [
    ...spoiled,
    ...graph.metrics.map((m) => m.node).filter((n) => badIndex(apart.value(n)) >= 0),
  ];
  if (sinks.length === 0) return null;
  const reached = ancestors(sinks);
  const node = graph.nodes.find((n) => reached.has(n) && badIndex(apart.value(n)) >= 0)!;
  const data = apart.value(node)!;
  const index = badIndex(data);
  const [rows, cols] = node.shape;
  const [row, column] = [Math.floor(index / cols), index % cols];
  const named = labelledFrom(graph.nodes, node);
  const stage = stagesOf(graph).get(node);
  const given = isBufferLeaf(node);
  const single = engine.dtype === "float32";
  const precision: Precision = {
    round: single ? Math.fround : Number,
    text: (v) => (Math.abs(v) >= 1e6 ? v.toExponential(3) : String(Number(v.toPrecision(7)))),
  };
  return {
    value: data[index]!,
    label: named.label!,
    formula: given ? symbol(named.label!) : `${symbol(named.label!)} = ${formula(named)}`,
    stage: given ? (node.source.role === "input" ? "data" : "parameter") : (stage ?? "forward"),
    ...operationOf(node, apart, row, column, precision),
    row,
    column,
    sample: batchRows !== null && rows === batchRows.length ? batchRows[row]! : null,
  };
}

const badIndex = (data: Float64Array | undefined): number =>
  data === undefined ? -1 : data.findIndex((v) => !Number.isFinite(v));

/** The nodes themselves and everything they are computed from. */
export function ancestors(sinks: readonly Node[]): Set<Node> {
  const reached = new Set<Node>();
  const visit = (n: Node) => {
    if (reached.has(n)) return;
    reached.add(n);
    for (const o of n.kind === "store" ? [n.value] : operands(n)) visit(o);
  };
  sinks.forEach(visit);
  return reached;
}

/** The node itself, or the first labelled one (a store's target has a label too) that is computed from it. */
function labelledFrom(nodes: readonly Node[], node: Node): Node & { label: string } {
  const from = new Set<Node>([node]);
  for (const n of nodes.slice(node.id)) {
    if (!operands(n).some((o) => from.has(o)) && n !== node) continue;
    if (n.label !== null) return n as Node & { label: string };
    if (n.kind === "store") return { ...n, label: `${n.target.label ?? n.target.source.name}'` };
    from.add(n);
  }
  return { ...node, label: "step" };
}

interface Precision {
  readonly round: (v: number) => number;
  readonly text: (v: number) => string;
}

function operationOf(
  node: Node,
  apart: StepApart,
  row: number,
  column: number,
  precision: Precision,
): Pick<NotFinite, "operation" | "op"> {
  const at = (n: Node, r: number, c: number) =>
    apart.value(n)?.[(n.shape[0] === 1 ? 0 : r) * n.shape[1] + (n.shape[1] === 1 ? 0 : c)] ?? Number.NaN;
  const { text } = precision;
  const result = text(at(node, row, column));
  switch (node.kind) {
    case "map":
      return innermost(node, (n) => constantOf(n) ?? at(n, row, column), precision);
    case "matmul": {
      const terms = Array.from({ length: node.transposeA ? node.a.shape[0] : node.a.shape[1] }, (_, k) => {
        const a = node.transposeA ? at(node.a, k, row) : at(node.a, row, k);
        const b = node.transposeB ? at(node.b, column, k) : at(node.b, k, column);
        return { a, b, size: Math.abs(a * b) };
      });
      const top = terms.reduce((most, t) => (t.size > most.size ? t : most));
      return { op: "matmul", operation: `Σ(… + ${text(top.a)}·${text(top.b)} + …) = ${result}` };
    }
    case "reduce": {
      const largest = apart.value(node.arg)!.reduce((m, v) => (Math.abs(v) > Math.abs(m) ? v : m), 0);
      return { op: node.op, operation: `Σ(… + ${text(largest)} + …) = ${result}` };
    }
    default:
      return { op: "given", operation: result };
  }
}

const constantOf = (n: Node): number | undefined =>
  n.kind === "leaf" && n.source.type === "constant" && n.source.values.length === 1
    ? n.source.values[0]
    : undefined;

/** The innermost operation of a map whose result is not finite although its operands are. */
function innermost(
  node: MapNode,
  at: (n: Node) => number,
  { round, text }: Precision,
): Pick<NotFinite, "operation" | "op"> {
  let found: Pick<NotFinite, "operation" | "op"> | null = null;
  const go = (e: Expr): number => {
    const parts = "c" in e ? [e.c, e.a, e.b] : "b" in e ? [e.a, e.b] : "a" in e ? [e.a] : [];
    const values = parts.map(go);
    const value = e.op === "arg" ? at(node.args[e.index]!) : round(apply(e, values));
    if (found === null && e.op !== "select" && values.length > 0 && !Number.isFinite(value))
      found = { op: e.op, operation: `${written(e.op, values.map(text))} = ${text(value)}` };
    return value;
  };
  const whole = go(node.expr);
  return found ?? { op: node.expr.op, operation: text(whole) };
}

const INFIX: Readonly<Record<string, string>> = { add: "+", sub: "−", mul: "·", div: "/" };

function written(op: string, values: readonly string[]): string {
  const sign = INFIX[op];
  return sign ? values.join(` ${sign} `) : `${op}(${values.join(", ")})`;
}

/** One operation in float64: near enough to tell which one overflowed. */
function apply(e: Expr, [a = Number.NaN, b = Number.NaN, c = Number.NaN]: readonly number[]): number {
  switch (e.op) {
    case "const":
      return e.value;
    case "add":
      return a + b;
    case "sub":
      return a - b;
    case "mul":
      return a * b;
    case "div":
      return a / b;
    case "min":
      return Math.min(a, b);
    case "max":
      return Math.max(a, b);
    case "lt":
      return Number(a < b);
    case "le":
      return Number(a <= b);
    case "eq":
      return Number(a === b);
    case "select":
      return a !== 0 ? b : c;
    case "neg":
      return -a;
    case "sigmoid":
      return 1 / (1 + Math.exp(-a));
    case "softplus":
      return Math.max(a, 0) + Math.log1p(Math.exp(-Math.abs(a)));
    case "erf":
    case "arg":
      return a;
    default:
      return Math[e.op](a);
  }
}
