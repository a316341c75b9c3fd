/**
 * Writes docs/errata.md and docs/errata.zh-CN.md: one row an erratum, with the test that computes its figure.
 * `npx tsx scripts/errata.ts`; a test holds that the files are up to date and that every named test exists.
 */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { loadExperiment, programNames } from "../experiments/index.ts";
import type { Erratum } from "../experiments/types.ts";

type Language = "en" | "zh";

const WORDS = {
  en: {
    title: "Where the tutorials' text, code and printed results disagree",
    lead: 'Made by `npx tsx scripts/errata.ts` from the programs in `experiments/`. Effect: **A** changes the result or stops the program, **B** is wrong without visible effect in the published setting, **C** is text only. *Proof* names the test that computes the figure (`npx vitest run -t "<name>"`), or says why there is none.',
    columns: "| erratum | effect | what | proof |",
    tutorial: "tutorial",
    none: "no test: ",
  },
  zh: {
    title: "教程的文字、代码与打印结果不一致之处",
    lead: '由 `npx tsx scripts/errata.ts` 根据 `experiments/` 中的程序生成。影响：**A** 改变结果或使程序中断；**B** 有误，但在教程的设定下看不出影响；**C** 仅文字有误。“证明”一栏是算出该数字的测试名（`npx vitest run -t "<名称>"`），没有测试的说明原因。',
    columns: "| 勘误 | 影响 | 内容 | 证明 |",
    tutorial: "教程",
    none: "无测试：",
  },
} as const;

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");

function row(e: Erratum, language: Language): string {
  const proof =
    "test" in e.proof ? `\`${cell(e.proof.test)}\`` : WORDS[language].none + cell(e.proof.reason[language]);
  return `| ${e.id} | ${e.effect} | ${cell(e.text[language])} | ${proof} |`;
}

async function page(language: Language): Promise<string> {
  const w = WORDS[language];
  const lines = [`# ${w.title}\n`, `${w.lead}\n`];
  for (const name of programNames) {
    const program = await loadExperiment(name);
    lines.push(`## ${name} (${w.tutorial} ${program.tutorial})\n`, w.columns, "|---|---|---|---|");
    lines.push(...program.errata.map((e) => row(e, language)), "");
  }
  return lines.join("\n");
}

/** File name and text of each page. */
export const errataPages = async (): Promise<Record<string, string>> => ({
  "docs/errata.md": await page("en"),
  "docs/errata.zh-CN.md": await page("zh"),
});

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const [name, text] of Object.entries(await errataPages()))
    writeFileSync(new URL(`../${name}`, import.meta.url), text);
