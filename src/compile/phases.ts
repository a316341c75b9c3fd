/**
 * How threads share the work of a step: which share of which kernel each thread computes, and where all wait for
 * all. Between two barriers lies a phase; a kernel goes into the earliest phase in which everything that it needs
 * from other threads is there. A chain of row-wise kernels (forward pass, loss, the gradients of activations) is
 * one phase, the gradients of weights are the next: a step has two or three barriers, not one for each kernel.
 *
 * Nothing here changes a result: shares only split what is independent, and order is kept wherever it matters.
 */
import { kernelCost } from "./cost.ts";
import { clash, type Footprint, footprint, regionOf } from "./footprint.ts";
import type { GemmKernel, LoopKernel, Program } from "./program.ts";
import { type Share, sharesOf, whole } from "./share.ts";
import { bytesOf } from "./view.ts";

/** A share of the kernel with this place in the Program. */
export interface Task extends Share {
  readonly number: number;
}

/** What one thread does in each phase. */
export type Schedule = readonly (readonly Task[])[];

export interface Plan {
  /** One for each thread; all have as many phases. */
  readonly schedules: readonly Schedule[];
  /** After this phase's kernels the first thread writes down metrics and looks at the halt value. */
  readonly record: number;
  /** About how long a step takes, in nanoseconds. */
  readonly cost: number;
}

/** What a barrier costs, in nanoseconds, when all threads run. */
const BARRIER = 3000;
/** Threads must bring the time down to this part of it, and a step must take long enough that waking them is nothing. */
const WORTHWHILE = 0.85;
const SHORTEST_STEP = 50_000;

/** All kernels one after the other, on one thread. */
export function planAlone(program: Program): Plan {
  const tasks = program.kernels.map((kernel, number) => ({ ...whole(kernel), number }));
  return { schedules: [[tasks]], record: 0, cost: costOf(tasks, program) };
}

/** The quickest plan with at most `most` threads, as far as the cost model can tell. */
export function planBest(program: Program, most: number): Plan {
  let best = planAlone(program);
  const limit = best.cost * WORTHWHILE;
  for (let threads = 2; threads <= most && best.cost > SHORTEST_STEP; threads++) {
    const plan = planThreads(program, threads);
    if (plan.cost < Math.min(limit, best.cost)) best = plan;
  }
  return best;
}

/** A plan for so many threads, whether or not it is quicker than fewer. */
export function planThreads(program: Program, threads: number): Plan {
  const pieces = program.kernels.map((kernel) => new Piece(kernel, threads, bytesOf(program.dtype)));
  const phases: number[] = [];
  for (const [q, later] of pieces.entries()) {
    let phase = 0;
    for (const [p, earlier] of pieces.slice(0, q).entries()) {
      if (phases[p]! + 1 <= phase) continue;
      const wait = dependence(earlier, p, later);
      if (wait !== "none") phase = Math.max(phase, phases[p]! + (wait === "others" ? 1 : 0));
    }
    phases.push(phase);
  }
  const record = recordPhase(program, pieces, phases);
  const count = Math.max(record, ...phases) + 1;
  const schedules = Array.from({ length: threads }, (_, thread) =>
    Array.from({ length: count }, (_, phase) =>
      pieces.flatMap(({ shares }, number) => {
        const share = phases[number] === phase ? shares[thread] : null;
        return share ? [{ ...share, number }] : [];
      }),
    ),
  );
  let cost = count * BARRIER;
  for (let phase = 0; phase < count; phase++)
    cost += Math.max(...schedules.map((schedule) => costOf(schedule[phase]!, program)));
  return { schedules, record, cost };
}

const costOf = (tasks: readonly Task[], { dtype }: Program): number =>
  tasks.reduce((sum, { kernel }) => sum + kernelCost(kernel, dtype), 0);

/** A kernel, its shares, and the bytes they touch. */
class Piece {
  readonly kernel: LoopKernel;
  readonly shares: readonly (Share | null)[];
  readonly footprint: Footprint;
  readonly footprints: readonly (Footprint | null)[];

  constructor(kernel: LoopKernel, threads: number, size: number) {
    this.kernel = kernel;
    this.footprint = footprint(kernel, size);
    const bytesTouched = (shares: readonly (Share | null)[]) =>
      shares.map((share) => share && footprint(share.kernel, size));
    const cut = sharesOf(kernel, threads, size);
    const touched = bytesTouched(cut);
    // Shares run at the same time: a kernel that reads here what it writes there is not cut.
    const apart = !anyPair(touched, touched, (t, u, a, b) => t !== u && clash(a, b));
    this.shares = apart ? cut : cut.map((_, thread) => (thread === 0 ? whole(kernel) : null));
    this.footprints = apart ? touched : bytesTouched(this.shares);
  }
}

function anyPair<T>(
  a: readonly (T | null)[],
  b: readonly (T | null)[],
  holds: (t: number, u: number, x: T, y: T) => boolean,
): boolean {
  return a.some((x, t) => x !== null && b.some((y, u) => y !== null && holds(t, u, x, y)));
}

type Wait = "none" | "own" | "others";

/** Whose shares of an earlier kernel a share of a later one has to come after. */
function dependence(earlier: Piece, number: number, later: Piece): Wait {
  // Lists of non-zeros: a product by rows reads those of all threads, one by columns those of its own.
  const { sparse } = later.kernel as GemmKernel;
  if (later.kernel.kind === "gemm" && sparse?.gather === number) {
    const alike = later.shares.every((share, t) => share?.row === earlier.shares[t]?.col);
    return sparse.by === "columns" && alike ? "own" : "others";
  }
  if (!clash(earlier.footprint, later.footprint)) return "none";
  let own = false;
  const others = anyPair(earlier.footprints, later.footprints, (t, u, a, b) => {
    const meets = (t !== u || !own) && clash(a, b);
    if (meets && t === u) own = true;
    return meets && t !== u;
  });
  return others ? "others" : own ? "own" : "none";
}

/** The phase in which the first thread sees all metrics and the halt value. */
function recordPhase(program: Program, pieces: readonly Piece[], phases: readonly number[]): number {
  const size = bytesOf(program.dtype);
  const views = [...program.metrics.map(({ view }) => view), ...(program.halt ? [program.halt] : [])];
  const reader: Footprint = { reads: views.map((view) => regionOf(view, size)), writes: [] };
  let record = 0;
  for (const [p, { footprints }] of pieces.entries())
    for (const [thread, touched] of footprints.entries())
      if (touched && clash(touched, reader)) record = Math.max(record, phases[p]! + (thread === 0 ? 0 : 1));
  return record;
}
