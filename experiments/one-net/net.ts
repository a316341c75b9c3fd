/**
 * A OneNet in an engine: its entries, its start values, and a run that remembers the weights on the way.
 *
 * With a bias of two columns the published program changes shape: the first step reads w (inputs, 1) and writes
 * w (inputs, 2). That is two Programs in sequence on one memory, `first` and `step`.
 */

import { RandomState } from "papergrad";
import { createEngine, type Engine, type Entry } from "papergrad/engine";
import type { Pacer } from "../shared/pacer.ts";
import type { PrepareOptions, Variant } from "../types.ts";
import { BLOCK, DECAY, type Gate, RATE } from "./gate.ts";
import { derivedStep, forward, leaves, publishedStep, update } from "./step.ts";

export interface OneNet {
  readonly gate: Gate;
  readonly engine: Engine;
  /** The step that widens w; null where nothing changes shape. */
  readonly first: Entry | null;
  readonly step: Entry;
  /** Columns of w and b after the first step. */
  readonly columns: number;
}

/** Start values: w (inputs, 1) and b (1, columns of the bias). */
export interface Start {
  readonly w: ArrayLike<number>;
  readonly b: ArrayLike<number>;
}

export interface OneNetOptions extends Omit<PrepareOptions, "seed"> {
  readonly variant: Variant;
  /** Default: what the variant starts with. */
  readonly biasColumns?: number;
  /** Default 1e-3. */
  readonly decay?: number;
}

/** Compiles the steps and writes data and settings; the weights are 0 until `begin`. */
export function createOneNet(gate: Gate, options: OneNetOptions): OneNet {
  const columns = options.biasColumns ?? (options.variant === "published" ? gate.publishedBias : 1);
  const make = options.variant === "published" ? publishedStep : derivedStep;
  const engine = createEngine({ backend: options.backend, dtype: options.dtype });
  const hypers = (g: Parameters<typeof make>[0]) => ({ alpha: g.hyper("alpha"), lambda: g.hyper("lambda") });
  const step = engine.entry(gate.name, (g) => {
    const { alpha, lambda } = hypers(g);
    const at = leaves(g, gate, "w", columns, columns);
    update(g, at, make(g, at, lambda), alpha);
  });
  let first: Entry | null = null;
  if (columns > 1)
    first = engine.entry(`${gate.name}, first step`, (g) => {
      const { alpha, lambda } = hypers(g);
      const at = leaves(g, gate, "w before", 1, columns);
      update(g, at, make(g, at, lambda), alpha, g.parameter("w", [gate.inputs[0]!.length, columns]));
    });
  engine.write("x", gate.inputs.flat());
  engine.write("y", gate.targets);
  engine.write("alpha", [RATE]);
  engine.write("lambda", [options.decay ?? DECAY]);
  return { gate, engine, first, step, columns };
}

/** The tutorial's start: w, then b, each 0.01 · normal. */
export function startValues(gate: Gate, seed: number, biasColumns: number): Start {
  const random = new RandomState(seed);
  const scaled = (count: number) => random.randn(count).map((v) => 0.01 * v);
  return { w: scaled(gate.inputs[0]!.length), b: scaled(biasColumns) };
}

/** Puts start values in place and makes the widening first step, if there is one; returns its losses ([] or one). */
export function begin({ engine, first, step }: OneNet, start: Start): number[] {
  engine.write("b", start.b);
  step.stepNumber = 0;
  if (first === null) {
    engine.write("w", start.w);
    return [];
  }
  engine.write("w before", start.w);
  first.stepNumber = 0;
  step.stepNumber = 1;
  return [first.run(1).metrics.loss![0]!];
}

/** Weights and bias after so many steps. */
export interface Moment {
  readonly step: number;
  readonly w: Float64Array;
  readonly b: Float64Array;
}

export interface TrainRun {
  /** Of every step, before its update. */
  readonly losses: Float64Array;
  /** After every 500 steps. */
  readonly history: readonly Moment[];
}

export function moment({ engine }: OneNet, step: number): Moment {
  return { step, w: Float64Array.from(engine.read("w").data), b: Float64Array.from(engine.read("b").data) };
}

/** Trains from start values; `each` hears of every 500 steps. */
export async function train(
  net: OneNet,
  start: Start,
  steps: number,
  breathe: Pacer,
  each: (done: number, loss: number) => void = () => {},
): Promise<TrainRun> {
  const losses = new Float64Array(steps);
  const history: Moment[] = [];
  const begun = begin(net, start);
  losses.set(begun);
  for (let done = begun.length; done < steps; ) {
    const piece = Math.min(BLOCK - (done % BLOCK), steps - done);
    losses.set(net.step.run(piece).metrics.loss!, done);
    done += piece;
    history.push(moment(net, done));
    each(done, losses[done - 1]!);
    await breathe();
  }
  return { losses, history };
}

/** Scores h of given points with the trained weights: [points, columns], row after row. */
export function scoresAt(net: OneNet, points: readonly (readonly number[])[]): Float64Array {
  const { engine, gate, columns } = net;
  const [rows, inputs] = [points.length, gate.inputs[0]!.length];
  const [from, to] = [`points ${rows}`, `scores ${rows}`];
  const entry = engine.entry("scores", (g) => {
    const at = { ...leaves(g, gate, "w", columns, columns), x: g.input(from, [rows, inputs]) };
    g.store(g.parameter(to, [rows, columns]), forward(g, at).h);
  });
  engine.write(from, points.flat());
  entry.run(1);
  return Float64Array.from(engine.read(to).data);
}
