/**
 * The table of elementary functions that programs are made of. One source for the interpreter and for WASM, so
 * that no result depends on the engine's own Math.
 */
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
