/** Reads the reference files and compares numbers in units of the last place. */
import { readFileSync } from "node:fs";

export const golden = (name: string) =>
  JSON.parse(readFileSync(new URL(`../golden/${name}`, import.meta.url), "utf8"));

/** How many float64 numbers lie between two numbers of one sign. */
export function ulps(a: number, b: number): number {
  const [x, y] = new BigInt64Array(Float64Array.of(a, b).buffer);
  return Math.abs(Number(x! - y!));
}

export const worstUlps = (a: ArrayLike<number>, b: readonly number[]): number =>
  a.length === b.length ? Math.max(...b.map((value, i) => ulps(a[i]!, value))) : Infinity;

export const worstDifference = (a: ArrayLike<number>, b: readonly number[]): number =>
  a.length === b.length ? Math.max(...b.map((value, i) => Math.abs(a[i]! - value))) : Infinity;
