/**
 * Decides which nodes of a graph become one kernel (fusion), before any address is known.
 *
 * The rule is greedy and small. Nodes are taken in order; a map joins the kernel that produced the latest of its
 * operands, if that kernel walks the same shape (a gemm or a reduce then runs the map on its results before they
 * are stored); otherwise it opens a kernel. A map that only feeds one reduce is computed inside the reduce, and a
 * cheap one of leaves alone wherever it is used.
 * Fusion changes neither the operations nor the order of any summation, so it changes no bit.
 */
import type { Expr } from "../graph/expr.ts";
import type { Graph } from "../graph/graph.ts";
import {
  type GatherNode,
  isBufferLeaf,
  type MapNode,
  type MatMulNode,
  type Node,
  operands,
  type ReduceNode,
  type StoreNode,
} from "../graph/nodes.ts";
import type { Shape } from "../tensor/tensor.ts";
import type { Backend } from "./program.ts";
import { type Layout, lines } from "./view.ts";

type WantsPlain = NonNullable<Backend["wantsPlain"]>;

/** One future kernel. */
export interface Group {
  readonly index: number;
  readonly shape: Shape;
  /** What it is built around; a group of maps alone has none. `copy` rewrites a matrix so that a product can read its rows. */
  readonly core: MatMulNode | ReduceNode | GatherNode | { kind: "copy"; of: MatMulNode } | null;
  readonly maps: MapNode[];
}

export interface Grouping {
  readonly groups: readonly Group[];
  /** Which group computes a node; leaves and inlined maps have none. */
  readonly groupOf: ReadonlyMap<Node, Group>;
  /** Rewritten right factors of products that need one, by `copyKey`. */
  readonly copyOf: ReadonlyMap<string, Group>;
  /** Products that the backend wants as they are. */
  readonly plain: ReadonlySet<Node>;
  readonly inlined: ReadonlySet<Node>;
  /** Gathers of mostly zeros that only products read, as their left factor. */
  readonly sparse: ReadonlySet<Node>;
  readonly stores: readonly StoreNode[];
  readonly live: ReadonlySet<Node>;
}

/** A map that only repeats or renames: recomputed wherever it is used. */
const isTrivial = (n: Node): boolean =>
  n.kind === "map" &&
  (n.expr.op === "const" || n.expr.op === "arg") &&
  !n.args.some((a) => a.kind === "leaf" && a.source.type === "random");

/** A map of leaves alone that costs no more than reading its result back (a one-hot comparison, a scaled target). */
const isCheap = (n: MapNode): boolean =>
  n.args.every((a) => a.kind === "leaf" && (a.source.type === "buffer" || a.source.type === "constant")) &&
  isArithmetic(n.expr, 2);

function isArithmetic(e: Expr, depth: number): boolean {
  if (e.op === "const" || e.op === "arg") return true;
  if (depth === 0 || !("b" in e) || e.op === "div" || e.op === "select") return false;
  return isArithmetic(e.a, depth - 1) && isArithmetic(e.b, depth - 1);
}

const sameShape = (a: Shape, b: Shape) => a[0] === b[0] && a[1] === b[1];

