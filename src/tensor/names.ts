/**
 * Finding something by its name in a table, with an error that helps: the nearest name is suggested.
 */
import { UsageError } from "./errors.ts";
import { show } from "./show.ts";

/**
 * The entry of `table` called `name`.
 * @throws {UsageError} if there is none, naming the nearest.
 * @example lookup("dense", "activation", ACTIVATIONS, "rleu") // dense: no activation is called "rleu". Did you mean "relu"? …
 */
export function lookup<T>(where: string, what: string, table: Readonly<Record<string, T>>, name: string): T {
  if (Object.hasOwn(table, name)) return table[name]!;
  throw new UsageError(
    `${where}: no ${what} is called ${show(name)}. ${suggestion(name, Object.keys(table))}`,
  );
}

/** "Did you mean …?" and the list of all names. */
export function suggestion(name: unknown, names: readonly string[]): string {
  const near = typeof name === "string" ? nearest(name, names) : undefined;
  return `${near === undefined ? "" : `Did you mean "${near}"? `}Known: ${names.join(", ")}.`;
}

/**
 * The name that `name` shortens (lr: learningRate) or begins (eps: epsilon), or the one with the fewest edits, at most
 * half of the longer word.
 */
export function nearest(name: string, names: readonly string[]): string | undefined {
  const word = name.toLowerCase();
  const shortened = (n: string) => n[0] + n.replace(/[^A-Z]/g, "").toLowerCase() === word;
  const brief = names.find((n) => shortened(n) || n.toLowerCase().startsWith(word));
  if (brief !== undefined && word.length > 1) return brief;
  const ranked = names
    .map((n) => ({ n, edits: distance(word, n.toLowerCase()) }))
    .sort((a, b) => a.edits - b.edits);
  const best = ranked[0];
  return best && best.edits * 2 <= Math.max(name.length, best.n.length) ? best.n : undefined;
}

/**
 * Letters to insert, delete, replace or swap with a neighbour, row by row of the table of prefixes.
 * Source: Damerau (1964), A technique for computer detection and correction of spelling errors.
 */
function distance(a: string, b: string): number {
  let [before, row]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replace = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      next.push(Math.min(replace, row[j]! + 1, next[j - 1]! + 1, swapped ? before[j - 2]! + 1 : Infinity));
    }
    [before, row] = [row, next];
  }
  return row[b.length]!;
}
