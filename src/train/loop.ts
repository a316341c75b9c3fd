/**
 * The training loop: for each epoch a seeded order of the rows, written as an index table, and as many steps
 * inside the engine as fit in some tens of milliseconds before the event loop gets its turn.
 *
 * How long a chunk is never shows in the result. A last, shorter batch has a compiled step of its own that acts
 * on the same parameters and slots.
 */
import type { Entry } from "../compile/engine.ts";
import type { Optimizer } from "../nn/optimizers/index.ts";
import type { ModelState } from "../nn/state.ts";
import { RandomState } from "../random/index.ts";
import { UsageError } from "../tensor/errors.ts";
import type { Progress } from "./callbacks.ts";
import type { EpochLog } from "./history.ts";
import type { FitPlan } from "./prepare.ts";
import { RATE_TABLE, rateAt, writeRates } from "./rates.ts";
import { optimizerKey, type StepSpec, trainingEntry } from "./step.ts";
import { specOf, upload, writeIndex } from "./tables.ts";

/** Milliseconds of steps between two turns of the event loop. */
const CHUNK_MS = 30;

/** Batches of one size within an epoch. */
interface Part {
  readonly entry: Entry;
  readonly rows: number;
  /** Row numbers it reads in an epoch: a multiple of `rows`. */
  readonly length: number;
}

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
  private readonly parts: readonly Part[];
  private chunk = 1;
  private yieldedAt = performance.now();

  constructor(state: ModelState, plan: FitPlan, optimizer: Optimizer) {
    this.state = state;
    this.plan = plan;
    this.optimizer = optimizer;
    const { x, y, batchSize } = plan;
    const data = specOf("train", x, y);
    const spec: StepSpec = { data, loss: plan.loss, optimizer, metrics: plan.metrics };
    const rest = data.rows % batchSize;
    const sizes = [
      { rows: batchSize, length: data.rows - rest },
      ...(rest > 0 ? [{ rows: rest, length: rest }] : []),
    ];
    this.parts = sizes.map((s) => ({ ...s, entry: trainingEntry(state, spec, s.length, s.rows) }));
    upload(state, data, x, y);
    if (plan.seed !== undefined) {
      state.random = new RandomState(plan.seed);
      state.engine.seed = plan.seed;
    }
    const key = optimizerKey(optimizer);
    if (state.optimizerKey !== key) state.clearSlots();
    state.optimizerKey = key;
  }

  /**
   * One pass over the data; null if it was stopped before its first step.
   * @throws {UsageError} if the loss is not finite any more; parameters and slots are then those before the epoch.
   */
  async epoch(epoch: number, hooks: EpochHooks): Promise<EpochLog | null> {
    const { state, plan } = this;
    const began = performance.now();
    const before = state.snapshot();
    const rows = plan.x.shape[0];
    const order = plan.shuffle
      ? state.random.permutation(rows)
      : Int32Array.from({ length: rows }, (_, i) => i);
    const sums = new Sums();
    const stepsPerEpoch = this.parts.reduce((n, p) => n + p.length / p.rows, 0);
    let from = 0;
    let stepsDone = 0;
    for (const part of this.parts) {
      this.writeOrder(part, order.subarray(from, from + part.length));
      from += part.length;
      for (let left = part.length / part.rows; left > 0 && !hooks.stopped(); ) {
        const first = state.stepCount;
        const steps = Math.min(left, this.chunk);
        writeRates(state, this.optimizer.learningRate, first, steps);
        const result = this.run(part.entry, steps);
        if (result.halted) {
          state.restore(before);
          throw notFiniteError(plan, epoch, stepsDone + result.steps, result.metrics.loss!.at(-1)!);
        }
        sums.add(result.metrics, part.rows);
        left -= steps;
        stepsDone += steps;
        await this.breathe(hooks, { epoch, stepsDone, stepsPerEpoch, loss: sums.mean("loss") });
      }
    }
    if (stepsDone === 0) return null;
    const learningRate = rateAt(this.optimizer.learningRate, state.stepCount - 1);
    const seconds = (performance.now() - began) / 1000;
    return { epoch, step: state.stepCount, learningRate, values: sums.means(), seconds };
  }

  /** Runs steps, and sets the length of the next chunk by how long these took. */
  private run(entry: Entry, steps: number): ReturnType<Entry["run"]> {
    entry.stepNumber = this.state.stepCount;
    const began = performance.now();
    const result = entry.run(steps);
    const took = performance.now() - began;
    this.state.stepCount += result.steps;
    if (steps === this.chunk && took < CHUNK_MS / 2) this.chunk = Math.min(RATE_TABLE, this.chunk * 2);
    else if (took > CHUNK_MS * 2) this.chunk = Math.max(1, this.chunk >> 1);
    return result;
  }

  /**
   * Writes the rows of an epoch for a part, turned round so that its next step reads the first of them: a step
   * reads the place (step number · rows) modulo the length of the table.
   */
  private writeOrder(part: Part, rows: Int32Array): void {
    const start = (this.state.stepCount * part.rows) % part.length;
    const turned = new Int32Array(part.length);
    turned.set(rows.subarray(0, part.length - start), start);
    turned.set(rows.subarray(part.length - start), 0);
    writeIndex(this.state, "train", turned);
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

function notFiniteError(plan: FitPlan, epoch: number, step: number, loss: number): UsageError {
  const optimizer = "name" in plan.optimizer ? plan.optimizer : null;
  const rate = typeof optimizer?.learningRate === "number" ? ` (now ${optimizer.learningRate})` : "";
  return new UsageError(
    `model.fit: the loss became ${loss} in epoch ${epoch}, step ${step}. Lower learningRate${rate}, scale the inputs to about −1…1, or use another initializer. The weights are those from before this epoch.`,
  );
}
