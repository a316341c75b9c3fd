/**
 * The builder of a tensor graph: what a user writes a step with.
 *
 * Each method appends one node (or a small composition) and returns it; asked for the same value again, it returns
 * the node that is there. Nothing is computed here: the graph is
 * lowered to a Program (`compile/lower`) and run by a backend. Gradients come from `graph/grad`.
 */
import { ShapeError, UsageError } from "../tensor/errors.ts";
import { type MatrixLike, matrix, type Shape, sizeOf } from "../tensor/tensor.ts";
import { logSumExp, softmax } from "./compositions.ts";
import * as E from "./expr.ts";
import { gradient } from "./grad.ts";
import {
  type BufferLeaf,
  type BufferSource,
  type GatherNode,
  isBufferLeaf,
  type LeafNode,
  type Node,
  type Over,
  operands,
  type Role,
  type Source,
} from "./nodes.ts";

/** A node, or a plain number where a scalar will do. */
export type Operand = Node | number;

/**
 * A tensor graph under construction; `defineStep` and `Engine.entry` hand you one.
 * @example
 * const g = new Graph();
 * const w = g.parameter("w", [3, 1]);
 * const loss = g.mean(g.square(w));
 * const [dw] = g.gradient(loss, [w]);
 * dw.shape // [3, 1]
 */
export class Graph {
  /** Shown in prints and errors. */
  readonly name: string;
  /** All nodes, operands before what uses them. */
  readonly nodes: Node[] = [];
  /** What is recorded at every step. */
  readonly metrics: { readonly name: string; readonly node: Node }[] = [];
  /** What gradients were asked of. */
  readonly objectives: Node[] = [];
  /** The 1×1 node that ends a run when it is not 0. */
  haltNode: Node | null = null;
  private readonly interned = new Map<string, Node>();
  private streams = 0;
  private maker: string | null = null;

  constructor(name = "step") {
    this.name = name;
  }

  // ---- leaves ---------------------------------------------------------------------------------------------

  /** A trainable matrix, kept between steps; the same name is the same memory in every entry of an engine. */
  parameter(name: string, shape: Shape): BufferLeaf {
    return this.buffer(name, shape, "parameter");
  }

  /** A matrix that the host writes: data, targets. `sparse`: mostly zeros, see `bytes`. */
  input(name: string, shape: Shape, options: { sparse?: boolean } = {}): BufferLeaf {
    return this.buffer(name, shape, "input", options.sparse);
  }

  /**
   * A data set of bytes (0…255), for `gather`. With `sparse` (worth it below about 30 % non-zero), products whose
   * left factor is gathered from it skip the zeros; the results are the same bits.
   */
  bytes(name: string, shape: Shape, options: { sparse?: boolean } = {}): BufferLeaf {
    return this.buffer(name, shape, "bytes", options.sparse);
  }

  /** A scalar that the host may change between runs without compiling again, e.g. the learning rate. */
  hyper(name: string): BufferLeaf {
    return this.buffer(name, [1, 1], "hyper");
  }

  /** A table of row numbers (int32) for `gather`. */
  index(name: string, length: number): BufferLeaf {
    return this.buffer(name, [length, 1], "index");
  }

  /**
   * A rectangle inside a buffer, without copying: element [i, j] is number offset + i·rowStride + j·colStride.
   * @throws {ShapeError} if it reaches outside.
   * @example
   * const g = new Graph();
   * const theta = g.parameter("Theta1", [25, 401]);
   * g.view(theta, { offset: 1, shape: [25, 400], rowStride: 401 }).shape // [25, 400], Θ without its bias column
   */
  view(
    leaf: BufferLeaf,
    at: { offset?: number; shape: Shape; rowStride?: number; colStride?: number },
  ): BufferLeaf {
    const { shape } = at;
    const colStride = at.colStride ?? 1;
    const rowStride = at.rowStride ?? shape[1] * colStride;
    const offset = leaf.source.offset + (at.offset ?? 0);
    const last = offset + (shape[0] - 1) * rowStride + (shape[1] - 1) * colStride;
    const size = sizeOf(leaf.source.whole);
    const numbers = [offset, rowStride, colStride, ...shape];
    if (!numbers.every(Number.isInteger))
      throw new ShapeError(
        `view of ${leaf.source.name}: expected whole numbers for shape, offset and strides, received ${numbers}.`,
      );
    if (shape[0] < 1 || shape[1] < 1)
      throw new ShapeError(`view of ${leaf.source.name}: expected sizes ≥ 1, received [${shape}].`);
    if (offset < 0 || rowStride < 0 || colStride < 0 || last >= size)
      throw new ShapeError(
        `view of ${leaf.source.name}: last element is number ${last}, the buffer has ${size}. Use a smaller shape, offset or stride.`,
      );
    return this.leaf({ ...leaf.source, offset, rowStride, colStride }, shape) as BufferLeaf;
  }

