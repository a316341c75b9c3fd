/**
 * The six kinds of node of a tensor graph. A node is plain data; its operands come before it.
 *
 * Rank is 2 everywhere. Broadcasting follows NumPy: a dimension of 1 repeats.
 */
import type { Shape } from "../tensor/tensor.ts";
import type { Expr } from "./expr.ts";

/** The index that a reduction removes: "rows" leaves 1×cols, "cols" rows×1, "all" 1×1. */
export type Over = "rows" | "cols" | "all";

interface Base {
  /** Position in the graph; operands have smaller ids. */
  readonly id: number;
  readonly shape: Shape;
  /** Name in traces and prints; the gradient of `z1` is labelled `dz1`. */
  label: string | null;
  /** `file#function` that made it, in code built to say so (see `Graph.within`). */
  readonly madeBy: string | null;
  /** Replaces the chain rule through this node where a composed gradient would be delicate or unreadable. */
  rule?: GradientRule;
}

/** Gradient of a whole composition: given the gradient of its result, those of `inputs`, in order. */
export interface GradientRule {
  readonly inputs: readonly Node[];
  gradient(upstream: Node): readonly Node[];
}

/** What kind of engine memory a leaf reads. */
export type Role = "parameter" | "input" | "hyper" | "bytes" | "index";

/** A named matrix of the engine, or a strided view of one; offset and strides count elements. */
export interface BufferSource {
  readonly type: "buffer";
  readonly name: string;
  readonly role: Role;
  /** Shape of the whole buffer. */
  readonly whole: Shape;
  readonly offset: number;
  readonly rowStride: number;
  readonly colStride: number;
  /** A data set of mostly zeros: products with rows gathered from it may skip them. */
  readonly sparse?: true;
}
/** Fixed numbers, row by row. */
export interface ConstantSource {
  readonly type: "constant";
  readonly values: readonly number[];
}
/** Fresh uniform numbers in [0, 1) at every step; the same for the same (seed, stream, step, element). */
export interface RandomSource {
  readonly type: "random";
  readonly stream: number;
}
/** Number of the running step, from 0. */
export interface StepSource {
  readonly type: "step";
}
/** Where a leaf gets its numbers. */
export type Source = BufferSource | ConstantSource | RandomSource | StepSource;

/** A value that nothing in the graph computes. */
export interface LeafNode extends Base {
  readonly kind: "leaf";
  readonly source: Source;
}
/** A leaf that is (a view of) engine memory, and can be stored to. */
export type BufferLeaf = LeafNode & { readonly source: BufferSource };

/** One scalar expression at each element of broadcast arguments. */
export interface MapNode extends Base {
  readonly kind: "map";
  readonly expr: Expr;
  readonly args: readonly Node[];
}
/** A matrix product, either factor transposed if asked for. */
export interface MatMulNode extends Base {
  readonly kind: "matmul";
  readonly a: Node;
  readonly b: Node;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}
/** Sum or largest element over rows, columns or all. */
export interface ReduceNode extends Base {
  readonly kind: "reduce";
  readonly op: "sum" | "max";
  readonly over: Over;
  readonly arg: Node;
}
/** Rows of `table` chosen by the index table: position (step·rows + b) mod length. */
export interface GatherNode extends Base {
  readonly kind: "gather";
  readonly table: BufferLeaf;
  readonly index: BufferLeaf;
}
/** Writes `value` over `target` after the step; everything in the step reads the value from before it. */
export interface StoreNode extends Base {
  readonly kind: "store";
  readonly target: BufferLeaf;
  readonly value: Node;
}

/** A node of any kind. */
export type Node = LeafNode | MapNode | MatMulNode | ReduceNode | GatherNode | StoreNode;

/**
 * Direct operands of a node.
 * @example
 * const g = new Graph();
 * const x = g.input("x", [2, 2]);
 * operands(g.exp(x))[0] === x // true
 */
export function operands(node: Node): readonly Node[] {
  switch (node.kind) {
    case "leaf":
      return [];
    case "map":
      return node.args;
    case "matmul":
      return [node.a, node.b];
    case "reduce":
      return [node.arg];
    case "gather":
      return [node.table, node.index];
    case "store":
      return [node.value, node.target];
  }
}

/**
 * Whether a node is engine memory, or a view of it.
 * @example
 * const g = new Graph();
 * isBufferLeaf(g.parameter("w", [1, 1])) // true
 * isBufferLeaf(g.constant(1)) // false
 */
export const isBufferLeaf = (node: Node): node is BufferLeaf =>
  node.kind === "leaf" && node.source.type === "buffer";
