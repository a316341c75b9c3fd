/**
 * Reverse-mode gradients of a graph: nodes in, nodes out, five rules.
 *
 *   map      scalar derivative times the upstream gradient, summed over the axes that were broadcast
 *   matmul   two matmuls                       (C = A·B: dA = dC·Bᵀ, dB = Aᵀ·dC)
 *   sum      the upstream gradient repeated
 *   max      the upstream gradient where the element is the largest
 *   gather, store, leaf   nothing flows further
 *
 * A node with a rule of its own (softmax, cross-entropy) replaces the walk through its composition.
 * Source: Griewank & Walther, Evaluating Derivatives (2008), chapter 3.
 */
import { ShapeError, UsageError } from "../tensor/errors.ts";
import { type Shape, sizeOf } from "../tensor/tensor.ts";
import * as E from "./expr.ts";
import type { Graph } from "./graph.ts";
import {
  type BufferLeaf,
  isBufferLeaf,
  type MapNode,
  type MatMulNode,
  type Node,
  operands,
  type ReduceNode,
} from "./nodes.ts";

export function gradient(g: Graph, loss: Node, wanted: readonly Node[]): Node[] {
  if (sizeOf(loss.shape) !== 1)
    throw new ShapeError(
      `gradient: expected a 1×1 loss, received [${loss.shape}]. Take its mean or sum first.`,
    );
  const total = new Map<Node, Node>();
  const send = (to: Node, part: Node) => {
    const summed = reduceTo(g, part, to.shape);
    const before = total.get(to);
    total.set(to, before ? g.add(before, summed) : summed);
  };

  const needed = dependents(loss, wanted);
  refuseOtherViews(loss, wanted);
  send(loss, g.constant(1));
  for (const node of [...needed].sort((a, b) => b.id - a.id)) {
    const upstream = total.get(node);
    if (!upstream) continue;
    if (node.label && upstream.label === null && upstream.kind !== "leaf") upstream.label = `d${node.label}`;
    for (const [to, part] of parts(g, node, upstream, needed)) send(to, part);
  }
  return wanted.map((x) => total.get(x) ?? g.broadcast(g.constant(0), x.shape));
}

/**
 * A gradient with respect to a leaf does not see the same memory read through another view of it.
 * @throws {UsageError} rather than leave such a part out silently.
 */
function refuseOtherViews(loss: Node, wanted: readonly Node[]): void {
  const read = new Set<Node>();
  const visit = (n: Node) => {
    if (read.has(n)) return;
    read.add(n);
    operands(n).forEach(visit);
  };
  visit(loss);
  const views = [...read].filter(isBufferLeaf);
  for (const w of wanted.filter(isBufferLeaf)) {
    if ([...read].some((n) => n.kind === "gather" && n.table.source.name === w.source.name))
      throw new UsageError(
        `gradient: "${w.source.name}" is the table of a gather, which passes no gradient on. Multiply by a one-hot matrix instead.`,
      );
    const other = views.find((v) => v !== w && v.source.name === w.source.name && shareElement(v, w));
    if (other)
      throw new UsageError(
        `gradient: the loss reads "${w.source.name}" through another view as well. Ask for the gradient of the views that the loss reads, each by itself.`,
      );
  }
}

function shareElement(a: BufferLeaf, b: BufferLeaf): boolean {
  if (last(a) < b.source.offset || last(b) < a.source.offset) return false;
  const taken = new Set(elementNumbers(a));
  for (const e of elementNumbers(b)) if (taken.has(e)) return true;
  return false;
}

const last = ({ shape, source }: BufferLeaf): number =>
  source.offset + (shape[0] - 1) * source.rowStride + (shape[1] - 1) * source.colStride;

function* elementNumbers({ shape, source }: BufferLeaf): Generator<number> {
  for (let i = 0; i < shape[0]; i++)
    for (let j = 0; j < shape[1]; j++) yield source.offset + i * source.rowStride + j * source.colStride;
}

