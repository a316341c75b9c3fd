/**
 * The contract of every backend: the same bits as the interpreter, for the same Program, in both precisions.
 * Fused and unfused Programs of one graph agree to the bit as well.
 */
import { describe, expect, test } from "vitest";
import { Engine } from "../../src/compile/engine.ts";
import { interpreter } from "../../src/compile/interpret.ts";
import { lower } from "../../src/compile/lower.ts";
import type { Backend } from "../../src/compile/program.ts";
import { Graph } from "../../src/graph/graph.ts";
import { RandomState } from "../../src/random/index.ts";
import type { DType } from "../../src/tensor/tensor.ts";
import { wasmBackend } from "../../src/wasm/runtime.ts";
import { type RandomStep, randomStep } from "./random-graph.ts";

const BACKENDS: readonly Backend[] = [wasmBackend];
const bits = (a: ArrayLike<number>, dtype: DType): BigUint64Array | Uint32Array =>
  dtype === "float64"
    ? new BigUint64Array(Float64Array.from(a).buffer)
    : new Uint32Array(Float32Array.from(a).buffer);

function runOn(backend: Backend, dtype: DType, step: RandomStep, seed: number) {
  const engine = new Engine(backend, { dtype, seed });
  const entry = engine.entry("random", step.build);
  const rs = new RandomState(seed + 2);
  for (const l of step.leaves) engine.write(l.name, rs.normal(0, 1, l.shape[0] * l.shape[1]) as Float64Array);
  const { metrics } = entry.run(3);
  return {
    values: step.leaves.map((l) => bits(engine.read(l.name).data, dtype)),
    metrics: Object.values(metrics).map((m) => bits(m, dtype)),
  };
}

describe.each(BACKENDS.map((b) => [b.name, b] as const))("%s", (_, backend) => {
  test.each(["float64", "float32"] as const)(
    "150 random steps equal the interpreter to the bit, %s",
    (dtype) => {
      for (let seed = 0; seed < 150; seed++) {
        const step = randomStep(seed * 10);
        expect(runOn(backend, dtype, step, seed), `seed ${seed}`).toEqual(
          runOn(interpreter, dtype, step, seed),
        );
      }
    },
  );
});

test.each(["float64", "float32"] as const)("fusion changes no bit, %s", (dtype) => {
  for (let seed = 0; seed < 60; seed++) {
    const step = randomStep(seed * 10);
    const whole = runOn(interpreter, dtype, step, seed);
    const engine = new Engine(interpreter, { dtype, seed });
    const entry = engine.entry("random", step.build);
    const rs = new RandomState(seed + 2);
    for (const l of step.leaves)
      engine.write(l.name, rs.normal(0, 1, l.shape[0] * l.shape[1]) as Float64Array);
    const { program } = lower(entry.graph, {
      dtype,
      locate: (s) => engine.find(s.name),
      start: engine.memory.buffer.byteLength,
      seedOffset: 0,
      fuse: false,
      ringSteps: 4,
    });
    engine.memory.grow(Math.ceil((program.memoryBytes - engine.memory.buffer.byteLength) / 65536));
    interpreter.load(program, engine.memory).run(0, 3);
    expect(
      step.leaves.map((l) => bits(engine.read(l.name).data, dtype)),
      `seed ${seed}`,
    ).toEqual(whole.values);
  }
});

