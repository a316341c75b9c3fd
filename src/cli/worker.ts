/**
 * Entry of a worker thread: runs one job and posts what happens to the thread that started it.
 *
 * Progress is posted at most every 50 ms, so that a program may report as often as it likes.
 */
import { parentPort, workerData } from "node:worker_threads";
import { loadExperiment, programNames } from "../../experiments/index.ts";
import type { Progress } from "../../experiments/types.ts";
import { type Job, runHere } from "./jobs.ts";
import type { WorkerMessage } from "./worker-runner.ts";

const port = parentPort;
if (port === null) throw new Error("worker: expected to be started as a worker thread by papergrad.");

const post = (message: WorkerMessage): void => port.postMessage(message);
const controller = new AbortController();
port.on("message", () => controller.abort());

let last: { readonly time: number; readonly stage: string } | undefined;
function due({ stage, done, total }: Progress): boolean {
  const time = performance.now();
  if (last !== undefined && last.stage === stage && done < total && time - last.time < 50) return false;
  last = { time, stage };
  return true;
}

await runHere({ names: programNames, load: loadExperiment })(
  workerData as Job,
  {
    started: (program, variant) => post({ kind: "started", program, variant }),
    progress: (program, variant, progress) => {
      if (due(progress)) post({ kind: "progress", program, variant, progress });
    },
    finished: (report) => post({ kind: "finished", report }),
    failed: (program, variant, failure) => post({ kind: "failed", program, variant, failure }),
  },
  controller.signal,
);
port.close();