  /** Fixed numbers; a plain number can be used as an operand directly. */
  constant(values: MatrixLike | number): Node {
    const m = typeof values === "number" ? { shape: [1, 1] as Shape, data: [values] } : matrix(values);
    return this.leaf({ type: "constant", values: Array.from(m.data) }, m.shape);
  }

  /** Uniform numbers in [0, 1), new at each step, each call a stream of its own. */
  random(shape: Shape): Node {
    return this.solid(this.leaf({ type: "random", stream: this.streams++ }, shape));
  }

  /** Number of the running step, from 0. */
  step(): Node {
    return this.leaf({ type: "step" }, [1, 1]);
  }

  // ---- map ------------------------------------------------------------------------------------------------

  /**
   * Computes one scalar expression at each element of the broadcast shape of its arguments.
   * @throws {ShapeError} if the shapes do not broadcast.
   */
  map(expr: E.Expr, args: readonly Node[], shape?: Shape): Node {
    for (const a of args) this.expectOwn(a, "map");
    const out = broadcast(args, this.name, shape);
    const kept = args.filter((a) => scalarValue(a) === null);
    const known = args.map((a) => {
      const value = scalarValue(a);
      return value === null ? E.arg(kept.indexOf(a)) : E.constant(value);
    });
    return this.push({ kind: "map", expr: E.substitute(expr, known), args: kept, shape: out });
  }

  /** Applies an expression to operands, numbers going in as constants. */
  private apply(make: (...e: E.Expr[]) => E.Expr, ...xs: Operand[]): Node {
    const args: Node[] = [];
    const exprs = xs.map((x) => (typeof x === "number" ? E.constant(x) : E.arg(args.push(x) - 1)));
    return this.map(make(...exprs), args);
  }

