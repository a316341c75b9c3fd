/**
 * Results as text: aligned tables for the terminal, Markdown for the documentation, in English and Chinese.
 */
import { timeText } from "./stats.ts";
import { oursFor, type Verdict, verdicts } from "./targets.ts";
import type { Peak, Results, Row } from "./types.ts";

export type Language = "en" | "zh";

const words = {
  en: {
    head: [
      "workload",
      "system",
      "mode",
      "type",
      "threads",
      "Node",
      "time",
      "±",
      "GFLOP/s",
      "of peak",
      "ratio",
      "loss after",
      "",
    ],
    targets: ["workload", "against", "compared (papergrad / peer)", "measured", "at least", "aim", "met"],
    met: { aim: "yes, the aim too", yes: "yes", no: "**no**", "not measured": "not measured" },
    auto: "own choice",
    machine: "Machine",
    load: "load before the run (1, 5, 15 min)",
    peak: "Multiply-add peaks in registers (GFLOP/s)",
    not: "Not measured",
    chart: "Time of a training step over its operations",
    all: "All rows of the measured run",
    ratio:
      "Ratio: the time over that of papergrad's fastest compiled row of the same workload. Error messages are those of the systems.",
  },
  zh: {
    head: [
      "任务",
      "系统",
      "方式",
      "类型",
      "线程",
      "Node",
      "时间",
      "±",
      "GFLOP/s",
      "占峰值",
      "比值",
      "之后的损失",
      "",
    ],
    targets: ["任务", "对手", "所比较的（papergrad / 对手）", "实测", "至少", "目标", "达到"],
    met: { aim: "是，目标也达到", yes: "是", no: "**否**", "not measured": "未测" },
    auto: "自定",
    machine: "机器",
    load: "运行前的负载（1、5、15 分钟）",
    peak: "寄存器内乘加的峰值（GFLOP/s）",
    not: "未测",
    chart: "训练一步的时间与运算量",
    all: "这次实测的全部结果",
    ratio: "比值：该行时间除以同一任务中 papergrad 最快的编译行。错误信息是各系统自己的。",
  },
} as const;

const percent = (share: number): string => `${Math.round(100 * share)} %`;

/** The cells of a row; `ratio`: its time over that of papergrad's fastest. */
function cells(row: Row, rows: readonly Row[], language: Language): string[] {
  const { usPerStep: us, spread, flops, shareOfPeak, lossAfter, error, note } = row;
  const ours = oursFor(rows, row.workload)?.usPerStep ?? null;
  return [
    row.workload,
    row.system,
    row.mode,
    row.dtype ?? "",
    row.threads === 0 ? words[language].auto : String(row.threads),
    /^Node (\S+?)(,|$)/.exec(row.node)?.[1] ?? "",
    us === null ? "–" : timeText(us),
    spread === null || us === null ? "" : percent(spread),
    us === null || flops === null ? "" : (flops / us / 1e3).toPrecision(3),
    shareOfPeak === null ? "" : percent(shareOfPeak),
    us === null || ours === null ? "" : ratioText(us / ours),
    lossAfter === null ? "" : lossAfter.toPrecision(7),
    error ?? note ?? "",
  ];
}

/** "Node 20.20.2: deterministic float32 65.1 (2 threads 128), …" */
function peakLines(peaks: readonly Peak[]): string[] {
  const nodes = [...new Set(peaks.map((p) => p.node))];
  const one = (p: Peak) =>
    `${p.mode} ${p.dtype}${p.threads > 1 ? ` ×${p.threads}` : ""} ${p.gflops.toFixed(1)}`;
  return nodes.map(
    (node) =>
      `Node ${node}: ${peaks
        .filter((p) => p.node === node)
        .map(one)
        .join(", ")}`,
  );
}

const ratioText = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);

const measured = ({ value, unit }: Verdict): string =>
  value === null ? "–" : unit === "×" ? `${ratioText(value)} ×` : `${value.toPrecision(3)} ${unit}`;

const targetCells = (v: Verdict, language: Language): string[] => [
  v.workload,
  v.what,
  v.rows,
  measured(v),
  `${v.atLeast} ${v.unit}`,
  `${v.aim} ${v.unit}`,
  words[language].met[v.met],
];

/** Columns padded to their widest cell. */
function aligned(lines: readonly (readonly string[])[]): string {
  const widths = lines[0]!.map((_, c) => Math.max(...lines.map((l) => (l[c] ?? "").length)));
  return lines
    .map((l) =>
      l
        .map((cell, c) => cell.padEnd(widths[c]!))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

const markdown = (lines: readonly (readonly string[])[]): string => {
  const line = (row: readonly string[]) => `| ${row.map((c) => c.replaceAll("|", "\\|")).join(" | ")} |`;
  const [head, ...body] = lines;
  return [line(head!), `|${" --- |".repeat(head!.length)}`, ...body.map(line)].join("\n");
};

/** The tables for the terminal. */
export function textReport(results: Results): string {
  const { results: rows, peak, notMeasured } = results;
  const withTime = aligned([[...words.en.head], ...rows.map((r) => cells(r, rows, "en"))]);
  const ran = (v: Verdict) =>
    rows.some((r) => r.workload === v.workload || r.workload.startsWith(`${v.workload} `));
  const judged = verdicts(rows).filter((v) => v.value !== null || ran(v));
  const targets = judged.map((v) => targetCells(v, "en").map((c) => c.replaceAll("*", "")));
  return [
    `${results.machine}; ${results.node}; load ${results.load.map((l) => l.toFixed(1)).join(" ")}`,
    `${words.en.peak}:`,
    ...peakLines(peak).map((line) => `  ${line}`),
    "",
    withTime,
    ...(targets.length > 0 ? ["", aligned([[...words.en.targets], ...targets])] : []),
    ...(notMeasured.length > 0 ? ["", `${words.en.not}:`] : []),
    ...notMeasured.map(({ system, why }) => `  ${system}: ${why}`),
  ].join("\n");
}

/** Machine, peaks, chart and targets, for the page of the documentation; the rows are on the page `all`. */
export function markdownReport(results: Results, language: Language, image: string, all: string): string {
  const t = words[language];
  const { results: rows, peak, notMeasured } = results;
  const versions = [...new Set(rows.flatMap((r) => r.node.split(", ")).filter((v) => v !== ""))].sort();
  return [
    `${t.machine}: ${results.machine}; ${versions.join(", ")}; ${t.load}: ${results.load.map((l) => l.toFixed(1)).join(" ")}.`,
    "",
    `![${t.chart}](${image})`,
    "",
    markdown([[...t.targets], ...verdicts(rows).map((v) => targetCells(v, language))]),
    "",
    `[${t.all}](${all})`,
    "",
    `${t.peak}:`,
    "",
    ...peakLines(peak).map((line) => `- ${line}`),
    ...notMeasured.map(({ system, why }) => `- ${t.not}: ${system}: ${why}`),
  ].join("\n");
}

/** Every row, as a page of its own. */
export function markdownRows({ results: rows }: Results, language: Language): string {
  const t = words[language];
  return [
    `# ${t.all}`,
    "",
    `${t.ratio}`,
    "",
    markdown([[...t.head], ...rows.map((r) => cells(r, rows, language))]),
    "",
  ].join("\n");
}

export const chartTitle = (language: Language): string => words[language].chart;
