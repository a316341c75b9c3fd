/**
 * The steps of a training run in their order: for each epoch a seeded order of the rows, written as index tables,
 * and as many steps at a time as one asks for. Where one stops in between never shows in the result.
 *
 * A last, shorter batch has a compiled step of its own that acts on the same parameters and slots; no row is carried
 * over into the next epoch. `fit` reaches this through `train/loop`, a `Trainer` directly.
 */
import type { Entry, RunResult } from "../compile/engine.ts";
import type { Optimizer } from "../nn/optimizers/index.ts";
import type { ModelState } from "../nn/state.ts";
import { type RandomSnapshot, RandomState } from "../random/index.ts";
import type { FitPlan } from "./prepare.ts";
import { RATE_TABLE, writeRates } from "./rates.ts";
import { optimizerKey, type StepSpec, trainingEntry } from "./step.ts";
import { specOf, upload, writeIndex } from "./tables.ts";

/** Batches of one size within an epoch. */
interface Part {
  readonly entry: Entry;
  readonly rows: number;
  /** Row numbers it reads in an epoch: a multiple of `rows`. */
  readonly length: number;
}

/** Steps that were run, all with batches of `rows` rows. */
export interface StepsRun extends RunResult {
  readonly rows: number;
}

/** A place in an epoch. */
export interface EpochPlace {
  /** The generator before it drew the order of this epoch. */
  readonly random: RandomSnapshot;
  /** Steps of this epoch that are done. */
  readonly done: number;
}

export class StepSequence {
  readonly stepsPerEpoch: number;
  private readonly state: ModelState;
  private readonly plan: FitPlan;
  private readonly optimizer: Optimizer;
  private readonly parts: readonly Part[];
  /** Of the running epoch; null between two epochs. */
  private order: { readonly drawnFrom: RandomSnapshot; readonly rows: Int32Array } | null = null;
  private doneInEpoch = 0;
  /** Whose rows stand in the index table now. */
  private written: Part | null = null;

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
    this.stepsPerEpoch = this.parts.reduce((n, p) => n + p.length / p.rows, 0);
    upload(state, data, x, y);
    if (plan.seed !== undefined) {
      state.random = new RandomState(plan.seed);
      state.engine.seed = plan.seed;
    }
    const key = optimizerKey(optimizer);
    if (state.optimizerKey !== key) state.clearSlots();
    state.optimizerKey = key;
  }

  /** Steps of the running epoch that are done; 0 between two epochs. */
  get done(): number {
    return this.doneInEpoch;
  }

  /**
   * Runs at most `steps` steps, fewer where the size of the batches changes, the epoch ends, or the loss of a step is
   * not finite (`halted`: that step has updated the weights).
   */
  run(steps: number): StepsRun {
    const { state } = this;
    this.order ??= this.draw();
    const { part, from, next } = this.partOf(this.doneInEpoch);
    const asked = Math.min(steps, part.length / part.rows - next, RATE_TABLE);
    if (this.written !== part) {
      this.writeOrder(part, this.order.rows.subarray(from, from + part.length), next);
      this.written = part;
    }
    writeRates(state, this.optimizer.learningRate, state.stepCount, asked);
    part.entry.stepNumber = state.stepCount;
    const result = part.entry.run(asked);
    state.stepCount += result.steps;
    this.doneInEpoch += result.steps;
    if (this.doneInEpoch === this.stepsPerEpoch) this.endEpoch();
    return { ...result, rows: part.rows };
  }

  /** Row numbers of the running epoch, or of the next one between two, in its order. */
  epochRows(): Int32Array {
    this.order ??= this.draw();
    return this.order.rows;
  }

  /** Row numbers of the batch of the next step. */
  nextRows(): Int32Array {
    const rows = this.epochRows();
    const { part, from, next } = this.partOf(this.doneInEpoch);
    const start = from + next * part.rows;
    return rows.slice(start, start + part.rows);
  }

  /** Where it is, to come back to; belongs to a snapshot of the state. */
  place(): EpochPlace {
    return { random: this.order?.drawnFrom ?? this.state.random.state(), done: this.doneInEpoch };
  }

  /** Goes back to a place of a sequence over the same rows. */
  goTo({ random, done }: EpochPlace): void {
    this.state.random.setState(random);
    this.order = done > 0 ? this.draw() : null;
    this.doneInEpoch = done;
    this.written = null;
  }

  private draw(): { drawnFrom: RandomSnapshot; rows: Int32Array } {
    const { random } = this.state;
    const length = this.plan.x.shape[0];
    const drawnFrom = random.state();
    const rows = this.plan.shuffle ? random.permutation(length) : Int32Array.from({ length }, (_, i) => i);
    return { drawnFrom, rows };
  }

  private endEpoch(): void {
    this.order = null;
    this.doneInEpoch = 0;
    this.written = null;
  }

  /** The part that a step of the epoch belongs to, where its rows start, and which step of it that is. */
  private partOf(step: number): { part: Part; from: number; next: number } {
    const [full, rest] = this.parts as [Part, Part?];
    const fullSteps = full.length / full.rows;
    return rest && step >= fullSteps
      ? { part: rest, from: full.length, next: step - fullSteps }
      : { part: full, from: 0, next: step };
  }

  /**
   * Writes the rows of a part, turned round so that its next step (number `next` of the part) reads its own: a step
   * reads the place (step number · rows) modulo the length of the table.
   */
  private writeOrder(part: Part, rows: Int32Array, next: number): void {
    const { length } = part;
    const start = ((this.state.stepCount - next) * part.rows) % length;
    const turned = new Int32Array(length);
    turned.set(rows.subarray(0, length - start), start);
    turned.set(rows.subarray(length - start), 0);
    writeIndex(this.state, "train", turned);
  }
}
