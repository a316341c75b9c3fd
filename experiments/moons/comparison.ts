/**
 * The comparison with a framework, TensorFlow.js's Keras-style layers on its cpu backend, from equal terms: the
 * same start values (Glorot uniform, biases 0), the same batches of 32 in the same order, 200 epochs, SGD with
 * 0.01, float32 both.
 *
 * The framework's run is the tutorial's own (Glorot start, batch 32, 200 epochs), so it also serves the tutorial's
 * unequal comparison. Both runs are done once in a process. The framework is a development dependency: without it
 * the result says so.
 */
import { createEngine } from "papergrad/engine";
import { pause } from "../shared/pause.ts";
import { NN_ARCHITECTURE, parameterNames } from "./architecture.ts";
import { accuracyOf, moonsData } from "./data.ts";
import { type FrameworkRun, frameworkRun } from "./framework.ts";
import { trainStep, writeParams } from "./step.ts";
import { BATCH, type ComparisonOptions, type Side, type Terms, terms } from "./terms.ts";
import { LEARNING_RATE, predictor } from "./train.ts";

export interface Compared {
  readonly ours: Side;
  /** null where the framework is not installed. */
  readonly framework: (Side & FrameworkRun) | null;
}

/** Our side: one engine, one entry for the batches of 32 and one for the shorter last batch of an epoch. */
export async function ourRun(given: Terms, options: ComparisonOptions): Promise<Side> {
  const { train, test } = moonsData();
  const n = train.Y.length;
  const rest = n % BATCH;
  const whole = n - rest;
  const engine = createEngine({ backend: options.backend, dtype: "float32" });
  const batches = (name: string, rows: number, perEpoch: number) =>
    engine.entry(name, (g) => {
      const index = g.index(`${name} order`, given.epochs * perEpoch);
      const X = g.gather(g.input("X", [n, 2]), index, rows);
      const Y = g.gather(g.input("Y", [n, 1]), index, rows);
      trainStep(g, "derived", NN_ARCHITECTURE, X, Y, LEARNING_RATE);
    });
  const step = batches("batch", BATCH, whole);
  const last = batches("rest", rest, rest);
  const epoch = (e: number) => given.order.subarray(e * n, (e + 1) * n);
  const parts = Array.from({ length: given.epochs }, (_, e) => epoch(e));
  engine.write(
    "batch order",
    parts.flatMap((rows) => [...rows.subarray(0, whole)]),
  );
  engine.write(
    "rest order",
    parts.flatMap((rows) => [...rows.subarray(whole)]),
  );
  engine.write("X", train.X);
  engine.write("Y", train.Y);
  writeParams(engine, NN_ARCHITECTURE, given.start);
  const onTest = predictor(engine, "test", test.X);
  const onTrain = predictor(engine, "train", train.X);

  let seconds = 0;
  for (let e = 0; e < given.epochs; e++) {
    const before = performance.now();
    step.run(whole / BATCH);
    last.run(1);
    seconds += (performance.now() - before) / 1000;
    if (e % 5 === 4 || options.backend === "interpreter") {
      options.progress({ stage: "fair comparison, ours", done: e + 1, total: given.epochs });
      await pause(options.signal);
    }
  }
  const names = parameterNames(NN_ARCHITECTURE);
  return {
    params: Object.fromEntries(names.map((name) => [name, Float64Array.from(engine.read(name).data)])),
    testAccuracy: accuracyOf(onTest(), test.Y),
    trainAccuracy: accuracyOf(onTrain(), train.Y),
    seconds,
    steps: given.epochs * (whole / BATCH + 1),
    samples: given.order.length,
  };
}

const kept = new Map<string, Promise<Compared>>();

/** Both sides; done once in a process for the same epochs and backend. @throws the reason of the signal. */
export function comparison(options: ComparisonOptions): Promise<Compared> {
  const key = `${options.epochs} ${options.backend}`;
  const known = kept.get(key);
  if (known) return known;
  const fresh = both(options);
  kept.set(key, fresh);
  fresh.catch(() => kept.delete(key));
  return fresh;
}

async function both(options: ComparisonOptions): Promise<Compared> {
  const given = terms(options.epochs, moonsData().train.Y.length);
  const ours = await ourRun(given, options);
  return { ours, framework: await frameworkRun(given, options) };
}
