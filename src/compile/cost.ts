/**
 * About how long a kernel takes on one thread, in nanoseconds: enough to tell whether threads are worth their
 * barriers, and no more. The constants were measured on a fast x86-64 server (5 GHz, 65 GFLOP/s of multiply-adds in
 * 128-bit vectors); a slower machine then keeps one thread a little longer than it must, which loses less than a
 * barrier too many.
 */
import { elementary } from "../math/functions.ts";
import type { DType } from "../tensor/tensor.ts";
import type { Instr, LoopKernel } from "./program.ts";

/** Multiply-adds a nanosecond of one core in the tiles of a product, float32; float64 has half of it. */
const MULTIPLY_ADDS = 25;
/** What a product with a sparse left factor takes of the time of a dense one, about. */
const SPARSE = 0.4;
/** One operation on a vector, and one that is a polynomial. */
const INSTRUCTION = 0.15;
const FUNCTION = 5;
/** Bytes a nanosecond from and to memory beyond the first cache. */
const BYTES = 20;
/** Copying one gathered element; listing it if it is not zero. */
const GATHERED = 0.05;
const LISTED = 0.6;
/** A function that is called and has nothing to do. */
const CALL = 3;

const isFunction = (op: string): boolean => op === "random" || Object.hasOwn(elementary, op);
const lanesOf = (dtype: DType): number => (dtype === "float32" ? 4 : 2);

function bodyCost(code: readonly Instr[], operands: number, elements: number, dtype: DType): number {
  const perVector = code.reduce((sum, { op }) => sum + (isFunction(op) ? FUNCTION : INSTRUCTION), 0);
  const bytes = dtype === "float32" ? 4 : 8;
  return elements * (perVector / lanesOf(dtype) + (operands * bytes) / BYTES / 4);
}

/** Nanoseconds, about. */
export function kernelCost(kernel: LoopKernel, dtype: DType): number {
  switch (kernel.kind) {
    case "elementwise":
      return CALL + bodyCost(kernel.code, kernel.operands.length + 1, kernel.rows * kernel.cols, dtype);
    case "gemm": {
      const { m, n, k, finish, sparse } = kernel;
      // Narrow results waste lanes.
      const width = Math.ceil(n / lanesOf(dtype)) * lanesOf(dtype);
      const rate = dtype === "float32" ? MULTIPLY_ADDS : MULTIPLY_ADDS / 2;
      const adds = (m * width * k * (sparse ? SPARSE : 1)) / rate;
      return CALL + adds + bodyCost(finish.code, finish.operands.length + 1, m * n, dtype);
    }
    case "reduce":
      return CALL + bodyCost(kernel.code, kernel.operands.length, kernel.rows * kernel.cols, dtype);
    case "gather":
      return CALL + kernel.rows * kernel.cols * (kernel.sparse ? LISTED : GATHERED);
  }
}
