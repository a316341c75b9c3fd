/**
 * The training loop of `fit`: epochs of a `StepSequence`, with as many steps inside the engine as fit in some tens of
 * milliseconds before the event loop gets its turn. How long a chunk is never shows in the result.
 */
import type { Optimizer } from "../nn/optimizers/index.ts";
import type { ModelState } from "../nn/state.ts";
import type { Progress } from "./callbacks.ts";
import type { EpochLog } from "./history.ts";
import { NotFiniteError } from "./not-finite.ts";
import type { FitPlan } from "./prepare.ts";
import { RATE_TABLE, rateAt } from "./rates.ts";
import { StepSequence, type StepsRun } from "./sequence.ts";

/** Milliseconds of steps between two turns of the event loop. */
const CHUNK_MS = 30;

export interface EpochHooks {
  /** After each chunk of steps. */
  progress(progress: Progress): Promise<void>;
  /** Whether to end the training now. */
  readonly stopped: () => boolean;
}

export class TrainingLoop {
  private readonly state: ModelState;
  private readonly plan: FitPlan;
  private readonly optimizer: Optimizer;
  private readonly sequence: StepSequence;
  private chunk = 1;
  private yieldedAt = performance.now();

  constructor(state: ModelState, plan: FitPlan, optimizer: Optimizer) {
    this.state = state;
    this.plan = plan;
    this.optimizer = optimizer;
    this.sequence = new StepSequence(state, plan, optimizer);
  }

  /**
   * One pass over the data; null if it was stopped before its first step.
   * @throws {NotFiniteError} if the loss is not finite any more; parameters and slots are then those before the epoch.
   */
  async epoch(epoch: number, hooks: EpochHooks): Promise<EpochLog | null> {
    const { state, plan } = this;
    const { stepsPerEpoch } = this.sequence;
    const began = performance.now();
    const before = state.snapshot();
    const stepsBefore = state.stepCount;
    const order = this.sequence.epochRows();
    const sums = new Sums();
    let stepsDone = 0;
    while (stepsDone < stepsPerEpoch && !hooks.stopped()) {
      const result = this.run();
      stepsDone += result.steps;
      if (result.halted) {
        state.restore(before);
        const loss = result.metrics.loss!.at(-1)!;
        throw new NotFiniteError(plan, loss, { epoch, step: stepsDone, stepsBefore, order });
      }
      sums.add(result.metrics, result.rows);
      await this.breathe(hooks, { epoch, stepsDone, stepsPerEpoch, loss: sums.mean("loss") });
    }
    if (stepsDone === 0) return null;
    const learningRate = rateAt(this.optimizer.learningRate, state.stepCount - 1);
    const seconds = (performance.now() - began) / 1000;
    return { epoch, step: state.stepCount, learningRate, values: sums.means(), seconds };
  }

  /** Runs a chunk of steps, and sets the length of the next one by how long it took. */
  private run(): StepsRun {
    const began = performance.now();
    const result = this.sequence.run(this.chunk);
    const took = performance.now() - began;
    if (result.steps === this.chunk && took < CHUNK_MS / 2) this.chunk = Math.min(RATE_TABLE, this.chunk * 2);
    else if (took > CHUNK_MS * 2) this.chunk = Math.max(1, this.chunk >> 1);
    return result;
  }

  private async breathe(hooks: EpochHooks, progress: Progress): Promise<void> {
    if (performance.now() - this.yieldedAt < CHUNK_MS) return;
    await hooks.progress(progress);
    await new Promise((resolve) => setTimeout(resolve, 0));
    this.yieldedAt = performance.now();
  }
}

/** Means over rows of what each step recorded. */
class Sums {
  private readonly totals: Record<string, number> = {};
  private rows = 0;

  add(metrics: Readonly<Record<string, Float64Array>>, rowsPerStep: number): void {
    let steps = 0;
    for (const [name, values] of Object.entries(metrics)) {
      let total = this.totals[name] ?? 0;
      for (const value of values) total += value * rowsPerStep;
      this.totals[name] = total;
      steps = values.length;
    }
    this.rows += steps * rowsPerStep;
  }

  mean(name: string): number {
    return this.totals[name]! / this.rows;
  }

  means(): Record<string, number> {
    return Object.fromEntries(Object.keys(this.totals).map((name) => [name, this.mean(name)]));
  }
}
