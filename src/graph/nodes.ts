/**
 * The six kinds of node of a tensor graph. A node is plain data; its operands come before it.
 *
 * Rank is 2 everywhere. Broadcasting follows NumPy: a dimension of 1 repeats.
 */
import type { Shape } from "../tensor/tensor.ts";
import type { Expr } from "./expr.ts";

export type Over = "rows" | "cols" | "all";

interface Base {
  /** Position in the graph; operands have smaller ids. */
  readonly id: number;
  readonly shape: Shape;
  /** Name in traces and prints; the gradient of `z1` is labelled `dz1`. */
  label: string | null;
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
export type Source = BufferSource | ConstantSource | RandomSource | StepSource;

export interface LeafNode extends Base {
  readonly kind: "leaf";
  readonly source: Source;
}
/** A leaf that is (a view of) engine memory, and can be stored to. */
export type BufferLeaf = LeafNode & { readonly source: BufferSource };

export interface MapNode extends Base {
  readonly kind: "map";
  readonly expr: Expr;
  readonly args: readonly Node[];
}
export interface MatMulNode extends Base {
  readonly kind: "matmul";
  readonly a: Node;
  readonly b: Node;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}
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

export type Node = LeafNode | MapNode | MatMulNode | ReduceNode | GatherNode | StoreNode;

/** Direct operands of a node. */
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

export const isBufferLeaf = (node: Node): node is BufferLeaf =>
  node.kind === "leaf" && node.source.type === "buffer";
