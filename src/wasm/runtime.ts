/**
 * The compiled backend: translates a Program to WebAssembly and runs it on the given memory, on one thread; with
 * more in `threads.ts`.
 *
 * Needs an engine with WebAssembly SIMD. Compiles synchronously: modules are a few kilobytes (browsers allow
 * that on the main thread up to 8 MB).
 */
import type { Backend, LoadedProgram, Mode, Program } from "../compile/program.ts";
import { UsageError } from "../tensor/errors.ts";
import { type Blas, takes } from "./blas.ts";
import { fastTarget, targetOf } from "./fast.ts";
import { probeFeatures } from "./features.ts";
import { compileModule } from "./module.ts";
import { EXACT, type Target } from "./target.ts";

const PAGE_BYTES = 65_536;

/** Makes the memory at least `bytes` long. @throws {UsageError} if it cannot grow so far. */
export function growMemory(memory: WebAssembly.Memory, bytes: number): void {
  const missing = bytes - memory.buffer.byteLength;
  if (missing <= 0) return;
  try {
    memory.grow(Math.ceil(missing / PAGE_BYTES));
  } catch {
    const mebibytes = (bytes / 2 ** 20).toFixed(0);
    throw new UsageError(
      `wasm: expected room for ${mebibytes} MiB, the memory cannot grow so far. Use a smaller batch or float32.`,
    );
  }
}

/** @throws {UsageError} if the engine has no WebAssembly SIMD. */
export function requireSimd(): void {
  if (!probeFeatures().simd)
    throw new UsageError(
      "wasm: expected an engine with WebAssembly SIMD, this one has none. Update it, or use the interpreter.",
    );
}

/** Puts the constants of a Program where it expects them. */
export function writeConstants(program: Program, memory: WebAssembly.Memory): void {
  for (const { byteOffset, values } of program.constants) {
    const at = [memory.buffer, byteOffset, values.length] as const;
    (program.dtype === "float32" ? new Float32Array(...at) : new Float64Array(...at)).set(values);
  }
}

/** @throws {UsageError} if the engine has no WebAssembly SIMD, or the memory cannot grow. */
function load(
  program: Program,
  memory: WebAssembly.Memory,
  { target = EXACT, blas }: { readonly target?: Target; readonly blas?: Blas } = {},
): LoadedProgram {
  requireSimd();
  const compiled = compileModule(program, { target, ...(blas && { blas }) });
  growMemory(memory, compiled.memoryBytes);
  writeConstants(program, memory);
  const env = blas ? { memory, gemm: blas.gemm(program.dtype, memory) } : { memory };
  const instance = new WebAssembly.Instance(new WebAssembly.Module(compiled.bytes), { env });
  const run = instance.exports.run as (first: number, from: number, steps: number) => number;
  return { memoryBytes: compiled.memoryBytes, run: (first, steps) => run(first, 0, steps) };
}

/**
 * Runs Programs as WebAssembly with 128-bit SIMD, to the same bits as the interpreter. The memory may grow when
 * a program is loaded (views of its old buffer are then detached).
 * @example wasmBackend.load(program, memory).run(0, 100) // steps done
 */
export const wasmBackend: Backend = { name: "wasm", load: (program, memory) => load(program, memory) };

/** The same with the quickest products of this machine: nearly the same numbers, not the same bits. */
export function fastBackend(target = fastTarget()): Backend {
  return {
    name: wasmBackend.name,
    mode: "fast",
    instructions: target.name,
    load: (program, memory) => load(program, memory, { target }),
  };
}

/** The backend of one thread in a mode. */
export const backendOf = (mode: Mode): Backend => (mode === "fast" ? fastBackend() : wasmBackend);

/** The same, with the large products left to a BLAS: nearly the same numbers, not the same bits. */
export const blasBackend = (blas: Blas, mode: Mode = "deterministic"): Backend => ({
  ...backendOf(mode),
  blas: blas.name,
  wantsPlain: (m, n, k) => takes(blas, m, n, k),
  load: (program, memory) => load(program, memory, { target: targetOf(mode), blas }),
});
