/**
 * One run of an experiment: the model, its training step by step, the curves, and what the time machine needs to go
 * back. The same in a worker and in Node; nothing in it depends on time or on how the steps are cut.
 *
 * Curve points lie at multiples of a stride that doubles when there are too many; some of them carry a snapshot.
 * Going to a step restores the nearest snapshot before it and trains the rest again, to the same bits.
 */
import { type FloatArray, type Model, sequential, type Tensor } from "papergrad";
import type { Mnist } from "papergrad/data";
import { hashBytes } from "papergrad/engine";
import { doctor, type Finding } from "papergrad/inspect";
import type { Columns } from "../data/columns.ts";
import { compileFeatures, FEATURES } from "../data/features.ts";
import { Refusal } from "../data/refusal.ts";
import type { Edit, Experiment } from "../state/experiment.ts";
import { type Part, type Rows, rowsOf, targetsOf } from "./data.ts";
import { type Driver, type DriverSnapshot, driverOf } from "./driver.ts";
import { type Head, headOf, layersOf, optimizerOf } from "./network.ts";
import { activationsOf, probe, valuesOf } from "./probe.ts";
import type { About, Activations, CurvePoint, Values, Where } from "./protocol.ts";

/** More curve points than this are thinned out to every other one. */
const MOST_POINTS = 512;
/** Bytes that snapshots may take. */
const SNAPSHOT_BYTES = 64e6;
/** Multiply-adds of a measurement above which it is not done at every step. */
const CHEAP = 2e7;
/** Stride of the curves at the start where measuring is not cheap. */
const WIDE_STRIDE = 64;

/** A stretch of the run with the same settings. */
interface Phase {
  readonly experiment: Experiment;
  readonly model: Model;
  readonly driver: Driver;
  readonly measureTrain: ReturnType<typeof probe>;
  readonly measureTest: ReturnType<typeof probe> | null;
}

interface Saved {
  readonly phase: number;
  readonly snapshot: DriverSnapshot;
  readonly epochs: number;
}

interface Kept {
  readonly point: CurvePoint;
  readonly saved: Saved | null;
}

export class Run {
  readonly about: About;
  /** As it was opened; edits come on top. */
  private readonly base: Experiment;
  private readonly rows: Rows;
  private readonly head: Head;
  private readonly threads: number;
  private phases: Phase[] = [];
  private current = 0;
  private edits: Edit[];
  private kept = new Map<number, Kept>();
  private stride: number;
  private now = 0;
  private epochs = 0;
  private lastUpdates: readonly number[] = [];
  private readonly compiled = new Map<number, Columns>();
  private readonly grids = new Map<number, Tensor<Float64Array>>();
  /** Counts the changes of curve points that a list of new points cannot tell. */
  revision = 0;
  /** The loss of the next step is not finite, or a minimizer has converged. */
  ended: "notFinite" | "converged" | null = null;

  private constructor(experiment: Experiment, rows: Rows, threads: number) {
    this.base = experiment;
    this.rows = rows;
    this.threads = threads;
    this.edits = [...experiment.edits].sort((a, b) => a.step - b.step);
    this.head = headOf(experiment.loss, rows.classes);
    this.phases.push(this.phase(experiment, null));
    this.about = this.describe();
    this.stride = this.cheap ? 1 : WIDE_STRIDE;
    this.applyEdits();
    this.record();
  }

  /** Makes the rows and the model. @throws {Refusal | UsageError} if they cannot be used. */
  static async open(
    experiment: Experiment,
    { threads, mnist }: { readonly threads: number; readonly mnist: () => Promise<Mnist> },
  ): Promise<Run> {
    return new Run(experiment, await rowsOf(experiment, mnist), threads);
  }

  get step(): number {
    return this.now;
  }

  /** Finished epochs and the part of the running one. */
  get epoch(): number {
    const { stepsIntoEpoch, stepsPerEpoch } = this.driver;
    return this.epochs + stepsIntoEpoch / stepsPerEpoch;
  }

  get stepsPerEpoch(): number {
    return this.driver.stepsPerEpoch;
  }