test("random leaves, step numbers and gathers agree on every backend", () => {
  const run = (backend: Backend, dtype: DType) => {
    const engine = new Engine(backend, { dtype, seed: 12345 });
    const entry = engine.entry("gather", (g) => {
      const table = g.bytes("table", [7, 5]);
      const floats = g.input("floats", [7, 3]);
      const index = g.index("index", 10);
      const w = g.parameter("w", [5, 3]);
      const x = g.gather(table, index, 4);
      const y = g.gather(floats, index, 4);
      const keep = g.less(g.random([4, 5]), 0.5);
      const z = g.matmul(g.mul(x, keep), w);
      g.store(w, g.add(w, g.mul(1e-3, g.sum(g.add(z, y), "rows"), g.add(g.step(), 1))));
      g.metric("mean", g.mean(z));
      g.metric("step", g.step());
    });
    engine.write(
      "table",
      Array.from({ length: 35 }, (_, i) => (i * 37) % 256),
    );
    engine.write(
      "floats",
      Array.from({ length: 21 }, (_, i) => Math.sqrt(i)),
    );
    engine.write("index", [6, 0, 3, 3, 1, 5, 2, 4, 6, 1]);
    const { metrics } = entry.run(9);
    return [bits(engine.read("w").data, dtype), bits(metrics.mean!, dtype), [...metrics.step!]];
  };
  for (const dtype of ["float32", "float64"] as const) {
    const expected = run(interpreter, dtype);
    expect(expected[2]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    for (const b of BACKENDS) expect(run(b, dtype)).toEqual(expected);
  }
});

test("a graph is lowered to the same Program every time", () => {
  const text = () => {
    const g = new Graph();
    randomStep(70).build(g);
    const locate = (s: { name: string }) => ({
      byteOffset: 4096 * Number(s.name.slice(1)),
      dtype: "float64" as const,
    });
    return JSON.stringify(lower(g, { dtype: "float64", locate, start: 65536, seedOffset: 0 }).program);
  };
  expect(text()).toBe(text());
});

describe("products with rows gathered from a data set of mostly zeros", () => {
  const run = (
    backend: Backend,
    dtype: DType,
    sparse: boolean,
    role: "bytes" | "input",
    n: number,
    cols: number,
  ) => {
    const engine = new Engine(backend, { dtype });
    const rs = new RandomState(n);
    const entry = engine.entry("step", (g) => {
      const table =
        role === "bytes" ? g.bytes("x", [30, cols], { sparse }) : g.input("x", [30, cols], { sparse });
      const x = g.gather(table, g.index("rows", 40), 7);
      const w = g.parameter("w", [cols, n]);
      const b = g.parameter("b", [1, n]);
      const z = g.tanh(g.add(g.matmul(x, w), b));
      const loss = g.mean(g.square(z));
      const [dw, db] = g.gradient(loss, [w, b]);
      g.store(w, g.sub(w, g.mul(1e-2, g.add(dw, g.mul(1e-3, w)))));
      g.store(b, g.sub(b, g.mul(1e-2, db)));
      g.metric("loss", loss);
    });
    const values = Array.from({ length: 30 * cols }, () => (rs.below(4) === 0 ? rs.below(255) : 0));
    engine.write("x", role === "bytes" ? values : values.map((v) => -v / 256));
    engine.write(
      "rows",
      Array.from({ length: 40 }, () => rs.below(29)),
    );
    engine.write("w", rs.normal(0, 0.1, cols * n) as Float64Array);
    const { metrics } = entry.run(11);
    const kinds = entry.program.kernels.filter((k) => "sparse" in k && k.sparse).length;
    return { w: bits(engine.read("w").data, dtype), loss: bits(metrics.loss!, dtype), kinds };
  };
  test.each([
    ["float32", "bytes"],
    ["float64", "bytes"],
    ["float32", "input"],
    ["float64", "input"],
  ] as const)("skip the zeros and change no bit, %s %s", (dtype, role) => {
    for (const [n, cols] of [
      [1, 5],
      [3, 17],
      [13, 33],
      [60, 64],
      [127, 100],
    ] as const) {
      const dense = run(interpreter, dtype, false, role, n, cols);
      const sparse = run(interpreter, dtype, true, role, n, cols);
      expect([dense.kinds, sparse.kinds]).toEqual([0, 3]);
      for (const b of BACKENDS) {
        const skipped = run(b, dtype, true, role, n, cols);
        expect(skipped, `${n} ${cols}`).toEqual(sparse);
        expect(skipped.w).toEqual(dense.w);
      }
    }
  });
});
