/**
 * The learning rate inside the step. A fixed rate is one number the host may change; a schedule is evaluated on
 * the host for the coming steps and each step picks its own value from a table, so the length of a run of steps
 * never shows in the result.
 */
import type { Graph } from "../graph/graph.ts";
import type { Node } from "../graph/nodes.ts";
import type { LearningRate } from "../nn/optimizers/index.ts";
import type { ModelState } from "../nn/state.ts";
import { UsageError } from "../tensor/errors.ts";
import { isNumber } from "../tensor/options.ts";
import { show } from "../tensor/show.ts";

/** Steps a table of rates covers: a run of steps is at most this long. */
export const RATE_TABLE = 1024;
const FIXED = "learningRate";
const TABLE = "learningRate/table";
const INDEX = "learningRate/index";

/** The rate of the running step, 1×1. */
export function rateNode(g: Graph, scheduled: boolean): Node {
  if (!scheduled) return g.hyper(FIXED);
  const table = g.input(TABLE, [RATE_TABLE, 1]);
  return g.label("η", g.gather(table, g.index(INDEX, RATE_TABLE), 1));
}

/**
 * Writes the rates of the steps first … first + steps − 1; returns that of the first.
 * @throws {UsageError} if a schedule gives a rate that is not finite and ≥ 0.
 */
export function writeRates(
  state: ModelState,
  rate: LearningRate,
  first: number,
  steps: number,
  where = "model.fit",
): number {
  const { engine } = state;
  if (typeof rate === "number") {
    engine.write(FIXED, [rate]);
    return rate;
  }
  const table = engine.live(TABLE);
  const index = engine.live(INDEX);
  for (let i = 0; i < RATE_TABLE; i++) index[i] = i;
  for (let step = first; step < first + steps; step++) table[step % RATE_TABLE] = rateAt(rate, step, where);
  return rateAt(rate, first, where);
}

/** The rate of one step, checked. */
export function rateAt(rate: LearningRate, step: number, where = "model.fit"): number {
  if (typeof rate === "number") return rate;
  const value = rate(step);
  if (!isNumber(value, 0))
    throw new UsageError(
      `${where}: expected the learning-rate schedule to give a finite rate ≥ 0, received ${show(value)} for step ${step}. Correct the schedule.`,
    );
  return value;
}
