/**
 * The race on TensorFlow.js: its Keras-style layers, `trainOnBatch` for each batch, on the backend asked for.
 *
 * The library is loaded when a race needs it, from the studio's own files.
 */
import type { Runner } from "./runner.ts";
import {
  batchesOf,
  EPSILON,
  MOMENTUM,
  type Part,
  type RaceSetting,
  type TensorFlowBackend,
  type Terms,
  testAccuracy,
} from "./terms.ts";

type TensorFlow = typeof import("@tensorflow/tfjs");

/** TensorFlow.js's side; null if this machine cannot run the backend. */
export async function prepareTensorFlow(terms: Terms, backend: TensorFlowBackend): Promise<Runner | null> {
  const tf = await import("@tensorflow/tfjs");
  tf.enableProdMode();
  if (!(await tf.setBackend(backend).catch(() => false))) return null;
  await tf.ready();
  const model = modelOf(tf, terms);
  const batches = batchesOf(terms);
  return {
    name: `TensorFlow.js ${tf.version.tfjs}, ${backend}${backend === "webgl" ? rendererText() : ""}`,
    async run(steps) {
      const losses = new Float64Array(steps);
      for (let s = 0; s < steps; s++) {
        const [x, y] = tensorsOf(tf, terms, batches.next().value);
        const loss = await model.trainOnBatch(x, y);
        losses[s] = typeof loss === "number" ? loss : loss[0]!;
        tf.dispose([x, y]);
      }
      return losses;
    },
    accuracy: () =>
      tf.tidy(() => {
        const x = tf.tensor2d(terms.test.x, [terms.test.y.length, terms.features]);
        const answer = model.predictOnBatch(x);
        return testAccuracy(terms, (Array.isArray(answer) ? answer[0]! : answer).dataSync());
      }),
    weights: () => model.getWeights().map((w) => Float32Array.from(w.dataSync())),
  };
}

/** What draws for WebGL here, e.g. " on ANGLE (…)": without a graphics card it is a program, and slow. */
function rendererText(): string {
  const gl = new OffscreenCanvas(1, 1).getContext("webgl2");
  const names = gl?.getExtension("WEBGL_debug_renderer_info");
  const renderer: unknown = gl && names && gl.getParameter(names.UNMASKED_RENDERER_WEBGL);
  return typeof renderer === "string" ? ` on ${renderer}` : "";
}

function modelOf(tf: TensorFlow, { setting, features, outputs, start }: Terms) {
  const model = tf.sequential();
  const units = [...setting.hidden, outputs];
  for (const [k, n] of units.entries()) {
    const isLast = k === setting.hidden.length;
    const activation = isLast ? (outputs === 1 ? "sigmoid" : "softmax") : setting.activation;
    model.add(tf.layers.dense({ units: n, activation, ...(k === 0 && { inputShape: [features] }) }));
  }
  tf.tidy(() => {
    for (const [k, n] of units.entries())
      model.layers[k]!.setWeights([
        tf.tensor2d(start[2 * k]!, [units[k - 1] ?? features, n]),
        tf.tensor1d(start[2 * k + 1]!),
      ]);
  });
  const loss = outputs === 1 ? "binaryCrossentropy" : "categoricalCrossentropy";
  model.compile({ optimizer: optimizerOf(tf, setting), loss });
  return model;
}

function optimizerOf(tf: TensorFlow, { optimizer, learningRate }: RaceSetting) {
  if (optimizer === "adam") return tf.train.adam(learningRate, 0.9, 0.999, EPSILON);
  return optimizer === "momentum" ? tf.train.momentum(learningRate, MOMENTUM) : tf.train.sgd(learningRate);
}

/** One batch: rows and targets, one-hot where there are more than two classes. */
function tensorsOf(tf: TensorFlow, { train, features, outputs }: Terms, rows: Int32Array) {
  const x = new Float32Array(rows.length * features);
  const y = new Float32Array(rows.length * outputs);
  for (const [i, row] of rows.entries()) {
    x.set(rowOf(train, row, features), i * features);
    const label = train.y[row]!;
    y[i * outputs + (outputs === 1 ? 0 : label)] = outputs === 1 ? label : 1;
  }
  return [tf.tensor2d(x, [rows.length, features]), tf.tensor2d(y, [rows.length, outputs])] as const;
}

const rowOf = ({ x }: Part, row: number, features: number): Float32Array =>
  x.subarray(row * features, (row + 1) * features);
