/**
 * An engine owns one memory: the named matrices (parameters, optimizer state, data) and the compiled entries that
 * act on them. `step`, `valueAndGradient`, `predict` of one model are entries of one engine.
 *
 * Nobody frees anything: an engine that is no longer referenced is collected with its memory.
 */
import { Graph } from "../graph/graph.ts";
import type { BufferSource, Role } from "../graph/nodes.ts";
import { ShapeError, UsageError } from "../tensor/errors.ts";
import { type DType, type FloatArray, type Shape, sizeOf, type Tensor } from "../tensor/tensor.ts";
import { lower } from "./lower.ts";
import { align } from "./memory.ts";
import { type Backend, type LoadedProgram, type Mode, type Program, RESERVED_BYTES } from "./program.ts";
import { bytesOf } from "./view.ts";

/** Options of an engine. */
export interface EngineOptions {
  readonly dtype?: DType;
  /** Seed of the random numbers inside steps (dropout), 0 … 2³²−1. */
  readonly seed?: number;
}

/** What an engine runs on, as plain data. */
export interface Features {
  readonly backend: string;
  readonly mode: Mode;
  /** What products are made of: "multiply, add", "fused multiply-add", "fused multiply-add, 256 bits". */
  readonly instructions: string;
  /** At most. */
  readonly threads: number;
  /** Name and version of the library for large products. */
  readonly blas: string | null;
}

interface NamedBuffer {
  readonly role: Role;
  readonly shape: Shape;
  readonly dtype: DType | "uint8" | "int32";
  readonly byteOffset: number;
}

const PAGE = 65536;
const SEED_OFFSET = 0;
const FIRST_FREE = RESERVED_BYTES;

/**
 * One memory with named matrices, and the compiled entries that read and write them.
 * @throws {UsageError} for a seed that is not a whole number from 0 to 4294967295.
 * @example
 * const engine = new Engine(interpreter, { dtype: "float64" });
 * engine.entry("double", (g) => {
 *   const w = g.parameter("w", [1, 1]);
 *   g.store(w, g.mul(2, w));
 * });
 * engine.write("w", [3]);
 * engine.has("w") // true
 */
export class Engine {
  /** Number type of every matrix but bytes and row numbers. */
  readonly dtype: DType;
  /** What runs the Programs. */
  readonly backend: Backend;
  /** Everything the engine holds; grows with each entry. */
  readonly memory: WebAssembly.Memory;
  private readonly buffers = new Map<string, NamedBuffer>();
  /** Rows of the table that an index is used with. */
  private readonly indexLimits = new Map<string, number>();
  private free = FIRST_FREE;

  constructor(backend: Backend, options: EngineOptions = {}) {
    this.backend = backend;
    this.memory = backend.memory?.() ?? new WebAssembly.Memory({ initial: 1 });
    this.dtype = options.dtype ?? "float32";
    if (this.dtype !== "float32" && this.dtype !== "float64")
      throw new UsageError(`engine: expected dtype "float32" or "float64", received "${this.dtype}".`);
    this.seed = options.seed ?? 0;
  }

  /** Threads that entries may use; 1 where memory cannot be shared. Results do not depend on it. */
  get threads(): number {
    return this.backend.threads ?? 1;
  }

  /**
   * The library that computes large products, e.g. "OpenBLAS 0.3.21"; null without one. With one, results depend on
   * it in their last bits, on its version and on the machine.
   */
  get blas(): string | null {
    return this.backend.blas ?? null;
  }

  /**
   * What the numbers were computed with, to be kept with them: two runs with equal features, but for the threads, on one
   * kind of machine have the same bits; deterministic ones have them on any machine.
   */
  get features(): Features {
    const { name, mode = "deterministic", instructions = "multiply, add" } = this.backend;
    return { backend: name, mode, instructions, threads: this.threads, blas: this.blas };
  }

