/** The nearest of a list of names to one that was mistyped. */

/** Edits between two words: insert, delete, replace, exchange of neighbours (optimal string alignment). */
export function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let best = Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, rows[i - 1]![j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, rows[i - 2]![j - 2]! + 1);
      row.push(best);
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
}

/** The nearest name, if it is near: at most a third of its letters (at least one) away, or one begins the other. */
export function nearest(word: string, names: readonly string[]): string | undefined {
  const wanted = word.toLowerCase();
  let found: string | undefined;
  let least = Infinity;
  for (const name of names) {
    const begins = wanted.length > 1 && (name.startsWith(wanted) || wanted.startsWith(name));
    const d = begins ? 1 : distance(wanted, name);
    if (d < least && (begins || d <= Math.max(1, Math.floor(name.length / 3)))) [found, least] = [name, d];
  }
  return found;
}
