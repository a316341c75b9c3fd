/**
 * Interleaved measurement: every system is set up, checked and warmed up; then each round asks each system once.
 *
 * Systems stay alive between rounds and wait for input, so that only one of them computes at a time, and slow
 * drifts of the machine (clock, heat, neighbours) meet all of them alike.
 */
import { Child } from "./child.ts";
import { agreed, agrees, median, spread, stepsFor, tolerance } from "./stats.ts";
import type { Runner } from "./systems.ts";
import type { Job, Row, StoredArray } from "./types.ts";
import type { Workload } from "./workloads.ts";

export interface MeasureOptions {
  readonly rounds: number;
  /** Seconds of one round of one system. */
  readonly seconds: number;
  readonly say: (text: string) => void;
}

interface Live {
  readonly runner: Runner;
  readonly child: Child;
  versions: string;
  /** Threads it does use. */
  threads: number;
  remark: string | null;
  lossAfter: number | null;
  steps: number;
  readonly times: number[];
  error?: string;
}

/** Slow systems get fewer rounds: no more once this many rounds' time is used up, but never fewer than three. */
const PATIENCE = 40;
const FEWEST = 3;
const hasEnough = ({ times, steps }: Live, seconds: number): boolean =>
  times.length >= FEWEST && (times.reduce((s, t) => s + t, 0) * steps) / 1e6 > PATIENCE * seconds;

export const nameOf = ({ system, mode, dtype, threads, node }: Runner): string =>
  [system, mode, dtype, threads > 1 ? `${threads} threads` : "", node && `Node ${node}`]
    .filter((s) => s !== "")
    .join(", ");

/** Rows of one workload, in the order of the runners. */
export async function measure(
  workload: Workload,
  file: string,
  arrays: Readonly<Record<string, StoredArray>>,
  runners: readonly Runner[],
  options: MeasureOptions,
): Promise<Row[]> {
  const all: Live[] = [];
  try {
    for (const runner of runners) all.push(await begin(runner, workload, { file, arrays }, options));
    checkLosses(all);
    const running = () => all.filter((l) => l.error === undefined && !hasEnough(l, options.seconds));
    for (let round = 0; round < options.rounds; round++) {
      options.say(`${workload.name}: round ${round + 1} of ${options.rounds}`);
      for (const live of running()) await guarded(live, () => oneRound(live));
    }
  } finally {
    for (const { child } of all) child.stop();
  }
  return all.map((live) => rowOf(live, workload));
}

/** Whatever fails is written into the row, and the others go on. */
async function guarded(live: Live, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    live.error = error instanceof Error ? error.message : String(error);
  }
}

async function begin(
  runner: Runner,
  workload: Workload,
  place: Pick<Job, "file" | "arrays">,
  { seconds, say }: MeasureOptions,
): Promise<Live> {
  const child = new Child(runner.command, runner.environment);
  const { name, kind, net, checkSteps } = workload;
  const { dtype, threads } = runner;
  const live: Live = {
    runner,
    child,
    versions: "",
    threads,
    remark: null,
    lossAfter: null,
    steps: 1,
    times: [],
  };
  const job: Job = { workload: name, kind, net, dtype, threads, ...place };
  say(`${name}: ${nameOf(runner)}`);
  await guarded(live, async () => {
    const ready = await child.ask({ op: "setup", job });
    live.versions = ready.versions ?? "";
    live.threads = ready.threads ?? threads;
    live.remark = ready.remark ?? null;
    live.lossAfter = (await child.ask({ op: "run", steps: checkSteps })).value ?? null;
    // Warm up and find out how many steps fill a round: double until one call is long enough. A system whose steps
    // take no time at all does nothing; it is found out by its loss, not by doubling for ever.
    let each = Number.POSITIVE_INFINITY;
    for (let steps = 1; steps <= 2 ** 30; steps *= 2) {
      const { seconds: took } = await child.ask({ op: "run", steps });
      each = took! / steps;
      if (took! >= seconds / 2) break;
    }
    live.steps = Math.min(stepsFor(seconds, each), 2 ** 30);
  });
  return live;
}

async function oneRound(live: Live): Promise<void> {
  await live.child.ask({ op: "reset" });
  const { seconds } = await live.child.ask({ op: "run", steps: live.steps });
  live.times.push((seconds! / live.steps) * 1e6);
}

/** Marks every system whose number after the check differs from the one agreed on. */
function checkLosses(all: readonly Live[]): void {
  const compared = all.filter((l) => l.lossAfter !== null && l.runner.another === undefined);
  const wanted = agreed(compared.map((l) => ({ dtype: l.runner.dtype, value: l.lossAfter! })));
  for (const live of compared)
    if (!agrees(live.lossAfter!, wanted, live.runner.dtype))
      live.error = `loss ${live.lossAfter} after the check, the others agree on ${wanted} (± ${tolerance(live.runner.dtype)})`;
}

function rowOf(live: Live, { name, flops }: Workload): Row {
  const { runner, versions, threads, times, lossAfter, error } = live;
  const { system, mode, dtype, node } = runner;
  const us = times.length > 0 && error === undefined ? median(times) : null;
  const fewer = threads < runner.threads ? `${runner.threads} threads allowed: more would lose` : null;
  const note = [runner.another, live.remark, fewer].filter((text) => text).join("; ");
  return {
    workload: name,
    system,
    mode,
    dtype,
    threads,
    node: [node && `Node ${node}`, versions].filter((v) => v !== "").join(", "),
    usPerStep: us,
    spread: us === null ? null : spread(times),
    flops,
    shareOfPeak: null,
    lossAfter,
    ...(note === "" ? {} : { note }),
    ...(error === undefined ? {} : { error }),
  };
}