  /**
   * Resolves when all threads have started. Nobody has to wait for it: until then entries run on one thread. Call it
   * after the first `entry`, e.g. before measuring.
   * @example await createEngine({ threads: 2 }).ready();
   */
  async ready(): Promise<void> {
    await this.backend.ready?.();
  }

  /** Seed of the random numbers inside steps, 0 … 2³²−1. @throws {UsageError} when set to anything else. */
  get seed(): number {
    return new DataView(this.memory.buffer).getUint32(SEED_OFFSET, true);
  }
  set seed(value: number) {
    if (!Number.isInteger(value) || value < 0 || value > 0xffffffff)
      throw new UsageError(`seed: expected a whole number from 0 to 4294967295, received ${value}.`);
    new DataView(this.memory.buffer).setUint32(SEED_OFFSET, value, true);
  }

  /**
   * Builds, lowers and compiles one entry. Buffers it names for the first time are created, zeroed.
   * @throws {ShapeError} if a name stands for another shape already; {UsageError} if the memory cannot grow so far.
   * @example
   * const engine = createEngine();
   * const step = engine.entry("step", (g) => {
   *   const w = g.parameter("w", [2, 1]);
   *   g.store(w, g.mul(w, 0.5));
   * });
   * step.run(3).steps // 3
   */
  entry(name: string, build: (g: Graph) => void): Entry {
    if (typeof build !== "function")
      throw new UsageError(`entry "${name}": expected a function (g) => { … }, received ${typeof build}.`);
    const graph = new Graph(name);
    const returned: unknown = build(graph);
    if (returned instanceof Promise)
      throw new UsageError(
        `entry "${name}": the function that builds a step must not be async. Load data before it.`,
      );
    const before = { buffers: new Map(this.buffers), limits: new Map(this.indexLimits), free: this.free };
    try {
      return this.compile(graph);
    } catch (error) {
      // A refused entry leaves nothing behind: neither names and limits nor a claim on memory.
      replaceAll(this.buffers, before.buffers);
      replaceAll(this.indexLimits, before.limits);
      this.free = before.free;
      throw error;
    }
  }

  private compile(graph: Graph): Entry {
    for (const n of graph.nodes) {
      if (n.kind === "leaf" && n.source.type === "buffer") this.ensure(n.source);
      if (n.kind === "gather") this.limitIndex(n.index.source.name, n.table.shape[0]);
    }
    const { program } = lower(graph, {
      dtype: this.dtype,
      locate: (source) => this.find(source.name),
      start: this.free,
      seedOffset: SEED_OFFSET,
      reuse: this.threads === 1,
      ...(this.backend.wantsPlain && { wantsPlain: this.backend.wantsPlain }),
    });
    this.reserve(program.memoryBytes);
    const loaded = this.backend.load(program, this.memory);
    this.free = align(loaded.memoryBytes);
    return new Entry(this, graph, program, loaded);
  }

  /** Whether an entry has named this matrix. */
  has(name: string): boolean {
    return this.buffers.has(name);
  }

  /** Shape of a named matrix. @throws {UsageError} if no entry names it. */
  shapeOf(name: string): Shape {
    return this.find(name).shape;
  }

  /**
   * Copies numbers into a named matrix.
   * @throws {ShapeError} if there are too few or too many; {UsageError} if one is NaN or infinite, or a row number is outside its table.
   */
  write(name: string, values: ArrayLike<number>): void {
    const b = this.find(name);
    const size = sizeOf(b.shape);
    if (values.length !== size)
      throw new ShapeError(
        `${name}: expected ${size} values (shape [${b.shape}]), received ${values.length}.`,
      );
    if (b.dtype === "int32") this.checkIndex(name, values);
    else if (b.dtype === "uint8") checkBytes(name, values, b.shape[1]);
    else checkFinite(name, values, b.shape[1], b.dtype);
    this.live(name).set(values);
  }

