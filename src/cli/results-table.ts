/** The table that `reproduce` ends with. */
import type { ProgramReport } from "../../experiments/types.ts";
import { type Context, say } from "./context.ts";
import { digits } from "./numbers.ts";
import { agrees, resultRows, worstReplay } from "./results.ts";
import { textTable } from "./table.ts";

/** Heads of the columns, also used by the report (where a line break is a blank). */
export const HEADS = {
  program: { en: "program", zh: "程序" },
  variant: { en: "variant", zh: "变体" },
  what: { en: "what", zh: "项目" },
  published: { en: "published", zh: "发表的结果" },
  ours: { en: "ours", zh: "我们的结果" },
  digits: { en: "NumPy\ndigits", zh: "与 NumPy\n一致位数" },
  within: { en: "within\n10 × ulp", zh: "在 10 倍\nulp 内" },
  seconds: { en: "seconds, headline", zh: "秒（主运行）" },
} as const;

export const YES = { en: "yes", zh: "是" } as const;
export const NO = { en: "NO", zh: "否" } as const;

/** Draws the results and the notes to them. */
export function resultsTable(context: Context, reports: readonly ProgramReport[]): string {
  const rows = resultRows(reports).flatMap(({ report, comparison, first }, i) => {
    const worst = worstReplay(report);
    const agree = agrees(report);
    const noted = report.replays.some(({ note }) => note !== undefined);
    const row = [
      first ? report.program : "",
      first ? report.variant : "",
      comparison === undefined ? "" : say(context, comparison.what),
      comparison?.published ?? "",
      comparison?.ours ?? "",
      first ? `${worst === null ? "–" : digits(worst.digits)}${noted ? "*" : ""}` : "",
      first ? (agree === null ? "–" : say(context, agree ? YES : NO)) : "",
      first ? report.seconds.toFixed(1) : "",
    ];
    return first && i > 0 ? [[], row] : [row];
  });
  const table = textTable(
    [
      { head: say(context, HEADS.program) },
      { head: say(context, HEADS.variant) },
      { head: say(context, HEADS.what), flexible: true },
      { head: say(context, HEADS.published), flexible: true },
      { head: say(context, HEADS.ours), flexible: true },
      { head: say(context, HEADS.digits), align: "right" },
      { head: say(context, HEADS.within) },
      { head: say(context, HEADS.seconds), align: "right" },
    ],
    rows,
    context.columns,
  );
  return `${table}\n${legend(context)}${notes(context, reports)}`;
}

const legend = (context: Context): string =>
  say(context, {
    en: "NumPy digits: of the replay of the golden run in float64 that agrees least; 16 is equal to the last bit.\nWithin 10 × ulp: it differs by no more than ten times what a change of the last bit of every weight does.\n",
    zh: "与 NumPy 一致位数：以 float64 重放基准运行，取一致位数最少的一次；16 表示直到最后一位都相同。\n在 10 倍 ulp 内：差异不超过“每个权重最后一位变动”所造成差异的十倍。\n",
  });

/** What the digits are about, where it needs saying; each note once. */
function notes(context: Context, reports: readonly ProgramReport[]): string {
  const lines = reports.flatMap((report) =>
    report.replays.flatMap(({ note }) =>
      note === undefined ? [] : [`* ${report.program}: ${say(context, note)}\n`],
    ),
  );
  return [...new Set(lines)].join("");
}
