/**
 * The HTML report of a run: an overview, a section for each program, the list of errata.
 *
 * Composes blocks only; `htmlReport` of plot/ makes the page.
 */
import type { Agreement, Comparison, Erratum, Experiment, ProgramReport } from "../../experiments/types.ts";
import {
  type Block,
  type Cell,
  htmlReport,
  type NoteBlock,
  type ReportSection,
  type TableBlock,
} from "../plot/index.ts";
import type { Words } from "./language.ts";
import { digits } from "./numbers.ts";
import type { OutputFile } from "./output.ts";
import { agrees, resultRows, worstReplay } from "./results.ts";
import { HEADS, NO, YES } from "./results-table.ts";
import { papergradVersion } from "./version.ts";

/** A program that ran: what is known about it and its reports, one for each variant. */
export interface ReportedProgram {
  readonly experiment: Experiment;
  readonly reports: readonly ProgramReport[];
}

export interface ReportSetting {
  /** e.g. "v20.19.0". */
  readonly node: string;
  /** Runs that did not finish, e.g. "mnist derived". */
  readonly missing: readonly string[];
}

/** All files of a report; the page is index.html. */
export function reportFiles(programs: readonly ReportedProgram[], setting: ReportSetting): OutputFile[] {
  const files = programs.flatMap(({ reports }) => reports.flatMap((report) => report.files));
  return [{ name: "index.html", content: page(programs, setting) }, ...files];
}

function page(programs: readonly ReportedProgram[], setting: ReportSetting): string {
  return htmlReport({
    title: { en: "papergrad: the tutorials' programs, reproduced", zh: "papergrad：重现教程中的程序" },
    lead: {
      en: "Each program of four tutorials on neural networks was trained again, twice: as its code is published, mistakes included, and as a right derivation says.",
      zh: "四篇神经网络教程中的每个程序都重新训练了两遍：一遍照发表的代码，连同其中的错误；一遍照正确的推导。",
    },
    sections: [overview(programs, setting), ...programs.map(section), errataList(programs)],
  });
}

const VARIANTS = {
  published: {
    en: "Variant “published”: what the published code does, mistakes included",
    zh: "变体 published：照发表的代码运行，连同其中的错误",
  },
  derived: {
    en: "Variant “derived”: what a right derivation says",
    zh: "变体 derived：照正确的推导运行",
  },
} as const;

// ---- overview ---------------------------------------------------------------------------------------------------

function overview(programs: readonly ReportedProgram[], { node, missing }: ReportSetting): ReportSection {
  const reports = programs.flatMap((program) => program.reports);
  const blocks: Block[] = [
    {
      kind: "table",
      columns: [
        HEADS.program,
        HEADS.variant,
        HEADS.what,
        HEADS.published,
        HEADS.ours,
        HEADS.digits,
        HEADS.within,
        HEADS.seconds,
      ],
      rows: resultRows(reports).map(({ report, comparison, first }) => [
        ...(first ? [report.program, report.variant] : ["", ""]),
        ...(comparison === undefined
          ? ["", "", ""]
          : [comparison.what, comparison.published, comparison.ours]),
        ...(first
          ? [digitsCell(worstReplay(report)), withinCell(agrees(report)), report.seconds.toFixed(1)]
          : []),
      ]),
    },
    {
      kind: "paragraph",
      en: "NumPy digits: how many digits the replay of a NumPy run in float64 has in common with it, the worst of all its arrays; 16 is equal to the last bit. Within 10 × 1 ulp: it differs by no more than ten times what changing the last bit of every weight does.",
      zh: "与 NumPy 一致位数：以 float64 重放 NumPy 的运行，取所有数组中一致位数最少者；16 表示直到最后一位都相同。在 10 倍单 ulp 影响内：差异不超过“每个权重最后一位变动”所造成差异的十倍。",
    },
  ];
  if (missing.length > 0)
    blocks.push({
      kind: "paragraph",
      en: `Not finished, and therefore not in this report: ${missing.join(", ")}.`,
      zh: `以下运行没有完成，故不在本报告中：${missing.join("、")}。`,
    });
  blocks.push({
    kind: "details",
    summary: { en: "How each run was made", zh: "各次运行的设置" },
    blocks: [settings(reports), { kind: "paragraph", ...madeBy(node) }],
  });
  return { id: "overview", heading: { en: "Overview", zh: "概览" }, blocks };
}

const madeBy = (node: string): Words => ({
  en: `Made by papergrad ${papergradVersion} on Node ${node}. Equal weights have equal hashes, on every backend and machine.`,
  zh: `由 papergrad ${papergradVersion} 在 Node ${node} 上生成。权重相同则哈希值相同，与执行后端和机器无关。`,
});

