/** A published value beside the derived one: the same, the same but for a factor, or different, and in which cells. */
import type { SheetValue } from "./session.ts";

export type Difference =
  | { readonly kind: "same" }
  /** Every entry is `factor` times the derived one: the two write a constant in different places. */
  | { readonly kind: "factor"; readonly factor: number }
  | { readonly kind: "cells"; readonly cells: ReadonlySet<number> }
  | { readonly kind: "shape" }
  /** Only one of the two has it. */
  | { readonly kind: "alone" };

/** Relative to the largest entry: what the last bits do is nobody's mistake. */
const TOLERANCE = 1e-9;

export function compare(
  published: Pick<SheetValue, "shape" | "data"> | undefined,
  derived: Pick<SheetValue, "shape" | "data"> | undefined,
): Difference {
  if (!published || !derived) return { kind: "alone" };
  const [a, b] = [published.data, derived.data];
  if (published.shape.some((n, axis) => n !== derived.shape[axis])) return { kind: "shape" };
  const top = b.reduce((best, v) => Math.max(best, Math.abs(v)), 0);
  const cells = new Set<number>();
  for (const [i, v] of a.entries()) if (!near(v, b[i]!, top)) cells.add(i);
  if (cells.size === 0) return { kind: "same" };
  const largest = b.findIndex((v) => Math.abs(v) === top);
  const factor = a[largest]! / b[largest]!;
  const proportional = Number.isFinite(factor) && factor !== 0 && a.length > 1;
  if (proportional && a.every((v, i) => near(v, factor * b[i]!, Math.abs(factor) * top)))
    return { kind: "factor", factor };
  return { kind: "cells", cells };
}

const near = (a: number, b: number, top: number): boolean =>
  Object.is(a, b) || Math.abs(a - b) <= TOLERANCE * Math.max(top, 1e-300);
