/**
 * The tutorial's training: full batch, 10,000 steps, a look at the boundary every 200.
 *
 * Costs and accuracies are those before each update, as in the tutorial; the accuracies at the end and the
 * probabilities belong to the parameters after the last update.
 */
import { type BackendName, createEngine, type Engine, type Entry } from "papergrad/engine";
import { pause } from "../shared/pause.ts";
import type { Progress, Variant } from "../types.ts";
import { type LayerSpec, NN_ARCHITECTURE, type Params, parameterNames } from "./architecture.ts";
import { accuracyOf, filmGrid, moonsData, type PointSet, pictureGrid } from "./data.ts";
import { predictEntry, trainStep, writeParams } from "./step.ts";

export const LEARNING_RATE = 0.01;
export const STEPS = 10_000;
/** Steps between two frames of the film. */
export const FRAME_STEPS = 200;

export interface FilmFrame {
  readonly iteration: number;
  /** P on `filmGrid`. */
  readonly P: Float64Array;
}

export interface Trained {
  readonly losses: Float64Array;
  readonly accuracies: Float64Array;
  readonly params: Params;
  /** The same in the precision of the run, in the order of `parameterNames`. */
  readonly weights: readonly (Float32Array | Float64Array)[];
  readonly testP: Float64Array;
  readonly trainAccuracy: number;
  readonly testAccuracy: number;
  /** P on `pictureGrid`. */
  readonly gridP: Float64Array;
  readonly frames: readonly FilmFrame[];
  /** Time inside the steps alone. */
  readonly seconds: number;
}

export interface TrainOptions {
  readonly variant: Variant;
  readonly backend: BackendName;
  readonly dtype: "float32" | "float64";
  readonly params: Params;
  readonly steps: number;
  readonly progress: (p: Progress) => void;
  readonly signal?: AbortSignal | undefined;
}

/** The step with data and start values in place. */
export function fullBatchStep(
  options: Pick<TrainOptions, "variant" | "backend" | "dtype" | "params">,
  data: PointSet = moonsData().train,
  learningRate = LEARNING_RATE,
  nn: readonly LayerSpec[] = NN_ARCHITECTURE,
): Entry {
  const { variant, backend, dtype, params } = options;
  const m = data.Y.length;
  const engine = createEngine({ backend, dtype });
  const step = engine.entry("step", (g) =>
    trainStep(g, variant, nn, g.input("X", [m, nn[0]!.input_dim]), g.input("Y", [m, 1]), learningRate),
  );
  engine.write("X", data.X);
  engine.write("Y", data.Y);
  writeParams(engine, nn, params);
  return step;
}

/** A function that gives P of fixed points for the engine's parameters of the moment. */
export function predictor(engine: Engine, name: string, X: Float64Array): () => Float64Array {
  const entry = predictEntry(engine, NN_ARCHITECTURE, name, X.length / 2);
  engine.write(`${name} X`, X);
  return () => {
    entry.run(1);
    return Float64Array.from(engine.read(`${name} P`).data);
  };
}

/** Trains and looks. @throws the reason of the signal. */
export async function train(options: TrainOptions): Promise<Trained> {
  const { variant } = options;
  const data = moonsData();
  const step = fullBatchStep(options, data.train);
  const { engine } = step;
  const test = predictor(engine, "test", data.test.X);
  const whole = predictor(engine, "train", data.train.X);
  const film = predictor(engine, "film", filmGrid(variant).points);
  const picture = predictor(engine, "picture", pictureGrid(variant).points);

  const frames: FilmFrame[] = [{ iteration: 0, P: film() }];
  const history = await runInPieces(step, {
    ...options,
    stage: "headline",
    each: (iteration) => {
      if (iteration % FRAME_STEPS === 0) frames.push({ iteration, P: film() });
    },
  });
  const names = parameterNames(NN_ARCHITECTURE);
  const weights = names.map((name) => engine.read(name).data);
  const testP = test();
  return {
    ...history,
    params: Object.fromEntries(names.map((name, i) => [name, Float64Array.from(weights[i]!)])),
    weights,
    testP,
    trainAccuracy: accuracyOf(whole(), data.train.Y),
    testAccuracy: accuracyOf(testP, data.test.Y),
    gridP: picture(),
    frames,
  };
}

/** Costs and accuracies of every step, in pieces short enough for progress bars and Ctrl-C. */
export async function runInPieces(
  step: Entry,
  options: Pick<TrainOptions, "backend" | "steps" | "progress" | "signal"> & {
    readonly stage: string;
    /** Called after every piece with the steps done; pieces end at multiples of 20. */
    readonly each?: (done: number) => void;
  },
): Promise<Pick<Trained, "losses" | "accuracies" | "seconds">> {
  const { backend, steps, progress, signal, stage } = options;
  const losses = new Float64Array(steps);
  const accuracies = new Float64Array(steps);
  const piece = backend === "interpreter" ? 1 : 20;
  let seconds = 0;
  for (let done = 0; done < steps; ) {
    const many = Math.min(piece, steps - done);
    const before = performance.now();
    const { metrics } = step.run(many);
    seconds += (performance.now() - before) / 1000;
    losses.set(metrics.loss!, done);
    accuracies.set(metrics.accuracy!, done);
    done += many;
    options.each?.(done);
    progress({ stage, done, total: steps, loss: losses[done - 1]!, accuracy: accuracies[done - 1]! });
    await pause(signal);
  }
  return { losses, accuracies, seconds };
}
