/** The backends by name. All give the same bits, unless one is asked to be fast or given a BLAS; `interpreter` is the one to read, `wasm` the one to use. */
import { interpreter } from "./compile/interpret.ts";
import type { Backend, Mode } from "./compile/program.ts";
import { UsageError } from "./tensor/errors.ts";
import { hasMethods } from "./tensor/options.ts";
import { show } from "./tensor/show.ts";
import type { Blas } from "./wasm/blas.ts";
import { backendOf, blasBackend, wasmBackend } from "./wasm/runtime.ts";
import { threadedBackend } from "./wasm/threads.ts";

export type { Blas } from "./wasm/blas.ts";

/** Which backend runs the Programs; both give the same bits. */
export type BackendName = "wasm" | "interpreter";

const BACKENDS: Readonly<Record<BackendName, Backend>> = { wasm: wasmBackend, interpreter };

/** Most threads that one may ask for. */
const MOST_THREADS = 64;

/** What a backend is made of besides its name. */
export interface BackendOptions {
  /** Default 1. */
  readonly threads?: number;
  /** Default "deterministic". */
  readonly mode?: Mode;
  /** Computes large products, not to the bit. */
  readonly blas?: Blas | null;
}

/**
 * The backend of that name. Threads and a BLAS are for "wasm"; threads are 1 where memory cannot be shared, and each
 * engine then needs a backend of its own.
 * @throws {UsageError} for a name that is not a backend, a number of threads that is not from 1 to 64, or a BLAS
 *   together with what cannot use it.
 * @example backendByName("interpreter").name // "interpreter"
 */
export function backendByName(name: BackendName, options: BackendOptions = {}): Backend {
  const { threads = 1, mode = "deterministic", blas = null } = options;
  if (!Object.hasOwn(BACKENDS, name))
    throw new UsageError(`backend: expected one of ${Object.keys(BACKENDS).join(", ")}, received "${name}".`);
  if (!Number.isInteger(threads) || threads < 1 || threads > MOST_THREADS)
    throw new UsageError(
      `threads: expected a whole number from 1 to ${MOST_THREADS}, received ${threads}. Give the number of cores, or leave it out for 1.`,
    );
  if (mode !== "deterministic" && mode !== "fast")
    throw new UsageError(`mode: expected "deterministic" or "fast", received "${mode}".`);
  if (mode === "fast" && name !== "wasm")
    throw new UsageError(
      `mode: expected "deterministic" with the backend "${name}", received "fast". Leave out backend, or mode.`,
    );
  if (blas !== null) return withBlas(name, threads, mode, blas);
  if (name !== "wasm") return BACKENDS[name];
  return threads > 1 ? threadedBackend(threads, { mode }) : backendOf(mode);
}

function withBlas(name: BackendName, threads: number, mode: Mode, blas: Blas): Backend {
  if (!hasMethods("gemm")(blas))
    throw new UsageError(
      `blas: expected what nativeBlas() of papergrad/node returns, received ${show(blas)}. Leave it out to run without a BLAS.`,
    );
  if (name !== "wasm")
    throw new UsageError(
      `blas: expected the backend "wasm", received "${name}", which shows every sum. Leave out backend, or blas.`,
    );
  if (threads > 1)
    throw new UsageError(
      `blas: expected threads: 1, received ${threads}. A BLAS has threads of its own: give their number to nativeBlas({ threads }).`,
    );
  return blasBackend(blas, mode);
}
