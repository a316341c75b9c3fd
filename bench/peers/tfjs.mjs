/**
 * TensorFlow.js with its core API: variables, `minimize`, the loss read at each step. Started as: tfjs.mjs cpu | wasm.
 *
 * The wasm backend runs one thread in Node (its threads need a browser's workers).
 */
import { createRequire } from "node:module";
import { serve } from "./serve.mjs";

const backend = process.argv[2] ?? "cpu";
// The CommonJS builds: kernels and gradients register themselves with one and the same core.
const require = createRequire(import.meta.url);
const tf = require("@tensorflow/tfjs");
if (backend === "wasm") require("@tensorflow/tfjs-backend-wasm");
tf.enableProdMode();

/** The network of the job as variables. */
function network({ net }, arrays) {
  const layers = net.sizes.length - 1;
  const made = [];
  const reset = () => {
    for (let i = 1; i <= layers; i++) {
      const [k, n] = [net.sizes[i - 1], net.sizes[i]];
      const W = tf.tensor2d(Float32Array.from(arrays[`W${i}`]), [k, n]);
      const b = tf.tensor2d(Float32Array.from(arrays[`b${i}`]), [1, n]);
      if (made.length < i) made.push({ W: tf.variable(W), b: tf.variable(b) });
      else {
        made[i - 1].W.assign(W);
        made[i - 1].b.assign(b);
      }
      W.dispose();
      b.dispose();
    }
  };
  reset();
  const forward = (x) =>
    made.reduce((a, { W, b }, i) => {
      const z = tf.add(tf.matMul(a, W), b);
      return i < layers - 1 ? tf.relu(z) : z;
    }, x);
  const optimizer = tf.train.sgd(net.rate);
  function step(x, y) {
    let recorded;
    const J = optimizer.minimize(() => {
      const z = forward(x);
      const loss =
        net.loss === "logistic"
          ? tf.mean(tf.sub(tf.softplus(z), tf.mul(y, z)))
          : tf.mean(tf.sub(tf.logSumExp(z, 1), tf.sum(tf.mul(y, z), 1)));
      recorded = tf.keep(loss);
      if (net.decay === 0) return loss;
      const squares = tf.addN(made.map(({ W }) => tf.sum(tf.square(W))));
      return tf.add(loss, tf.mul(squares, net.decay / 2));
    }, true);
    const value = recorded.dataSync()[0];
    J.dispose();
    recorded.dispose();
    return value;
  }
  return { reset, forward, step };
}

const targets = ({ loss, sizes }, y) =>
  loss === "logistic"
    ? tf.tensor2d(Float32Array.from(y), [y.length, 1])
    : tf.tidy(() => tf.cast(tf.oneHot(tf.tensor1d(Int32Array.from(y), "int32"), sizes.at(-1)), "float32"));

const mean = (values) => values.reduce((s, v) => s + v, 0) / values.length;

async function setup(job, arrays) {
  if (!(await tf.setBackend(backend))) throw new Error(`no backend ${backend}`);
  await tf.ready();
  tf.disposeVariables();
  const { net, kind } = job;
  const versions = `TF.js ${tf.version_core}`;
  const [rows, cols] = job.arrays.x.shape;
  if (kind === "gemm") {
    const x = tf.tensor2d(Float32Array.from(arrays.x), [rows, cols]);
    const W = tf.tensor2d(Float32Array.from(arrays.W1), net.sizes);
    const run = (steps) => {
      for (let s = 1; s < steps; s++) tf.matMul(x, W).dispose();
      return tf.tidy(() => mean(tf.matMul(x, W).dataSync()));
    };
    return { versions, reset() {}, run };
  }
  const { reset, forward, step } = network(job, arrays);
  if (kind === "epoch") return { versions, ...epochs(job, arrays, reset, step) };
  const pixels = Float32Array.from(arrays.x);
  if (kind === "predict") {
    const run = (steps) => {
      let scores;
      for (let s = 0; s < steps; s++)
        scores = tf.tidy(() => forward(tf.tensor2d(pixels, [rows, cols])).dataSync());
      return mean(scores);
    };
    return { versions, reset, run };
  }
  const x = tf.tensor2d(pixels, [rows, cols]);
  const y = targets(net, arrays.y);
  const run = (steps) => {
    let loss = 0;
    for (let s = 0; s < steps; s++) loss = tf.tidy(() => step(x, y));
    return loss;
  };
  return { versions, reset, run };
}

/** Batches gathered by row numbers; the first epoch in the given order. */
function epochs({ net, arrays: places }, arrays, resetNet, step) {
  const x = tf.tensor2d(Float32Array.from(arrays.x), places.x.shape);
  const y = targets(net, arrays.y);
  const batches = Math.floor(arrays.y.length / net.batch);
  let order = arrays.order;
  let done = 0;
  function epoch() {
    if (done++ > 0) tf.util.shuffle(order);
    let loss = 0;
    for (let b = 0; b < batches; b++)
      loss = tf.tidy(() => {
        const index = tf.tensor1d(order.subarray(b * net.batch, (b + 1) * net.batch), "int32");
        return step(tf.gather(x, index), tf.gather(y, index));
      });
    return loss;
  }
  const reset = () => {
    done = 0;
    order = arrays.order.slice();
    resetNet();
  };
  reset();
  const run = (steps) => {
    let loss = 0;
    for (let s = 0; s < steps; s++) loss = epoch();
    return loss;
  };
  return { reset, run };
}

await serve(setup);
