/**
 * Runs the threads of a plan one after the other in this thread, kernel by kernel, in an order drawn at random: what
 * real threads do at the same time must give the same bits in any order between two barriers.
 */
import { type Plan, planThreads } from "../../src/compile/phases.ts";
import type { Backend } from "../../src/compile/program.ts";
import { RandomState } from "../../src/random/index.ts";
import { compilePlan } from "../../src/wasm/module.ts";
import { growMemory, writeConstants } from "../../src/wasm/runtime.ts";

type Kernel = (step: number) => void;

/** The kernels that `run` would call, by phase; they are exported in this order. */
function kernelsOf(bytes: Uint8Array<ArrayBuffer>, memory: WebAssembly.Memory, plan: Plan, thread: number) {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } });
  const kernels = Object.entries(exports).flatMap(([name, f]) => (name === "run" ? [] : [f as Kernel]));
  return plan.schedules[thread]!.map((tasks) => kernels.splice(0, tasks.length));
}

/** A backend that only computes: it writes no metrics and never halts. */
export function inTurns(threads: number, seed: number): Backend {
  return {
    name: `in turns (${threads})`,
    // Threads have their scratch matrices apart.
    threads,
    load(program, memory) {
      const plan = planThreads(program, threads);
      const { modules, memoryBytes } = compilePlan(program, plan);
      growMemory(memory, memoryBytes);
      writeConstants(program, memory);
      const byThread = modules.map((bytes, thread) => kernelsOf(bytes, memory, plan, thread));
      const rs = new RandomState(seed);
      const step = (number: number) => {
        for (let phase = 0; phase < byThread[0]!.length; phase++) {
          const left = byThread.map((phases) => [...phases[phase]!]);
          for (let total = left.flat().length; total > 0; total--) {
            const busy = left.filter((kernels) => kernels.length > 0);
            busy[rs.below(busy.length - 1)]!.shift()!(number);
          }
        }
      };
      return {
        memoryBytes,
        run(first, steps) {
          for (let s = 0; s < steps; s++) step(first + s);
          return steps;
        },
      };
    },
  };
}
