/**
 * Steps for backends that give nearly the interpreter's numbers, or with the right arithmetic its very bits: products of
 * all shapes and layouts, networks, random graphs.
 */
import { Engine } from "../../src/compile/engine.ts";
import { interpreter } from "../../src/compile/interpret.ts";
import type { Backend } from "../../src/compile/program.ts";
import type { Graph } from "../../src/graph/graph.ts";
import { RandomState } from "../../src/random/index.ts";
import type { DType } from "../../src/tensor/tensor.ts";
import { network, normal } from "./network.ts";
import { randomStep } from "./random-graph.ts";

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
export const dtypes = ["float32", "float64"] as const;
const shapes = [
  { widths: [37, 61, 24, 5], batch: 45 },
  { widths: [130, 300, 12, 2], batch: 70 },
  { widths: [5, 3, 1], batch: 7 },
  // Large enough for panels.
  { widths: [300, 270, 3], batch: 40 },
];

/** The interpreter's outcomes, which many backends are held against. */
const known = new Map<string, number[][]>();

/** What every case gives on a backend, beside the interpreter. */
export function* cases(backend: Backend, dtype: DType, smooth: boolean) {
  const both = (name: string, [build, fill]: readonly [(g: Graph) => void, Fill]) => {
    const key = `${dtype} ${smooth} ${name}`;
    const expected = known.get(key) ?? outcome(interpreter, dtype, build, fill);
    known.set(key, expected);
    return { name, received: outcome(backend, dtype, build, fill), expected };
  };
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

/** What networks give on a backend. */
export function networks(backend: Backend, dtype: DType): number[][][] {
  return shapes.flatMap((shape) =>
    [false, true].map((sparse) => outcome(backend, dtype, ...network({ ...shape, sparse }))),
  );
}

/** Largest difference beside the largest value of a matrix. */
export function difference(received: readonly number[], expected: readonly number[]): number {
  const scale = Math.max(1, ...expected.map(Math.abs));
  return Math.max(...received.map((v, i) => Math.abs(v - expected[i]!) / scale));
}