  /** Sum of two or more. */
  add(a: Operand, b: Operand, ...more: Operand[]): Node {
    return more.reduce<Node>((s, x) => this.apply(E.add, s, x), this.apply(E.add, a, b));
  }
  /** a − b. */
  sub(a: Operand, b: Operand): Node {
    return this.apply(E.sub, a, b);
  }
  /** Product of two or more, element by element. */
  mul(a: Operand, b: Operand, ...more: Operand[]): Node {
    return more.reduce<Node>((s, x) => this.apply(E.mul, s, x), this.apply(E.mul, a, b));
  }
  /** a / b, element by element. */
  div(a: Operand, b: Operand): Node {
    return this.apply(E.div, a, b);
  }
  /** Smaller of two; on a tie the gradient goes to `a`. */
  min(a: Operand, b: Operand): Node {
    return this.apply((x, y) => E.binary("min", x!, y!), a, b);
  }
  /** Larger of two; on a tie the gradient goes to `a`. */
  max(a: Operand, b: Operand): Node {
    return this.apply((x, y) => E.binary("max", x!, y!), a, b);
  }
  /** 1 where a < b, else 0. */
  less(a: Operand, b: Operand): Node {
    return this.apply((x, y) => E.binary("lt", x!, y!), a, b);
  }
  /** 1 where a ≤ b, else 0. */
  lessEqual(a: Operand, b: Operand): Node {
    return this.apply((x, y) => E.binary("le", x!, y!), a, b);
  }
  /** 1 where a = b, else 0. */
  equal(a: Operand, b: Operand): Node {
    return this.apply((x, y) => E.binary("eq", x!, y!), a, b);
  }
  /** a where condition ≠ 0, else b. */
  select(condition: Operand, a: Operand, b: Operand): Node {
    return this.apply((c, x, y) => E.select(c!, x!, y!), condition, a, b);
  }
  /** −x. */
  neg(x: Node): Node {
    return this.apply(E.neg, x);
  }
  /** x². */
  square(x: Node): Node {
    return this.apply((e) => E.mul(e!, e!), x);
  }
  /** |x|; derivative 0 at 0. */
  abs(x: Node): Node {
    return this.unary("abs", x);
  }
  /** −1, 0 or 1; derivative 0. */
  sign(x: Node): Node {
    return this.unary("sign", x);
  }
  /** √x; NaN below 0. */
  sqrt(x: Node): Node {
    return this.unary("sqrt", x);
  }
  /** Largest whole number ≤ x; derivative 0. */
  floor(x: Node): Node {
    return this.unary("floor", x);
  }
  /** e^x. */
  exp(x: Node): Node {
    return this.unary("exp", x);
  }
  /** Natural logarithm; −∞ at 0, NaN below. */
  log(x: Node): Node {
    return this.unary("log", x);
  }
  /** Hyperbolic tangent. */
  tanh(x: Node): Node {
    return this.unary("tanh", x);
  }
  /** 1 / (1 + e^−x), finite for every x. */
  sigmoid(x: Node): Node {
    return this.unary("sigmoid", x);
  }
  /** log(1 + e^x), finite and accurate for every x. */
  softplus(x: Node): Node {
    return this.unary("softplus", x);
  }
  /** Sine of x in radians. */
  sin(x: Node): Node {
    return this.unary("sin", x);
  }
  /** Cosine of x in radians. */
  cos(x: Node): Node {
    return this.unary("cos", x);
  }
  /** Error function, 2/√π·∫₀ˣ e^−t² dt. */
  erf(x: Node): Node {
    return this.unary("erf", x);
  }
  private unary(op: E.UnaryOp, x: Node): Node {
    return this.apply((e) => E.unary(op, e!), x);
  }

  /** max(0, x); its derivative at exactly 0 is `slopeAtZero` (the tutorials use both). */
  relu(x: Node, slopeAtZero: 0 | 1 = 0): Node {
    const test = slopeAtZero === 0 ? "le" : "lt";
    return this.apply((e) => E.select(E.binary(test, e!, E.constant(0)), E.constant(0), e!), x);
  }

  /** Repeats rows or columns of size 1 until the shape is reached. */
  broadcast(x: Node, shape: Shape): Node {
    return x.shape[0] === shape[0] && x.shape[1] === shape[1] ? x : this.map(E.arg(0), [x], shape);
  }

  // ---- matmul, reduce, gather -------------------------------------------------------------------------------

  /**
   * Matrix product of a (or aᵀ) and b (or bᵀ).
   * @throws {ShapeError} if the inner sizes differ.
   */
  matmul(a: Node, b: Node, options: { transposeA?: boolean; transposeB?: boolean } = {}): Node {
    for (const x of [a, b]) this.expectOwn(x, "matmul");
    const { transposeA = false, transposeB = false } = options;
    const [m, k] = transposeA ? [a.shape[1], a.shape[0]] : a.shape;
    const [k2, n] = transposeB ? [b.shape[1], b.shape[0]] : b.shape;
    if (k !== k2)
      throw new ShapeError(
        `matmul: ${describe(a)}${transposeA ? "ᵀ" : ""} has ${k} columns but ${describe(b)}${transposeB ? "ᵀ" : ""} has ${k2} rows. Make the inner sizes equal.`,
      );
    const factors = { a: this.solid(a), b: this.solid(b) };
    return this.push({ kind: "matmul", ...factors, transposeA, transposeB, shape: [m, n] });
  }

  /** Sum; `over` names the index that disappears: "rows" gives 1×cols, "cols" rows×1, "all" 1×1. */
  sum(x: Node, over: Over = "all"): Node {
    return this.push({
      kind: "reduce",
      op: "sum",
      over,
      arg: this.solid(x),
      shape: reducedShape(x.shape, over),
    });
  }
  /** Sum divided by the number of elements summed. */
  mean(x: Node, over: Over = "all"): Node {
    const out = this.sum(x, over);
    return this.div(out, sizeOf(x.shape) / sizeOf(out.shape));
  }
  /** Largest element; on ties every largest element gets the gradient. */
  maximum(x: Node, over: Over = "all"): Node {
    return this.push({
      kind: "reduce",
      op: "max",
      over,
      arg: this.solid(x),
      shape: reducedShape(x.shape, over),
    });
  }

