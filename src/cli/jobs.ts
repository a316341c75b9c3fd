/**
 * Jobs: a program in one of its variants; several run at the same time.
 *
 * A failure or an interruption of one leaves what is finished as it is. Where a job runs (this process, a
 * worker thread) is the caller's choice.
 */

import type { ProgramName, ProgramReport, Progress, Variant } from "../../experiments/types.ts";
import type { BackendName } from "../engine.ts";
import type { Library } from "./context.ts";
import { type Failure, failureOf } from "./failure.ts";

/** Plain data: it is posted to worker threads. */
export interface Job {
  readonly program: ProgramName;
  readonly variant: Variant;
  readonly backend: BackendName;
  readonly dtype: "float32" | "float64" | undefined;
  readonly seed: number | undefined;
  readonly epochs: number | undefined;
}

/** What happens to a job. */
export interface JobEvents {
  started(program: ProgramName, variant: Variant): void;
  progress(program: ProgramName, variant: Variant, progress: Progress): void;
  finished(report: ProgramReport): void;
  failed(program: ProgramName, variant: Variant, failure: Failure): void;
}

/** Runs a job somewhere; ends without an error whatever happens. */
export type JobRunner = (job: Job, events: JobEvents, signal: AbortSignal) => Promise<void>;

/** Longest first, as measured, so that the last to end is a short one. */
const LONGEST_FIRST: readonly ProgramName[] = [
  "mnist",
  "moons",
  "digits",
  "iris",
  "xor",
  "and",
  "or",
  "not",
  "pencil",
];

/** Runs jobs, `lanes` at a time, longest first; after an interruption no new one begins. */
export async function runJobs(
  jobs: readonly Job[],
  lanes: number,
  run: JobRunner,
  events: JobEvents,
  signal: AbortSignal,
): Promise<void> {
  const queue = [...jobs].sort((a, b) => LONGEST_FIRST.indexOf(a.program) - LONGEST_FIRST.indexOf(b.program));
  const lane = async () => {
    for (let job = queue.shift(); job !== undefined && !signal.aborted; job = queue.shift())
      await run(job, events, signal);
  };
  await Promise.all(Array.from({ length: Math.max(1, lanes) }, lane));
}

/** Runs a job in this thread. */
export const runHere =
  (library: Library): JobRunner =>
  async ({ program, variant, backend, dtype, seed, epochs }, events, signal) => {
    if (signal.aborted) return;
    events.started(program, variant);
    try {
      const experiment = await library.load(program);
      const report = await experiment.run({
        variant,
        backend,
        dtype: dtype ?? experiment.defaultDtype,
        ...(seed === undefined ? {} : { seed }),
        ...(epochs === undefined ? {} : { epochs }),
        progress: (p) => events.progress(program, variant, p),
        signal,
      });
      events.finished(report);
    } catch (error) {
      if (!signal.aborted) events.failed(program, variant, failureOf(error));
    }
  };