export function group(graph: Graph, fuse: boolean, wantsPlain: WantsPlain = () => false): Grouping {
  const stores = graph.nodes.filter((n) => n.kind === "store");
  const roots = [
    ...stores,
    ...graph.metrics.map((m) => m.node),
    ...(graph.haltNode ? [graph.haltNode] : []),
    ...(fuse ? [] : graph.nodes.filter((n) => n.label !== null)),
  ];
  const live = reachable(roots);
  const users = usersOf(live);
  const pinned = new Set<Node>([...roots, ...stores.map((s) => s.value)]);
  const plain = new Set<Node>();
  for (const n of live) if (n.kind === "matmul" && isPlain(n, wantsPlain)) plain.add(n);
  const inlined = new Set<Node>();
  const sparse = new Set<Node>();
  if (fuse) {
    for (const n of live)
      if (n.kind === "gather" && !pinned.has(n) && isSparse(n, users.get(n) ?? [], plain)) sparse.add(n);
    for (const n of [...live].sort((a, b) => b.id - a.id)) {
      if (n.kind !== "map" || pinned.has(n)) continue;
      const by = users.get(n) ?? [];
      const elementwiseOnly = by.every((u) => u.kind === "map" || u.kind === "reduce");
      const sameWalk = by.every((u) => sameShape(u.kind === "reduce" ? n.shape : u.shape, n.shape));
      if (isTrivial(n) && elementwiseOnly) inlined.add(n);
      else if (elementwiseOnly && sameWalk && isCheap(n)) inlined.add(n);
      else if (by.length === 1 && feedsReduce(by[0]!, n, inlined)) inlined.add(n);
    }
  }

  const groups: Group[] = [];
  const groupOf = new Map<Node, Group>();
  const copyOf = new Map<string, Group>();
  const open = (shape: Shape, core: Group["core"]): Group => {
    const made = { index: groups.length, shape, core, maps: [] };
    groups.push(made);
    return made;
  };
  /** Groups that compute the operands of a node, looking through inlined maps. */
  const sources = (n: Node): Group[] =>
    operands(n).flatMap((o) => (inlined.has(o) ? sources(o) : groupOf.has(o) ? [groupOf.get(o)!] : []));

  for (const n of [...live].sort((a, b) => a.id - b.id)) {
    if (n.kind === "leaf" || n.kind === "store" || inlined.has(n)) continue;
    if (n.kind === "map") {
      const latest = sources(n).sort((a, b) => b.index - a.index)[0];
      const joins =
        fuse &&
        latest !== undefined &&
        sameShape(latest.shape, n.shape) &&
        (latest.core === null || canFinish(latest.core));
      const into: Group = joins ? latest : open(n.shape, null);
      into.maps.push(n);
      groupOf.set(n, into);
      continue;
    }
    if (n.kind === "matmul" && wantsCopy(n) && !plain.has(n) && !copyOf.has(copyKey(n)))
      copyOf.set(copyKey(n), open([innerSize(n), n.shape[1]], { kind: "copy", of: n }));
    groupOf.set(n, open(n.shape, n));
  }
  return { groups, groupOf, copyOf, plain, inlined, sparse, stores, live };
}

const canFinish = (core: NonNullable<Group["core"]>) => core.kind === "matmul" || core.kind === "reduce";

/** K of a product: the size that is summed over. */
export const innerSize = (n: MatMulNode): number => (n.transposeA ? n.a.shape[0] : n.a.shape[1]);

export const copyKey = (n: MatMulNode): string => `${n.b.id} ${n.transposeB}`;

/** The gemm kernel reads its right factor along rows: neighbours in a row must be neighbours in memory. */
function wantsCopy(n: MatMulNode): boolean {
  const { rowStride, colStride } = layoutOf(n.b);
  return n.shape[1] > 1 && (n.transposeB ? rowStride : colStride) !== 1;
}

/** Only what lies in lines, by rows or by columns, can be used as it is. */
const isPlain = (n: MatMulNode, wantsPlain: WantsPlain): boolean =>
  wantsPlain(...n.shape, innerSize(n)) && lines(layoutOf(n.a)) !== null && lines(layoutOf(n.b)) !== null;

function layoutOf(n: Node): Layout {
  const [rows, cols] = n.shape;
  const { rowStride, colStride } = isBufferLeaf(n) ? n.source : { rowStride: cols, colStride: 1 };
  return { rows, cols, rowStride, colStride };
}

const isSparse = (n: GatherNode, users: readonly Node[], plain: ReadonlySet<Node>): boolean =>
  n.table.source.sparse === true &&
  users.every((u) => u.kind === "matmul" && u.a === n && u.b !== n) &&
  !users.every((u) => plain.has(u));

/** Whether `user` is a reduce over n's own shape, or an inlined map of that shape on the way to one. */
const feedsReduce = (user: Node, n: Node, inlined: ReadonlySet<Node>): boolean =>
  user.kind === "reduce" ||
  (user.kind === "map" && inlined.has(user) && !isTrivial(user) && sameShape(user.shape, n.shape));

function reachable(roots: readonly Node[]): Set<Node> {
  const live = new Set<Node>();
  const stack = [...roots];
  for (let n = stack.pop(); n; n = stack.pop()) {
    if (live.has(n)) continue;
    live.add(n);
    stack.push(...operands(n));
  }
  return live;
}

function usersOf(live: ReadonlySet<Node>): Map<Node, Node[]> {
  const users = new Map<Node, Node[]>();
  for (const n of live) for (const o of new Set(operands(n))) users.set(o, [...(users.get(o) ?? []), n]);
  return users;
}
