/**
 * Where a step's stores happen. Everything in a step reads the values from before it, so an update may go
 * straight into its target only if no kernel still has to read the old value; otherwise it waits in scratch and
 * is copied after the last kernel.
 */
import { type BufferLeaf, isBufferLeaf, type Node, operands, type StoreNode } from "../graph/nodes.ts";
import { UsageError } from "../tensor/errors.ts";
import type { Group, Grouping } from "./group.ts";
import type { View } from "./program.ts";
import { overlap, sameView } from "./view.ts";

export interface StorePlan {
  /** Values written to their target by the kernel that computes them. */
  readonly direct: ReadonlyMap<Node, BufferLeaf>;
  /** Stores copied after the last kernel. */
  readonly late: readonly StoreNode[];
}

export function planStores(grouping: Grouping, viewOf: (leaf: BufferLeaf) => View, size: number): StorePlan {
  const { stores, groups, groupOf } = grouping;
  const shares = (a: BufferLeaf, b: BufferLeaf) =>
    a.source.name === b.source.name && overlap(viewOf(a), viewOf(b), size);
  stores.forEach((s, i) => {
    const clash = stores.slice(0, i).find((t) => shares(s.target, t.target));
    if (clash)
      throw new UsageError(
        `store: two stores of one step write the same elements of "${s.target.source.name}". Combine them into one value, or store to views that do not overlap.`,
      );
  });
  const direct = new Map<Node, BufferLeaf>();
  const late: StoreNode[] = [];
  for (const s of stores) {
    const at = groupOf.get(s.value);
    const blocked =
      at === undefined ||
      direct.has(s.value) ||
      (at.core?.kind === "gather" && s.target.source.colStride !== 1 && s.target.shape[1] > 1) ||
      groups.some((g) => g.index >= at.index && stillReads(g, g === at, s.target, grouping, shares, viewOf));
    if (blocked) late.push(s);
    else direct.set(s.value, s.target);
  }
  return { direct, late };
}

/** Whether group g, running when or after the store would happen, needs the old value. */
function stillReads(
  g: Group,
  sameKernel: boolean,
  target: BufferLeaf,
  grouping: Grouping,
  shares: (a: BufferLeaf, b: BufferLeaf) => boolean,
  viewOf: (leaf: BufferLeaf) => View,
): boolean {
  const core = g.core === null ? [] : g.core.kind === "copy" ? [g.core.of.b] : operands(g.core);
  const before = core.flatMap((n) => leaves(n, grouping));
  const beside = g.maps.flatMap((m) => operands(m).flatMap((n) => leaves(n, grouping)));
  if (before.some((leaf) => shares(leaf, target))) return true;
  // A map may read exactly the element that it is about to overwrite.
  return beside.some(
    (leaf) => shares(leaf, target) && !(sameKernel && sameView(viewOf(leaf), viewOf(target))),
  );
}

/** Engine memory read by a node directly or through inlined maps. */
function leaves(n: Node, grouping: Grouping): BufferLeaf[] {
  if (isBufferLeaf(n)) return [n];
  return grouping.inlined.has(n) ? operands(n).flatMap((o) => leaves(o, grouping)) : [];
}
