/**
 * The compiled backend with threads: Programs that are worth it run on all of them, the others on one.
 *
 * Bits do not depend on the number of threads, so nobody has to wait for the workers to start: until they are there,
 * Programs run on one thread. Each engine has a backend, and a team of workers, of its own.
 */

import { align } from "../compile/memory.ts";
import { type Plan, planAlone, planBest, planThreads } from "../compile/phases.ts";
import type { Backend, LoadedProgram, Mode, Program } from "../compile/program.ts";
import { targetOf } from "./fast.ts";
import { probeFeatures } from "./features.ts";
import { compilePlan } from "./module.ts";
import { MOST_PAGES } from "./module-builder.ts";
import { backendOf, growMemory, requireSimd, writeConstants } from "./runtime.ts";
import { canShare } from "./spawn.ts";
import type { Target } from "./target.ts";
import { type Run, Team, type TeamProgram, tableBytes } from "./team.ts";

/** How threads are used. */
export interface ThreadOptions {
  /** Use all threads for every Program, however small: for tests. */
  readonly always?: boolean;
  /** Seconds to wait for a thread that gives no sign of life; by default at least 20. */
  readonly patience?: number;
  /** Default "deterministic". */
  readonly mode?: Mode;
}

/** How long Programs run on one thread before looking whether the workers have started, in nanoseconds. */
const LOOK_AGAIN = 3e6;

/**
 * A backend of `threads` threads, for one engine. Where memory cannot be shared (a browser's main thread, a page that
 * is not cross-origin isolated) it is the backend of one thread.
 * @example new Engine(threadedBackend(2))
 */
export function threadedBackend(threads: number, options: ThreadOptions = {}): Backend {
  const { mode = "deterministic" } = options;
  const alone = backendOf(mode);
  if (threads === 1 || !canShare() || !probeFeatures().threads) return alone;
  const target = targetOf(mode);
  const teams = new WeakMap<WebAssembly.Memory, Crew>();
  let latest: WeakRef<Team> | null = null;
  return {
    ...alone,
    threads,
    memory: sharedMemory,
    ready: async () => latest?.deref()?.ready(),
    load(program, memory) {
      if (!isShared(memory)) return alone.load(program, memory);
      requireSimd();
      const plan = options.always ? planThreads(program, threads) : planBest(program, threads);
      if (plan.schedules.length === 1) return loadAlone(program, memory, target);
      const crew = teams.get(memory) ?? { team: new Team(memory, threads), programs: 0 };
      teams.set(memory, crew);
      latest = new WeakRef(crew.team);
      return loadTogether(program, memory, plan, crew, { ...options, target });
    },
  };
}

/** A team, and how many Programs it knows. */
interface Crew {
  readonly team: Team;
  programs: number;
}

const isShared = (memory: WebAssembly.Memory): boolean =>
  (memory.buffer as ArrayBufferLike) instanceof SharedArrayBuffer;

/** A shared memory must say how far it may grow; where so much cannot be had, an ordinary one, for one thread. */
function sharedMemory(): WebAssembly.Memory {
  try {
    return new WebAssembly.Memory({ initial: 1, maximum: MOST_PAGES, shared: true });
  } catch {
    return new WebAssembly.Memory({ initial: 1 });
  }
}

function instantiate(bytes: Uint8Array<ArrayBuffer>, memory: WebAssembly.Memory): Run {
  return new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } }).exports.run as Run;
}

/** A Program on one thread of a shared memory. */
function loadAlone(
  program: Program,
  memory: WebAssembly.Memory,
  target: Target,
): LoadedProgram & { readonly part: Run } {
  const { modules, memoryBytes } = compilePlan(program, planAlone(program), { shared: true, target });
  growMemory(memory, memoryBytes);
  writeConstants(program, memory);
  const part = instantiate(modules[0]!, memory);
  return { memoryBytes, part, run: (first, steps) => part(first, 0, steps) };
}

/** A Program on the threads of a plan; its modules lie in memory behind all it uses, for the workers to load. */
function loadTogether(
  program: Program,
  memory: WebAssembly.Memory,
  plan: Plan,
  crew: Crew,
  { patience, target }: { readonly patience?: number; readonly target: Target },
): LoadedProgram {
  const { team } = crew;
  const alone = loadAlone(program, memory, target);
  const options = { shared: true, target, ...(patience !== undefined && { patience }) };
  const { modules, memoryBytes } = compilePlan(program, plan, options);
  const table = align(Math.max(memoryBytes, alone.memoryBytes));
  const end = placeModules(memory, table, team.threads, modules);
  const known: TeamProgram = { number: crew.programs++, table };
  const own = instantiate(modules[0]!, memory);
  const stepsPerLook = Math.max(1, Math.floor(LOOK_AGAIN / planAlone(program).cost));
  return {
    memoryBytes: end,
    threads: plan.schedules.length,
    run(first, steps) {
      let done = 0;
      while (done < steps && !team.isReady) {
        done = alone.part(first, done, Math.min(steps, done + stepsPerLook));
        if (isHalted(program, memory)) return done;
      }
      return done < steps ? team.run(known, own, first, done, steps) : done;
    },
  };
}

/** Writes the table of modules and the modules of all threads but the first; returns the first byte after them. */
function placeModules(
  memory: WebAssembly.Memory,
  table: number,
  threads: number,
  modules: readonly Uint8Array[],
): number {
  const entries = new Int32Array(2 * threads);
  let end = align(table + tableBytes(threads));
  for (const [thread, bytes] of modules.entries()) {
    if (thread === 0) continue;
    entries.set([end, bytes.length], 2 * thread);
    end = align(end + bytes.length);
  }
  growMemory(memory, end);
  const target = new Uint8Array(memory.buffer);
  target.fill(0, table, end);
  target.set(new Uint8Array(entries.buffer), table);
  for (const [thread, bytes] of modules.entries()) if (thread > 0) target.set(bytes, entries[2 * thread]!);
  return end;
}

function isHalted({ halt, dtype }: Program, memory: WebAssembly.Memory): boolean {
  if (!halt) return false;
  const Type = dtype === "float32" ? Float32Array : Float64Array;
  return new Type(memory.buffer, halt.byteOffset, 1)[0] !== 0;
}
