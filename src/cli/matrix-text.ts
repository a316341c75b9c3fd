/**
 * Matrices as text: numbers of about six significant digits, aligned; of large matrices the corners.
 *
 * `corners` chooses what is shown, for LaTeX too.
 */

/** Rows and columns of a matrix that are shown; null stands for those left out. */
export interface Shown {
  readonly rows: readonly (number | null)[];
  readonly cols: readonly (number | null)[];
}

/** Up to so many rows or columns are shown whole; of more, so many at each end. */
const WHOLE = 8;
const END = 3;

/** The first and the last three rows and columns of a large matrix; everything of a small one. */
export const corners = ([rows, cols]: readonly [number, number], full: boolean): Shown => ({
  rows: ends(rows, full),
  cols: ends(cols, full),
});

function ends(count: number, full: boolean): (number | null)[] {
  const all = Array.from({ length: count }, (_, i) => i);
  return full || count <= WHOLE ? all : [...all.slice(0, END), null, ...all.slice(-END)];
}

/** Numbers as text, all in one manner: whole, or with the same number of places (none that is 0 in all), or with an exponent. */
export function numberTexts(values: readonly number[]): string[] {
  const finite = values.filter(Number.isFinite);
  const top = finite.reduce((m, v) => Math.max(m, Math.abs(v)), 0);
  if (finite.every(Number.isInteger) && top < 1e9) return values.map((v) => minus(v));
  const before = Math.floor(Math.log10(top)) + 1;
  if (before > 6 || before < -2) return values.map((v) => minus(v === 0 ? 0 : v, (x) => x.toExponential(5)));
  const places = Math.min(6, Math.max(1, 6 - before));
  const least = 10 ** (3 - places);
  const fixed = finite.filter((v) => Math.abs(v) >= least).map((v) => v.toFixed(places));
  const needed = Math.max(1, ...fixed.map((text) => text.replace(/0+$/, "").split(".")[1]!.length));
  return values.map((v) =>
    minus(v, (x) => (x === 0 ? "0" : Math.abs(x) < least ? x.toExponential(3) : x.toFixed(needed))),
  );
}

/** Writes a number with a true minus sign. */
function minus(value: number, write: (v: number) => string = String): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "NaN" : value > 0 ? "∞" : "−∞";
  return write(value).replaceAll("-", "−");
}

/** Shown numbers of a matrix as lines of aligned columns, "…" where something is left out. */
export function matrixLines(
  data: ArrayLike<number>,
  shape: readonly [number, number],
  full: boolean,
): string[] {
  const { rows, cols } = corners(shape, full);
  const kept = rows.flatMap((i) => (i === null ? [] : cols.flatMap((j) => (j === null ? [] : [[i, j]]))));
  const texts = numberTexts(kept.map(([i, j]) => data[i! * shape[1] + j!]!));
  const width = cols.filter((j) => j !== null).length;
  let at = 0;
  const grid = rows.map((i) => {
    if (i === null) return cols.map((j) => (j === null ? "⋱" : "⋮"));
    const own = texts.slice(at, at + width);
    at += width;
    let k = 0;
    return cols.map((j) => (j === null ? "…" : own[k++]!));
  });
  const widths = cols.map((_, c) => Math.max(...grid.map((line) => line[c]!.length)));
  return grid.map((line) => line.map((cell, c) => cell.padStart(widths[c]!)).join("  "));
}