  /** A mini-batch: `rows` rows of the table, at position (step·rows + b) mod length of the index. */
  gather(table: BufferLeaf, index: BufferLeaf, rows: number): GatherNode {
    for (const x of [table, index]) this.expectOwn(x, "gather");
    const whole =
      isBufferLeaf(table) &&
      sizeOf(table.shape) === sizeOf(table.source.whole) &&
      table.source.rowStride === table.shape[1] &&
      table.source.colStride === 1;
    if (!whole || table.source.role === "index")
      throw new UsageError(
        `gather: expected a whole input, bytes or parameter as table, received ${describe(table)}.`,
      );
    const isColumn = isBufferLeaf(index) && index.shape[1] === 1 && index.source.rowStride === 1;
    if (!isColumn || index.source.role !== "index")
      throw new UsageError(`gather: expected row numbers made by g.index(…), received ${describe(index)}.`);
    if (!Number.isInteger(rows) || rows < 1)
      throw new UsageError(`gather: expected a whole number of rows ≥ 1, received ${shown(rows)}.`);
    const shape: Shape = [rows, table.shape[1]];
    return this.push({ kind: "gather", table, index, shape }) as GatherNode;
  }

  // ---- compositions used everywhere ---------------------------------------------------------------------------

  /** Row-wise softmax, computed from x − max(x). */
  softmax(x: Node): Node {
    return softmax(this, x);
  }

  /** log Σ exp over each row, without overflow. */
  logSumExp(x: Node): Node {
    return logSumExp(this, x);
  }

  /** [B, classes] with 1 in the column named by the class number in `labels` [B, 1], else 0. */
  oneHot(labels: Node, classes: number): Node {
    const iota = this.constant([Array.from({ length: classes }, (_, k) => k)]);
    return this.equal(labels, iota);
  }

  /** Column number of the largest element of each row, the first on a tie: [B, 1]. */
  argmax(x: Node): Node {
    const iota = this.constant([Array.from({ length: x.shape[1] }, (_, k) => k)]);
    const candidates = this.select(this.equal(x, this.maximum(x, "cols")), this.neg(iota), -x.shape[1]);
    return this.neg(this.maximum(candidates, "cols"));
  }

  // ---- outputs ----------------------------------------------------------------------------------------------

  /**
   * Writes `value` over `target` when the step is done. Everything in the step reads the old value.
   * @throws {ShapeError} if the shapes differ.
   */
  store(target: BufferLeaf, value: Operand): void {
    this.expectOwn(target, "store");
    if (typeof value !== "number") this.expectOwn(value, "store");
    if (target.kind !== "leaf" || target.source.type !== "buffer")
      throw new UsageError(`store: expected a parameter or a view of one, received a ${target.kind} node.`);
    const from = typeof value === "number" ? this.constant(value) : value;
    if (hasRepeats(target))
      throw new UsageError(
        `store: the view of "${target.source.name}" names an element twice, so it has no single new value. Use other strides.`,
      );
    const fits = [0, 1].every((i) => from.shape[i] === target.shape[i] || from.shape[i] === 1);
    if (!fits)
      throw new ShapeError(
        `store: ${describe(target)} is [${target.shape}] but the value ${describe(from)} is [${from.shape}]. Make the shapes equal.`,
      );
    const whole = this.broadcast(from, target.shape);
    this.push({ kind: "store", target, value: this.computed(whole), shape: target.shape });
  }

  /** Records a 1×1 node at every step under `name`. */
  metric(name: string, node: Node): void {
    this.expectOwn(node, `metric "${name}"`);
    if (sizeOf(node.shape) !== 1)
      throw new ShapeError(
        `metric "${name}": expected a 1×1 node, received [${node.shape}]. Take its mean or sum first.`,
      );
    if (this.metrics.some((m) => m.name === name))
      throw new UsageError(`metric "${name}" is named twice in "${this.name}". Give each a name of its own.`);
    this.metrics.push({ name, node: this.computed(node) });
  }

