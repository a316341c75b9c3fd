/**
 * A Program as one WebAssembly module: a function for each loop kernel, a function for each elementary function
 * that occurs, and `run`, which loops over steps.
 *
 * Pure: the same Program gives the same bytes. Kernel functions are exported under the names of their kernels,
 * for profilers and tests.
 */
import type { Instr, LoopKernel, Program } from "../compile/program.ts";
import { type ElementaryName, elementary } from "../math/functions.ts";
import type { FunctionBuilder, FunctionRef } from "./assembler.ts";
import type { KernelWriter } from "./body.ts";
import { writeElementwise } from "./elementwise.ts";
import { writeGather } from "./gather.ts";
import { writeGemm } from "./gemm.ts";
import { advance } from "./grid.ts";
import { ModuleBuilder } from "./module-builder.ts";
import { writeKeys } from "./random.ts";
import { writeReduce } from "./reduce.ts";
import { type Simd, simdOf } from "./simd.ts";
import { pushValue, simdKit } from "./simd-kit.ts";
import { type SparseLayout, sparseLayout, writeSparseGather } from "./sparse-gather.ts";
import { writeSparseGemm } from "./sparse-gemm.ts";

/** A module and the memory it needs: that of the Program, and scratch memory behind it. */
export interface CompiledModule {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly memoryBytes: number;
}

/** Scratch memory starts at the next multiple of this. */
const SCRATCH_ALIGNMENT = 64;

const alignUp = (at: number): number => Math.ceil(at / SCRATCH_ALIGNMENT) * SCRATCH_ALIGNMENT;

/** Translates a Program. */
export function compileModule(program: Program): CompiledModule {
  const module = new ModuleBuilder();
  const simd = simdOf(program.dtype);
  const elementaryRefs = new Map<ElementaryName, FunctionRef>();
  const elementaryOf = (op: ElementaryName): FunctionRef => {
    const known = elementaryRefs.get(op);
    if (known) return known;
    const ref = module.declare(op, ["v128"], ["v128"]);
    elementaryRefs.set(op, ref);
    module.define(ref, (f) => {
      const kit = simdKit(f, simd);
      pushValue(f, simd, elementary[op](kit, f.params[0]!));
    });
    return ref;
  };
  const { lists, end } = placeLists(program, simd);
  const scratchStart = alignUp(end);
  let memoryBytes = end;
  // All kernels share the scratch memory: nothing in it outlives a kernel.
  const scratch = (bytes: number): number => {
    memoryBytes = Math.max(memoryBytes, scratchStart + bytes);
    return scratchStart;
  };

  const names = new Set<string>(["run"]);
  const kernels = program.kernels.map((kernel, number) => {
    const ref = module.declare(uniqueName(kernel.name, names), ["i32"], []);
    module.export(ref);
    module.define(ref, (f) => {
      const step = f.params[0]!;
      const keys = writeKeys(f, step, codeOf(kernel));
      writeKernel(
        { f, simd, kit: simdKit(f, simd), step, keys, elementary: elementaryOf, scratch },
        kernel,
        number,
        lists,
      );
    });
    return ref;
  });
  const run = module.declare("run", ["i32", "i32"], ["i32"]);
  module.export(run);
  module.define(run, (f) => writeRun(f, simd, program, kernels));
  return { bytes: module.build(), memoryBytes };
}

function uniqueName(name: string, taken: Set<string>): string {
  let unique = name;
  for (let n = 2; taken.has(unique); n++) unique = `${name}#${n}`;
  taken.add(unique);
  return unique;
}

/** All instructions of a kernel. */
function codeOf(kernel: LoopKernel): readonly Instr[] {
  switch (kernel.kind) {
    case "elementwise":
      return kernel.code;
    case "gemm":
      return kernel.finish.code;
    case "reduce":
      return [...kernel.code, ...kernel.finish.code];
    case "gather":
      return [];
  }
}

/** Lists of non-zeros of the sparse gathers, by kernel number: they last from the gather to its products. */
function placeLists(program: Program, simd: Simd): { lists: ReadonlyMap<number, SparseLayout>; end: number } {
  const lists = new Map<number, SparseLayout>();
  let end = program.memoryBytes;
  for (const [k, kernel] of program.kernels.entries()) {
    if (kernel.kind !== "gather" || !kernel.sparse) continue;
    const layout = sparseLayout(kernel, simd, alignUp(end));
    lists.set(k, layout);
    end = alignUp(end) + layout.bytes;
  }
  return { lists, end };
}

function writeKernel(
  w: KernelWriter,
  kernel: LoopKernel,
  number: number,
  lists: ReadonlyMap<number, SparseLayout>,
): void {
  switch (kernel.kind) {
    case "elementwise":
      writeElementwise(w, kernel);
      break;
    case "reduce":
      writeReduce(w, kernel);
      break;
    case "gather":
      if (kernel.sparse) writeSparseGather(w, kernel, lists.get(number)!);
      else writeGather(w, kernel);
      break;
    case "gemm":
      if (kernel.sparse) writeSparseGemm(w, kernel, lists.get(kernel.sparse.gather)![kernel.sparse.by]);
      else writeGemm(w, kernel);
      break;
  }
}

/**
 * run(first, steps) → steps done:
 *
 *     for (done = 0; done ≠ steps; ) { all kernels(first + done); copy metrics; done++; if (halt ≠ 0) break; }
 */
function writeRun(f: FunctionBuilder, simd: Simd, program: Program, kernels: readonly FunctionRef[]): void {
  const [first, steps] = f.params as [(typeof f.params)[0], (typeof f.params)[0]];
  const { metrics, ring, halt } = program;
  const [load, store, notEqual] =
    simd.bytes === 4
      ? (["f32.load", "f32.store", "f32.ne"] as const)
      : (["f64.load", "f64.store", "f64.ne"] as const);
  const done = f.local("i32");
  const slot = f.local("i32");
  f.op("i32.const", 0).set(done).op("i32.const", 0).set(slot);
  f.block((end) => {
    f.get(steps).op("i32.eqz").branchIf(end);
    f.loop((again) => {
      for (const kernel of kernels) f.get(first).get(done).op("i32.add").call(kernel);
      for (const [m, { view }] of metrics.entries()) {
        f.get(slot).op("i32.const", 0).op(load, view.byteOffset);
        f.op(store, ring.byteOffset + m * simd.bytes);
      }
      advance(f, slot, metrics.length * simd.bytes);
      advance(f, done, 1);
      if (halt) {
        f.op("i32.const", 0).op(load, halt.byteOffset);
        f.op(simd.bytes === 4 ? "f32.const" : "f64.const", 0)
          .op(notEqual)
          .branchIf(end);
      }
      f.get(done).get(steps).op("i32.ne").branchIf(again);
    });
  });
  f.get(done);
}
