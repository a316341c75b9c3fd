/**
 * Starts worker threads, in Node and in browsers, and says whether there can be any.
 *
 * `process.getBuiltinModule` (Node ≥ 20.16) gets at worker threads without an import that a browser would trip over.
 */
import { BROWSER_SOURCE, NODE_SOURCE } from "./worker.ts";

/** What a worker is given. */
export interface WorkerData {
  readonly memory: WebAssembly.Memory;
  /** Its number, from 1 on: the thread that starts it is 0. */
  readonly thread: number;
  readonly threads: number;
}

/** As much of Node's worker threads as is used. */
interface NodeWorkers {
  readonly Worker: new (
    source: string,
    options: { eval: boolean; workerData: WorkerData; execArgv: readonly string[] },
  ) => { unref(): void; on(event: "error" | "exit", listener: () => void): unknown };
}

function nodeWorkers(): NodeWorkers | null {
  const { process } = globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } };
  return (process?.getBuiltinModule?.("node:worker_threads") as NodeWorkers | undefined) ?? null;
}

/**
 * Whether this thread may share memory with workers and wait for them. A browser allows it to workers of pages that
 * are cross-origin isolated, and never to the page's main thread, which must not sleep.
 */
export function canShare(): boolean {
  if (typeof SharedArrayBuffer === "undefined") return false;
  if (nodeWorkers()) return true;
  return typeof document === "undefined" && typeof Worker !== "undefined" && typeof Blob !== "undefined";
}

/**
 * Starts a worker; `gone` is called when it has ended, or could not start (a page's policy, say, may forbid it). It does
 * not keep a Node process alive.
 */
export function spawn(data: WorkerData, gone: () => void): void {
  try {
    start(data, gone);
  } catch {
    gone();
  }
}

function start(data: WorkerData, gone: () => void): void {
  const node = nodeWorkers();
  if (node) {
    // No flags of the process: a loader of sources, say, would only delay a worker that imports nothing.
    const worker = new node.Worker(NODE_SOURCE, { eval: true, workerData: data, execArgv: [] });
    worker.unref();
    worker.on("error", gone);
    worker.on("exit", gone);
    return;
  }
  const url = URL.createObjectURL(new Blob([BROWSER_SOURCE], { type: "text/javascript" }));
  const worker = new Worker(url);
  worker.onerror = gone;
  worker.postMessage(data);
  // The address is needed until the worker has been fetched; then it says so in the cells.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
