/**
 * The contract of a backend with a BLAS: with a library made of JavaScript, which adds in the interpreter's order, the
 * bits of the interpreter, so that every address, stride and transposition is right; with the system's library nearly
 * the same numbers. Where there is none the second part is skipped, and its title says why.
 */
import { describe, expect, test } from "vitest";
import { Engine } from "../../src/compile/engine.ts";
import { interpreter } from "../../src/compile/interpret.ts";
import type { Backend } from "../../src/compile/program.ts";
import { createEngine } from "../../src/engine.ts";
import type { Graph } from "../../src/graph/graph.ts";
import { dense, sequential } from "../../src/index.ts";
import { nativeBlas } from "../../src/platform/node.ts";
import { openBlas } from "../../src/platform/node-blas.ts";
import { RandomState } from "../../src/random/index.ts";
import type { DType } from "../../src/tensor/tensor.ts";
import type { Blas } from "../../src/wasm/blas.ts";
import { blasBackend } from "../../src/wasm/runtime.ts";
import { fakeKoffi } from "../platform/fake-koffi.ts";
import { network, normal } from "./network.ts";
import { randomStep } from "./random-graph.ts";

const fake = () => openBlas(fakeKoffi({ libblas: {} }), { library: "libblas" }, "linux");
/** Everything that can be handed over is. */
const always = (blas: Blas): Blas => ({ ...blas, fewest: 1 });

type Fill = Readonly<Record<string, (rs: RandomState) => ArrayLike<number>>>;

function outcome(backend: Backend, dtype: DType, build: (g: Graph) => void, fill: Fill, steps = 3) {
  const engine = new Engine(backend, { dtype, seed: 7 });
  const entry = engine.entry("step", build);
  const rs = new RandomState(5);
  for (const [name, values] of Object.entries(fill)) engine.write(name, values(rs));
  const { metrics } = entry.run(steps);
  const values = Object.keys(fill).map((name) => [...engine.read(name).data]);
  return [...values, ...Object.values(metrics).map((m) => [...m])];
}

function randomCase(seed: number, smooth: boolean) {
  const step = randomStep(seed, smooth);
  const fill = Object.fromEntries(step.leaves.map((l) => [l.name, normal(l.shape[0] * l.shape[1])]));
  return [step.build, fill] as const;
}

/** Products of all shapes and layouts: views with gaps, transposed factors, something to do with the result or not. */
function productCase(m: number, n: number, k: number, transposeA: boolean, transposeB: boolean) {
  const [rows, cols] = transposeA ? [k, m] : [m, k];
  const fill: Record<string, (rs: RandomState) => ArrayLike<number>> = {
    wide: normal(4 * (m + 2) * (k + 2)),
    b: normal(n * k),
    c: normal(m * n),
    plain: normal(m * n),
    gaps: normal(m * (n + 3)),
    scaled: normal(m * n),
  };
  const build = (g: Graph) => {
    const wide = g.parameter("wide", [1, 4 * (m + 2) * (k + 2)]);
    const layouts = [
      { offset: 3, rowStride: cols + 2 },
      { offset: 1, rowStride: 1, colStride: rows + 1 },
      { offset: 2, rowStride: 2 * cols + 1, colStride: 2 },
    ];
    const [gapped, byColumns, neither] = layouts.map((at) => g.view(wide, { ...at, shape: [rows, cols] }));
    const b = g.parameter("b", transposeB ? [n, k] : [k, n]);
    const how = { transposeA, transposeB };
    const gaps = g.parameter("gaps", [1, m * (n + 3)]);
    const c = g.parameter("c", [m, n]);
    g.store(g.parameter("plain", [m, n]), g.matmul(gapped!, b, how));
    g.store(g.view(gaps, { offset: 2, shape: [m, n], rowStride: n + 3 }), g.matmul(byColumns!, b, how));
    g.store(c, g.sub(c, g.mul(0.1, g.tanh(g.matmul(neither!, b, how)))));
    g.store(g.parameter("scaled", [m, n]), g.add(1, g.mul(c, g.matmul(byColumns!, b, how))));
    g.metric("mean", g.mean(c));
  };
  return [build, fill] as const;
}

const SIZES = [1, 3, 13] as const;
const dtypes = ["float32", "float64"] as const;
const shapes = [
  { widths: [37, 61, 24, 5], batch: 45 },
  { widths: [130, 300, 12, 2], batch: 70 },
  { widths: [5, 3, 1], batch: 7 },
];

