/**
 * A Program as WebAssembly modules, one for each thread: a function for each of its loop kernels, a function for
 * each elementary function that occurs, and `run`, which loops over steps (`run.ts`).
 *
 * A thread's kernels are its shares, with sizes and addresses as constants like those of whole kernels. Pure: the
 * same Program gives the same bytes. Kernel functions are exported under the names of their kernels, for profilers
 * and tests.
 */
import { align } from "../compile/memory.ts";
import { type Plan, planAlone, type Task } from "../compile/phases.ts";
import type { Instr, LoopKernel, Program } from "../compile/program.ts";
import { type ElementaryName, elementary } from "../math/functions.ts";
import type { FunctionRef } from "./assembler.ts";
import { patienceFor, writeBarrier } from "./barrier.ts";
import { type Blas, takes } from "./blas.ts";
import type { KernelWriter } from "./body.ts";
import { writeElementwise } from "./elementwise.ts";
import { writeGather } from "./gather.ts";
import { writeGemm } from "./gemm.ts";
import { ModuleBuilder } from "./module-builder.ts";
import { writeKeys } from "./random.ts";
import { writeReduce } from "./reduce.ts";
import { writeRun } from "./run.ts";
import { simdOf } from "./simd.ts";
import { pushValue, simdKit } from "./simd-kit.ts";
import { type SparseLayout, sparseLayout, writeSparseGather } from "./sparse-gather.ts";
import { writeSparseGemm } from "./sparse-gemm.ts";
import { EXACT, type Target } from "./target.ts";
import { transpositionOf, writeTransposition } from "./transpose.ts";

/** A module for one thread and the memory it needs: that of the Program, and scratch memory behind it. */
export interface CompiledModule {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly memoryBytes: number;
}

/** Modules for all threads of a plan and the memory they need. */
export interface CompiledPlan {
  readonly modules: readonly Uint8Array<ArrayBuffer>[];
  readonly memoryBytes: number;
}

/** Translates a Program for one thread; with a BLAS the module imports its function as "gemm". */
export function compileModule(program: Program, options: CompileOptions = {}): CompiledModule {
  const { modules, memoryBytes } = compilePlan(program, planAlone(program), options);
  return { bytes: modules[0]!, memoryBytes };
}

export interface CompileOptions {
  /** Computes large products; for one thread only, the others could not call it. */
  readonly blas?: Blas;
  /** Whether the memory is shared: it must be for more than one thread. */
  readonly shared?: boolean;
  /** Seconds that threads wait for each other, at most. */
  readonly patience?: number;
  /** By default `EXACT`. */
  readonly target?: Target;
}

/** Translates a Program for the threads of a plan. */
export function compilePlan(program: Program, plan: Plan, options: CompileOptions = {}): CompiledPlan {
  const { lists, end } = placeLists(program, plan);
  let memoryBytes = end;
  const modules = plan.schedules.map((_, thread) => {
    const compiled = compileThread(program, plan, { ...options, thread, lists, free: memoryBytes });
    memoryBytes = compiled.memoryBytes;
    return compiled.bytes;
  });
  return { modules, memoryBytes };
}

/** The lists of non-zeros of the sparse gathers by the number of their kernel, then by thread. */
type Lists = ReadonlyMap<number, readonly SparseLayout[]>;

interface ThreadOptions extends CompileOptions {
  readonly thread: number;
  readonly lists: Lists;
  /** First byte that may be scratch memory. */
  readonly free: number;
}

/** The module of one thread. */
function compileThread(
  program: Program,
  plan: Plan,
  { thread, lists, free, blas, shared = false, patience = patienceFor(plan), target = EXACT }: ThreadOptions,
): CompiledModule {
  const threads = plan.schedules.length;
  const module = new ModuleBuilder({ shared });
  const foreign = blas && {
    gemm: module.import("gemm", Array<"i32">(11).fill("i32"), []),
    takes: (m: number, n: number, k: number) => takes(blas, m, n, k),
  };
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
  const scratchStart = align(free);
  let memoryBytes = free;
  // All kernels of a thread share its scratch memory: nothing in it outlives a kernel.
  const scratch = (bytes: number): number => {
    memoryBytes = Math.max(memoryBytes, scratchStart + bytes);
    return scratchStart;
  };

  const names = new Set<string>(["run", "barrier"]);
  const kernelOf = (task: Task): FunctionRef => {
    const ref = module.declare(uniqueName(task.kernel.name, names), ["i32"], []);
    module.export(ref);
    module.define(ref, (f) => {
      const step = f.params[0]!;
      const keys = writeKeys(f, step, codeOf(task.kernel));
      const kit = simdKit(f, simd);
      const common = { f, simd, kit, target, step, place: task, keys, elementary: elementaryOf, scratch };
      writeKernel(foreign ? { ...common, blas: foreign } : common, task, lists);
    });
    return ref;
  };
  const phases = plan.schedules[thread]!.map((tasks) => tasks.map(kernelOf));
  const run = module.declare("run", ["i32", "i32", "i32"], ["i32"]);
  module.export(run);
  const barrier = threads > 1 ? writeBarrier(module, patience) : null;
  const recordAfter = thread === 0 ? plan.record : null;
  module.define(run, (f) => writeRun(f, simd, program, { phases, recordAfter, threads, barrier }));
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

/** Places the lists of the sparse gathers: they last from the gather to its products. */
function placeLists(program: Program, plan: Plan): { lists: Lists; end: number } {
  const lists = new Map<number, SparseLayout[]>();
  const simd = simdOf(program.dtype);
  let end = program.memoryBytes;
  for (const { kernel, number, col } of plan.schedules.flat(2)) {
    if (kernel.kind !== "gather" || !kernel.sparse) continue;
    const layout = sparseLayout(kernel, col, simd, align(end));
    lists.set(number, [...(lists.get(number) ?? []), layout]);
    end = align(end) + layout.bytes;
  }
  return { lists, end };
}

function writeKernel(w: KernelWriter, { kernel, number, col }: Task, lists: Lists): void {
  switch (kernel.kind) {
    case "elementwise": {
      const transposition = transpositionOf(kernel);
      if (transposition) writeTransposition(w, transposition);
      else writeElementwise(w, kernel);
      break;
    }
    case "reduce":
      writeReduce(w, kernel);
      break;
    case "gather":
      if (kernel.sparse)
        writeSparseGather(w, kernel, lists.get(number)!.find((layout) => layout.col === col)!);
      else writeGather(w, kernel);
      break;
    case "gemm":
      if (kernel.sparse) writeSparseGemm(w, kernel, lists.get(kernel.sparse.gather)!);
      else writeGemm(w, kernel);
      break;
  }
}
