/**
 * Runs a job in a worker thread of its own.
 *
 * A thread that dies (out of memory, say) counts as a failure of the job. What a thread prints is
 * dropped, since it would run through the progress lines; with `debug` it goes to standard error.
 */
import { existsSync } from "node:fs";
import { Worker } from "node:worker_threads";
import type { ProgramName, ProgramReport, Progress, Variant } from "../../experiments/types.ts";
import { type Failure, failureOf } from "./failure.ts";
import type { JobRunner } from "./jobs.ts";

/** What a worker thread posts. */
export type WorkerMessage =
  | { readonly kind: "started"; readonly program: ProgramName; readonly variant: Variant }
  | {
      readonly kind: "progress";
      readonly program: ProgramName;
      readonly variant: Variant;
      readonly progress: Progress;
    }
  | { readonly kind: "finished"; readonly report: ProgramReport }
  | {
      readonly kind: "failed";
      readonly program: ProgramName;
      readonly variant: Variant;
      readonly failure: Failure;
    };

/** The worker's entry, beside this file in the built package. */
const entry = new URL("./worker.js", import.meta.url);

/** Whether there are worker threads: not when run from sources, where jobs run in the process itself. */
export const workersAvailable = (): boolean => existsSync(entry);

/** Makes a runner of jobs in threads. */
export const runInWorker =
  (debug: boolean): JobRunner =>
  (job, events, signal) =>
    new Promise((resolve) => {
      const worker = new Worker(entry, { workerData: job, stdout: true, stderr: true });
      worker.stdout.resume();
      if (debug) worker.stderr.pipe(process.stderr, { end: false });
      else worker.stderr.resume();
      let open = true;
      const stop = () => worker.postMessage("stop");
      if (signal.aborted) stop();
      signal.addEventListener("abort", stop);

      worker.on("message", (message: WorkerMessage) => {
        if (message.kind === "started") events.started(message.program, message.variant);
        if (message.kind === "progress") events.progress(message.program, message.variant, message.progress);
        if (message.kind === "finished") {
          open = false;
          events.finished(message.report);
        }
        if (message.kind === "failed") {
          open = false;
          events.failed(message.program, message.variant, message.failure);
        }
      });
      let crash: unknown;
      worker.on("error", (error) => {
        crash = error;
      });
      worker.on("exit", (code) => {
        signal.removeEventListener("abort", stop);
        if (open && !signal.aborted)
          events.failed(
            job.program,
            job.variant,
            failureOf(crash ?? new Error(`the worker thread ended by itself with code ${code}.`)),
          );
        resolve();
      });
    });
