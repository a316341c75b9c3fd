/**
 * Which bytes a kernel reads and writes, and whether two kernels get in each other's way.
 *
 * A region is exact for matrices stored by rows or columns; for others it may be too large, which costs a barrier
 * but never a bit. What backends keep for themselves (lists of non-zeros) is not here: see `phases.ts`.
 */
import type { LoopKernel, View } from "./program.ts";

/** `count` runs of `bytes` bytes, `stride` apart, the first at `start`. */
export interface Region {
  readonly start: number;
  readonly bytes: number;
  readonly count: number;
  readonly stride: number;
}

export interface Footprint {
  readonly reads: readonly Region[];
  readonly writes: readonly Region[];
}

/** The bytes of a view of numbers of `size` bytes. */
export function regionOf(view: View, size: number): Region {
  const dimensions = [
    { count: view.rowStride === 0 ? 1 : view.rows, stride: view.rowStride * size },
    { count: view.colStride === 0 ? 1 : view.cols, stride: view.colStride * size },
  ].filter(({ count }) => count > 1);
  const [inner, outer] = dimensions.sort((a, b) => a.stride - b.stride);
  const bytes = inner ? (inner.count - 1) * inner.stride + size : size;
  if (!outer) return { start: view.byteOffset, bytes, count: 1, stride: 0 };
  const whole = (outer.count - 1) * outer.stride + bytes;
  // Runs that touch, or lie in one another, are one run.
  if (outer.stride <= bytes) return { start: view.byteOffset, bytes: whole, count: 1, stride: 0 };
  return { start: view.byteOffset, bytes, count: outer.count, stride: outer.stride };
}

const lengthOf = (r: Region): number => (r.count - 1) * r.stride + r.bytes;

/** Whether two regions may share a byte. */
export function regionsMeet(a: Region, b: Region): boolean {
  if (a.start + lengthOf(a) <= b.start || b.start + lengthOf(b) <= a.start) return false;
  const stride = Math.max(a.stride, b.stride);
  const fits = (r: Region) => (r.stride === stride || r.count === 1) && r.bytes <= stride;
  if (stride === 0 || !fits(a) || !fits(b)) return true;
  // Both repeat at the same distance: b's run begins `shift` bytes after one of a's and must end before the next.
  const shift = (((b.start - a.start) % stride) + stride) % stride;
  return shift < a.bytes || shift + b.bytes > stride;
}

const meet = (a: readonly Region[], b: readonly Region[]): boolean =>
  a.some((x) => b.some((y) => regionsMeet(x, y)));

/** Whether the order of the two matters: one writes what the other reads or writes. */
export const clash = (a: Footprint, b: Footprint): boolean =>
  meet(a.writes, b.writes) || meet(a.writes, b.reads) || meet(a.reads, b.writes);

/** What a kernel of numbers of `size` bytes reads and writes. */
export function footprint(kernel: LoopKernel, size: number): Footprint {
  const regions = (views: readonly View[]) => views.map((view) => regionOf(view, size));
  const finish = (body: { operands: readonly View[]; outputs: readonly { view: View }[] }) => ({
    reads: regions(body.operands),
    writes: regions(body.outputs.map(({ view }) => view)),
  });
  switch (kernel.kind) {
    case "elementwise":
      return finish(kernel);
    case "gemm": {
      const { reads, writes } = finish(kernel.finish);
      const factors = regions(kernel.sparse ? [kernel.b] : [kernel.a, kernel.b]);
      return { reads: [...reads, ...factors], writes };
    }
    case "reduce": {
      const { reads, writes } = finish(kernel.finish);
      return { reads: [...reads, ...regions(kernel.operands)], writes };
    }
    case "gather": {
      const { table, index, cols } = kernel;
      const plain = (start: number, bytes: number): Region => ({ start, bytes, count: 1, stride: 0 });
      const element = table.dtype === "uint8" ? 1 : size;
      return {
        reads: [
          plain(table.byteOffset, table.rows * cols * element),
          plain(index.byteOffset, index.length * 4),
        ],
        writes: kernel.sparse ? [] : regions([kernel.out]),
      };
    }
  }
}