  /** Ends the run after the step in which this 1×1 node is not 0. */
  halt(node: Node): void {
    this.expectOwn(node, "halt");
    if (sizeOf(node.shape) !== 1)
      throw new ShapeError(`halt: expected a 1×1 node, received [${node.shape}]. Reduce it first.`);
    this.haltNode = this.computed(node);
  }

  /** Names a node in traces and prints; its gradient gets "d" + name. Returns the node. */
  label<N extends Node>(name: string, node: N): N {
    // A second name for the same value is a node of its own, so that the first name stays.
    let named = node;
    while (named.kind !== "leaf" && named.label !== null && named.label !== name)
      named = this.push({ kind: "map", expr: E.arg(0), args: [named], shape: node.shape }) as N;
    named.label = name;
    return named;
  }

  /** Nodes of ∂loss/∂x for each x, in order. @throws {ShapeError} if `loss` is not 1×1. */
  gradient<const L extends readonly Node[]>(loss: Node, wanted: L): { [K in keyof L]: Node } {
    this.expectOwn(loss, "gradient");
    if (!Array.isArray(wanted))
      throw new UsageError(
        `${this.name}: gradient: expected a list of nodes, as in g.gradient(loss, [w, b]).`,
      );
    for (const x of wanted as readonly Node[]) this.expectOwn(x, "gradient");
    this.objectives.push(loss);
    return gradient(this, loss, wanted) as { [K in keyof L]: Node };
  }

  /**
   * Runs `build`; nodes made meanwhile say that `maker` made them. Code that shows sources has these calls written
   * around every function of a graph when it is built (scripts/label-sources.ts); plain code has none.
   * @example
   * const g = new Graph();
   * g.within("demo.ts#twice", () => g.mul(2, g.input("x", [1, 1]))).madeBy // "demo.ts#twice"
   */
  within<T>(maker: string, build: () => T): T {
    const before = this.maker;
    this.maker = maker;
    try {
      return build();
    } finally {
      this.maker = before;
    }
  }

  // ---- inside -------------------------------------------------------------------------------------------------

  private buffer(name: string, shape: Shape, role: Role, sparse = false): BufferLeaf {
    if (!Array.isArray(shape) || shape.length !== 2 || !shape.every((n) => Number.isInteger(n) && n >= 1))
      throw new ShapeError(
        `"${name}": expected a shape [rows, cols] of whole numbers ≥ 1, received [${shape}].`,
      );
    const source: BufferSource = {
      type: "buffer",
      name,
      role,
      whole: shape,
      offset: 0,
      rowStride: shape[1],
      colStride: 1,
      ...(sparse ? { sparse: true as const } : {}),
    };
    const leaf = this.leaf(source, shape) as BufferLeaf;
    leaf.label ??= name;
    return leaf;
  }

  /** @throws {UsageError} if `x` is not a node of this graph. */
  private expectOwn(x: unknown, where: string): asserts x is Node {
    const node = x as Partial<Node> | null | undefined;
    if (typeof node === "object" && node !== null && this.nodes[node.id ?? -1] === node) return;
    const received = typeof node === "object" && node?.kind ? "a node of another graph" : shown(x);
    throw new UsageError(`${this.name}: ${where}: expected a node of this graph, received ${received}.`);
  }

  /** A leaf that has no memory of its own, made into a value that has. */
  private solid(x: Node): Node {
    const inMemory = x.kind !== "leaf" || x.source.type === "buffer" || sizeOf(x.shape) > 1;
    return inMemory && !(x.kind === "leaf" && x.source.type === "random") ? x : this.map(E.arg(0), [x]);
  }

  /** A leaf read now, so that what is stored or recorded is its value from before the step. */
  private computed(x: Node): Node {
    return x.kind === "leaf" ? this.map(E.arg(0), [x]) : x;
  }

  private leaf(source: Source, shape: Shape): LeafNode {
    return this.push({ kind: "leaf", source, shape }) as LeafNode;
  }