  /** Whether values and hash can be computed for every frame. */
  get cheap(): boolean {
    const measured = Math.min(this.about.trainRows, 2000) + Math.min(this.about.testRows, 2000);
    return measured * this.parameters().length < CHEAP;
  }

  /** The last step that has been trained. */
  get end(): number {
    return Math.max(this.now, ...this.kept.keys());
  }

  /** The edits, those still to come included. */
  get editList(): readonly Edit[] {
    return this.edits;
  }

  /** The curves, by rising step. */
  points(): CurvePoint[] {
    return [...this.kept.values()].map(({ point }) => point).sort((a, b) => a.step - b.step);
  }

  /** Copy of all trained numbers. */
  parameters(): FloatArray {
    return (this.model.state.engine.live("parameters") as FloatArray).slice();
  }

  /** Eight hex digits that name the trained numbers, bit for bit. */
  hash(): string {
    return hashBytes(new Uint8Array(this.parameters().buffer));
  }

  /** Loss and accuracy at this very step. */
  values(): Values {
    const { measureTrain, measureTest } = this.phases[this.current]!;
    return valuesOf(measureTrain(), measureTest?.() ?? null);
  }

  /**
   * Trains at most `most` steps, fewer up to the next curve point, edit, end of an epoch or end of the run. Returns the
   * steps done.
   */
  advance(most: number): number {
    if (this.ended || most < 1) return 0;
    const stop = Math.min(this.now + most, this.nextPoint(), this.nextEdit(), this.nextEpoch());
    const goes = stop - this.now;
    const atPoint = stop % this.stride === 0;
    let done = 0;
    if (goes > 1 || !atPoint) done += this.train(goes - (atPoint ? 1 : 0));
    if (atPoint && done === goes - 1) {
      const before = this.parameters();
      done += this.train(1);
      this.lastUpdates = this.updatesSince(before);
    }
    if (done < goes && this.ended === null) throw new Error("run: steps are missing");
    const edited = this.applyEdits();
    if (edited || (atPoint && done === goes && !this.kept.has(this.now))) this.record();
    return done;
  }

  /** Goes to the nearest kept state at or before a step; `advance` does the rest. */
  seek(step: number): void {
    const from = [...this.kept.values()]
      .filter(({ point, saved }) => saved !== null && point.step <= step)
      .sort((a, b) => b.point.step - a.point.step)[0]!;
    if (this.now <= step && this.now >= from.point.step) return;
    this.restore(from.point.step, from.saved!);
  }

  /** Does an edit now; what was trained after this step is forgotten. @throws {Refusal} if it cannot be done. */
  edit(edit: Edit): void {
    const count = this.parameters().length;
    if (edit.kind === "weight" && edit.index >= count)
      throw new Refusal({
        en: `Edit: expected a weight from 0 to ${count - 1}, received ${edit.index}.`,
        zh: `编辑：权重编号应为 0 到 ${count - 1}，实际为 ${edit.index}。`,
      });
    const here = { ...edit, step: this.now };
    const same = (e: Edit) =>
      e.step === this.now &&
      (e.kind === "weight" && here.kind === "weight" ? e.index === here.index : e.kind === here.kind);
    this.edits = [...this.edits.filter((e) => e.step <= this.now && !same(e)), here];
    for (const step of this.kept.keys()) if (step > this.now) this.kept.delete(step);
    this.revision++;
    this.apply(here);
    this.record();
  }

  /** Outputs of the layers for some rows. @throws {Refusal} for a grid of rows that are no points of the plane. */
  activations(where: Where, layers: "all" | "last"): Activations {
    return activationsOf(this.model, this.inputsOf(where), layers);
  }

