/**
 * Straightforward loops over typed arrays, as one writes them by hand: no blocking, no SIMD, no library.
 *
 * Matrices are row-major; products run over rows of both factors where they can, which is what V8 does best.
 */
import { serve } from "./serve.mjs";

/** out[m, n] = a[m, k]·b[k, n] + bias[n] */
function affine(out, a, b, bias, m, n, k) {
  for (let i = 0; i < m; i++) {
    const row = i * n;
    for (let j = 0; j < n; j++) out[row + j] = bias ? bias[j] : 0;
    for (let p = 0; p < k; p++) {
      const value = a[i * k + p];
      const from = p * n;
      for (let j = 0; j < n; j++) out[row + j] += value * b[from + j];
    }
  }
}

/** out[k, n] = a[m, k]ᵀ·b[m, n] */
function transposedProduct(out, a, b, m, n, k) {
  out.fill(0);
  for (let i = 0; i < m; i++)
    for (let p = 0; p < k; p++) {
      const value = a[i * k + p];
      const into = p * n;
      const from = i * n;
      for (let j = 0; j < n; j++) out[into + j] += value * b[from + j];
    }
}

/** out[m, k] = d[m, n]·w[k, n]ᵀ where z[m, k] > 0, else 0 */
function backThroughRelu(out, d, w, z, m, n, k) {
  for (let i = 0; i < m; i++)
    for (let p = 0; p < k; p++) {
      let sum = 0;
      if (z[i * k + p] > 0) for (let j = 0; j < n; j++) sum += d[i * n + j] * w[p * n + j];
      out[i * k + p] = sum;
    }
}

function logistic(d, z, y, rows) {
  let loss = 0;
  for (let i = 0; i < rows; i++) {
    loss += Math.max(z[i], 0) + Math.log1p(Math.exp(-Math.abs(z[i]))) - y[i] * z[i];
    d[i] = (1 / (1 + Math.exp(-z[i])) - y[i]) / rows;
  }
  return loss / rows;
}

function softmax(d, z, y, rows, classes) {
  let loss = 0;
  for (let i = 0; i < rows; i++) {
    const at = i * classes;
    let top = z[at];
    for (let c = 1; c < classes; c++) top = Math.max(top, z[at + c]);
    let sum = 0;
    for (let c = 0; c < classes; c++) sum += d[at + c] = Math.exp(z[at + c] - top);
    for (let c = 0; c < classes; c++) d[at + c] /= sum * rows;
    loss += top + Math.log(sum) - z[at + y[i]];
    d[at + y[i]] -= 1 / rows;
  }
  return loss / rows;
}

/** A network of a fixed batch size with all its matrices. */
function network({ net, dtype }, arrays) {
  const Values = dtype === "float64" ? Float64Array : Float32Array;
  const { sizes, batch, rate, decay } = net;
  const layers = sizes.slice(1).map((n, i) => ({
    k: sizes[i],
    n,
    W: new Values(sizes[i] * n),
    b: new Values(n),
    dW: new Values(sizes[i] * n),
    z: new Values(batch * n),
    a: new Values(batch * n),
    d: new Values(batch * n),
  }));
  const reset = () => {
    for (const [i, layer] of layers.entries()) {
      layer.W.set(arrays[`W${i + 1}`]);
      layer.b.set(arrays[`b${i + 1}`] ?? 0);
    }
  };
  function forward(x) {
    let input = x;
    for (const [i, { k, n, W, b, z, a }] of layers.entries()) {
      affine(z, input, W, b, batch, n, k);
      if (i < layers.length - 1) for (let e = 0; e < z.length; e++) a[e] = Math.max(z[e], 0);
      input = a;
    }
    return layers.at(-1).z;
  }
  function step(x, y) {
    const z = forward(x);
    const last = layers.at(-1);
    const loss =
      net.loss === "logistic" ? logistic(last.d, z, y, batch) : softmax(last.d, z, y, batch, last.n);
    for (let i = layers.length - 1; i >= 0; i--) {
      const { k, n, W, b, d, dW } = layers[i];
      const below = layers[i - 1];
      transposedProduct(dW, below ? below.a : x, d, batch, n, k);
      if (below) backThroughRelu(below.d, d, W, below.z, batch, n, k);
      for (let e = 0; e < W.length; e++) W[e] -= rate * (dW[e] + decay * W[e]);
      for (let j = 0; j < n; j++) {
        let sum = 0;
        for (let r = 0; r < batch; r++) sum += d[r * n + j];
        b[j] -= rate * sum;
      }
    }
    return loss;
  }
  reset();
  return { reset, forward, step, Values };
}

const mean = (values) => {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
};

function setup(job, arrays) {
  const { net, kind } = job;
  const Values = job.dtype === "float64" ? Float64Array : Float32Array;
  if (kind === "gemm") {
    const [k, n] = net.sizes;
    const [x, W] = [Values.from(arrays.x), Values.from(arrays.W1)];
    const out = new Values(net.batch * n);
    const run = (steps) => {
      for (let s = 0; s < steps; s++) affine(out, x, W, null, net.batch, n, k);
      return mean(out);
    };
    return { versions: "", reset() {}, run };
  }
  const { reset, forward, step } = network(job, arrays);
  if (kind === "epoch") return epochs(job, arrays, { reset, step }, Values);
  const x = Values.from(arrays.x);
  const { y } = arrays;
  const run = (steps) => {
    let loss = 0;
    if (kind === "train") for (let s = 0; s < steps; s++) loss = step(x, y);
    else {
      let scores;
      for (let s = 0; s < steps; s++) scores = forward(x);
      loss = mean(scores);
    }
    return loss;
  };
  return { versions: "", reset, run };
}

/** Every batch gathered from the bytes; the first epoch in the given order. */
function epochs({ net }, arrays, { reset, step }, Values) {
  const inputs = net.sizes[0];
  const x = new Values(net.batch * inputs);
  const y = new Int32Array(net.batch);
  const batches = Math.floor(arrays.y.length / net.batch);
  const order = Int32Array.from(arrays.order);
  let done = 0;
  function epoch() {
    if (done++ > 0)
      for (let i = order.length - 1; i > 0; i--) {
        const j = Math.floor(Math.random() * (i + 1));
        [order[i], order[j]] = [order[j], order[i]];
      }
    let loss = 0;
    for (let b = 0; b < batches; b++) {
      for (let r = 0; r < net.batch; r++) {
        const row = order[b * net.batch + r];
        for (let c = 0; c < inputs; c++) x[r * inputs + c] = arrays.x[row * inputs + c];
        y[r] = arrays.y[row];
      }
      loss = step(x, y);
    }
    return loss;
  }
  return {
    versions: "",
    reset() {
      done = 0;
      order.set(arrays.order);
      reset();
    },
    run(steps) {
      let loss = 0;
      for (let s = 0; s < steps; s++) loss = epoch();
      return loss;
    },
  };
}

await serve(setup);