/** What every case gives on a backend, beside the interpreter. */
function* cases(backend: Backend, dtype: DType, smooth: boolean) {
  const both = (name: string, [build, fill]: readonly [(g: Graph) => void, Fill]) => ({
    name,
    received: outcome(backend, dtype, build, fill),
    expected: outcome(interpreter, dtype, build, fill),
  });
  for (const m of SIZES)
    for (const n of SIZES)
      for (const k of SIZES)
        for (const how of [0, 1, 2, 3])
          yield both(`${m} ${n} ${k} ${how}`, productCase(m, n, k, (how & 1) === 1, how > 1));
  for (const shape of shapes)
    for (const sparse of [false, true])
      yield both(JSON.stringify({ ...shape, sparse }), network({ ...shape, sparse }));
  for (let seed = 0; seed < 40; seed++) yield both(`random ${seed}`, randomCase(seed * 10, smooth));
}

test.each(dtypes)("a library of JavaScript gives the interpreter's bits, %s", (dtype) => {
  for (const { name, received, expected } of cases(blasBackend(always(fake())), dtype, false))
    expect(received, name).toEqual(expected);
});

test.each(dtypes)("so it does where only some products are large enough, %s", (dtype) => {
  const backend = blasBackend({ ...fake(), fewest: 500 });
  for (const { name, received, expected } of cases(backend, dtype, false))
    expect(received, name).toEqual(expected);
});

test("no copy and no list is made for a product that is handed over, and both for others", () => {
  const kinds = (fewest: number) => {
    const engine = createEngine({ blas: { ...fake(), fewest } });
    const [build] = network({ sparse: true });
    const { kernels } = engine.entry("step", build).program;
    return {
      copies: kernels.filter(({ name }) => name.startsWith("copy")).length,
      sparse: kernels.filter((kernel) => "sparse" in kernel && kernel.sparse).length,
    };
  };
  expect(kinds(1)).toEqual({ copies: 0, sparse: 0 });
  expect(kinds(1e9)).toEqual({ copies: 2, sparse: 3 });
});

describe("what a BLAS does not go with", () => {
  test("is said in one sentence", () => {
    const blas = fake();
    expect(() => createEngine({ blas, threads: 2 })).toThrow(/expected threads: 1, received 2.*nativeBlas/);
    expect(() => createEngine({ blas, backend: "interpreter" })).toThrow('expected the backend "wasm"');
    const layers = [dense(1)];
    expect(() => sequential(layers, { inputShape: [1], blas, threads: 2 })).toThrow("expected threads: 1");
    expect(() => sequential(layers, { inputShape: [1], blas: "openblas" as never })).toThrow("nativeBlas()");
    expect(() => createEngine({ blas: {} as never })).toThrow("expected what nativeBlas()");
  });
  test("an engine says which it has; without one it has none", () => {
    expect(createEngine().blas).toBeNull();
    const model = sequential([dense(1)], { inputShape: [1], blas: fake() });
    expect([model.state.engine.blas, sequential([dense(1)], { inputShape: [1] }).options.blas]).toEqual([
      "BLAS",
      null,
    ]);
  });
});

/** The system's library, or why there is none. */
function ofTheSystem(): Blas | string {
  try {
    return nativeBlas();
  } catch (error) {
    return (error as Error).message;
  }
}

const system = ofTheSystem();
if (typeof system === "string") console.info(`The system's BLAS is not tested. ${system}`);

describe.skipIf(typeof system === "string")(
  `the system's BLAS (${typeof system === "string" ? system : system.name})`,
  () => {
    /** Largest difference beside the largest value of a matrix. */
    const difference = (received: readonly number[], expected: readonly number[]): number => {
      const scale = Math.max(1, ...expected.map(Math.abs));
      return Math.max(...received.map((v, i) => Math.abs(v - expected[i]!) / scale));
    };
    test.each([
      ["float32", 2e-4],
      ["float64", 1e-12],
    ] as const)("gives the interpreter's numbers, %s within %d", (dtype, tolerance) => {
      let worst = 0;
      for (const { name, received, expected } of cases(blasBackend(always(system as Blas)), dtype, true))
        for (const [i, values] of received.entries()) {
          const d = difference(values, expected[i]!);
          expect(d, name).toBeLessThan(tolerance);
          worst = Math.max(worst, d);
        }
      expect(worst).toBeGreaterThan(0);
    });
  },
);
