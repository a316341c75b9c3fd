/**
 * What moves a model on by whole steps: papergrad's trainer with an optimizer, or a full-batch minimizer whose steps
 * are its iterations. Both can be stopped anywhere and taken back.
 *
 * A minimizer is a function that runs to its end; it is run again from its start for twice as many iterations whenever
 * more are needed, and the points it passed are kept. It gives the same points each time.
 */
import {
  type LearningRate,
  type LossName,
  type Minimizer,
  type Model,
  minimize,
  type Tensor,
  type Trainer,
  type TrainerSnapshot,
} from "papergrad";
import type { Experiment } from "../state/experiment.ts";
import { optimizerOf, rateOf } from "./network.ts";

/** How far a driver came. */
export interface Driven {
  readonly steps: number;
  readonly ended: "notFinite" | "converged" | null;
}

/** All that the next steps depend on. */
export type DriverSnapshot = TrainerSnapshot | IterationSnapshot;

export interface Driver {
  readonly stepsPerEpoch: number;
  readonly stepsIntoEpoch: number;
  /** About so many bytes has a snapshot. */
  readonly snapshotBytes: number;
  /** Learning rate of a step; NaN for a minimizer, which has none. */
  rateAt(step: number): number;
  run(steps: number): Driven;
  /** Row numbers of the coming mini-batch; null for a minimizer, which takes all rows. */
  nextRows(): Int32Array | null;
  /** The weights are others than the last step left. */
  weightsChanged(): void;
  snapshot(): DriverSnapshot;
  restore(snapshot: DriverSnapshot): void;
}

/** Makes what trains the model as the experiment says. */
export function driverOf(
  model: Model,
  experiment: Experiment,
  x: Tensor<Float64Array | Uint8Array>,
  y: Float64Array | Tensor<Float64Array>,
  loss: LossName,
): Driver {
  const optimizer = optimizerOf(experiment);
  if ("minimizer" in optimizer)
    return new Iterations(model, optimizer, model.valueAndGradient(x, y, { loss }));
  const { batchSize } = experiment;
  return new Steps(model, model.trainer(x, y, { optimizer, loss, batchSize }), rateOf(experiment));
}

class Steps implements Driver {
  readonly snapshotBytes: number;
  private readonly trainer: Trainer;
  private readonly rate: LearningRate;

  constructor(model: Model, trainer: Trainer, rate: LearningRate) {
    this.trainer = trainer;
    this.rate = rate;
    const values = [...model.state.snapshot().values()];
    this.snapshotBytes = values.reduce((sum, v) => sum + v.byteLength, 1000);
  }

  get stepsPerEpoch(): number {
    return this.trainer.stepsPerEpoch;
  }

  get stepsIntoEpoch(): number {
    return this.trainer.stepsIntoEpoch;
  }

  rateAt(step: number): number {
    return typeof this.rate === "number" ? this.rate : this.rate(step);
  }

  run(steps: number): Driven {
    const result = this.trainer.run(steps);
    return { steps: result.steps, ended: result.halted ? "notFinite" : null };
  }

  nextRows(): Int32Array {
    return this.trainer.nextRows();
  }

  /** The trainer reads the weights where they are. */
  weightsChanged(): void {}

  snapshot(): TrainerSnapshot {
    return this.trainer.snapshot();
  }

  restore(snapshot: DriverSnapshot): void {
    if ("place" in snapshot) this.trainer.restore(snapshot);
  }
}

/** An iteration of a minimizer that started from some point. */
interface IterationSnapshot {
  readonly start: Float64Array;
  readonly iteration: number;
}

/** Iterations asked for the first time. */
const FIRST_ITERATIONS = 32;

class Iterations implements Driver {
  readonly stepsPerEpoch = 1;
  readonly stepsIntoEpoch = 0;
  readonly snapshotBytes: number;
  private readonly model: Model;
  private readonly minimizer: Minimizer;
  private readonly loss: ReturnType<Model["valueAndGradient"]>;
  private start: Float64Array;
  private iteration = 0;
  /** Where the iterations 1, 2, … led. */
  private passed: Float64Array[] = [];
  private finished = false;

  constructor(model: Model, minimizer: Minimizer, loss: ReturnType<Model["valueAndGradient"]>) {
    this.model = model;
    this.minimizer = minimizer;
    this.loss = loss;
    this.start = this.weights();
    this.snapshotBytes = 8 * this.start.length;
  }

  rateAt(): number {
    return Number.NaN;
  }

  run(steps: number): Driven {
    const target = this.iteration + steps;
    if (target > this.passed.length && !this.finished) this.minimize(Math.max(FIRST_ITERATIONS, 2 * target));
    const reached = Math.min(target, this.passed.length);
    const done = reached - this.iteration;
    this.iteration = reached;
    this.place();
    this.model.state.stepCount += done;
    return { steps: done, ended: done < steps ? "converged" : null };
  }

  nextRows(): null {
    return null;
  }

  weightsChanged(): void {
    this.begin(this.weights(), 0);
  }

  snapshot(): IterationSnapshot {
    return { start: this.start, iteration: this.iteration };
  }

  restore(snapshot: DriverSnapshot): void {
    if (!("iteration" in snapshot)) return;
    const { start, iteration } = snapshot;
    if (start === this.start) this.iteration = iteration;
    else {
      this.begin(start, iteration);
      if (iteration > 0) this.minimize(Math.max(FIRST_ITERATIONS, iteration));
    }
    this.place();
  }

  private weights(): Float64Array {
    return Float64Array.from(this.model.state.engine.live("parameters"));
  }

  private begin(start: Float64Array, iteration: number): void {
    this.start = start;
    this.iteration = iteration;
    this.passed = [];
    this.finished = false;
  }

  private minimize(maxIterations: number): void {
    const passed: Float64Array[] = [];
    const options = {
      maxIterations,
      callback: (x: Float64Array) => {
        passed.push(x.slice());
        return false;
      },
    };
    const f = (x: Float64Array) => this.loss.at(x);
    const { minimizer, options: own } = this.minimizer;
    if (minimizer === "lbfgs") minimize.lbfgs(f, this.start, { ...options, memory: own.memory ?? 10 });
    else minimize.conjugateGradient(f, this.start, options);
    this.passed = passed;
    this.finished = passed.length < maxIterations;
  }

  /** Puts the point of the present iteration into the model. */
  private place(): void {
    const x = this.iteration === 0 ? this.start : this.passed[this.iteration - 1]!;
    this.model.state.engine.live("parameters").set(x);
  }
}
