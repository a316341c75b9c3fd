/**
 * A CSV file as inputs and targets. Cells that hold no number stay NaN, so that the doctor can name them; a column of
 * words can only be the target.
 */
import { existsSync, readFileSync } from "node:fs";
import { type CsvTable, parseCsv } from "../data/index.ts";
import type { Tensor } from "../index.ts";
import type { Language } from "./language.ts";
import { hint, mistake } from "./parse.ts";

export interface TrainingTable {
  readonly x: Tensor<Float64Array>;
  /** Class numbers, or numbers. */
  readonly y: Float64Array;
  /** Labels of the classes, in order; null where y is numbers. */
  readonly classes: readonly string[] | null;
  /** Names of the columns of x. */
  readonly columns: readonly string[];
  readonly target: string;
  /** Line of the file (from 1) that each row comes from. */
  readonly lines: readonly number[];
}

/** Whole numbers of more values than this are numbers, not classes. */
const MOST_CLASSES = 20;
const MISSING = /^(|nan|na|n\/a|null|none|\?|-)$/i;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Reads a file. @throws {UsageError} for a file that is not there, or columns that do not fit; {FormatError} for bad CSV. */
export function readTable(
  path: string,
  options: { readonly target: string; readonly drop: readonly string[]; readonly like?: TrainingTable },
  language: Language,
): TrainingTable {
  const { header, rows, lines } = read(path, language);
  const target = targetOf(header, options.target, path, language);
  for (const name of options.drop) columnOf(header, name, path, language);
  const used = header.flatMap((name, c) => (c === target || options.drop.includes(name) ? [] : [c]));
  if (used.length === 0)
    mistake(language, {
      en: `${path}: expected at least one column besides the target "${header[target]}", received none.`,
      zh: `${path}：除目标列“${header[target]}”外至少还需要一列，但没有。`,
    });
  if (rows.length === 0)
    mistake(language, {
      en: `${path}: expected at least one row below the header, received none.`,
      zh: `${path}：表头下面至少需要一行数据，但没有。`,
    });
  const cells = (c: number) => rows.map((row) => row[c]!);
  for (const c of used) checkNumeric(path, header[c]!, cells(c), lines, language);
  const data = new Float64Array(rows.length * used.length);
  for (const [i, c] of used.entries())
    for (const [r, cell] of cells(c).entries()) data[r * used.length + i] = numberOf(cell);
  return {
    x: { shape: [rows.length, used.length], data },
    ...targets(cells(target), options.like?.classes ?? null),
    columns: used.map((c) => header[c]!),
    target: header[target]!,
    lines,
  };
}

const numberOf = (cell: string): number => (NUMBER.test(cell.trim()) ? Number(cell) : Number.NaN);

/** A first line of numbers is data: the columns are then numbered from 1. */
function read(path: string, language: Language): CsvTable {
  if (!existsSync(path))
    mistake(language, {
      en: `${path}: expected a CSV file, there is none of this name.`,
      zh: `${path}：需要一个 CSV 文件，但没有这个文件。`,
    });
  const text = readFileSync(path, "utf8");
  const table = parseCsv(text, path);
  if (!table.header.every((cell) => NUMBER.test(cell))) return table;
  const names = table.header.map((_, c) => `c${c + 1}`).join(",");
  const whole = parseCsv(`${names}\n${text}`, path);
  return { ...whole, lines: whole.lines.map((line) => line - 1) };
}

function targetOf(header: readonly string[], name: string, path: string, language: Language): number {
  return name === "last" && !header.includes("last")
    ? header.length - 1
    : columnOf(header, name, path, language);
}

function columnOf(header: readonly string[], name: string, path: string, language: Language): number {
  const at = header.indexOf(name);
  if (at < 0)
    mistake(language, {
      en: `${path}: expected one of the columns ${header.join(", ")}, received "${name}".${hint("en", name, header)}`,
      zh: `${path}：应为 ${header.join("、")} 之一，但收到“${name}”。${hint("zh", name, header)}`,
    });
  return at;
}

function checkNumeric(
  path: string,
  name: string,
  cells: readonly string[],
  lines: readonly number[],
  language: Language,
): void {
  const at = cells.findIndex((cell) => !NUMBER.test(cell.trim()) && !MISSING.test(cell.trim()));
  if (at < 0) return;
  mistake(language, {
    en: `${path}: line ${lines[at]}, column ${name}: expected a number, received "${cells[at]}". Leave the column out with --drop ${name}, or predict it with --target ${name}.`,
    zh: `${path}：第 ${lines[at]} 行“${name}”列应为数，但收到“${cells[at]}”。可用 --drop ${name} 去掉这一列，或用 --target ${name} 预测它。`,
  });
}

/** Words, or few different whole numbers, are classes, numbered in their order. */
function targets(
  cells: readonly string[],
  known: readonly string[] | null,
): Pick<TrainingTable, "y" | "classes"> {
  const values = [...new Set(cells.filter((cell) => !MISSING.test(cell.trim())))];
  const words = values.some((value) => !NUMBER.test(value.trim()));
  const few = values.length <= MOST_CLASSES && values.every((value) => Number.isInteger(Number(value)));
  if (!words && !few && known === null) return { y: Float64Array.from(cells, numberOf), classes: null };
  const classes = known ?? (words ? values.sort() : values.sort((a, b) => Number(a) - Number(b)));
  const index = new Map(classes.map((label, i) => [label, i]));
  return { y: Float64Array.from(cells, (cell) => index.get(cell) ?? Number.NaN), classes };
}
