/**
 * Places scratch matrices in memory: two that are never needed at the same time may share a place.
 * Greedy best fit over the kernels in order; the whole plan is static, nothing is allocated while running.
 */

export interface Lifetime {
  readonly bytes: number;
  /** Number of the kernel that writes it, and of the last that reads it. */
  readonly from: number;
  readonly to: number;
}

const ALIGN = 64;
export const align = (n: number): number => Math.ceil(n / ALIGN) * ALIGN;

/** Byte offset of each lifetime, from `start` on; and the first byte after all of them. */
export function place(lifetimes: readonly Lifetime[], start: number): { offsets: number[]; end: number } {
  const offsets = new Array<number>(lifetimes.length).fill(0);
  const order = lifetimes.map((_, i) => i).sort((a, b) => lifetimes[a]!.from - lifetimes[b]!.from || a - b);
  const placed: number[] = [];
  let end = align(start);
  for (const i of order) {
    const life = lifetimes[i]!;
    const busy = placed
      .filter((p) => lifetimes[p]!.to >= life.from && lifetimes[p]!.from <= life.to)
      .map((p) => [offsets[p]!, offsets[p]! + align(lifetimes[p]!.bytes)] as const)
      .sort((a, b) => a[0] - b[0]);
    let at = align(start);
    for (const [from, to] of busy) {
      if (from - at >= align(life.bytes)) break;
      at = Math.max(at, to);
    }
    offsets[i] = at;
    placed.push(i);
    end = Math.max(end, at + align(life.bytes));
  }
  return { offsets, end };
}
