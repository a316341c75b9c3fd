/**
 * The mode "fast": which instructions products use when bits need not be the same everywhere.
 *
 * Fused multiply-adds (relaxed SIMD), and in Node from 24 on x86-64 V8's joining of vectors into 256 bits. Both are
 * tried once in a process: a kind of code that is not close to the interpreter is not used, and of those that are, the
 * quickest on this machine is. Deterministic engines, the default, never come here.
 * Source: WebAssembly relaxed SIMD proposal; V8's flags `experimental-wasm-relaxed-simd` (needed in Node 20) and
 * `experimental-wasm-revectorize`.
 */
import { interpreter } from "../compile/interpret.ts";
import type { GemmKernel, Mode, Program } from "../compile/program.ts";
import type { DType } from "../tensor/tensor.ts";
import { probeFeatures } from "./features.ts";
import { compileModule } from "./module.ts";
import { EXACT, FUSED, FUSED_WIDE, type Target } from "./target.ts";

/** As much of Node's process as is used. */
interface NodeProcess {
  readonly arch: string;
  readonly versions: { readonly node: string };
  getBuiltinModule?(name: "node:v8"): { setFlagsFromString(flag: string): void };
}

/** First Node whose V8 joins vectors. */
const WIDE_FROM = 24;

let chosen: Target | null = null;

/** What the products of a mode are written for. */
export const targetOf = (mode: Mode): Target => (mode === "fast" ? fastTarget() : EXACT);

/** What fast products are written for, found on the first call: about 50 ms. */
export function fastTarget(): Target {
  chosen ??= quickest(
    candidates().filter((target) => isRight(target, "float32") && isRight(target, "float64")),
  );
  return chosen;
}

function candidates(): Target[] {
  const { process } = globalThis as { process?: NodeProcess };
  const v8 = process?.getBuiltinModule?.("node:v8");
  if (!probeFeatures().relaxedSimd) v8?.setFlagsFromString("--experimental-wasm-relaxed-simd");
  if (!probeFeatures().relaxedSimd) return [EXACT];
  const wide = v8 && process?.arch === "x64" && Number.parseInt(process.versions.node, 10) >= WIDE_FROM;
  if (wide) v8.setFlagsFromString("--experimental-wasm-revectorize");
  return [EXACT, FUSED, ...(wide ? [FUSED_WIDE] : [])];
}

/** A product as a Program: m, n, k with rests in every direction where it is tested. */
function product(dtype: DType, [m, n, k]: readonly [number, number, number]): Program {
  const size = dtype === "float32" ? 4 : 8;
  const at = { a: 64, b: 64 + m * k * size, out: 64 + (m + n) * k * size };
  const matrix = (byteOffset: number, rows: number, cols: number) => ({
    byteOffset,
    rows,
    cols,
    rowStride: cols,
    colStride: 1,
  });
  const kernel: GemmKernel = {
    kind: "gemm",
    name: "product",
    m,
    n,
    k,
    a: matrix(at.a, m, k),
    b: matrix(at.b, k, n),
    finish: { operands: [], code: [{ op: "acc" }], outputs: [{ view: matrix(at.out, m, n), value: 0 }] },
  };
  const end = at.out + m * n * size;
  const ring = { byteOffset: end, steps: 1 };
  return {
    name: "test",
    dtype,
    kernels: [kernel],
    constants: [],
    metrics: [],
    ring,
    halt: null,
    memoryBytes: end,
  };
}

function memoryFor(program: Program, bytes: number): WebAssembly.Memory {
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / 65_536) });
  const Type = program.dtype === "float32" ? Float32Array : Float64Array;
  const values = new Type(memory.buffer);
  for (let i = 0; i < values.length; i++) values[i] = Math.sin(i);
  return memory;
}

type Run = (first: number, from: number, steps: number) => number;

function compiled(
  program: Program,
  target: Target,
): { readonly memory: WebAssembly.Memory; readonly run: Run } {
  const { bytes, memoryBytes } = compileModule(program, { target });
  const memory = memoryFor(program, memoryBytes);
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } });
  return { memory, run: exports.run as Run };
}

/** Whether the products of a target are those of the interpreter, but for the last bits. */
function isRight(target: Target, dtype: DType): boolean {
  const program = product(dtype, [23, 37, 29]);
  const { memory, run } = compiled(program, target);
  const expected = memoryFor(program, memory.buffer.byteLength);
  interpreter.load(program, expected).run(0, 1);
  run(0, 0, 1);
  const Type = dtype === "float32" ? Float32Array : Float64Array;
  const [given, wanted] = [new Type(memory.buffer), new Type(expected.buffer)];
  const tolerance = dtype === "float32" ? 1e-5 : 1e-13;
  return wanted.every((value, i) => Math.abs(given[i]! - value) <= tolerance * (1 + Math.abs(value)));
}

/** Calls of each in turn, enough for the engine to have optimized all of them; the last ones count. */
const ROUNDS = 24;
const COUNTED = 8;
/** Products a call: about 0.2 ms, since the clocks of browsers are coarse. */
const STEPS = 8;

function quickest(targets: readonly Target[]): Target {
  if (targets.length === 1) return targets[0]!;
  const program = product("float32", [64, 128, 96]);
  const runs = targets.map((target) => ({
    target,
    ...compiled(program, target),
    best: Number.POSITIVE_INFINITY,
  }));
  for (let round = 0; round < ROUNDS; round++)
    for (const each of runs) {
      const began = performance.now();
      each.run(0, 0, STEPS);
      if (round >= ROUNDS - COUNTED) each.best = Math.min(each.best, performance.now() - began);
    }
  return runs.reduce((a, b) => (b.best < a.best ? b : a)).target;
}