  /** Copy of a named matrix. */
  read(name: string): Tensor<FloatArray> {
    const b = this.find(name);
    return { shape: b.shape, data: (this.live(name) as FloatArray).slice() };
  }

  /** The memory of a named matrix itself; invalid after the next `entry`, which may grow the memory. */
  live(name: string): FloatArray | Uint8Array | Int32Array {
    const b = this.find(name);
    const Type = { float32: Float32Array, float64: Float64Array, uint8: Uint8Array, int32: Int32Array }[
      b.dtype
    ];
    return new Type(this.memory.buffer, b.byteOffset, sizeOf(b.shape));
  }

  /** Address and precision of a named matrix. */
  find(name: string): NamedBuffer {
    const b = this.buffers.get(name);
    if (!b)
      throw new UsageError(
        `engine: no matrix is named "${name}". Known: ${[...this.buffers.keys()].join(", ") || "none"}.`,
      );
    return b;
  }

  private ensure(source: BufferSource): void {
    const { name, role, whole } = source;
    const known = this.buffers.get(name);
    if (known) {
      if (known.shape[0] !== whole[0] || known.shape[1] !== whole[1])
        throw new ShapeError(
          `"${name}" is [${known.shape}] in this engine, but an entry asks for [${whole}].`,
        );
      if (known.dtype !== this.dtypeOf(role))
        throw new UsageError(
          `"${name}" holds ${known.dtype} numbers as ${known.role}, but is asked for as ${role}. Give one of them another name.`,
        );
      return;
    }
    if (whole[0] < 1 || whole[1] < 1 || !Number.isInteger(whole[0]) || !Number.isInteger(whole[1]))
      throw new ShapeError(`"${name}": expected a shape of whole numbers ≥ 1, received [${whole}].`);
    const dtype = this.dtypeOf(role);
    this.buffers.set(name, { role, shape: whole, dtype, byteOffset: this.free });
    this.free = align(this.free + sizeOf(whole) * bytesOf(dtype));
    this.reserve(this.free);
  }

  private dtypeOf(role: Role): DType | "uint8" | "int32" {
    return role === "bytes" ? "uint8" : role === "index" ? "int32" : this.dtype;
  }

  private limitIndex(name: string, rows: number): void {
    this.indexLimits.set(name, Math.min(rows, this.indexLimits.get(name) ?? rows));
    this.checkIndex(name, this.live(name));
  }

  private checkIndex(name: string, values: ArrayLike<number>): void {
    const limit = this.indexLimits.get(name) ?? 2 ** 31;
    for (let i = 0; i < values.length; i++) {
      const v = values[i]!;
      if (!Number.isInteger(v) || v < 0 || v >= limit)
        throw new UsageError(
          `${name}: expected row numbers from 0 to ${limit - 1}, received ${v} at position ${i}.`,
        );
    }
  }

  private reserve(bytes: number): void {
    const missing = bytes - this.memory.buffer.byteLength;
    if (missing <= 0) return;
    try {
      this.memory.grow(Math.ceil(missing / PAGE));
    } catch {
      throw new UsageError(
        `engine: expected at most 4 GiB of memory, needs ${(bytes / 2 ** 30).toFixed(1)} GiB. Use a smaller batch or data set, or float32.`,
      );
    }
  }
}

/** What a run of steps gives back. */
export interface RunResult {
  /** Steps done; fewer than asked for if halted. */
  readonly steps: number;
  readonly halted: boolean;
  /** Every metric at every step of this run. */
  readonly metrics: Readonly<Record<string, Float64Array>>;
}

/**
 * A compiled entry of an engine.
 * @example
 * const step = defineStep({ dtype: "float64" }, (g) => {
 *   const w = g.parameter("w", [1, 1]);
 *   g.metric("w", w);
 *   g.store(w, g.add(w, 1));
 * });
 * step.run(3).metrics.w // [0, 1, 2], each before its step's update
 * step.stepNumber // 3
 */
