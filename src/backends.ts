/** The backends by name. All give the same bits; `interpreter` is the one to read, `wasm` the one to use. */
import { interpreter } from "./compile/interpret.ts";
import type { Backend } from "./compile/program.ts";
import { UsageError } from "./tensor/errors.ts";
import { wasmBackend } from "./wasm/runtime.ts";

/** Which backend runs the Programs; both give the same bits. */
export type BackendName = "wasm" | "interpreter";

const BACKENDS: Readonly<Record<BackendName, Backend>> = { wasm: wasmBackend, interpreter };

/**
 * The backend of a name.
 * @throws {UsageError} for a name that is not a backend.
 * @example backendByName("interpreter").name // "interpreter"
 */
export function backendByName(name: BackendName): Backend {
  if (!Object.hasOwn(BACKENDS, name))
    throw new UsageError(`backend: expected one of ${Object.keys(BACKENDS).join(", ")}, received "${name}".`);
  return BACKENDS[name];
}
