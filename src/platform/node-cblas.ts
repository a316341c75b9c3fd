/**
 * The C interface that all BLAS libraries have, as a `Blas` of the engine: addresses in place of pointers, the
 * name of the library, its threads, and a trial of what it computes.
 *
 * Which library that is, and how it is opened, is `node-blas.ts`.
 */
import { UsageError } from "../tensor/errors.ts";
import type { DType } from "../tensor/tensor.ts";
import type { Blas, Gemm } from "../wasm/blas.ts";

/** As much of koffi as is used. */
export interface Foreign {
  /** @throws {Error} if it is not there. */
  load(path: string): Library;
  /** Where the bytes of a buffer lie. */
  address(buffer: ArrayBuffer): bigint;
}

/** A C library. */
export interface Library {
  /** The function with this declaration. @throws {Error} if the library has none of that name. */
  func(declaration: string): Function;
}
type Function = (...args: number[]) => unknown;

// Values of the C interface.
const ROW_MAJOR = 101;
const NO_TRANSPOSE = 111;
const TRANSPOSE = 112;

const orderOf = (byColumns: number): number => (byColumns === 0 ? NO_TRANSPOSE : TRANSPOSE);

/** OpenBLAS loses time with more than one thread on products of fewer multiply-adds. */
const SHARED_FROM = 3_000_000;

/**
 * A library as the engine calls it. `fewest`: see `Blas`; `threads` is refused by libraries that decide by themselves.
 * @throws {UsageError} if it lacks a function that is needed, or computes something else.
 */
export function blasOf(foreign: Foreign, library: Library, fewest: number, threads?: number): Blas {
  const name = nameOf(library);
  const use = threadSetter(library, name, threads);
  const functions = { float32: functionsOf(library, "float32"), float64: functionsOf(library, "float64") };
  const blas: Blas = {
    name,
    fewest,
    gemm(dtype, memory): Gemm {
      const { gemm, gemv } = functions[dtype];
      let buffer: ArrayBuffer | null = null;
      let base = 0;
      const at = (address: number): number => base + (address >>> 0);
      return (m, n, k, a, aStride, aByColumns, b, bStride, bByColumns, c, cStride) => {
        // A memory that has grown has another buffer, which may lie elsewhere.
        if (memory.buffer !== buffer) {
          buffer = memory.buffer;
          base = Number(foreign.address(buffer));
        }
        use(m * n * k);
        const [aOrder, bOrder] = [orderOf(aByColumns), orderOf(bByColumns)];
        if (n === 1) {
          const x = bByColumns === 0 ? bStride : 1;
          const [rows, cols] = aByColumns === 0 ? [m, k] : [k, m];
          gemv(ROW_MAJOR, aOrder, rows, cols, 1, at(a), aStride, at(b), x, 0, at(c), cStride);
        } else if (m === 1) {
          // The transposed product: a row times a matrix.
          const x = aByColumns === 0 ? 1 : aStride;
          const [rows, cols] = bByColumns === 0 ? [k, n] : [n, k];
          gemv(ROW_MAJOR, orderOf(1 - bByColumns), rows, cols, 1, at(b), bStride, at(a), x, 0, at(c), 1);
        } else gemm(ROW_MAJOR, aOrder, bOrder, m, n, k, 1, at(a), aStride, at(b), bStride, 0, at(c), cStride);
      };
    },
  };
  for (const dtype of ["float32", "float64"] as const) tryOut(blas, dtype);
  return blas;
}

/** Matrix by matrix and matrix by vector. */
function functionsOf(library: Library, dtype: DType): { readonly gemm: Function; readonly gemv: Function } {
  const [letter, real] = dtype === "float32" ? ["s", "float"] : ["d", "double"];
  const array = "uint64_t, int";
  const need = (name: string, types: string): Function => {
    const found = functionOf(library, `void cblas_${letter}${name}(${types})`);
    if (found) return found;
    throw new UsageError(
      `nativeBlas: expected a library with the C interface to the BLAS, received one without cblas_${letter}${name}. Give another: nativeBlas({ library: "libopenblas.so.0" }).`,
    );
  };
  return {
    gemm: need("gemm", `int, int, int, int, int, int, ${real}, ${array}, ${array}, ${real}, ${array}`),
    gemv: need("gemv", `int, int, int, int, ${real}, ${array}, ${array}, ${real}, ${array}`),
  };
}

function functionOf(library: Library, declaration: string): Function | null {
  try {
    return library.func(declaration);
  } catch {
    return null;
  }
}

/** With version and kind of processor where the library tells them: its bits depend on both. */
function nameOf(library: Library): string {
  const config = functionOf(library, "const char *openblas_get_config()");
  if (config) {
    const core = functionOf(library, "const char *openblas_get_corename()");
    const version = /\d+\.\d+(\.\d+)?/.exec(String(config()))?.[0];
    return ["OpenBLAS", version, core && `(${core()})`].filter(Boolean).join(" ");
  }
  if (functionOf(library, "void MKL_Set_Num_Threads(int)")) return "MKL";
  return functionOf(library, "int appleblas_sgeadd(int)") ? "Accelerate" : "BLAS";
}

/**
 * A function to be called before each product with its multiply-adds.
 * @throws {UsageError} if threads are asked for from a library that decides by itself.
 */
function threadSetter(library: Library, name: string, threads?: number): (multiplyAdds: number) => void {
  const open = functionOf(library, "void openblas_set_num_threads(int)");
  if (open) {
    const most = threads ?? Number(functionOf(library, "int openblas_get_num_threads()")?.() ?? 1);
    return (multiplyAdds) => open(multiplyAdds < SHARED_FROM ? 1 : most);
  }
  const mkl = functionOf(library, "void MKL_Set_Num_Threads(int)");
  if (threads !== undefined && !mkl)
    throw new UsageError(
      `nativeBlas: expected a library whose threads can be set (OpenBLAS, MKL), received ${name}. Leave out threads.`,
    );
  if (threads !== undefined) mkl?.(threads);
  return () => {};
}

/**
 * [1 2 3; 4 5 6] · [7 8; 9 10; 11 12], the second factor stored by columns: a library with other types of numbers would
 * do anything but this.
 */
function tryOut(blas: Blas, dtype: DType): void {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const [Type, bytes] = dtype === "float32" ? ([Float32Array, 4] as const) : ([Float64Array, 8] as const);
  const numbers = new Type(memory.buffer);
  numbers.set([1, 2, 3, 4, 5, 6, 7, 9, 11, 8, 10, 12]);
  blas.gemm(dtype, memory)(2, 2, 3, 0, 3, 0, 6 * bytes, 3, 1, 12 * bytes, 2);
  const received = [...numbers.subarray(12, 16)];
  if (received.join() !== "58,64,139,154")
    throw new UsageError(
      `nativeBlas: expected a product 58, 64, 139, 154 from ${blas.name}, received ${received.join(", ")}. Give another library: nativeBlas({ library: "libopenblas.so.0" }).`,
    );
}