export class Entry {
  /** The engine that holds its matrices. */
  readonly engine: Engine;
  /** What it was built from. */
  readonly graph: Graph;
  /** What the graph became. */
  readonly program: Program;
  /** Number of the next step. */
  stepNumber = 0;
  private readonly loaded: LoadedProgram;

  constructor(engine: Engine, graph: Graph, program: Program, loaded: LoadedProgram) {
    this.engine = engine;
    this.graph = graph;
    this.program = program;
    this.loaded = loaded;
  }

  /** Threads that it runs on: those of the engine, or fewer if more would be slower. */
  get threads(): number {
    return this.loaded.threads ?? 1;
  }

  /**
   * Runs `steps` steps in a row, or until the halt value is not 0.
   * @throws {UsageError} if `steps` is not a whole number ≥ 0.
   */
  run(steps = 1): RunResult {
    if (!Number.isInteger(steps) || steps < 0)
      throw new UsageError(`run: expected a whole number of steps ≥ 0, received ${steps}.`);
    const { metrics, ring } = this.program;
    const recorded = metrics.map(() => new Float64Array(steps));
    let done = 0;
    let halted = false;
    while (done < steps && !halted) {
      const asked = Math.min(steps - done, ring.steps);
      const made = this.loaded.run(this.stepNumber, asked);
      this.collect(recorded, done, made);
      this.stepNumber += made;
      done += made;
      halted = this.haltValue() !== 0;
    }
    const named = metrics.map((m, i) => [m.name, recorded[i]!.subarray(0, done)] as const);
    return { steps: done, halted, metrics: Object.fromEntries(named) };
  }

  private collect(into: Float64Array[], from: number, steps: number): void {
    const n = into.length;
    if (n === 0) return;
    const ring = this.floats(this.program.ring.byteOffset, steps * n);
    for (let s = 0; s < steps; s++) for (let m = 0; m < n; m++) into[m]![from + s] = ring[s * n + m]!;
  }

  private haltValue(): number {
    return this.program.halt ? this.floats(this.program.halt.byteOffset, 1)[0]! : 0;
  }

  private floats(byteOffset: number, length: number): FloatArray {
    const Type = this.engine.dtype === "float64" ? Float64Array : Float32Array;
    return new Type(this.engine.memory.buffer, byteOffset, length);
  }
}

function replaceAll<K, V>(map: Map<K, V>, by: ReadonlyMap<K, V>): void {
  map.clear();
  for (const [k, v] of by) map.set(k, v);
}

const place = (i: number, cols: number): string => `row ${Math.floor(i / cols)}, column ${i % cols}`;

/** @throws {UsageError} naming the first value that is NaN, infinite, or too large for the precision. */
export function checkFinite(
  name: string,
  values: ArrayLike<number>,
  cols: number,
  dtype: DType = "float64",
): void {
  const round = dtype === "float32" ? Math.fround : Number;
  for (let i = 0; i < values.length; i++) {
    if (typeof values[i] === "number" && Number.isFinite(round(values[i]!))) continue;
    const [expected, cure] = Number.isFinite(values[i])
      ? ["numbers that fit float32", "Scale them, or use dtype float64."]
      : ["finite numbers", "Remove or fill that value."];
    throw new UsageError(
      `${name}: expected ${expected}, received ${values[i]} at ${place(i, cols)}. ${cure}`,
    );
  }
}

/** @throws {UsageError} naming the first value that is not a whole number from 0 to 255. */
function checkBytes(name: string, values: ArrayLike<number>, cols: number): void {
  if (values instanceof Uint8Array || values instanceof Uint8ClampedArray) return;
  for (let i = 0; i < values.length; i++) {
    const v = values[i]!;
    if (!Number.isInteger(v) || v < 0 || v > 255)
      throw new UsageError(`${name}: expected bytes from 0 to 255, received ${v} at ${place(i, cols)}.`);
  }
}
