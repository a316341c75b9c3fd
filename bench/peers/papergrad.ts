/**
 * papergrad in the benchmark: the job's network as a step of the public engine API.
 *
 * MNIST images stay bytes and every batch is gathered from them, declared sparse as `fit` does by itself where
 * the data are mostly zeros. Started as: papergrad.ts MODE, see `systems.ts`.
 */
import { RandomState } from "papergrad";
import { createEngine, type Engine, type Entry, type Graph } from "papergrad/engine";
import { nativeBlas } from "papergrad/node";
import type { Job } from "../types.ts";
import { type JobArrays, type MeasuredSystem, serve } from "./serve.mjs";

const mode = process.argv[2];
const backend = mode === "interpreter" ? "interpreter" : "wasm";
type Node = ReturnType<Graph["constant"]>;

/** Share of non-zero numbers below which a first layer skips the zeros. */
const SPARSE_BELOW = 0.3;
const isSparse = (values: ArrayLike<number>): boolean => {
  let filled = 0;
  for (let i = 0; i < values.length; i++) if (values[i] !== 0) filled++;
  return filled < SPARSE_BELOW * values.length;
};

/** z of the last layer, and the weights with their names. */
function forward(g: Graph, { net }: Job, x: Node) {
  let a = x;
  let z = x;
  const kernels: Node[] = [];
  const parameters: ReturnType<Graph["parameter"]>[] = [];
  for (let i = 1; i < net.sizes.length; i++) {
    const W = g.parameter(`W${i}`, [net.sizes[i - 1]!, net.sizes[i]!]);
    const b = g.parameter(`b${i}`, [1, net.sizes[i]!]);
    z = g.add(g.matmul(a, W), b);
    a = g.relu(z);
    kernels.push(W);
    parameters.push(W, b);
  }
  return { z, kernels, parameters };
}

/** Forward, loss, gradients, update. */
function step(g: Graph, job: Job, x: Node, y: Node): void {
  const { net } = job;
  const { z, kernels, parameters } = forward(g, job, x);
  const loss =
    net.loss === "logistic"
      ? g.mean(g.sub(g.softplus(z), g.mul(y, z)))
      : g.mean(g.sub(g.logSumExp(z), g.sum(g.mul(g.oneHot(y, net.sizes.at(-1)!), z), "cols")));
  const squares = kernels.map((W) => g.sum(g.square(W))).reduce((s, q) => g.add(s, q));
  const J = net.decay === 0 ? loss : g.add(loss, g.mul(net.decay / 2, squares));
  const gradients = g.gradient(J, parameters);
  for (const [i, p] of parameters.entries()) g.store(p, g.sub(p, g.mul(net.rate, gradients[i]!)));
  g.metric("loss", loss);
}

function writeParameters(engine: Engine, arrays: JobArrays): void {
  for (const name of Object.keys(arrays)) if (/^[Wb]\d+$/.test(name)) engine.write(name, arrays[name]!);
}

/** A step over the rows of an index into the data: the first batch rows, or a new order each epoch. */
function training(job: Job, arrays: JobArrays, engine: Engine): MeasuredSystem {
  const { net } = job;
  const inputs = net.sizes[0]!;
  const rows = job.arrays.x!.shape[0];
  const bytes = job.arrays.x!.type === "uint8";
  const perEpoch = job.kind === "epoch" ? Math.floor(rows / net.batch) : 1;
  const sparse = bytes && isSparse(arrays.x!);
  const entry = engine.entry("step", (g) => {
    if (!bytes) {
      step(g, job, g.input("x", [rows, inputs]), g.input("y", [rows, 1]));
      return;
    }
    const order = g.index("order", perEpoch * net.batch);
    const x = g.gather(g.bytes("x", [rows, inputs], { sparse }), order, net.batch);
    step(g, job, x, g.gather(g.input("y", [rows, 1]), order, net.batch));
  });
  engine.write("x", arrays.x!);
  engine.write("y", arrays.y!);
  const random = new RandomState(1);
  let given = arrays.order ?? Int32Array.from({ length: rows }, (_, i) => i);
  const reset = () => {
    writeParameters(engine, arrays);
    given = arrays.order ?? given;
    if (bytes) engine.write("order", given.subarray(0, perEpoch * net.batch));
    entry.stepNumber = 0;
  };
  reset();
  const last = (run: ReturnType<Entry["run"]>) => run.metrics.loss!.at(-1)!;
  let epochs = 0;
  return {
    versions: "",
    threads: entry.threads,
    reset: () => {
      epochs = 0;
      reset();
    },
    run(steps) {
      if (job.kind === "train") return last(entry.run(steps));
      let loss = 0;
      for (let e = 0; e < steps; e++) {
        if (epochs++ > 0) {
          const order = Int32Array.from(given);
          random.shuffle(order);
          engine.write("order", order.subarray(0, perEpoch * net.batch));
        }
        loss = last(entry.run(perEpoch));
      }
      return loss;
    },
  };
}

/** Scores of all rows; the number compared is the mean score. */
function predicting(job: Job, arrays: JobArrays, engine: Engine): MeasuredSystem {
  const { sizes } = job.net;
  const rows = job.arrays.x!.shape[0];
  const entry = engine.entry("predict", (g) => {
    const { z } = forward(g, job, g.input("x", [rows, sizes[0]!]));
    g.store(g.parameter("scores", [rows, sizes.at(-1)!]), z);
  });
  writeParameters(engine, arrays);
  const x = Float64Array.from(arrays.x!);
  return {
    versions: "",
    threads: entry.threads,
    reset: () => {},
    run(steps) {
      let scores = engine.live("scores");
      for (let s = 0; s < steps; s++) {
        engine.live("x").set(x);
        entry.run();
        scores = engine.read("scores").data;
      }
      return meanOf(scores);
    },
  };
}

function product(job: Job, arrays: JobArrays, engine: Engine): MeasuredSystem {
  const [k, n] = job.net.sizes as [number, number];
  const m = job.net.batch;
  const entry = engine.entry("product", (g) => {
    g.store(g.parameter("out", [m, n]), g.matmul(g.input("x", [m, k]), g.parameter("W1", [k, n])));
  });
  engine.write("x", arrays.x!);
  engine.write("W1", arrays.W1!);
  return {
    versions: "",
    threads: entry.threads,
    reset: () => {},
    run(steps) {
      entry.run(steps);
      return meanOf(engine.live("out"));
    },
  };
}

const meanOf = (values: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
};

await serve(async (job, arrays) => {
  const { dtype, threads } = job;
  const blas = mode === "with BLAS" ? nativeBlas({ threads }) : undefined;
  const engine = createEngine({
    backend,
    dtype,
    mode: mode === "fast" || blas ? "fast" : "deterministic",
    ...(blas ? { blas } : { threads }),
  });
  const make = { train: training, epoch: training, predict: predicting, gemm: product }[job.kind];
  const made = make(job, arrays, engine);
  await engine.ready();
  const { features } = engine;
  const remark = [features.mode === "fast" ? features.instructions : "", features.blas ?? ""];
  return {
    ...made,
    ...(blas ? { threads } : {}),
    remark: remark.filter((text) => text !== "").join("; "),
  };
});
