/**
 * Matrix products of the compiled backend alone, transposed ones too, in GFLOP/s beside the peak: a quick look while
 * working on kernels. `npm run bench -- --only gemm` sets them beside other systems. Run: npx tsx bench/gemm.ts
 */
import type { GemmKernel, Program } from "../src/compile/program.ts";
import type { DType } from "../src/tensor/tensor.ts";
import { wasmBackend } from "../src/wasm/runtime.ts";
import { measurePeak } from "./peak.ts";

interface Case {
  readonly dtype: DType;
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly transposeA: boolean;
}

const shapes: readonly (readonly [DType, number, number, number, boolean])[] = [
  ["float32", 256, 200, 784, false],
  ["float32", 784, 200, 256, true],
  ["float32", 256, 784, 200, false],
  ["float32", 256, 10, 200, false],
  ["float32", 200, 10, 256, true],
  ["float32", 120, 20, 20, false],
  ["float64", 256, 200, 784, false],
  ["float64", 784, 200, 256, true],
  ["float64", 900, 50, 50, false],
  ["float64", 50, 50, 900, true],
  ["float64", 5000, 25, 400, false],
  ["float64", 400, 25, 5000, true],
  ["float64", 900, 1, 50, false],
  ["float64", 50, 1, 900, true],
  ["float64", 120, 20, 20, false],
];
const cases: Case[] = shapes.map(([dtype, m, n, k, transposeA]) => ({ dtype, m, n, k, transposeA }));

/** One product as a Program. */
function product({ dtype, m, n, k, transposeA }: Case): Program {
  const bytes = dtype === "float32" ? 4 : 8;
  const align = (offset: number) => Math.ceil(offset / 64) * 64;
  const bOffset = align(m * k * bytes);
  const outOffset = bOffset + align(k * n * bytes);
  const ringOffset = outOffset + align(m * n * bytes);
  const out = { byteOffset: outOffset, rows: m, cols: n, rowStride: n, colStride: 1 };
  const kernel: GemmKernel = {
    kind: "gemm",
    name: "product",
    m,
    n,
    k,
    a: {
      byteOffset: 0,
      rows: m,
      cols: k,
      rowStride: transposeA ? 1 : k,
      colStride: transposeA ? m : 1,
    },
    b: { byteOffset: bOffset, rows: k, cols: n, rowStride: n, colStride: 1 },
    finish: { operands: [], code: [{ op: "acc" }], outputs: [{ view: out, value: 0 }] },
  };
  return {
    name: "product",
    dtype,
    kernels: [kernel],
    constants: [],
    metrics: [],
    ring: { byteOffset: ringOffset, steps: 1 },
    halt: null,
    memoryBytes: ringOffset + 64,
  };
}

/** Best of several runs, in seconds per call of `run(count)` steps. */
function secondsPerStep(run: (count: number) => void): number {
  const time = (count: number) => {
    const start = performance.now();
    run(count);
    return (performance.now() - start) / 1000;
  };
  let count = 1;
  while (time(count) < 0.03) count *= 2;
  let best = Number.POSITIVE_INFINITY;
  for (let repeat = 0; repeat < 8; repeat++) best = Math.min(best, time(count) / count);
  return best;
}

for (const dtype of ["float32", "float64"] as const) {
  const { gflops } = await measurePeak(dtype, "deterministic", 1);
  console.log(`${dtype}: multiply + add in registers ${gflops.toFixed(1)} GFLOP/s`);
  for (const shape of cases.filter((c) => c.dtype === dtype)) {
    const program = product(shape);
    const memory = new WebAssembly.Memory({ initial: 1 + (program.memoryBytes >> 16) });
    const values = dtype === "float32" ? new Float32Array(memory.buffer) : new Float64Array(memory.buffer);
    for (let i = 0; i < values.length; i++) values[i] = Math.sin(i);
    const loaded = wasmBackend.load(program, memory);
    const seconds = secondsPerStep((count) => loaded.run(0, count));
    const { m, n, k, transposeA } = shape;
    const speed = (2 * m * n * k) / seconds / 1e9;
    const label = `${m} × ${n} × ${k}${transposeA ? " (a transposed)" : ""}`;
    console.log(
      `  ${label.padEnd(32)} ${(seconds * 1e6).toFixed(1).padStart(9)} µs  ${speed.toFixed(1).padStart(6)} GFLOP/s`,
    );
  }
}
