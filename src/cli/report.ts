/**
 * The HTML report of a run: an overview, a section for each program, the list of errata.
 *
 * Composes blocks only; `htmlReport` of plot/ makes the page.
 */
import type {
  Agreement,
  Comparison,
  Erratum,
  Experiment,
  ProgramReport,
  Variant,
} from "../../experiments/types.ts";
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
import { agrees, worstReplay } from "./results.ts";
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

function overview(programs: readonly ReportedProgram[], { node, missing }: ReportSetting): ReportSection {
  const reports = programs.flatMap((program) => program.reports);
  const blocks: Block[] = [
    besideEachOther(programs),
    agreements(reports),
    {
      kind: "paragraph",
      en: "NumPy digits: how many digits the replay of a NumPy run in float64 has in common with it, the worst of all its arrays; 16 is equal to the last bit. Within 10 × ulp: it differs by no more than ten times what changing the last bit of every weight does.",
      zh: "与 NumPy 一致位数：以 float64 重放 NumPy 的运行，取所有数组中一致位数最少者；16 表示直到最后一位都相同。在 10 倍 ulp 内：差异不超过“每个权重最后一位变动”所造成差异的十倍。",
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

/** Published, our run of the published code and our run of the derivation in one row. */
function besideEachOther(programs: readonly ReportedProgram[]): TableBlock {
  const rows = programs.flatMap(({ experiment, reports }) => {
    const lines = reports.flatMap(({ variant, headline }) => headline.map((line) => ({ variant, line })));
    const whats = [...new Map(lines.map(({ line }) => [line.what.en, line.what])).values()];
    return whats.map((what, i): Cell[] => {
      const own = (variant: Variant) =>
        lines.find((each) => each.variant === variant && each.line.what.en === what.en)?.line;
      const [first, second] = [own("published"), own("derived")];
      return [
        i === 0 ? experiment.name : "",
        what,
        (first ?? second)?.published ?? "",
        first?.ours ?? "–",
        second?.ours ?? "–",
      ];
    });
  });
  return {
    kind: "table",
    columns: [
      HEADS.program,
      HEADS.what,
      HEADS.published,
      { en: "ours, code as published", zh: "我们的：照发表的代码" },
      { en: "ours, as derived", zh: "我们的：照推导" },
    ],
    rows,
  };
}

const agreements = (reports: readonly ProgramReport[]): TableBlock => ({
  kind: "table",
  columns: [HEADS.program, HEADS.variant, HEADS.digits, HEADS.within, HEADS.seconds],
  rows: reports.map((report) => [
    report.program,
    report.variant,
    digitsCell(worstReplay(report)),
    withinCell(agrees(report)),
    Number(report.seconds.toFixed(1)),
  ]),
});

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
  blocks: [{ kind: "links", files: files.map(({ name }) => name) }],
});

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
