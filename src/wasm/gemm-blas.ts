/**
 * Matrix products that a BLAS computes: a call with everything as constants. The sums go where the result belongs if
 * nothing is to be done with them, otherwise to scratch memory, for `finish` to run as a loop of its own.
 */
import type { GemmKernel, View } from "../compile/program.ts";
import { lines } from "../compile/view.ts";
import type { KernelWriter } from "./body.ts";

/**
 * Writes the call and returns where the sums then are, or null if nothing is left to do. Undefined, with nothing
 * written, for a product that no BLAS takes.
 */
export function writeBlas(w: KernelWriter, kernel: GemmKernel): View | null | undefined {
  const { m, n, k, finish, sparse } = kernel;
  const a = lines(kernel.a);
  const b = lines(kernel.b);
  if (!w.blas?.takes(m, n, k) || !a || !b || sparse) return undefined;
  const [output, ...others] = finish.outputs;
  const result = finish.code.length === 1 && others.length === 0 ? output!.view : null;
  const plain = result !== null && lines(result)?.along === "rows";
  const c = plain ? result : rowsAt(w.scratch(m * n * w.simd.bytes), m, n);
  const numbers = [m, n, k];
  for (const [view, { along, stride }] of [
    [kernel.a, a],
    [kernel.b, b],
  ] as const)
    numbers.push(view.byteOffset, stride, along === "columns" ? 1 : 0);
  for (const number of [...numbers, c.byteOffset, lines(c)!.stride]) w.f.op("i32.const", number);
  w.f.call(w.blas.gemm);
  return plain ? null : c;
}

const rowsAt = (byteOffset: number, rows: number, cols: number): View => ({
  byteOffset,
  rows,
  cols,
  rowStride: cols,
  colStride: 1,
});
