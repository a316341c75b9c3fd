/** The optimizers, and finding one by its name. */
import { lookup } from "../../tensor/names.ts";
import { adagrad } from "./adagrad.ts";
import { adam, adamW } from "./adam.ts";
import type { Optimizer } from "./optimizer.ts";
import { rmsprop } from "./rmsprop.ts";
import { sgd } from "./sgd.ts";

/** The optimizers that a string can name, with their default options. */
export const OPTIMIZERS = { sgd, adam, adamW, rmsprop, adagrad } as const satisfies Record<
  string,
  () => Optimizer
>;

/** A name of `OPTIMIZERS`. */
export type OptimizerName = keyof typeof OPTIMIZERS;

/** @throws {UsageError} for a name that is not in the table. */
export const optimizerOf = (where: string, optimizer: OptimizerName | Optimizer): Optimizer =>
  typeof optimizer === "string"
    ? lookup<() => Optimizer>(where, "optimizer", OPTIMIZERS, optimizer)()
    : optimizer;

export { type AdagradOptions, adagrad } from "./adagrad.ts";
export { type AdamOptions, type AdamWOptions, adam, adamW } from "./adam.ts";
export type { LearningRate, Optimizer, OptimizerContext, ParameterUpdate } from "./optimizer.ts";
export { isOptimizer } from "./optimizer.ts";
export { type RmspropOptions, rmsprop } from "./rmsprop.ts";
export { type SgdOptions, sgd } from "./sgd.ts";
