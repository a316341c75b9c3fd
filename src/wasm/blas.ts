/**
 * What a BLAS is to the compiled backend: a function that multiplies matrices of one memory, and which products are
 * worth calling it for. `gemm-blas.ts` writes the calls; finding a library is the platform's business.
 *
 * A BLAS adds in an order of its own and fuses multiply-adds: its bits are not those of the other backends, and may
 * differ from machine to machine. Hence nobody gets one who has not asked for it.
 */
import type { DType } from "../tensor/tensor.ts";

/**
 * c = a·b, m × k by k × n. Each matrix is given by its address in bytes and the elements between its lines; lines are
 * rows, or columns where the flag is not 0. c is stored by rows. Addresses of 2 GiB and more come as negative numbers.
 */
export type Gemm = (
  m: number,
  n: number,
  k: number,
  a: number,
  aStride: number,
  aByColumns: number,
  b: number,
  bStride: number,
  bByColumns: number,
  c: number,
  cStride: number,
) => void;

/** A library for products of large matrices, ready to be called: what `nativeBlas` gives. */
export interface Blas {
  /** e.g. "OpenBLAS 0.3.21": what a run records. */
  readonly name: string;
  /** Products of fewer multiply-adds are quicker without a call. */
  readonly fewest: number;
  /** The function for one precision that works in this memory, which may grow between two calls. */
  gemm(dtype: DType, memory: WebAssembly.Memory): Gemm;
}

/** Whether a product is left to the BLAS, as far as its size goes. */
export const takes = ({ fewest }: Blas, m: number, n: number, k: number): boolean => m * n * k >= fewest;
