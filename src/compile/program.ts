/**
 * A Program is one entry point of an engine (a training step, a prediction) as pure data: loop kernels in the
 * order they run, over views of one memory. It can be printed, hashed, interpreted or compiled; the graph it
 * came from is not needed any more.
 *
 * The order of every summation is fixed here, so that every backend gives the same bits:
 *  - `gemm`: each output element has one accumulator, starts at 0, and adds a·b (rounded) for k = 0, 1, 2, …
 *  - `reduce` over rows (one result per column): one accumulator per column, starts at 0 (sum) or at the first
 *    row (max), rows ascending.
 *  - `reduce` over columns (one result per row) and over all: eight accumulators that start at 0 (sum) or −∞
 *    (max); element number i (row-major over the reduced elements) goes to accumulator i mod 8; then
 *    ((s0+s4)+(s2+s6)) + ((s1+s5)+(s3+s7)). Likewise for max.
 */
import type { BinaryOp, CompareOp, UnaryOp } from "../graph/expr.ts";
import type { DType } from "../tensor/tensor.ts";

export type { BinaryOp, CompareOp, UnaryOp };

/** A matrix in memory. Strides count elements; a stride of 0 repeats (broadcast), so [i, j] is always inside. */
export interface View {
  readonly byteOffset: number;
  readonly rows: number;
  readonly cols: number;
  readonly rowStride: number;
  readonly colStride: number;
}

/** One scalar instruction; `a`, `b`, `c` are positions of earlier instructions in the same body. */
export type Instr =
  | { readonly op: "const"; readonly value: number }
  /** Element [i, j] of `operands[index]`, as it was before the kernel wrote anything at [i, j]. */
  | { readonly op: "operand"; readonly index: number }
  /** What a gemm or a reduce accumulated; only in their `finish`. */
  | { readonly op: "acc" }
  /** Number of the running step, counted from 0 over the life of the engine. */
  | { readonly op: "step" }
  /** Uniform number in [0, 1) for (seed, stream, step, i·cols + j): see math/counter-random. */
  | { readonly op: "random"; readonly stream: number; readonly seedOffset: number }
  | { readonly op: UnaryOp; readonly a: number }
  | { readonly op: BinaryOp | CompareOp; readonly a: number; readonly b: number }
  /** b where a ≠ 0, else c. */
  | { readonly op: "select"; readonly a: number; readonly b: number; readonly c: number };

/** Straight-line code at one element, and which of its values are written where. */
export interface Body {
  readonly operands: readonly View[];
  readonly code: readonly Instr[];
  readonly outputs: readonly Output[];
}
/** One value of a body and the matrix it is written to. */
export interface Output {
  readonly view: View;
  /** Position in `code` of the value written. */
  readonly value: number;
}

/** For every [i, j] of rows × cols: run the body. An output may be the very same view as an operand. */
export interface ElementwiseKernel extends Body {
  readonly kind: "elementwise";
  readonly name: string;
  readonly rows: number;
  readonly cols: number;
}

/** acc[i, j] = Σ_k a[i, k]·b[k, j]; then `finish` at every [i, j] of m × n. b and all outputs have colStride 1 (or n = 1). */
export interface GemmKernel {
  readonly kind: "gemm";
  readonly name: string;
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly a: View;
  readonly b: View;
  readonly finish: Body;
  /**
   * a is what that sparse gather (by its place among the kernels) gathered, as it is ("rows") or transposed
   * ("columns"). A backend may skip its zeros: x + 0·w = x for every finite w, so no bit changes.
   */
  readonly sparse?: { readonly gather: number; readonly by: "rows" | "columns" };
}

/** Reduces `value` of `code` over rows × cols; `finish` runs on the result: 1 × cols ("rows"), rows × 1 ("cols") or 1 × 1 ("all"). */
export interface ReduceKernel {
  readonly kind: "reduce";
  readonly name: string;
  readonly op: "sum" | "max";
  /** Which index disappears. */
  readonly over: "rows" | "cols" | "all";
  readonly rows: number;
  readonly cols: number;
  readonly operands: readonly View[];
  readonly code: readonly Instr[];
  readonly value: number;
  readonly finish: Body;
}

/** out[b, :] = table[index[(step·rows + b) mod indexLength], :]; a table of bytes is read as 0…255. */
export interface GatherKernel {
  readonly kind: "gather";
  readonly name: string;
  readonly rows: number;
  readonly cols: number;
  readonly table: { readonly byteOffset: number; readonly rows: number; readonly dtype: DType | "uint8" };
  /** int32 row numbers, each within the table. */
  readonly index: { readonly byteOffset: number; readonly length: number };
  /** Dense: colStride 1. */
  readonly out: View;
  /** Mostly zeros, and only read by products that say so in `sparse`: `out` itself need not be written. */
  readonly sparse?: true;
}

/** One loop nest of a Program. */
export type LoopKernel = ElementwiseKernel | GemmKernel | ReduceKernel | GatherKernel;

/** A constant matrix the Program needs in memory before it runs. */
export interface ConstantData {
  readonly byteOffset: number;
  readonly values: readonly number[];
}

/** A compiled step as plain data. */
export interface Program {
  readonly name: string;
  readonly dtype: DType;
  readonly kernels: readonly LoopKernel[];
  readonly constants: readonly ConstantData[];
  /** 1×1 values copied after each step to the ring: metric m of the s-th step of a call is at ring[s·metrics.length + m]. */
  readonly metrics: readonly { readonly name: string; readonly view: View }[];
  readonly ring: { readonly byteOffset: number; readonly steps: number };
  /** After a step in which this 1×1 value is not 0, the run ends. */
  readonly halt: View | null;
  /** First byte after everything the Program uses. */
  readonly memoryBytes: number;
}

/**
 * Bytes at the start of a memory that are no Program's: the seed of random numbers in the first four; the others are
 * for the backend, see `wasm/cells.ts`.
 */
export const RESERVED_BYTES = 64;

/** What a backend makes of a Program: runs `steps` steps (at most ring.steps), the first numbered `first`; returns the steps done. */
export interface LoadedProgram {
  /** First byte after everything in use, scratch of the backend's own included. */
  readonly memoryBytes: number;
  /** How many threads run it, at most; 1 if not said. */
  readonly threads?: number;
  run(first: number, steps: number): number;
}

/**
 * Whether every sum is rounded as `program.ts` states, so that bits are the same everywhere, or products may use what is
 * quickest on the machine.
 */
export type Mode = "deterministic" | "fast";

/** Interpreter, WASM, …: all act on the same memory. Programs with no work left out, nothing cached between calls. */
export interface Backend {
  readonly name: string;
  /** How many threads it has; 1 if not said. */
  readonly threads?: number;
  /** An empty memory of the kind it wants; an ordinary one if not said. */
  readonly memory?: () => WebAssembly.Memory;
  /** Resolves when all threads have started, or one cannot start. Before that Programs run on one thread, to the same bits. */
  readonly ready?: () => Promise<void>;
  /** "deterministic" if not said. */
  readonly mode?: Mode;
  /** What products are made of, in words; "multiply, add" if not said. */
  readonly instructions?: string;
  /** The library that computes large products, and not to the bits of other backends; none if not said. */
  readonly blas?: string;
  /**
   * Whether it wants to see a product of m × k by k × n as it is: the right factor not rewritten for the sake of its
   * rows, the left one not listed for the sake of its zeros. No product if not said.
   */
  readonly wantsPlain?: (m: number, n: number, k: number) => boolean;
  load(program: Program, memory: WebAssembly.Memory): LoadedProgram;
}
