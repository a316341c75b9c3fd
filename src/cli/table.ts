/**
 * Tables for a terminal: aligned columns, a line under the head, long cells wrapped to fit the width.
 *
 * Only columns marked `flexible` are narrowed; where even that does not help, the table is wider than asked.
 */
import { pad, widthOf, wrap } from "./width.ts";

export interface Column {
  readonly head: string;
  readonly align?: "left" | "right";
  /** May be narrowed, its cells wrapped. */
  readonly flexible?: boolean;
}

const GAP = "  ";
const NARROWEST = 10;

/**
 * Draws a table; the text ends with a line break.
 * @example textTable([{ head: "x" }, { head: "y", align: "right" }], [["a", "1"], ["b", "20"]], 80)
 */
export function textTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
): string {
  const widths = columns.map((column, c) =>
    Math.max(...[column.head, ...rows.map((row) => row[c] ?? "")].map((cell) => widest(cell))),
  );
  narrow(columns, widths, width);
  const line = (cells: readonly string[]): string => {
    const wrapped = columns.map((_, c) => wrap(cells[c] ?? "", widths[c]!));
    const height = Math.max(...wrapped.map((lines) => lines.length));
    return Array.from({ length: height }, (_, h) =>
      columns
        .map(({ align }, c) => pad(wrapped[c]![h] ?? "", widths[c]!, align))
        .join(GAP)
        .trimEnd(),
    ).join("\n");
  };
  const rule = widths.map((w) => "─".repeat(w)).join(GAP);
  return `${[line(columns.map((c) => c.head)), rule, ...rows.map(line)].join("\n")}\n`;
}

const widest = (cell: string): number => Math.max(...cell.split("\n").map(widthOf));

/** Takes cells away from the widest flexible column until the table fits. */
function narrow(columns: readonly Column[], widths: number[], width: number): void {
  let excess = widths.reduce((sum, w) => sum + w, GAP.length * (widths.length - 1)) - width;
  while (excess > 0) {
    let at = -1;
    for (const [c, column] of columns.entries())
      if (column.flexible && widths[c]! > NARROWEST && (at < 0 || widths[c]! > widths[at]!)) at = c;
    if (at < 0) return;
    widths[at]!--;
    excess--;
  }
}