  /** What the doctor says of the run as it stands; a run that has broken down is examined on the rows that broke it. */
  diagnose(): Finding[] {
    const { train, test } = this.rows;
    const { experiment, model, driver } = this.phases[this.current]!;
    const { loss, oneHot } = this.head;
    const batch = this.ended === "notFinite" ? driver.nextRows() : null;
    const past = this.points().filter((point) => point.step <= this.now);
    return doctor(model, train.x, targetsOf(train, oneHot), {
      loss,
      optimizer: optimizerOf(experiment),
      losses: past.map((point) => point.loss),
      testLosses: past.flatMap(({ testLoss }) => (testLoss === undefined ? [] : [testLoss])),
      ...(test && { test: { x: test.x, y: targetsOf(test, oneHot) } }),
      ...(train.points && { columns: experiment.features.map((name) => FEATURES[name].symbol) }),
      ...(batch && { batch }),
    });
  }

  private get driver(): Driver {
    return this.phases[this.current]!.driver;
  }

  private get model(): Model {
    return this.phases[this.current]!.model;
  }

  /** Runs steps of the current phase. */
  private train(steps: number): number {
    const before = this.driver.stepsIntoEpoch;
    const { steps: done, ended } = this.driver.run(steps);
    this.now += done;
    // A chunk never goes beyond the end of an epoch.
    if (done > 0 && before + done === this.driver.stepsPerEpoch) this.epochs++;
    this.ended = ended;
    return done;
  }

  private nextPoint = (): number => (Math.floor(this.now / this.stride) + 1) * this.stride;
  private nextEdit = (): number =>
    this.edits.find((e) => e.step > this.now)?.step ?? Number.POSITIVE_INFINITY;
  private nextEpoch = (): number => this.now + this.driver.stepsPerEpoch - this.driver.stepsIntoEpoch;

  /** Does the edits of this step. */
  private applyEdits(): boolean {
    const due = this.edits.filter((e) => e.step === this.now);
    for (const edit of due) this.apply(edit);
    return due.length > 0;
  }

  private apply(edit: Edit): void {
    this.ended = null;
    if (edit.kind === "weight") {
      const live = this.model.state.engine.live("parameters");
      live[edit.index] = edit.value;
      this.driver.weightsChanged();
      return;
    }
    const before = this.phases[this.current]!;
    this.phases = this.phases.slice(0, this.current + 1);
    this.phases.push(this.phase({ ...this.base, ...edit.settings }, before));
    this.current++;
  }

  /** A model for these settings; it takes over the weights and whatever else fits. */
  private phase(experiment: Experiment, from: Phase | null): Phase {
    const { rows, head } = this;
    const model = sequential(layersOf(experiment, rows, head), {
      inputShape: [rows.inputs],
      dtype: experiment.precision,
      seed: experiment.seed,
      threads: this.threads,
    });
    const driver = driverOf(model, experiment, rows.train.x, targetsOf(rows.train, head.oneHot), head.loss);
    if (from) {
      model.state.restore(from.model.state.snapshot());
      model.state.stepCount = from.model.state.stepCount;
      model.state.random.setState(from.model.state.random.state());
      driver.weightsChanged();
    }
    return {
      experiment,
      model,
      driver,
      measureTrain: probe(model, head, "train", rows.train),
      measureTest: rows.test && probe(model, head, "test", rows.test),
    };
  }

  private record(): void {
    const { driver, measureTrain, measureTest } = this.phases[this.current]!;
    const train = measureTrain();
    const point: CurvePoint = {
      ...valuesOf(train, measureTest?.() ?? null),
      step: this.now,
      epoch: this.epoch,
      learningRate: driver.rateAt(this.now),
      gradients: train.gradients,
      updates: this.lastUpdates.length > 0 ? this.lastUpdates : train.gradients.map(() => 0),
    };
    const keeps = this.now % (this.stride * this.snapshotEvery()) === 0;
    const saved = keeps || this.edits.some((e) => e.step === this.now) ? this.save() : null;
    if (this.kept.has(this.now)) this.revision++;
    this.kept.set(this.now, { point, saved });
    if (this.kept.size > MOST_POINTS) this.thin();
  }

  /** Every how many curve points there is room for a snapshot: a power of two. */
  private snapshotEvery(): number {
    const bytes = this.driver.snapshotBytes * MOST_POINTS;
    return 2 ** Math.max(0, Math.ceil(Math.log2(bytes / SNAPSHOT_BYTES)));
  }

