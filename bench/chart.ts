/**
 * The chart of docs/performance: time of a training step over its operations, one line a system, both axes
 * logarithmic, and the pages' tables between their marks.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { lineChart, type Series } from "papergrad/plot";
import { chartTitle, type Language, markdownReport, markdownRows } from "./report.ts";
import type { Results, Row } from "./types.ts";

const STEPS = ["and", "xor", "iris", "moons", "mnist", "wide", "deep"];

/** The fastest row of each system for each workload of steps. */
function lines(rows: readonly Row[]): Series[] {
  const named = new Map<string, Map<string, Row>>();
  for (const row of rows) {
    if (!STEPS.includes(row.workload) || row.usPerStep === null || row.mode === "interpreter") continue;
    if (row.note?.includes("another algorithm") === true) continue;
    const name = row.system === "NumPy" ? `NumPy ${row.mode}` : row.system;
    const best = named.get(name) ?? new Map<string, Row>();
    const known = best.get(row.workload)?.usPerStep ?? Number.POSITIVE_INFINITY;
    if (row.usPerStep < known) best.set(row.workload, row);
    named.set(name, best);
  }
  return [...named].map(([name, best]) => ({
    name,
    points: [...best.values()]
      .sort((a, b) => a.flops! - b.flops!)
      .map((r) => [r.flops!, r.usPerStep!] as const),
  }));
}

/** SVG text. */
export function chart({ results }: Results, language: Language): string {
  const marks = STEPS.flatMap((name) => {
    const flops = results.find((r) => r.workload === name)?.flops;
    return flops == null ? [] : [{ x: flops, label: name }];
  });
  return lineChart({
    language,
    title: chartTitle(language),
    xLabel: language === "zh" ? "每步的乘法与加法次数" : "multiplications and additions in a step",
    yLabel: language === "zh" ? "微秒" : "µs",
    logX: true,
    logY: true,
    width: 860,
    height: 560,
    series: lines(results),
    marks,
  });
}

const BEGIN = "<!-- measured: begin -->";
const END = "<!-- measured: end -->";

/** Text with what stands between the marks replaced. @throws {Error} if the marks are not there. */
export function between(page: string, text: string): string {
  const from = page.indexOf(BEGIN);
  const to = page.indexOf(END);
  if (from < 0 || to < from) throw new Error(`bench: expected the lines ${BEGIN} and ${END} in the page.`);
  return `${page.slice(0, from + BEGIN.length)}\n${text}\n${page.slice(to)}`;
}

/** Rewrites docs/performance.md and docs/performance-rows.md, their Chinese twins and the pictures. */
export function writeDocs(results: Results): void {
  const suffixes = { en: "", zh: ".zh-CN" } as const;
  const docs = (name: string) => fileURLToPath(new URL(`../docs/${name}`, import.meta.url));
  for (const language of ["en", "zh"] as const) {
    const [page, rows] = ["performance", "performance-rows"].map((name) => name + suffixes[language]);
    writeFileSync(docs(`${page}.svg`), chart(results, language));
    const tables = markdownReport(results, language, `${page}.svg`, `${rows}.md`);
    writeFileSync(docs(`${page}.md`), between(readFileSync(docs(`${page}.md`), "utf8"), tables));
    writeFileSync(docs(`${rows}.md`), markdownRows(results, language));
  }
}
