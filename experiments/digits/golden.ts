/** The reference run of tutorial 002 (NumPy 1.24.2, SciPy 1.10.1), typed; made by golden/scripts/make_golden.py. */

import file from "../golden/bp_digits.json" with { type: "json" };
import type { Variant } from "../types.ts";

export type GoldenVariant = "corrected" | "as_published";

export interface GoldenCheck {
  readonly lam: number;
  readonly cost: number;
  readonly gradient_corrected: readonly number[];
  readonly gradient_numeric: readonly number[];
  readonly gradient_as_published: readonly number[];
  readonly params_after_published_gradient: readonly number[];
  readonly cost_after_published_gradient: number;
  readonly numeric_as_seen_by_published_check: readonly number[];
}

export interface GoldenDescent {
  readonly variant: GoldenVariant;
  readonly lr: number;
  readonly lam: number;
  readonly iters: number;
  readonly costs: Readonly<Record<string, number>>;
  readonly after: readonly number[];
}

export interface GoldenRun {
  readonly variant: GoldenVariant;
  readonly cost0: number;
  readonly grad0_norm: number;
  readonly grad0_first: readonly number[];
  readonly grad0_at_200_to_205: readonly number[];
  readonly grad0_last5: readonly number[];
  readonly theta_first5: readonly number[];
  readonly theta_sum: number;
  readonly maxiter: number;
  readonly cost_after_each_cg_iteration: readonly number[];
  readonly sens_cost: readonly number[];
  readonly cost_calls: number;
  readonly train_accuracy: number;
  readonly test_accuracy: number;
}

interface Golden {
  readonly debug: {
    readonly params: readonly number[];
    readonly X: readonly (readonly number[])[];
    readonly y: readonly number[];
  };
  readonly debug_cases: readonly GoldenCheck[];
  readonly gradient_descent_debug: readonly GoldenDescent[];
  readonly digits: {
    readonly first_indices: readonly number[];
    readonly X_sum: number;
    readonly runs: readonly GoldenRun[];
  };
}

export const golden: Golden = file as Golden;

export const goldenName = (variant: Variant): GoldenVariant =>
  variant === "published" ? "as_published" : "corrected";

export const goldenRun = (variant: Variant): GoldenRun =>
  golden.digits.runs.find((r) => r.variant === goldenName(variant))!;
