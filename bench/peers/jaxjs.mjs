/**
 * jax-js: one jitted function for the whole step, loss read at each step; its wasm backend.
 *
 * `init("wasm")` is asked for by name: a plain `init()` looks for `navigator.gpu` and fails on Node 20, which has
 * no `navigator`.
 */
import { createRequire } from "node:module";
import { defaultDevice, init, jit, nn, numpy as np, valueAndGrad } from "@jax-js/jax";
import { serve } from "./serve.mjs";

await init("wasm");
defaultDevice("wasm");
const { version } = JSON.parse(
  (await import("node:fs")).readFileSync(
    createRequire(import.meta.url)
      .resolve("@jax-js/jax")
      .replace(/dist[\\/][^\\/]*$/, "package.json"),
    "utf8",
  ),
);

/** Every array of jax-js is used up by the function it goes into; `.ref` keeps it for one more use. */
function forward(params, x) {
  return params.reduce((a, { W, b }, i) => {
    const z = np.matmul(a, W).add(b);
    return i < params.length - 1 ? nn.relu(z) : z;
  }, x);
}

const lossOf = (net) => (params, x, y) => {
  const squares = params.map(({ W }) => np.sum(np.square(W.ref))).reduce((s, q) => s.add(q));
  const z = forward(params, x);
  const loss =
    net.loss === "logistic"
      ? np.mean(nn.softplus(z.ref).sub(y.mul(z)))
      : np.mean(nn.logsumexp(z.ref, 1).sub(np.sum(y.mul(z), 1)));
  return [loss.ref.add(squares.mul(net.decay / 2)), loss];
};

function stepOf(net) {
  const gradient = valueAndGrad(lossOf(net), { argnums: 0, hasAux: true });
  return jit((params, x, y) => {
    const [[J, loss], grads] = gradient(
      params.map(({ W, b }) => ({ W: W.ref, b: b.ref })),
      x,
      y,
    );
    J.dispose();
    const next = params.map(({ W, b }, i) => ({
      W: W.sub(grads[i].W.mul(net.rate)),
      b: b.sub(grads[i].b.mul(net.rate)),
    }));
    return [next, loss];
  });
}

function setup(job, arrays) {
  const { net, kind } = job;
  const versions = `jax-js ${version}`;
  const floats = (values, shape) => np.array(Float32Array.from(values)).reshape(shape);
  const [rows, cols] = job.arrays.x.shape;
  const x = floats(arrays.x, [rows, cols]);
  if (kind === "gemm") {
    const W = floats(arrays.W1, net.sizes);
    const product = jit((a, b) => np.matmul(a, b));
    const run = (steps) => {
      let out;
      for (let s = 0; s < steps; s++) out = product(x.ref, W.ref).dataSync();
      return out.reduce((s, v) => s + v, 0) / out.length;
    };
    return { versions, reset() {}, run };
  }
  let params;
  const reset = () => {
    params = net.sizes.slice(1).map((n, i) => ({
      W: floats(arrays[`W${i + 1}`], [net.sizes[i], n]),
      b: floats(arrays[`b${i + 1}`], [1, n]),
    }));
  };
  reset();
  if (kind === "predict") {
    const predict = jit((p, a) => forward(p, a));
    const pixels = Float32Array.from(arrays.x);
    const run = (steps) => {
      let out;
      for (let s = 0; s < steps; s++) {
        const held = params.map(({ W, b }) => ({ W: W.ref, b: b.ref }));
        out = predict(held, np.array(pixels).reshape([rows, cols])).dataSync();
      }
      return out.reduce((s, v) => s + v, 0) / out.length;
    };
    return { versions, reset, run };
  }
  if (kind !== "train") throw new Error("not written for this workload");
  const classes = net.sizes.at(-1);
  const oneHot = Float32Array.from({ length: rows * classes }, (_, i) =>
    arrays.y[Math.floor(i / classes)] === i % classes ? 1 : 0,
  );
  const y = net.loss === "logistic" ? floats(arrays.y, [rows, 1]) : floats(oneHot, [rows, classes]);
  const step = stepOf(net);
  const run = (steps) => {
    let value = 0;
    for (let s = 0; s < steps; s++) {
      const [next, loss] = step(params, x.ref, y.ref);
      params = next;
      value = loss.dataSync()[0];
    }
    return value;
  };
  return { versions, reset, run };
}

await serve(setup);
