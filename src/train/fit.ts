/**
 * `model.fit`: prepares the data, runs epochs (or a minimizer's iterations), evaluates, calls the callbacks, and
 * tells why it ended.
 */
import type { ModelState } from "../nn/state.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { RunControl } from "./callbacks.ts";
import { evaluator } from "./evaluate.ts";
import { type EpochLog, type History, historyOf, validationName } from "./history.ts";
import { TrainingLoop } from "./loop.ts";
import { minimizeFullBatch } from "./minimize.ts";
import { isMinimizer, type Minimizer } from "./minimizer.ts";
import { PREDICT_BATCH } from "./options.ts";
import type { FitPlan } from "./prepare.ts";

/** Trains as planned; the state holds the result. */
export async function runFit(state: ModelState, plan: FitPlan, control: WeightAccess): Promise<History> {
  const run = new FitRun(state, plan, control);
  return isMinimizer(plan.optimizer) ? run.minimize(plan.optimizer) : run.epochs();
}

interface WeightAccess {
  getWeights(): Tensor[];
  setWeights(weights: readonly Tensor[]): void;
}

class FitRun {
  private readonly state: ModelState;
  private readonly plan: FitPlan;
  private readonly logs: EpochLog[] = [];
  private readonly control: RunControl;
  private readonly validate: (() => Record<string, number>) | null;
  private reason: string | null = null;

  constructor(state: ModelState, plan: FitPlan, access: WeightAccess) {
    this.state = state;
    this.plan = plan;
    this.validate =
      plan.validation &&
      evaluator(state, { ...plan, ...plan.validation, use: "validation", batchSize: PREDICT_BATCH });
    this.control = {
      epochs: plan.epochs,
      weights: () => access.getWeights(),
      setWeights: (weights) => access.setWeights(weights),
      stop: (reason = "callback") => {
        this.reason ??= reason;
      },
    };
  }

  async epochs(): Promise<History> {
    const { plan } = this;
    if (isMinimizer(plan.optimizer)) return this.minimize(plan.optimizer);
    const loop = new TrainingLoop(this.state, plan, plan.optimizer);
    const stopped = () => plan.signal?.aborted === true;
    await this.begin();
    for (let epoch = 1; epoch <= plan.epochs && this.reason === null && !stopped(); epoch++) {
      const log = await loop.epoch(epoch, {
        stopped,
        progress: async (progress) => {
          for (const c of plan.callbacks) await c.onProgress?.(progress);
        },
      });
      if (log === null) break;
      const whole = this.withValidation(log);
      this.logs.push(whole);
      for (const c of plan.callbacks) await c.onEpochEnd?.(whole, this.control);
    }
    if (stopped()) this.reason ??= "signal";
    const done = this.logs.length;
    return this.end(this.reason ?? "epochs", `Trained for ${done} of ${plan.epochs} epochs.`);
  }

  async minimize(minimizer: Minimizer): Promise<History> {
    const { plan } = this;
    await this.begin();
    const result = minimizeFullBatch(this.state, plan, minimizer, plan.epochs, (log) => {
      const whole = this.withValidation(log);
      this.logs.push(whole);
      for (const c of plan.callbacks) void c.onEpochEnd?.(whole, this.control);
      if (plan.signal?.aborted) this.reason ??= "signal";
      return this.reason;
    });
    return this.end(result.stoppedBy, result.message);
  }

  private withValidation(log: EpochLog): EpochLog {
    if (!this.validate) return log;
    const entries = Object.entries(this.validate()).map(
      ([name, value]) => [validationName(name), value] as const,
    );
    return { ...log, values: { ...log.values, ...Object.fromEntries(entries) } };
  }

  private async begin(): Promise<void> {
    for (const c of this.plan.callbacks) await c.onTrainBegin?.(this.control);
  }

  private async end(stoppedBy: string, message: string): Promise<History> {
    const history = historyOf(this.logs, { stoppedBy, message, features: this.state.engine.features });
    for (const c of this.plan.callbacks) await c.onTrainEnd?.(history, this.control);
    return history;
  }
}