/** Nodes on a path from `loss` down to a wanted node, rules taken as direct edges. */
function dependents(loss: Node, wanted: readonly Node[]): Set<Node> {
  const goal = new Set(wanted);
  const known = new Map<Node, boolean>();
  const visit = (node: Node): boolean => {
    const seen = known.get(node);
    if (seen !== undefined) return seen;
    let on = goal.has(node);
    for (const next of node.rule?.inputs ?? operands(node)) on = visit(next) || on;
    known.set(node, on);
    return on;
  };
  visit(loss);
  return new Set([...known].filter(([, on]) => on).map(([node]) => node));
}

function parts(g: Graph, node: Node, up: Node, needed: ReadonlySet<Node>): [Node, Node][] {
  if (node.rule) {
    const flows = node.rule.gradient(up);
    return node.rule.inputs.map((to, i) => [to, flows[i]!] as [Node, Node]).filter(([to]) => needed.has(to));
  }
  switch (node.kind) {
    case "map":
      return mapParts(g, node, up, needed);
    case "matmul":
      return matmulParts(g, node, up, needed);
    case "reduce":
      return [[node.arg, reducePart(g, node, up)]];
    default:
      return [];
  }
}

function mapParts(g: Graph, node: MapNode, up: Node, needed: ReadonlySet<Node>): [Node, Node][] {
  const out: [Node, Node][] = [];
  const n = node.args.length;
  node.args.forEach((to, i) => {
    if (!needed.has(to)) return;
    // The node's own value serves where the derivative repeats it: s·(1 − s) reads s, not z.
    const slope = E.replace(E.derivative(node.expr, i), node.expr, E.arg(n));
    const expr = E.mul(E.arg(n + 1), slope);
    if (expr.op === "const") return;
    const compact = usedOnly(expr, [...node.args, node, up]);
    const only = compact.args[0]!;
    const same = compact.expr.op === "arg" && only.shape.every((size, axis) => size === node.shape[axis]);
    out.push([to, same ? only : g.map(compact.expr, compact.args, node.shape)]);
  });
  return out;
}

/** An expression over only those arguments that it uses. */
function usedOnly(expr: E.Expr, args: readonly Node[]): { expr: E.Expr; args: Node[] } {
  const used = [...E.usedArgs(expr)].sort((a, b) => a - b);
  const renumbered = E.substitute(
    expr,
    args.map((_, i) => E.arg(Math.max(used.indexOf(i), 0))),
  );
  return { expr: renumbered, args: used.map((i) => args[i]!) };
}

function matmulParts(g: Graph, node: MatMulNode, up: Node, needed: ReadonlySet<Node>): [Node, Node][] {
  const { a, b, transposeA, transposeB } = node;
  const out: [Node, Node][] = [];
  if (needed.has(a))
    out.push([
      a,
      transposeA
        ? g.matmul(b, up, { transposeA: transposeB, transposeB: true })
        : g.matmul(up, b, { transposeB: !transposeB }),
    ]);
  if (needed.has(b))
    out.push([
      b,
      transposeB
        ? g.matmul(up, a, { transposeA: true, transposeB: transposeA })
        : g.matmul(a, up, { transposeA: !transposeA }),
    ]);
  return out;
}

function reducePart(g: Graph, node: ReduceNode, up: Node): Node {
  const shape = node.arg.shape;
  if (node.op === "sum") return g.broadcast(up, shape);
  return g.mul(up, g.equal(node.arg, node));
}

/** Sums a gradient over the axes along which its receiver was repeated. */
function reduceTo(g: Graph, part: Node, shape: Shape): Node {
  const rows = shape[0] === 1 && part.shape[0] > 1;
  const cols = shape[1] === 1 && part.shape[1] > 1;
  if (rows && cols) return g.sum(part, "all");
  if (rows) return g.sum(part, "rows");
  return cols ? g.sum(part, "cols") : part;
}
