/**
 * The workloads: networks, data, start values, all drawn from one seed. What is not a network step (import, memory,
 * time to an accuracy) has a file of its own and is only named here.
 */
import { RandomState } from "papergrad";
import { iris, type Mnist, makeMoons } from "papergrad/data";
import { forwardFlops, stepFlops } from "./stats.ts";
import type { JobKind, Net } from "./types.ts";

/** Matrices by name: x, y, W1, b1, W2, … */
export type Arrays = Record<
  string,
  { data: Float64Array | Int32Array | Uint8Array; shape: [number, number] }
>;

export interface Workload {
  /** Name in results, such as "predict-1". */
  readonly name: string;
  /** Name for `--only`. */
  readonly group: string;
  readonly kind: JobKind;
  readonly net: Net;
  /** Steps after which losses are compared. */
  readonly checkSteps: number;
  readonly flops: number;
  arrays(mnist: () => Promise<Mnist>): Promise<Arrays>;
}

const SEED = 7;
const MNIST_SIZES = [784, 200, 80, 10];

/** Start values: `scale` · normal, or √(2 / inputs) · normal (He et al. 2015) where no scale is given. */
function startValues(random: RandomState, sizes: readonly number[], scale?: number): Arrays {
  const arrays: Arrays = {};
  for (let i = 1; i < sizes.length; i++) {
    const [rows, cols] = [sizes[i - 1]!, sizes[i]!];
    const factor = scale ?? Math.sqrt(2 / rows);
    const W = random.normal(0, 1, [rows, cols]).data.map((v) => v * factor);
    arrays[`W${i}`] = { data: Float64Array.from(W), shape: [rows, cols] };
    const b = random.normal(0, 1, [1, cols]).data.map((v) => v * (scale ?? 0.01));
    arrays[`b${i}`] = { data: Float64Array.from(b), shape: [1, cols] };
  }
  return arrays;
}

const matrix = (values: ArrayLike<number>, cols: number) => {
  const data = Float64Array.from(values);
  return { data, shape: [data.length / cols, cols] as [number, number] };
};
const classes = (values: ArrayLike<number>) => {
  const data = Int32Array.from(values);
  return { data, shape: [data.length, 1] as [number, number] };
};

const train = (
  name: string,
  net: Net,
  checkSteps: number,
  data: (random: RandomState) => Arrays,
  scale?: number,
): Workload => ({
  name,
  group: name,
  kind: "train",
  net,
  checkSteps,
  flops: stepFlops(net),
  arrays: async () => {
    const random = new RandomState(SEED);
    return { ...data(random), ...startValues(random, net.sizes, scale) };
  },
});

const gate = (targets: readonly number[]) => () => ({
  x: matrix([0, 0, 0, 1, 1, 0, 1, 1], 2),
  y: classes(targets),
});

/** `batch` rows of standard normal numbers and classes without meaning: only the work counts here. */
const noise = (net: Net) => (random: RandomState) => ({
  x: matrix(random.normal(0, 1, [net.batch, net.sizes[0]!]).data, net.sizes[0]!),
  y: classes(Array.from({ length: net.batch }, (_, i) => (i * 7) % net.sizes.at(-1)!)),
});

function irisRows(random: RandomState): Arrays {
  const table = iris();
  const order = Int32Array.from({ length: 150 }, (_, i) => i);
  random.shuffle(order);
  const rows = [...order.subarray(0, 120)];
  return {
    x: matrix(
      rows.flatMap((r) => [...table.x.data.subarray(4 * r, 4 * r + 4)]),
      4,
    ),
    y: classes(rows.map((r) => table.y[r]!)),
  };
}

function moonsRows(): Arrays {
  const { x, y } = makeMoons({ samples: 900, noise: 0.2, seed: 100 });
  return { x: matrix(x.data, 2), y: classes(y) };
}

const mnistNet = (batch: number): Net => ({
  sizes: MNIST_SIZES,
  loss: "softmax",
  rate: 1e-3,
  decay: 1e-3,
  batch,
});

/** The order of the first epoch, the same for all systems; later ones are each system's own. */
function firstOrder(rows: number): Int32Array {
  const order = Int32Array.from({ length: rows }, (_, i) => i);
  new RandomState(SEED).shuffle(order);
  return order;
}