  private thin(): void {
    this.stride *= 2;
    const every = this.stride * this.snapshotEvery();
    const edited = new Set(this.edits.map((e) => e.step));
    for (const [step, { point, saved }] of this.kept) {
      if (edited.has(step)) continue;
      if (step % this.stride !== 0) this.kept.delete(step);
      else if (saved && step % every !== 0) this.kept.set(step, { point, saved: null });
    }
    this.revision++;
  }

  private save(): Saved {
    return { phase: this.current, snapshot: this.driver.snapshot(), epochs: this.epochs };
  }

  private restore(step: number, { phase, snapshot, epochs }: Saved): void {
    this.current = phase;
    this.now = step;
    this.epochs = epochs;
    this.ended = null;
    this.driver.restore(snapshot);
  }

  /** ‖Δw‖/‖w‖ of every matrix. */
  private updatesSince(before: FloatArray): number[] {
    const after = this.parameters();
    return this.about.weights.map(({ shape, offset }) => {
      let [change, size] = [0, 0];
      for (let i = offset; i < offset + shape[0] * shape[1]; i++) {
        change += (after[i]! - before[i]!) ** 2;
        size += after[i]! ** 2;
      }
      return size === 0 ? 0 : Math.sqrt(change / size);
    });
  }

  private inputsOf(where: Where): Tensor<ArrayLike<number>> {
    if ("part" in where) {
      const part = this.rows[where.part];
      const rows = Math.min(where.most, part?.x.shape[0] ?? 0);
      if (!part || rows < 1) throw new Refusal({ en: "There are no test rows.", zh: "没有测试数据。" });
      return { shape: [rows, this.rows.inputs], data: part.x.data.subarray(0, rows * this.rows.inputs) };
    }
    if ("inputs" in where)
      return { shape: [where.inputs.length / this.rows.inputs, this.rows.inputs], data: where.inputs };
    if ("points" in where) return this.features(where.points);
    // The plane is drawn again and again: its points stay the same.
    const known = this.grids.get(where.grid) ?? this.features(this.gridPoints(where.grid));
    this.grids.set(where.grid, known);
    return known;
  }

  /** The features of points; compiled once for each number of points. */
  private features(points: ArrayLike<number>): Tensor<Float64Array> {
    const rows = points.length / 2;
    let compiled = this.compiled.get(rows);
    if (!compiled) {
      if (this.compiled.size > 8) this.compiled.clear();
      compiled = compileFeatures(this.base.features, rows);
      this.compiled.set(rows, compiled);
    }
    return compiled(points);
  }

  private gridPoints(size: number): Float64Array {
    const { range } = this.rows;
    if (range === null)
      throw new Refusal({
        en: "These rows are no points of a plane, so there is no map of it.",
        zh: "这些数据不是平面上的点，无法绘制平面图。",
      });
    const [x0, x1, y0, y1] = range;
    const points = new Float64Array(2 * size * size);
    for (let r = 0; r < size; r++)
      for (let c = 0; c < size; c++) {
        points[2 * (r * size + c)] = x0 + ((c + 0.5) / size) * (x1 - x0);
        points[2 * (r * size + c) + 1] = y1 - ((r + 0.5) / size) * (y1 - y0);
      }
    return points;
  }

  private describe(): About {
    const { rows, head, base } = this;
    const list = (part: Part | null) => (part?.points ? { x: part.points, y: part.y } : null);
    return {
      weights: this.model.weights
        .filter((w) => w.trainable)
        .map(({ path, label, shape, offset }) => ({ path, label, shape, offset })),
      units: [...base.layers.map((l) => l.units), head.units],
      activations: [...base.layers.map((l) => l.activation), head.activation],
      inputs: rows.inputs,
      classes: rows.classes,
      labels: rows.labels,
      head,
      range: rows.range,
      trainRows: rows.train.y.length,
      testRows: rows.test?.y.length ?? 0,
      train: list(rows.train),
      test: list(rows.test),
      threads: this.model.state.engine.threads,
    };
  }
}
