/** The error that ends a training whose loss is not finite any more: what happened, and enough to do it again. */
import { UsageError } from "../tensor/errors.ts";
import type { FitPlan } from "./prepare.ts";

/**
 * Thrown by `fit` when the loss becomes NaN or infinite. The model is then as it was before the epoch; `doctor` of
 * papergrad/inspect takes the error as `failure`, repeats the epoch up to there, and names the first bad number.
 * @example
 * const model = sequential([dense(1)], { inputShape: [1] });
 * const failure = await model.fit([[1e30]], [0], { epochs: 2 }).catch((e) => e);
 * failure instanceof NotFiniteError // true
 * failure.step // 1
 */
export class NotFiniteError extends UsageError {
  /** From 1. */
  readonly epoch: number;
  /** Step of that epoch whose loss is not finite, from 1. */
  readonly step: number;
  /** Training steps done in the life of the model before the epoch. */
  readonly stepsBefore: number;
  /** Row numbers in the order of the epoch. */
  readonly order: Int32Array;
  /** Rows of a step. */
  readonly batchSize: number;

  constructor(
    plan: FitPlan,
    loss: number,
    at: Pick<NotFiniteError, "epoch" | "step" | "stepsBefore" | "order">,
  ) {
    const optimizer = "name" in plan.optimizer ? plan.optimizer : null;
    const rate = typeof optimizer?.learningRate === "number" ? ` (now ${optimizer.learningRate})` : "";
    super(
      `model.fit: the loss became ${loss} in epoch ${at.epoch}, step ${at.step}. Lower learningRate${rate}, scale the inputs to about −1…1, or use another initializer. The weights are those from before this epoch.`,
    );
    this.epoch = at.epoch;
    this.step = at.step;
    this.stepsBefore = at.stepsBefore;
    this.order = at.order;
    this.batchSize = plan.batchSize;
  }
}
