/** The recorded SciPy runs of test/golden/minimize.json, typed. */
import { readFileSync } from "node:fs";

export interface GoldenRun {
  function: string;
  x0: number[];
  options: { maxiter?: number; gtol?: number };
  x: number[];
  value: number;
  evaluations: number;
  gradientEvaluations: number;
  /** 0 converged, 1 maximum of iterations, 2 line search failed */
  flag: 0 | 1 | 2;
  costs: number[];
  trials: number[][];
  sens: { costs: number[]; x: number; iterations: number[]; evaluations: number[]; flags: number[] };
}

export interface GoldenSearch {
  step: number | null;
  trials: number[];
  sens: number;
}

export interface GoldenLine {
  function: number;
  c1: number;
  c2: number;
  moreThuente: GoldenSearch;
  strongWolfe: GoldenSearch;
}

export const golden = JSON.parse(
  readFileSync(new URL("../golden/minimize.json", import.meta.url), "utf8"),
) as { logistic: number[][]; conjugateGradient: GoldenRun[]; lineSearches: GoldenLine[] };
