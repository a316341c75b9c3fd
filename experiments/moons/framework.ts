/**
 * The tutorial's Keras model in TensorFlow.js: the same list of layers, SGD with 0.01, binary cross-entropy.
 *
 * The library is imported when it is needed and may be absent (null then). Its probabilities go through V8's
 * Math.exp, so its last digits may differ between machines; nothing of ours depends on them.
 */
import { pause } from "../shared/pause.ts";
import type { Variant } from "../types.ts";
import { NN_ARCHITECTURE, type Params } from "./architecture.ts";
import { accuracyOf, filmGrid, moonsData, pictureGrid } from "./data.ts";
import { BATCH, type ComparisonOptions, type Side, type Terms } from "./terms.ts";
import { type FilmFrame, LEARNING_RATE } from "./train.ts";

/** What pictures need of the framework's run. */
export interface FrameworkRun {
  /** e.g. "tfjs 4.22.0, cpu". */
  readonly version: string;
  /** P on `pictureGrid` of each variant. */
  readonly gridP: Readonly<Record<Variant, Float64Array>>;
  /** P on `filmGrid("published")`, whose upper rows are `filmGrid("derived")`; `iteration` counts epochs. */
  readonly frames: readonly FilmFrame[];
}

type TensorFlow = typeof import("@tensorflow/tfjs");

async function load(): Promise<TensorFlow | null> {
  try {
    const tf = await import("@tensorflow/tfjs");
    tf.enableProdMode(); // also silences the banner
    await tf.setBackend("cpu");
    return tf;
  } catch {
    return null;
  }
}

/** Epochs between two frames of the film. */
const FRAME_EPOCHS = 4;
/** Steps between two pauses: below 100 ms. */
const PIECE = 20;

/** Trains the model; null where the library is not installed. @throws the reason of the signal. */
export async function frameworkRun(
  given: Terms,
  options: ComparisonOptions,
): Promise<(Side & FrameworkRun) | null> {
  const tf = await load();
  if (tf === null) return null;
  const { train, test } = moonsData();
  const model = tf.sequential();
  for (const [k, { input_dim, output_dim, activation }] of NN_ARCHITECTURE.entries())
    model.add(
      tf.layers.dense({ units: output_dim, activation, ...(k === 0 ? { inputShape: [input_dim] } : {}) }),
    );
  model.compile({ optimizer: tf.train.sgd(LEARNING_RATE), loss: "binaryCrossentropy" });
  tf.tidy(() => {
    for (const [k, { input_dim, output_dim }] of NN_ARCHITECTURE.entries())
      model.layers[k]!.setWeights([
        tf.tensor2d(Float32Array.from(given.start[`W${k + 1}`]!), [input_dim, output_dim]),
        tf.tensor1d(Float32Array.from(given.start[`b${k + 1}`]!)),
      ]);
  });
  const predict = (X: Float64Array): Float64Array => {
    const P = tf.tidy(() => model.predictOnBatch(tf.tensor2d(Float32Array.from(X), [X.length / 2, 2])));
    const values = Float64Array.from((Array.isArray(P) ? P[0]! : P).dataSync());
    tf.dispose(P);
    return values;
  };

  const film = filmGrid("published").points;
  const frames: FilmFrame[] = [{ iteration: 0, P: predict(film) }];
  const n = train.Y.length;
  const perEpoch = Math.ceil(n / BATCH);
  let [seconds, steps] = [0, 0];
  for (let e = 0; e < given.epochs; e++) {
    for (let at = 0; at < n; at += BATCH) {
      const rows = given.order.subarray(e * n + at, e * n + Math.min(at + BATCH, n));
      const before = performance.now();
      const x = tf.tensor2d(
        Float32Array.from([...rows].flatMap((r) => [train.X[2 * r]!, train.X[2 * r + 1]!])),
        [rows.length, 2],
      );
      const y = tf.tensor2d(
        Float32Array.from(rows, (r) => train.Y[r]!),
        [rows.length, 1],
      );
      await model.trainOnBatch(x, y);
      tf.dispose([x, y]);
      seconds += (performance.now() - before) / 1000;
      if (++steps % PIECE === 0) {
        options.progress({ stage: "comparison, framework", done: steps, total: given.epochs * perEpoch });
        await pause(options.signal);
      }
    }
    if ((e + 1) % FRAME_EPOCHS === 0) frames.push({ iteration: e + 1, P: predict(film) });
  }
  const params: Record<string, Float64Array> = {};
  for (const [k, layer] of model.layers.entries()) {
    const [W, b] = layer.getWeights();
    params[`W${k + 1}`] = Float64Array.from(W!.dataSync());
    params[`b${k + 1}`] = Float64Array.from(b!.dataSync());
  }
  const result = {
    version: `TensorFlow.js ${tf.version.tfjs}, cpu`,
    params: params as Params,
    testAccuracy: accuracyOf(predict(test.X), test.Y),
    trainAccuracy: accuracyOf(predict(train.X), train.Y),
    seconds,
    steps,
    samples: given.order.length,
    gridP: {
      published: predict(pictureGrid("published").points),
      derived: predict(pictureGrid("derived").points),
    },
    frames,
  };
  model.dispose();
  return result;
}