  private push(node: DistributiveOmit<Node, "id" | "label" | "madeBy">): Node {
    for (const o of operands(node as Node)) {
      this.expectOwn(o, node.kind);
      if (
        node.kind !== "gather" &&
        isBufferLeaf(o) &&
        (o.source.role === "bytes" || o.source.role === "index")
      )
        throw new UsageError(
          `${this.name}: "${o.source.name}" holds ${o.source.role === "bytes" ? "bytes" : "row numbers"} and can only be used by gather. Use input(…) for numbers to compute with.`,
        );
    }
    const whole = { ...node, id: this.nodes.length, label: null, madeBy: this.maker } as Node;
    const key = valueKey(whole);
    const same = key === null ? undefined : this.interned.get(key);
    if (same) return same;
    if (key !== null) this.interned.set(key, whole);
    this.nodes.push(whole);
    return whole;
  }
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** Text that is equal for nodes that compute the same: they become one node. Stores are never the same. */
function valueKey(n: Node): string | null {
  const shape = `${n.shape[0]},${n.shape[1]}`;
  switch (n.kind) {
    case "store":
      return null;
    case "leaf":
      return `leaf ${sourceKey(n.source)} [${shape}]`;
    case "map":
      return `map ${E.exprKey(n.expr)} [${shape}] ${n.args.map((a) => a.id)}`;
    case "matmul":
      return `matmul ${n.a.id},${n.b.id} ${n.transposeA} ${n.transposeB}`;
    case "reduce":
      return `reduce ${n.op} ${n.over} ${n.arg.id}`;
    case "gather":
      return `gather [${shape}] ${n.table.id},${n.index.id}`;
  }
}

/** Whether two places of a view are the same element of memory. */
function hasRepeats({ shape, source }: BufferLeaf): boolean {
  const [rows, cols] = shape;
  const { rowStride: r, colStride: c } = source;
  if ((rows === 1 || r >= cols * c) && (cols === 1 || c > 0) && (rows === 1 || r > 0)) return false;
  if ((cols === 1 || c >= rows * r) && (rows === 1 || r > 0) && (cols === 1 || c > 0)) return false;
  const seen = new Set<number>();
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) seen.add(i * r + j * c);
  return seen.size < rows * cols;
}

/** JSON has no −0, infinities or NaN; constants may. */
const sourceKey = (s: Source): string =>
  s.type === "constant"
    ? `constant ${s.values.map((v) => (Object.is(v, -0) ? "-0" : String(v)))}`
    : JSON.stringify(s);

/** The number a node is at every element, where that is known now. */
function scalarValue(n: Node): number | null {
  if (n.kind === "leaf" && n.source.type === "constant" && n.source.values.length === 1)
    return n.source.values[0]!;
  return n.kind === "map" && n.expr.op === "const" && n.label === null ? n.expr.value : null;
}

function reducedShape(shape: Shape, over: Over): Shape {
  const result = { rows: [1, shape[1]], cols: [shape[0], 1], all: [1, 1] } as const;
  if (!Object.hasOwn(result, over))
    throw new UsageError(`reduce: expected over to be "rows", "cols" or "all", received ${shown(over)}.`);
  return result[over];
}

/** The shape that all arguments repeat to; `wanted`, if given, is checked. */
function broadcast(args: readonly Node[], where: string, wanted?: Shape): Shape {
  const out: [number, number] = wanted ? [wanted[0], wanted[1]] : [1, 1];
  for (const i of [0, 1] as const) {
    for (const a of args) {
      const size = a.shape[i];
      if (size === 1 || size === out[i]) continue;
      if (out[i] !== 1 || wanted)
        throw new ShapeError(
          `${where}: shapes ${args.map((x) => `${describe(x)} [${x.shape}]`).join(" and ")} do not broadcast${wanted ? ` to [${wanted}]` : ""}. Sizes must be equal or 1.`,
        );
      out[i] = size;
    }
  }
  return out;
}

/** A received value in an error message. */
const shown = (x: unknown): string =>
  typeof x === "string" ? `"${x}"` : typeof x === "object" && x !== null ? "an object" : String(x);

/**
 * Label of a node, or its kind and number.
 * @example
 * const g = new Graph();
 * describe(g.label("z", g.neg(g.input("x", [1, 1])))) // "z"
 */
export const describe = (node: Node): string => node.label ?? `${node.kind}${node.id}`;
