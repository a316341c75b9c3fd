/**
 * The results of a run as rows: published beside ours, agreement with NumPy, seconds.
 *
 * The terminal's table, the report's overview and the JSON are made from this.
 */
import type { Agreement, Comparison, ProgramReport } from "../../experiments/types.ts";

/** The replay that agrees least; null where there is none. */
export function worstReplay(report: ProgramReport): Agreement | null {
  let worst: Agreement | null = null;
  for (const replay of report.replays) if (worst === null || !(replay.digits >= worst.digits)) worst = replay;
  return worst;
}

/** Whether every replay is within ten times what one ulp of noise changes; null where there is none. */
export const agrees = ({ replays }: ProgramReport): boolean | null =>
  replays.length === 0 ? null : replays.every(({ withinSensitivity }) => withinSensitivity);

/** One line of the overview. The first of a report carries what is said once. */
export interface ResultRow {
  readonly report: ProgramReport;
  readonly comparison: Comparison | undefined;
  readonly first: boolean;
}

export const resultRows = (reports: readonly ProgramReport[]): ResultRow[] =>
  reports.flatMap((report) => {
    const lines = report.headline.length === 0 ? [undefined] : report.headline;
    return lines.map((comparison, i) => ({ report, comparison, first: i === 0 }));
  });

/** In the order of `names`, published before derived. */
export function inOrder(reports: readonly ProgramReport[], names: readonly string[]): ProgramReport[] {
  const place = ({ program, variant }: ProgramReport) =>
    2 * names.indexOf(program) + (variant === "published" ? 0 : 1);
  return [...reports].sort((a, b) => place(a) - place(b));
}
