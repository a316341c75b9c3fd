/**
 * The table of elementary functions that programs are made of. One source for the interpreter and for WASM, so
 * that no result depends on the engine's own Math.
 *
 * Largest error found (ulp; 0.5 is a correctly rounded result) and kit operations of one evaluation, constants
 * not counted. float64: 120 000 to 140 000 points for each function against mpmath; float32: 3 to 9 million points
 * against the float64 functions. test/math asserts the counts and MAX_ULP, which is a little above these.
 *
 *              float64             float32
 *     exp      0.75 ulp   47 ops   0.76 ulp   37 ops
 *     log      0.52       77       0.85       34
 *     tanh     1.84       47       1.95       37
 *     sigmoid  1.75       57       1.81       47
 *     softplus 1.72       77       1.85       57
 *     sin      0.90       66       0.86       64      |x| ≤ 100 000
 *     cos      0.92       65       0.87       63      |x| ≤ 100 000
 *     erf      1.30      110       1.38       78
 *
 * (exp is below 0.65 and 0.70 where its result is a normal number; denormal results are rounded twice.)
 */
import type { DType } from "../tensor/tensor.ts";
import { erf } from "./erf.ts";
import { exp } from "./exp.ts";
import type { MathKit } from "./kit.ts";
import { log } from "./log.ts";
import { sigmoid } from "./sigmoid.ts";
import { cos, sin } from "./sin-cos.ts";
import { softplus } from "./softplus.ts";
import { tanh } from "./tanh.ts";

/** Names of the elementary functions. */
export type ElementaryName = "exp" | "log" | "tanh" | "sigmoid" | "softplus" | "sin" | "cos" | "erf";

/** A function of one number, over any kit. */
export type Elementary = <T, M>(kit: MathKit<T, M>, x: T) => T;

/** Errors the functions stay below, in units in the last place of the true value; sin and cos for |x| ≤ 100 000. */
export const MAX_ULP: Readonly<Record<ElementaryName, Readonly<Record<DType, number>>>> = {
  exp: { float64: 0.8, float32: 0.8 },
  log: { float64: 0.53, float32: 0.9 },
  tanh: { float64: 1.95, float32: 2 },
  sigmoid: { float64: 1.9, float32: 1.9 },
  softplus: { float64: 1.9, float32: 1.95 },
  sin: { float64: 0.95, float32: 0.95 },
  cos: { float64: 0.95, float32: 0.95 },
  erf: { float64: 1.5, float32: 1.5 },
};

/**
 * Every elementary function by name.
 * @example elementary.exp(numberKit("float64"), 0) // 1
 */
export const elementary: Readonly<Record<ElementaryName, Elementary>> = {
  exp,
  log,
  tanh,
  sigmoid,
  softplus,
  sin,
  cos,
  erf,
};
