/**
 * What must come out the same to the bit wherever it runs: hashes of the engine's results, of the elementary
 * functions, of random draws, of trained weights. The same code runs in Node and in the page.
 */
import { and } from "../../experiments/and/index.ts";
import { pencil } from "../../experiments/pencil/index.ts";
import { xor } from "../../experiments/xor/index.ts";
import { type BackendName, backendByName } from "../../src/backends.ts";
import { Engine } from "../../src/compile/engine.ts";
import { makeMoons } from "../../src/data/index.ts";
import { hashBytes } from "../../src/engine.ts";
import { batchNormalization, dense, dropout, sequential } from "../../src/index.ts";
import { type ElementaryName, elementary } from "../../src/math/functions.ts";
import { RandomState } from "../../src/random/index.ts";
import type { DType } from "../../src/tensor/tensor.ts";
import { networks } from "../contract/cases.ts";
import { randomStep } from "../contract/random-graph.ts";

/** Name of a result → hash of its bits. */
export type Evidence = Readonly<Record<string, string>>;

const dtypes: readonly DType[] = ["float64", "float32"];

/** Hash of numbers in the given precision. NaNs count as one value: their bits are not part of any promise. */
function hash(values: ArrayLike<number>, dtype: DType = "float64"): string {
  const bits = dtype === "float64" ? Float64Array.from(values) : Float32Array.from(values);
  const bytes = new Uint8Array(bits.buffer);
  for (let i = 0; i < bits.length; i++)
    if (Number.isNaN(bits[i])) bytes.fill(0xff, i * bits.BYTES_PER_ELEMENT, (i + 1) * bits.BYTES_PER_ELEMENT);
  return hashBytes(bytes);
}

/** The contract's random training steps: weights and metrics after three steps. */
function randomSteps(backend: BackendName, count: number): Evidence {
  const found: Record<string, string> = {};
  for (const dtype of dtypes)
    for (let seed = 0; seed < count; seed++) {
      const step = randomStep(seed * 10);
      const engine = new Engine(backendByName(backend), { dtype, seed });
      const entry = engine.entry("random", step.build);
      const rs = new RandomState(seed + 2);
      for (const { name, shape } of step.leaves) engine.write(name, rs.normal(0, 1, shape[0] * shape[1]));
      const { metrics } = entry.run(3);
      const weights = step.leaves.flatMap(({ name }) => [...engine.read(name).data]);
      found[`random step ${seed} ${dtype}: weights`] = hash(weights, dtype);
      found[`random step ${seed} ${dtype}: metrics`] = hash(Object.values(metrics).flatMap((m) => [...m]));
    }
  return found;
}

/** Every elementary function on a grid: all sizes from the smallest to the largest that matter, and odd places. */
function elementaryFunctions(backend: BackendName): Evidence {
  const grid: number[] = [0, -0, 1, -1, 0.5, 88.7, -88.7, 709.7, -745.1];
  for (let e = -40; e <= 16; e++)
    for (let m = 0; m < 8; m++) grid.push(2 ** e * (1 + m / 7.3), -(2 ** e) * (1 + m / 7.1));
  const found: Record<string, string> = {};
  for (const dtype of dtypes)
    for (const name of Object.keys(elementary) as ElementaryName[]) {
      const engine = new Engine(backendByName(backend), { dtype });
      const entry = engine.entry(name, (g) => {
        const x = g.input("x", [1, grid.length]);
        g.store(g.parameter("y", [1, grid.length]), g[name](x));
      });
      engine.write("x", name === "log" ? grid.map((x) => Math.abs(x)) : grid);
      entry.run(1);
      found[`${name} ${dtype}`] = hash(engine.read("y").data, dtype);
    }
  return found;
}

/** Networks whose inputs are mostly zeros or not, small and large. */
function batches(backend: BackendName): Evidence {
  const found: Record<string, string> = {};
  for (const dtype of dtypes)
    for (const [i, values] of networks(backendByName(backend), dtype).entries())
      found[`network ${i} ${dtype}`] = hash(values.flat());
  return found;
}

/** NumPy's generator. */
function draws(): Evidence {
  const rs = new RandomState(20240229);
  return {
    uniform: hash(rs.rand(5000)),
    normal: hash(rs.randn(5001)),
    permutation: hash(rs.permutation(1000)),
  };
}

/** A network of the public API with everything that draws numbers inside the step. */
async function fitted(backend: BackendName): Promise<Evidence> {
  const found: Record<string, string> = {};
  const { x, y } = makeMoons({ samples: 203, noise: 0.2, seed: 3 });
  for (const dtype of dtypes) {
    const layers = [
      dense(17, { activation: "gelu" }),
      batchNormalization(),
      dropout(0.3),
      dense(5, { activation: "tanh" }),
      dense(1, { activation: "sigmoid" }),
    ];
    const model = sequential(layers, { inputShape: [2], seed: 5, dtype, backend });
    await model.fit(x, y, { optimizer: "adam", epochs: 12, batchSize: 32 });
    found[`fit ${dtype}`] = hash(
      model.getWeights().flatMap(({ data }) => [...data]),
      dtype,
    );
  }
  return found;
}

/** Whole programs of the tutorials. */
async function programs(backend: BackendName): Promise<Evidence> {
  const found: Record<string, string> = {};
  for (const program of [and, pencil, xor])
    for (const variant of ["published", "derived"] as const) {
      const report = await program.run({ variant, backend, dtype: "float64", progress: () => {} });
      found[`${program.name} ${variant}: weights`] = report.weightsHash;
      found[`${program.name} ${variant}: results`] = hash(Object.values(report.result));
    }
  return found;
}

/** All of it. `seeds`: how many random steps; `runs`: whether to run whole programs. */
export async function evidence(backend: BackendName, seeds: number, runs: boolean): Promise<Evidence> {
  return {
    ...randomSteps(backend, seeds),
    ...elementaryFunctions(backend),
    ...batches(backend),
    ...draws(),
    ...(await fitted(backend)),
    ...(runs ? await programs(backend) : {}),
  };
}
