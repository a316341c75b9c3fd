/**
 * Any number of threads gives the bits of the interpreter. First without threads: the shares of a plan, run in an
 * order drawn at random, so that a missing barrier shows every time. Then with real ones.
 */
import { describe, expect, test } from "vitest";
import { Engine } from "../../src/compile/engine.ts";
import { interpreter } from "../../src/compile/interpret.ts";
import type { Backend } from "../../src/compile/program.ts";
import type { Graph } from "../../src/graph/graph.ts";
import { RandomState } from "../../src/random/index.ts";
import type { DType } from "../../src/tensor/tensor.ts";
import { wasmBackend } from "../../src/wasm/runtime.ts";
import { threadedBackend } from "../../src/wasm/threads.ts";
import { inTurns } from "./in-turns.ts";
import { network, normal } from "./network.ts";
import { randomStep } from "./random-graph.ts";

const bits = (a: ArrayLike<number>, dtype: DType): BigUint64Array | Uint32Array =>
  dtype === "float64"
    ? new BigUint64Array(Float64Array.from(a).buffer)
    : new Uint32Array(Float32Array.from(a).buffer);
const dtypes = ["float32", "float64"] as const;

/** Runs a step on an engine whose matrices are filled from a seed; what they hold then, and all metrics. */
async function outcome(
  backend: Backend,
  dtype: DType,
  build: (g: Graph) => void,
  fill: Readonly<Record<string, (rs: RandomState) => ArrayLike<number>>>,
  steps = 3,
) {
  const engine = new Engine(backend, { dtype, seed: 7 });
  const entry = engine.entry("step", build);
  const rs = new RandomState(5);
  for (const [name, values] of Object.entries(fill)) engine.write(name, values(rs));
  await engine.ready();
  const result = entry.run(steps);
  return {
    values: Object.keys(fill).map((name) => bits(engine.read(name).data, dtype)),
    metrics: Object.values(result.metrics).map((m) => bits(m, dtype)),
    steps: result.steps,
  };
}

function randomCase(seed: number) {
  const step = randomStep(seed);
  const fill = Object.fromEntries(step.leaves.map((l) => [l.name, normal(l.shape[0] * l.shape[1])]));
  return [step.build, fill] as const;
}

const shapes = [
  { widths: [37, 61, 24, 5], batch: 45 },
  { widths: [130, 300, 12, 2], batch: 70 },
  { widths: [5, 3, 1], batch: 7 },
  { widths: [300, 90, 3], batch: 2 },
];

describe.each([2, 3, 4])("%i threads in turns equal the interpreter to the bit", (threads) => {
  test.each(dtypes)("random steps, %s", async (dtype) => {
    for (let seed = 0; seed < 60; seed++) {
      const [build, fill] = randomCase(seed * 10);
      const expected = await outcome(interpreter, dtype, build, fill);
      const received = await outcome(inTurns(threads, seed), dtype, build, fill);
      expect(received.values, `seed ${seed}`).toEqual(expected.values);
    }
  });
  test.each(dtypes)("networks, dense and sparse, %s", async (dtype) => {
    for (const shape of shapes)
      for (const sparse of [false, true]) {
        const [build, fill] = network({ ...shape, sparse });
        const expected = await outcome(wasmBackend, dtype, build, fill);
        for (let seed = 0; seed < 2; seed++) {
          const received = await outcome(inTurns(threads, seed), dtype, build, fill);
          expect(received.values, `${JSON.stringify(shape)} ${sparse}`).toEqual(expected.values);
        }
      }
  });
});

describe.each([1, 2, 3, 4])("%i real threads equal the interpreter to the bit", (threads) => {
  const backend = () => threadedBackend(threads, { always: true });
  test.each(dtypes)("weights and metrics of networks, %s", async (dtype) => {
    for (const sparse of [false, true]) {
      const [build, fill] = network({ sparse, widths: [20, 33, 6], batch: 13 });
      const expected = await outcome(interpreter, dtype, build, fill, 9);
      expect(expected.metrics[0]!.length).toBe(9);
      expect(await outcome(backend(), dtype, build, fill, 9)).toEqual(expected);
    }
  });
  test("random steps", async () => {
    for (let seed = 0; seed < 5; seed++) {
      const [build, fill] = randomCase(seed * 10);
      const expected = await outcome(interpreter, "float32", build, fill);
      expect(await outcome(backend(), "float32", build, fill), `seed ${seed}`).toEqual(expected);
    }
  });
  test("halt ends the run after its step in all threads, again and again", async () => {
    const run = async (b: Backend) => {
      const engine = new Engine(b, { dtype: "float64" });
      const entry = engine.entry("step", (g) => {
        const w = g.parameter("w", [40, 30]);
        const next = g.add(w, 1);
        g.store(w, next);
        g.metric("sum", g.sum(w));
        // Every fifth step.
        const n = g.parameter("n", [1, 1]);
        g.store(n, g.add(n, 1));
        g.halt(g.equal(g.floor(g.mul(n, 0.2)), g.mul(n, 0.2)));
      });
      await engine.ready();
      const runs = Array.from({ length: 200 }, () => entry.run(12));
      return { runs, w: engine.read("w").data };
    };
    const expected = await run(interpreter);
    expect(expected.runs.slice(0, 3).map(({ steps, halted }) => [steps, halted])).toEqual([
      [1, true],
      [5, true],
      [5, true],
    ]);
    expect(await run(backend())).toEqual(expected);
  });
});
