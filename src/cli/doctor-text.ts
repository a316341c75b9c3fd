/** The doctor's findings as text for a terminal: colour where there is one. */
import type { Finding, FindingKind, Severity } from "../inspect/index.ts";
import { type Context, say } from "./context.ts";
import type { Words } from "./language.ts";
import { latexToText } from "./latex-text.ts";
import { wrap } from "./width.ts";

const KINDS: Readonly<Record<FindingKind, Words>> = {
  "not-finite": { en: "not finite", zh: "非有限数" },
  "labels-outside": { en: "labels", zh: "标签" },
  "unscaled-inputs": { en: "unscaled inputs", zh: "输入未缩放" },
  "unscaled-targets": { en: "unscaled targets", zh: "目标未缩放" },
  "constant-columns": { en: "constant columns", zh: "常数列" },
  "class-imbalance": { en: "class imbalance", zh: "类别不平衡" },
  "duplicate-rows": { en: "duplicate rows", zh: "重复的行" },
  "dead-units": { en: "dead units", zh: "死亡单元" },
  "saturated-units": { en: "saturated units", zh: "饱和单元" },
  "equal-units": { en: "equal units", zh: "相同的单元" },
  "learning-rate-high": { en: "learning rate too high", zh: "学习率过大" },
  "learning-rate-low": { en: "learning rate too low", zh: "学习率过小" },
  plateau: { en: "plateau", zh: "平台" },
  overfitting: { en: "overfitting", zh: "过拟合" },
};

const SEVERITIES: Readonly<
  Record<Severity, { readonly mark: string; readonly colour: string; readonly text: Words }>
> = {
  error: { mark: "✗", colour: "31", text: { en: "error", zh: "错误" } },
  warning: { mark: "!", colour: "33", text: { en: "warning", zh: "警告" } },
  note: { mark: "·", colour: "36", text: { en: "note", zh: "提示" } },
};

const HEALTHY: Words = { en: "✓ nothing wrong found", zh: "✓ 没有发现问题" };

/** One paragraph a finding. `lines`: lines of the file that rows of x and y come from. */
export function findingsText(
  context: Context,
  findings: readonly Finding[],
  lines: readonly number[] | null,
): string {
  if (findings.length === 0) return `${paint(context, "32", say(context, HEALTHY))}\n`;
  return findings.map((finding) => findingText(context, finding, lines)).join("\n");
}

function findingText(context: Context, finding: Finding, lines: readonly number[] | null): string {
  const { mark, colour, text } = SEVERITIES[finding.severity];
  const heading = `${mark} ${say(context, text)}${say(context, { en: ": ", zh: "：" })}${say(context, KINDS[finding.kind])}`;
  const { formula, data, rows } = finding.where;
  const line = data !== undefined && data !== "test" && rows ? lines?.[rows[0]!] : undefined;
  const parts = [
    say(context, finding.message),
    ...(line === undefined
      ? []
      : [say(context, { en: `(line ${line} of the file)`, zh: `（文件第 ${line} 行）` })]),
    ...(formula === undefined ? [] : [latexToText(formula, context.language)]),
    `→ ${say(context, finding.cure)}`,
  ];
  const body = parts.flatMap((part) => wrap(part, context.columns - 2)).map((each) => `  ${each}`);
  return `${[paint(context, colour, heading), ...body].join("\n")}\n`;
}

const paint = ({ colour }: Context, code: string, text: string): string =>
  colour ? `\u001b[${code}m${text}\u001b[0m` : text;
