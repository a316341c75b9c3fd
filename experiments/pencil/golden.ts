/** The reference runs of tutorial 003 (NumPy 1.24.2), typed; made by golden/scripts/make_golden.py. */

import file from "../golden/pencil.json" with { type: "json" };
import type { Variant } from "../types.ts";

type Matrix = readonly (readonly number[])[];

export interface GoldenCase {
  readonly init: string;
  readonly variant: "as_published" | "corrected";
  readonly w1: Matrix;
  readonly w2: Matrix;
  readonly w3: Matrix;
  /** Sum of squares before the update with that number. */
  readonly sse: Readonly<Record<string, number>>;
  readonly iterations: number;
  readonly after: {
    readonly w1: Matrix;
    readonly w2: Matrix;
    readonly w3: Matrix;
    readonly y: Matrix;
    readonly D: number;
    readonly sse_of_returned_weights: number;
  };
  readonly sens: { readonly sse: Readonly<Record<string, number>>; readonly params: number };
}

interface Golden {
  readonly x: Matrix;
  readonly y: Matrix;
  readonly lr: number;
  readonly tol: number;
  readonly cases: readonly GoldenCase[];
}

export const golden: Golden = file as Golden;

export const goldenCases = (variant: Variant): readonly GoldenCase[] =>
  golden.cases.filter((c) => c.variant === (variant === "published" ? "as_published" : "corrected"));