const settings = (reports: readonly ProgramReport[]): TableBlock => ({
  kind: "table",
  columns: [
    HEADS.program,
    HEADS.variant,
    { en: "precision", zh: "精度" },
    { en: "backend", zh: "后端" },
    { en: "seed", zh: "种子" },
    { en: "steps", zh: "步数" },
    { en: "hash of the weights", zh: "权重哈希" },
  ],
  rows: reports.map((r) => [r.program, r.variant, r.dtype, r.backend, r.seed, r.steps, r.weightsHash]),
});

const digitsCell = (replay: Agreement | null): Cell => (replay === null ? "–" : digits(replay.digits));

const withinCell = (agree: boolean | null): Cell =>
  agree === null ? "–" : { text: agree ? YES : NO, tone: agree ? "good" : "bad" };

// ---- a program --------------------------------------------------------------------------------------------------

function section({ experiment, reports }: ReportedProgram): ReportSection {
  const { name, title, summary, derivation, errata } = experiment;
  return {
    id: name,
    heading: title,
    blocks: [
      { kind: "paragraph", ...summary },
      ...reports.map(variantBlock),
      {
        kind: "details",
        summary: { en: "Formulas and derivation", zh: "公式与推导" },
        blocks: derivation,
      },
      {
        kind: "details",
        summary: {
          en: `Where text, code and printed results disagree (${errata.length})`,
          zh: `文字、代码与印出结果不一致之处（${errata.length}）`,
        },
        open: true,
        blocks: errata.map(note),
      },
    ],
  };
}

function variantBlock(report: ProgramReport): Block {
  const { variant, headline, replays, blocks, console, files } = report;
  return {
    kind: "details",
    summary: VARIANTS[variant],
    open: true,
    blocks: [
      ...(headline.length === 0 ? [] : [headlineTable(headline)]),
      ...blocks,
      {
        kind: "details",
        summary: { en: "What the program prints", zh: "程序的输出" },
        blocks: [{ kind: "pre", text: console }],
      },
      ...(replays.length === 0 ? [] : [replayTable(replays)]),
      ...(files.length === 0 ? [] : [fileTable(files)]),
    ],
  };
}

const headlineTable = (headline: readonly Comparison[]): TableBlock => ({
  kind: "table",
  columns: [HEADS.what, HEADS.published, HEADS.ours],
  rows: headline.map(({ what, published, ours }) => [what, published, ours]),
});

const replayTable = (replays: readonly Agreement[]): Block => ({
  kind: "details",
  summary: { en: "Agreement with NumPy", zh: "与 NumPy 的一致程度" },
  blocks: [
    {
      kind: "table",
      columns: [
        { en: "golden run", zh: "基准运行" },
        { en: "numbers compared", zh: "比较的数值个数" },
        HEADS.digits,
        HEADS.within,
        { en: "note", zh: "说明" },
      ],
      rows: replays.map((replay) => [
        replay.golden,
        replay.values,
        digitsCell(replay),
        withinCell(replay.withinSensitivity),
        replay.note ?? "",
      ]),
    },
  ],
});

const fileTable = (files: ProgramReport["files"]): Block => ({
  kind: "details",
  summary: {
    en: `Files beside this page (${files.length})`,
    zh: `与本页同一文件夹的文件（${files.length}）`,
  },
  blocks: [
    {
      kind: "table",
      columns: [
        { en: "file", zh: "文件" },
        { en: "bytes", zh: "字节" },
      ],
      rows: files.map(({ name, content }) => [name, byteLength(content)]),
    },
  ],
});

const byteLength = (content: string | Uint8Array): number =>
  typeof content === "string" ? new TextEncoder().encode(content).length : content.length;

// ---- errata -----------------------------------------------------------------------------------------------------

const note = ({ id, effect, text, proof }: Erratum): NoteBlock => ({
  kind: "note",
  id,
  class: effect,
  text:
    "test" in proof
      ? { en: `${text.en} Shown by the test “${proof.test}”.`, zh: `${text.zh}由测试“${proof.test}”证明。` }
      : { en: `${text.en} ${proof.reason.en}`, zh: `${text.zh}${proof.reason.zh}` },
});

function errataList(programs: readonly ReportedProgram[]): ReportSection {
  const rows = programs.flatMap(({ experiment }) =>
    experiment.errata.map(({ id, effect, proof }): Cell[] => [
      experiment.name,
      id,
      effect,
      "test" in proof ? proof.test : proof.reason,
    ]),
  );
  return {
    id: "errata",
    heading: { en: "All errata", zh: "勘误总表" },
    blocks: [
      {
        kind: "paragraph",
        en: "A changes the result or stops the program, B is wrong without visible effect here, C is text only.",
        zh: "A：改变结果或使程序中断；B：有误，但在此处看不出影响；C：仅文字有误。",
      },
      {
        kind: "table",
        columns: [
          HEADS.program,
          { en: "erratum", zh: "勘误" },
          { en: "class", zh: "类别" },
          { en: "test that shows it, or why none can", zh: "证明它的测试，或无法证明的原因" },
        ],
        rows,
      },
    ],
  };
}
