/**
 * One training step on one batch, compiled but not run: what traces and lessons look into.
 */
import type { Entry } from "../compile/engine.ts";
import type { ModelState } from "../nn/state.ts";
import { UsageError } from "../tensor/errors.ts";
import { isMinimizer } from "./minimizer.ts";
import type { FitPlan } from "./prepare.ts";
import { writeRates } from "./rates.ts";
import { trainingEntry } from "./step.ts";
import { specOf, upload, writeIndex } from "./tables.ts";

/**
 * The step that `fit` would do on all rows of the plan as one batch; its data are written.
 * @throws {UsageError} for a minimizer, which has no such step.
 */
export function singleStep(state: ModelState, plan: FitPlan): Entry {
  const { x, y, loss, optimizer, metrics } = plan;
  if (isMinimizer(optimizer))
    throw new UsageError(
      `model.trainingStep: expected an optimizer with a step of its own, received ${optimizer.minimizer}. Give e.g. "sgd".`,
    );
  const data = specOf("train", x, y);
  const rows = data.rows;
  const entry = trainingEntry(state, { data, loss, optimizer, metrics }, rows, rows);
  upload(state, data, x, y);
  writeIndex(
    state,
    "train",
    Int32Array.from({ length: rows }, (_, i) => i),
  );
  entry.stepNumber = state.stepCount;
  writeRates(state, optimizer.learningRate, entry.stepNumber, 1, "model.trainingStep");
  return entry;
}
