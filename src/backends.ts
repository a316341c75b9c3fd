/** The backends by name. All give the same bits; `interpreter` is the one to read, `wasm` the one to use. */
import { interpreter } from "./compile/interpret.ts";
import type { Backend } from "./compile/program.ts";
import { UsageError } from "./tensor/errors.ts";
import { wasmBackend } from "./wasm/runtime.ts";
import { threadedBackend } from "./wasm/threads.ts";

/** Which backend runs the Programs; both give the same bits. */
export type BackendName = "wasm" | "interpreter";

const BACKENDS: Readonly<Record<BackendName, Backend>> = { wasm: wasmBackend, interpreter };

/** Most threads that one may ask for. */
const MOST_THREADS = 64;

/**
 * The backend of that name. Threads are for "wasm", and 1 where memory cannot be shared; each engine then needs a
 * backend of its own.
 * @throws {UsageError} for a name that is not a backend, or a number of threads that is not from 1 to 64.
 * @example backendByName("interpreter").name // "interpreter"
 */
export function backendByName(name: BackendName, threads = 1): Backend {
  if (!Object.hasOwn(BACKENDS, name))
    throw new UsageError(`backend: expected one of ${Object.keys(BACKENDS).join(", ")}, received "${name}".`);
  if (!Number.isInteger(threads) || threads < 1 || threads > MOST_THREADS)
    throw new UsageError(
      `threads: expected a whole number from 1 to ${MOST_THREADS}, received ${threads}. Give the number of cores, or leave it out for 1.`,
    );
  return name === "wasm" && threads > 1 ? threadedBackend(threads) : BACKENDS[name];
}
