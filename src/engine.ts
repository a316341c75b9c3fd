/**
 * papergrad/engine: write a training step yourself, look at the Program it becomes, run it.
 *
 * The tutorials' published programs, mistakes included, are written with `defineStep`.
 */
import { type BackendName, backendByName } from "./backends.ts";
import { Engine, type EngineOptions, type Entry } from "./compile/engine.ts";
import type { Mode } from "./compile/program.ts";
import type { Graph } from "./graph/graph.ts";
import { UsageError } from "./tensor/errors.ts";
import type { Blas } from "./wasm/blas.ts";

/** Options of a step or an engine: number type, seed, backend, threads, BLAS, name. */
export interface StepOptions extends EngineOptions {
  readonly backend?: BackendName;
  /**
   * Threads that steps may use, this one included; default 1. Results do not depend on it, to the bit. It stays 1
   * (`engine.threads` tells) on the interpreter and where memory cannot be shared: in a page that is not cross-origin
   * isolated, and on the main thread of a browser, which must not wait: run the engine in a worker there.
   */
  readonly threads?: number;
  /**
   * "deterministic", the default: the same bits on every machine, with any number of threads. "fast": products use what
   * is quickest here (`engine.features` tells what), and last bits depend on the machine.
   */
  readonly mode?: Mode;
  /**
   * A library for the large products: `nativeBlas()` of `papergrad/node`. Quicker, and not the same bits (`engine.blas`
   * tells); it has threads of its own, so `threads` stays 1.
   */
  readonly blas?: Blas;
  readonly name?: string;
}

/**
 * An engine with no entries yet. Default: the compiled backend, float32.
 * @throws {UsageError} for an unknown backend, or threads or a seed out of range.
 * @example
 * const engine = createEngine({ dtype: "float64" });
 * const halve = engine.entry("halve", (g) => {
 *   const w = g.parameter("w", [1, 2]);
 *   g.store(w, g.mul(w, 0.5));
 * });
 * engine.write("w", [8, -4]);
 * halve.run(2);
 * engine.read("w").data // [2, -1]
 */
export function createEngine(options: StepOptions = {}): Engine {
  const known = ["dtype", "backend", "threads", "mode", "blas", "seed", "name"];
  for (const key of typeof options === "object" ? Object.keys(options) : ["(not an object)"])
    if (!known.includes(key))
      throw new UsageError(`createEngine: expected options ${known.join(", ")}, received ${key}.`);
  return new Engine(backendByName(options.backend ?? "wasm", options), options);
}

/**
 * Compiles one training step written as a graph. The result runs it, and its `engine` holds the matrices.
 * @throws {ShapeError | UsageError} if the graph is not well formed.
 * @example
 * const step = defineStep({ dtype: "float64" }, (g) => {
 *   const x = g.input("x", [4, 2]);
 *   const y = g.input("y", [4, 1]);
 *   const w = g.parameter("w", [2, 1]);
 *   const z = g.matmul(x, w);
 *   const loss = g.mean(g.sub(g.softplus(z), g.mul(y, z)));
 *   const [dw] = g.gradient(loss, [w]);
 *   g.store(w, g.sub(w, g.mul(0.1, dw)));
 *   g.metric("loss", loss);
 * });
 * step.engine.write("x", [0, 0, 0, 1, 1, 0, 1, 1]);
 * step.engine.write("y", [0, 1, 1, 1]);
 * const { metrics } = step.run(1000);
 * metrics.loss?.[0] // 0.6931, ln 2: every weight starts at 0
 * metrics.loss?.[999] // 0.1923, before the 1000th update
 */
export function defineStep(options: StepOptions, build: (g: Graph) => void): Entry {
  return createEngine(options).entry(options.name ?? "step", build);
}

export { type BackendName, type BackendOptions, backendByName } from "./backends.ts";
export { Engine, type EngineOptions, Entry, type Features, type RunResult } from "./compile/engine.ts";
export { interpreter } from "./compile/interpret.ts";
export { type Lowered, type LowerOptions, lower } from "./compile/lower.ts";
export { fnv1a as hashBytes, programHash, programText } from "./compile/print.ts";
export type * from "./compile/program.ts";
export * as expr from "./graph/expr.ts";
export { describe, Graph, type Operand } from "./graph/graph.ts";
export type * from "./graph/nodes.ts";
export type { Blas, Gemm } from "./wasm/blas.ts";
export { probeFeatures } from "./wasm/features.ts";
export { wasmBackend } from "./wasm/runtime.ts";
export { type ThreadOptions, threadedBackend } from "./wasm/threads.ts";
