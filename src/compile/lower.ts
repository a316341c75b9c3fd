/**
 * Lowers a graph to a Program: groups of nodes become loop kernels, matrices get addresses, stores find their
 * place. Called once for each entry of an engine; everything after it works on plain data.
 */
import type { Graph } from "../graph/graph.ts";
import {
  type BufferSource,
  type LeafNode,
  type MapNode,
  type MatMulNode,
  type Node,
  operands,
} from "../graph/nodes.ts";
import type { DType } from "../tensor/tensor.ts";
import { BodyBuilder } from "./body.ts";
import { copyKey, type Group, type Grouping, group, innerSize } from "./group.ts";
import { align, type Lifetime, place } from "./memory.ts";
import type { Body, ConstantData, GemmKernel, LoopKernel, Output, Program, View } from "./program.ts";
import { planStores, type StorePlan } from "./stores.ts";
import { bytesOf, dense, repeat, transpose } from "./view.ts";

/** Where things lie in the memory that a Program is made for. */
export interface LowerOptions {
  readonly dtype: DType;
  /** Where a named buffer lies in the engine's memory. */
  readonly locate: (source: BufferSource) => { byteOffset: number; dtype: DType | "uint8" | "int32" };
  /** First free byte: constants, scratch and the metrics ring go here. */
  readonly start: number;
  /** Address of the int32 seed of random leaves. */
  readonly seedOffset: number;
  /** false keeps every node apart and in memory, for traces. */
  readonly fuse?: boolean;
  /**
   * false gives every scratch matrix a place of its own. Threads then need not wait for each other only because one
   * matrix takes the place of another.
   */
  readonly reuse?: boolean;
  /** Products that the backend wants as they are, see `Backend.wantsPlain`; none if not given. */
  readonly wantsPlain?: (m: number, n: number, k: number) => boolean;
  /** Steps a single call may record. */
  readonly ringSteps?: number;
}

/** A Program, and where to look for values in it. */
export interface Lowered {
  readonly program: Program;
  /** Where the value of a node can be read after a step, for the nodes that are in memory then. */
  readonly views: ReadonlyMap<Node, View>;
}

/**
 * Turns a graph into a Program: `Engine.entry` does this; call it to look at Programs without an engine.
 * @throws {UsageError} if a stored matrix overlaps another one that is stored.
 * @example
 * const g = new Graph("double");
 * const w = g.parameter("w", [2, 3]);
 * g.store(w, g.mul(2, w));
 * const { program } = lower(g, {
 *   dtype: "float32",
 *   locate: () => ({ byteOffset: 64, dtype: "float32" }),
 *   start: 128,
 *   seedOffset: 0,
 * });
 * program.kernels.map((k) => k.kind) // ["elementwise"]
 */
export function lower(graph: Graph, options: LowerOptions): Lowered {
  const fuse = options.fuse ?? true;
  const grouping = group(graph, fuse, options.wantsPlain);
  const plan = new Planner(graph, grouping, options, fuse);
  return plan.finish();
}

class Planner {
  private readonly size: number;
  private readonly views = new Map<Node, View>();
  private readonly copies = new Map<string, View>();
  private readonly constants: ConstantData[] = [];
  private readonly stores: StorePlan;
  private next: number;
  private readonly graph: Graph;
  private readonly grouping: Grouping;
  private readonly options: LowerOptions;

  constructor(graph: Graph, grouping: Grouping, options: LowerOptions, fuse: boolean) {
    this.graph = graph;
    this.grouping = grouping;
    this.options = options;
    this.size = bytesOf(options.dtype);
    this.next = align(options.start);
    for (const n of grouping.live) if (n.kind === "leaf") this.placeLeaf(n);
    this.stores = planStores(grouping, (leaf) => this.views.get(leaf)!, this.size);
    this.placeScratch(fuse);
  }

  finish(): Lowered {
    const kernels = this.grouping.groups.map((g) => this.kernel(g));
    kernels.push(
      ...this.stores.late.map((s) =>
        this.copy(`store_${s.target.source.name}`, this.view(s.value), this.view(s.target)),
      ),
    );
    const { graph, options } = this;
    const metrics = graph.metrics.map((m) => ({ name: m.name, view: this.view(m.node) }));
    const steps = metrics.length === 0 ? 1 << 24 : (options.ringSteps ?? 4096);
    const ring = { byteOffset: this.next, steps };
    const program: Program = {
      name: graph.name,
      dtype: options.dtype,
      kernels: uniqueNames(kernels),
      constants: this.constants,
      metrics,
      ring,
      halt: graph.haltNode ? this.view(graph.haltNode) : null,
      memoryBytes: align(this.next + metrics.length * steps * this.size),
    };
    return { program, views: this.views };
  }

