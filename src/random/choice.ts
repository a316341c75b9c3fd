/**
 * Drawing indices from 0…n−1 with or without replacement, with equal or given chances.
 *
 * Follows the order of draws of NumPy's `RandomState.choice`: one bounded integer each; the head of a
 * permutation; or uniforms looked up in the cumulative chances (the first index whose sum exceeds u).
 */
import { UsageError } from "../tensor/errors.ts";
import { checkOptions, flags, names } from "../tensor/options.ts";

/** How to choose. */
export interface ChoiceOptions {
  /** May the same index come twice? Default true. */
  readonly replace?: boolean;
  /** Chance of each index, adding up to 1; equal chances without it. */
  readonly p?: ArrayLike<number>;
}

interface Source {
  below(top: number): number;
  randomSample(): number;
  permutation(n: number): Int32Array;
}

/** `size` indices below `n`. @throws {UsageError} on an impossible request. */
export function choose(source: Source, n: number, size: number, options: ChoiceOptions): Int32Array {
  checkOptions("choice", { ...flags("replace"), ...names("p") }, options);
  const { replace = true, p } = options;
  const isCount = (value: number) => Number.isInteger(value) && value >= 0;
  if (!isCount(n) || !isCount(size) || (n === 0 && size > 0))
    throw new UsageError(
      `choice: expected a population ≥ 1 and a size ≥ 0, both integers, received population ${n}, size ${size}. Give such counts.`,
    );
  if (p !== undefined) checkChances(p, n);
  const available = p === undefined ? n : Array.from(p).filter((chance) => chance > 0).length;
  if (!replace && size > available)
    throw new UsageError(
      `choice: expected a size of at most ${available} without replacement${p ? " (entries of p above 0)" : ""}, received ${size}. Draw fewer, or with replacement.`,
    );
  if (p === undefined)
    return replace
      ? Int32Array.from({ length: size }, () => source.below(n - 1))
      : source.permutation(n).slice(0, size);
  if (!replace) return withoutReplacement(source, size, Float64Array.from(p));
  const sums = cumulative(p);
  return Int32Array.from({ length: size }, () => firstAbove(sums, source.randomSample()));
}

/** Rounds of uniforms: each round keeps its distinct indices, then sets their chance to 0. */
function withoutReplacement(source: Source, size: number, chances: Float64Array): Int32Array {
  const found = new Set<number>();
  while (found.size < size) {
    const sums = cumulative(chances);
    const round = Array.from({ length: size - found.size }, () => firstAbove(sums, source.randomSample()));
    for (const index of round) {
      found.add(index);
      chances[index] = 0;
    }
  }
  return Int32Array.from(found);
}

function cumulative(p: ArrayLike<number>): Float64Array {
  const sums = Float64Array.from(p);
  for (let i = 1; i < sums.length; i++) sums[i] = sums[i - 1]! + sums[i]!;
  const total = sums[sums.length - 1]!;
  return sums.map((sum) => sum / total);
}

/** Smallest index with sums[index] > u. */
function firstAbove(sums: Float64Array, u: number): number {
  let low = 0;
  let high = sums.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sums[middle]! > u) high = middle;
    else low = middle + 1;
  }
  return low;
}

function checkChances(p: ArrayLike<number>, n: number): void {
  const values = Array.from(p);
  const total = values.reduce((sum, chance) => sum + chance, 0);
  // NumPy's tolerance: the square root of the float64 epsilon.
  if (values.length === n && values.every((chance) => chance >= 0) && Math.abs(total - 1) <= 2 ** -26) return;
  throw new UsageError(
    `choice: p must hold ${n} numbers ≥ 0 that add up to 1, received ${values.length} numbers, smallest ${Math.min(...values)}, sum ${total}. Divide them by their sum.`,
  );
}
