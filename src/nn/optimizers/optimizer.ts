/**
 * What an optimizer is: a plain object that appends its update to a training step.
 *
 * `begin` is called once for each step graph and may make what all parameters share; the function it returns is
 * called for each parameter and its gradient. Everything reads the values from before the step. Slots are
 * matrices kept between steps, 0 at first unless said otherwise.
 *
 * The arithmetic is PyTorch's throughout: ε is added outside the square root, after any bias correction.
 */

import type { Graph } from "../../graph/graph.ts";
import type { BufferLeaf, Node } from "../../graph/nodes.ts";
import { UsageError } from "../../tensor/errors.ts";
import { hasMethods, isNumber } from "../../tensor/options.ts";
import { show } from "../../tensor/show.ts";
import { madeOf } from "../identity.ts";
import type { Schedule } from "../schedules.ts";

/** A fixed rate, or a function of the step number. */
export type LearningRate = number | Schedule;

/** Appends the update of one parameter. */
export type ParameterUpdate = (
  parameter: BufferLeaf,
  gradient: Node,
  /** A slot of the parameter's shape, 0 at first. */
  slot: (name: string) => BufferLeaf,
) => void;

/** What all updates of a step share. */
export interface OptimizerContext {
  /** The learning rate of the running step, 1×1. */
  readonly learningRate: Node;
  /** A 1×1 slot that all parameters share, 0 at first. */
  scalar(name: string): BufferLeaf;
}

/** An optimizer: its options, and `begin`, which starts the updates of a step graph. */
export interface Optimizer {
  readonly name: string;
  readonly learningRate: LearningRate;
  /** The other options, defaults filled in. Name and config identify an optimizer: different ones differ in them. */
  readonly config: Readonly<Record<string, number | boolean>>;
  begin(g: Graph, context: OptimizerContext): ParameterUpdate;
}

/** Marks an optimizer of papergrad: its name and config say all about what `begin` appends. */
export function ownOptimizer(optimizer: Optimizer): Optimizer {
  madeOf(optimizer.begin, optimizer.name, optimizer.config);
  return optimizer;
}

/** Whether a value can be used as an optimizer. */
export const isOptimizer = (v: unknown): v is Optimizer =>
  hasMethods("begin")(v) &&
  typeof (v as Optimizer).name === "string" &&
  (typeof (v as Optimizer).learningRate === "function" || isNumber((v as Optimizer).learningRate, 0));

/** @throws {UsageError} unless it is a function, or a finite number ≥ 0. */
export function checkLearningRate(where: string, rate: LearningRate): void {
  if (typeof rate === "function") return;
  atLeastZero(where, "learningRate", rate);
}

/** @throws {UsageError} unless value is finite and ≥ 0. */
export function atLeastZero(where: string, name: string, value: number): void {
  if (!isNumber(value, 0))
    throw new UsageError(
      `${where}: expected ${name} to be a finite number ≥ 0, received ${show(value)}. Give e.g. 0.01.`,
    );
}

/** @throws {UsageError} unless epsilon is finite and > 0: with 0 a gradient of 0 would give 0/0. */
export function checkEpsilon(where: string, epsilon: number): void {
  if (!isNumber(epsilon) || epsilon <= 0)
    throw new UsageError(
      `${where}: expected epsilon to be a finite number > 0, received ${show(epsilon)}. Usual is 1e-8.`,
    );
}

/** @throws {UsageError} unless 0 ≤ value < 1. */
export function share(where: string, name: string, value: number): void {
  if (!isNumber(value, 0, 1))
    throw new UsageError(`${where}: expected 0 ≤ ${name} < 1, received ${show(value)}. Usual is 0.9.`);
}

/** average ← β·average + (1 − β)·value: stores it and returns the new value. */
export function movingAverage(g: Graph, average: BufferLeaf, beta: number, value: Node | number): Node {
  const next = g.add(
    g.mul(beta, average),
    typeof value === "number" ? (1 - beta) * value : g.mul(1 - beta, value),
  );
  g.store(average, next);
  return next;
}