  // ---- addresses ------------------------------------------------------------------------------------------

  private placeLeaf(leaf: LeafNode): void {
    const { source, shape } = leaf;
    if (source.type === "buffer") {
      const { byteOffset, dtype } = this.options.locate(source);
      this.views.set(leaf, {
        byteOffset: byteOffset + source.offset * bytesOf(dtype),
        rows: shape[0],
        cols: shape[1],
        rowStride: source.rowStride,
        colStride: source.colStride,
      });
    } else if (source.type === "constant" && source.values.length > 1) {
      this.views.set(leaf, dense(this.next, shape));
      this.constants.push({ byteOffset: this.next, values: source.values });
      this.next = align(this.next + source.values.length * this.size);
    }
  }

  /** Gives every value that must outlive its kernel a place: a store's target where allowed, else scratch. */
  private placeScratch(share: boolean): void {
    const { groups, groupOf, copyOf, plain, live } = this.grouping;
    const lastUse = new Map<Group, Map<Node, number>>();
    const keepToEnd = groups.length;
    const use = (n: Node, at: number) => {
      if (this.grouping.inlined.has(n)) {
        for (const o of operands(n)) use(o, at);
        return;
      }
      const made = groupOf.get(n);
      if (!made || made.index === at) return;
      const uses = lastUse.get(made) ?? new Map<Node, number>();
      uses.set(n, Math.max(uses.get(n) ?? 0, at));
      lastUse.set(made, uses);
    };
    for (const g of groups) for (const n of inputsOf(g)) use(n, g.index);
    for (const m of this.graph.metrics) use(m.node, keepToEnd);
    if (this.graph.haltNode) use(this.graph.haltNode, keepToEnd);
    for (const s of this.stores.late) use(s.value, keepToEnd);
    if (!share) for (const n of live) if (groupOf.has(n)) use(n, keepToEnd);

    const owners: ((at: number) => void)[] = [];
    const lives: Lifetime[] = [];
    const claim = (life: Lifetime, set: (at: number) => void) => {
      lives.push(life);
      owners.push(set);
    };
    for (const g of groups) {
      for (const [n, to] of lastUse.get(g) ?? [])
        if (!this.stores.direct.has(n))
          claim({ bytes: n.shape[0] * n.shape[1] * this.size, from: g.index, to }, (at) =>
            this.views.set(n, dense(at, n.shape)),
          );
    }
    for (const [key, g] of copyOf) {
      const readers = groups.filter(
        ({ core }) => core?.kind === "matmul" && !plain.has(core) && copyKey(core) === key,
      );
      const to = Math.max(...readers.map((r) => r.index));
      claim({ bytes: g.shape[0] * g.shape[1] * this.size, from: g.index, to }, (at) =>
        this.copies.set(key, dense(at, g.shape)),
      );
    }
    const apart = !share || this.options.reuse === false;
    const { offsets, end } = place(
      apart ? lives.map((l) => ({ ...l, from: 0, to: keepToEnd })) : lives,
      this.next,
    );
    for (const [i, set] of owners.entries()) set(offsets[i]!);
    this.next = end;
    for (const [value, target] of this.stores.direct) this.views.set(value, this.views.get(target)!);
  }

  private view(n: Node): View {
    return this.views.get(n)!;
  }

  // ---- kernels --------------------------------------------------------------------------------------------