/** The first `rows` training images (pixels 0 … 255, as the tutorial has them). */
const mnistRows = (
  name: string,
  group: string,
  kind: JobKind,
  rows: number,
  net: Net,
  flops: number,
): Workload => ({
  name,
  group,
  kind,
  net,
  checkSteps: kind === "train" ? 10 : 1,
  flops,
  arrays: async (mnist) => {
    const { train } = await mnist();
    return {
      x: { data: train.images.data.slice(0, rows * 784), shape: [rows, 784] },
      y: classes(train.labels.subarray(0, rows)),
      ...(kind === "epoch" ? { order: { data: firstOrder(rows), shape: [rows, 1] } } : {}),
      ...startValues(new RandomState(SEED), net.sizes, 0.01),
    };
  },
});

/** One product out[m, n] = a[m, k]·b[k, n]; the net's sizes are [k, n], its batch is m. */
const gemm = (m: number, n: number, k: number): Workload => ({
  name: `gemm ${m}×${n}×${k}`,
  group: "gemm",
  kind: "gemm",
  net: { sizes: [k, n], loss: "softmax", rate: 0, decay: 0, batch: m },
  checkSteps: 1,
  flops: forwardFlops([k, n], m),
  arrays: async () => {
    const random = new RandomState(SEED);
    return {
      x: matrix(random.uniform(0, 1, [m, k]).data, k),
      W1: matrix(random.uniform(0, 1, [k, n]).data, n),
    };
  },
});

const andNet: Net = { sizes: [2, 1], loss: "logistic", rate: 0.1, decay: 1e-3, batch: 4 };
const xorNet: Net = { sizes: [2, 6, 2], loss: "softmax", rate: 0.1, decay: 1e-3, batch: 4 };
const irisNet: Net = { sizes: [4, 20, 20, 3], loss: "softmax", rate: 0.05, decay: 1e-3, batch: 120 };
const moonsNet: Net = { sizes: [2, 25, 50, 50, 25, 1], loss: "logistic", rate: 0.01, decay: 0, batch: 900 };
const wideNet: Net = { sizes: [1024, 1024, 1024, 10], loss: "softmax", rate: 0.01, decay: 1e-4, batch: 512 };
const deepNet: Net = { sizes: Array(17).fill(256), loss: "softmax", rate: 0.01, decay: 1e-4, batch: 128 };
const EPOCH_BATCHES = Math.floor(60_000 / 256);

/** Workloads of steps, in the order of the report. */
export const workloads: readonly Workload[] = [
  train("and", andNet, 100, gate([0, 0, 0, 1]), 0.5),
  train("xor", xorNet, 100, gate([0, 1, 1, 0]), 0.5),
  train("iris", irisNet, 100, irisRows, 0.3),
  train("moons", moonsNet, 50, moonsRows),
  mnistRows("mnist", "mnist", "train", 256, mnistNet(256), stepFlops(mnistNet(256))),
  train("wide", wideNet, 3, noise(wideNet)),
  train("deep", deepNet, 5, noise(deepNet)),
  mnistRows(
    "mnist-epoch",
    "mnist-epoch",
    "epoch",
    60_000,
    mnistNet(256),
    EPOCH_BATCHES * stepFlops(mnistNet(256)),
  ),
  mnistRows("predict-1", "predict", "predict", 1, mnistNet(1), forwardFlops(MNIST_SIZES, 1)),
  mnistRows(
    "predict-10000",
    "predict",
    "predict",
    10_000,
    mnistNet(10_000),
    forwardFlops(MNIST_SIZES, 10_000),
  ),
  gemm(256, 256, 256),
  gemm(512, 512, 512),
  gemm(1024, 1024, 1024),
  gemm(256, 200, 784),
  gemm(784, 200, 256),
  gemm(256, 80, 200),
  gemm(256, 10, 80),
];

/** Workloads with programs of their own. */
export const otherWorkloads = ["mnist-time", "import", "memory"] as const;

/** Everything `--only` knows. */
export const workloadNames: readonly string[] = [
  ...new Set(workloads.map((w) => w.group)),
  ...otherWorkloads,
];
