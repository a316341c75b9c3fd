/**
 * A training run in steps of one's own: any number at a time, stopped anywhere inside an epoch, with snapshots to come
 * back to. The bits are those that `fit` gives with the same options, however the steps are cut.
 *
 * For pages and lessons that show a network while it learns. No callbacks, no validation, no turns of the event loop:
 * whoever calls it looks after those.
 */
import type { RunResult } from "../compile/engine.ts";
import type { Optimizer } from "../nn/optimizers/index.ts";
import type { ModelState, Snapshot } from "../nn/state.ts";
import { UsageError } from "../tensor/errors.ts";
import { isMinimizer } from "./minimizer.ts";
import type { FitPlan } from "./prepare.ts";
import { type EpochPlace, StepSequence } from "./sequence.ts";

/** Everything the next steps depend on, as it was. Plain data. */
export interface TrainerSnapshot {
  readonly values: Snapshot;
  readonly place: EpochPlace;
  readonly stepCount: number;
}

/**
 * Trains a model step by step; made by `model.trainer`. It goes on from the model as it is: weights may be set between
 * two steps. Another `fit` or `trainer` of the same model in between would take its place.
 * @example
 * const model = sequential([dense(1)], { inputShape: [1], seed: 3 });
 * const trainer = model.trainer([[0], [1], [2]], [1, 3, 5], { batchSize: 2, optimizer: "sgd" });
 * const start = trainer.snapshot();
 * trainer.run(3).metrics.loss?.length // 3
 * trainer.restore(start);
 * trainer.stepsDone // 0
 */
export class Trainer {
  private readonly state: ModelState;
  private readonly sequence: StepSequence;

  constructor(state: ModelState, plan: FitPlan, optimizer: Optimizer) {
    this.state = state;
    this.sequence = new StepSequence(state, plan, optimizer);
  }

  /** Batches of an epoch, the last, shorter one included. */
  get stepsPerEpoch(): number {
    return this.sequence.stepsPerEpoch;
  }

  /** Steps done in the life of the model. */
  get stepsDone(): number {
    return this.state.stepCount;
  }

  /** Steps of the running epoch that are done; 0 between two epochs. */
  get stepsIntoEpoch(): number {
    return this.sequence.done;
  }

  /** Row numbers of the batch of the next step. */
  nextRows(): Int32Array {
    return this.sequence.nextRows();
  }

  /**
   * Runs steps. Where the loss of a step is not finite it stops before that step (`halted`): `steps` are those done,
   * and the model is as they left it.
   */
  run(steps: number): RunResult {
    const metrics: Record<string, number[]> = {};
    let done = 0;
    while (done < steps) {
      const before = this.snapshot();
      const result = this.sequence.run(steps - done);
      const good = result.halted ? result.steps - 1 : result.steps;
      for (const [name, values] of Object.entries(result.metrics)) {
        metrics[name] ??= [];
        metrics[name].push(...values.subarray(0, good));
      }
      done += good;
      if (result.halted) {
        this.restore(before);
        if (good > 0) this.sequence.run(good);
        return { steps: done, halted: true, metrics: arrays(metrics) };
      }
    }
    return { steps: done, halted: false, metrics: arrays(metrics) };
  }

  /** A copy of all that the next steps depend on. */
  snapshot(): TrainerSnapshot {
    const { state, sequence } = this;
    return { values: state.snapshot(), place: sequence.place(), stepCount: state.stepCount };
  }

  /** Goes back to a snapshot of this trainer: the steps from there give the same bits again. */
  restore({ values, place, stepCount }: TrainerSnapshot): void {
    this.state.restore(values);
    this.state.stepCount = stepCount;
    this.sequence.goTo(place);
  }
}

const arrays = (lists: Readonly<Record<string, readonly number[]>>): Record<string, Float64Array> =>
  Object.fromEntries(Object.entries(lists).map(([name, values]) => [name, Float64Array.from(values)]));

/** @throws {UsageError} for a minimizer, which has no steps of its own. */
export function trainerOf(state: ModelState, plan: FitPlan): Trainer {
  const { optimizer } = plan;
  if (isMinimizer(optimizer))
    throw new UsageError(
      `model.trainer: expected an optimizer with a step of its own, received ${optimizer.minimizer}. Give e.g. "adam", or train with model.fit.`,
    );
  return new Trainer(state, plan, optimizer);
}