  private kernel(g: Group): LoopKernel {
    const name = nameOf(g);
    const { core } = g;
    const [rows, cols] = g.shape;
    if (core === null) return { kind: "elementwise", name, rows, cols, ...this.body(g) };
    switch (core.kind) {
      case "copy":
        return this.copy(name, this.rightFactor(core.of), this.copies.get(copyKey(core.of))!);
      case "gather": {
        const { byteOffset, dtype } = this.options.locate(core.table.source);
        return {
          kind: "gather",
          name,
          rows,
          cols,
          table: { byteOffset, rows: core.table.shape[0], dtype: dtype as DType | "uint8" },
          index: { byteOffset: this.view(core.index).byteOffset, length: core.index.shape[0] },
          out: this.view(core),
          ...(this.grouping.sparse.has(core) ? { sparse: true as const } : {}),
        };
      }
      case "matmul": {
        const a = core.transposeA ? transpose(this.view(core.a)) : this.view(core.a);
        const copied = !this.grouping.plain.has(core) && this.copies.get(copyKey(core));
        const b = copied || this.rightFactor(core);
        return {
          kind: "gemm",
          name,
          m: rows,
          n: cols,
          k: innerSize(core),
          a,
          b,
          finish: this.body(g),
          ...this.sparse(core),
        };
      }
      case "reduce": {
        const [r, c] = core.arg.shape;
        const before = new BodyBuilder();
        const value = this.value(before, core.arg, core.arg.shape, new Map());
        const { operands, code } = before;
        const finish = this.body(g);
        return {
          kind: "reduce",
          name,
          op: core.op,
          over: core.over,
          rows: r,
          cols: c,
          operands,
          code,
          value,
          finish,
        };
      }
    }
  }

  private sparse(n: MatMulNode): Pick<GemmKernel, "sparse"> {
    if (!this.grouping.sparse.has(n.a)) return {};
    const gather = this.grouping.groupOf.get(n.a)!.index;
    return { sparse: { gather, by: n.transposeA ? "columns" : "rows" } };
  }

  private rightFactor(n: MatMulNode): View {
    return n.transposeB ? transpose(this.view(n.b)) : this.view(n.b);
  }

  private copy(name: string, from: View, to: View): LoopKernel {
    const code = [{ op: "operand", index: 0 }] as const;
    const outputs = [{ view: to, value: 0 }];
    return { kind: "elementwise", name, rows: to.rows, cols: to.cols, operands: [from], code, outputs };
  }

  /** Code of the maps of a group; its core, if any, is what the kernel accumulated. */
  private body(g: Group): Body {
    const builder = new BodyBuilder();
    const known = new Map<Node, number>();
    if (g.core && g.core.kind !== "copy") known.set(g.core, builder.emit({ op: "acc" }));
    for (const n of g.maps) known.set(n, this.mapValue(builder, n, g.shape, known));
    const outputs: Output[] = [];
    for (const [n, value] of known) {
      const view = this.views.get(n);
      if (view) outputs.push({ view, value });
    }
    return { operands: builder.operands, code: builder.code, outputs };
  }

  private mapValue(
    builder: BodyBuilder,
    n: MapNode,
    shape: Group["shape"],
    known: Map<Node, number>,
  ): number {
    return builder.expr(
      n.expr,
      n.args.map((a) => this.value(builder, a, shape, known)),
    );
  }

  private value(builder: BodyBuilder, n: Node, shape: Group["shape"], known: Map<Node, number>): number {
    const before = known.get(n);
    if (before !== undefined) return before;
    if (n.kind === "leaf" && n.source.type !== "buffer") {
      const { source } = n;
      if (source.type === "step") return builder.emit({ op: "step" });
      if (source.type === "random")
        return builder.emit({ op: "random", stream: source.stream, seedOffset: this.options.seedOffset });
      if (source.values.length === 1) return builder.emit({ op: "const", value: source.values[0]! });
    }
    if (n.kind === "map" && this.grouping.inlined.has(n)) return this.mapValue(builder, n, shape, known);
    return builder.operand(repeat(this.view(n), shape[0], shape[1]));
  }
}

/** Nodes a group reads. */
function inputsOf(g: Group): readonly Node[] {
  const core = g.core === null ? [] : g.core.kind === "copy" ? [g.core.of.b] : operands(g.core);
  const own = new Set<Node>([...g.maps, ...(g.core && g.core.kind !== "copy" ? [g.core] : [])]);
  return [...core, ...g.maps.flatMap((m) => operands(m)).filter((o) => !own.has(o))];
}

function nameOf(g: Group): string {
  if (g.core?.kind === "copy") return `copy_${g.core.of.b.label ?? g.core.of.b.id}`;
  const labels = [g.core, ...g.maps].flatMap((n) => (n?.label ? [n.label] : []));
  const kind = g.core?.kind ?? "map";
  return labels.length > 0 ? `${kind}_${labels.join("_")}` : kind;
}

function uniqueNames(kernels: readonly LoopKernel[]): LoopKernel[] {
  const taken = new Map<string, number>();
  return kernels.map((k) => {
    const times = taken.get(k.name) ?? 0;
    taken.set(k.name, times + 1);
    return times === 0 ? k : { ...k, name: `${k.name}_${times + 1}` };
  });
}
