/**
 * Points out of a pasted or dropped table: two columns of numbers, then a label or a target.
 *
 * Commas, or tabs or semicolons as spreadsheets write them; the header may be missing. What is wrong is said in the
 * reader's language with the line it is on. Cells are read by papergrad/data.
 */
import { FormatError } from "papergrad";
import { type CsvTable, columnMatrix, columnText, parseCsv } from "papergrad/data";
import type { Text } from "../language.ts";
import type { PlanePoints } from "./sets.ts";

/** The most points and classes that a table may have. */
export const MOST_POINTS = 2000;
export const MOST_CLASSES = 10;

/** A table read: its points, and what its columns and classes are called. */
export interface TablePoints extends PlanePoints {
  readonly columns: readonly [string, string, string];
  /** Names of the classes in their order; empty where the last column holds values. */
  readonly labels: readonly string[];
}

/** The points, or one sentence that says what is wrong. */
export type TableResult =
  | { readonly points: TablePoints; readonly problem: null }
  | { readonly points: null; readonly problem: Text };

/**
 * Reads a table. The last column holds classes if it has text, or at most ten whole numbers; else values.
 * @example readTable("a,b,kind\n1,2,dog\n3,4,cat").points?.labels // ["cat", "dog"]
 */
export function readTable(text: string): TableResult {
  const plain = withCommas(text);
  const header = missingHeader(plain);
  try {
    const table = parseCsv(`${header}${plain}`, "CSV");
    return { points: pointsOf(table), problem: null };
  } catch (error) {
    // Lines are counted in the reader's text, which has not the header added here.
    const counted = (message: string) =>
      header === "" ? message : message.replace(/line (\d+)/, (_, n) => `line ${Number(n) - 1}`);
    if (error instanceof FormatError) return { points: null, problem: inBoth(counted(error.message)) };
    if (error instanceof Problem) return { points: null, problem: error.text };
    throw error;
  }
}

/** What is wrong with a table, in both languages. */
class Problem extends Error {
  readonly text: Text;
  constructor(en: string, zh: string) {
    super(en);
    this.text = { en, zh };
  }
}

/** The library speaks English; the place and what was found are the same in both languages. */
function inBoth(message: string): Text {
  const line = /line (\d+)(?:, column ([^:]+))?/.exec(message);
  const received = /received (.+?)\. [A-Z]/s.exec(message)?.[1] ?? "";
  const place = line ? `CSV：第 ${line[1]} 行${line[2] ? `，“${line[2]}”列` : ""}：` : "CSV：";
  return { en: message, zh: place + inChinese(message, received) };
}

function inChinese(message: string, received: string): string {
  const cells = /expected (\d+) cells/.exec(message)?.[1];
  if (cells !== undefined)
    return `应与表头一样有 ${cells} 个单元格，实际为 ${received} 个。请增删逗号，或给含有逗号的单元格加上引号。`;
  if (message.includes("expected a header line"))
    return "应有表头和数据，实际没有任何内容。请粘贴一张表格，或拖入一个 CSV 文件。";
  if (message.includes("expected a comma"))
    return `单元格之后应是逗号或行尾，实际为 ${received}。请补上右引号，或把引号之内的引号写两遍。`;
  return `这里应是一个数（最后一列也可以是标签），实际为${received === "an empty cell" ? "空单元格" : ` ${received}`}。请改正（小数点，不带单位），或删去这一行。`;
}

/** Spreadsheets put tabs or semicolons between cells. */
function withCommas(text: string): string {
  const first = text.trimStart().split(/\r?\n/, 1)[0] ?? "";
  const separator = ["\t", ";"].find((s) => first.includes(s) && !first.includes(","));
  return separator === undefined ? text : text.replaceAll(separator, ",");
}

/** The header line that a table without one needs: its first line holds numbers already. */
function missingHeader(text: string): string {
  const cells = (text.trimStart().split(/\r?\n/, 1)[0] ?? "").split(",");
  const isData =
    cells.length >= 2 && cells.slice(0, 2).every((c) => c.trim() !== "" && Number.isFinite(Number(c)));
  if (!isData) return "";
  return `${cells.map((_, i) => (i < cells.length - 1 ? `x${i + 1}` : "y")).join(",")}\n`;
}

function pointsOf(table: CsvTable): TablePoints {
  const { header, rows } = table;
  if (header.length !== 3)
    throw new Problem(
      `CSV: expected three columns (two features, then a label or target), received ${header.length}: ${header.join(", ")}. Keep the three you want.`,
      `CSV：应有三列（两个特征，再加一列标签或目标值），实际为 ${header.length} 列：${header.join("、")}。请只保留需要的三列。`,
    );
  if (rows.length < 2 || rows.length > MOST_POINTS)
    throw new Problem(
      `CSV: expected 2 to ${MOST_POINTS} rows of data, received ${rows.length}. ${rows.length < 2 ? "Add rows." : "Take a sample of them."}`,
      `CSV：应有 2 到 ${MOST_POINTS} 行数据，实际为 ${rows.length} 行。${rows.length < 2 ? "请再添加几行。" : "请抽取其中一部分。"}`,
    );
  const [a, b, last] = header as [string, string, string];
  if (new Set(header).size < 3)
    throw new Problem(
      `CSV: line 1: expected three different column names, received ${header.join(", ")}. Rename one.`,
      `CSV：第 1 行：三列的名称应各不相同，实际为 ${header.join("、")}。请改名。`,
    );
  const x = columnMatrix(table, [a, b]).data;
  const cells = columnText(table, last);
  const empty = cells.findIndex((cell) => cell.trim() === "");
  if (empty >= 0)
    throw new FormatError(
      `CSV: line ${table.lines[empty]}, column ${last}: expected a label or a number, received an empty cell. Fill it in or remove the line.`,
    );
  const numeric = cells.map(Number);
  const found = [...new Set(cells)];
  if (numeric.every(Number.isFinite) && !(numeric.every(Number.isInteger) && found.length <= MOST_CLASSES))
    return { x, y: Float64Array.from(numeric), classes: 0, columns: [a, b, last], labels: [] };
  if (found.length > MOST_CLASSES)
    throw new Problem(
      `CSV: column ${last}: expected at most ${MOST_CLASSES} different labels, received ${found.length}. Join some, or give numbers as targets.`,
      `CSV：“${last}”列：标签最多 ${MOST_CLASSES} 种，实际为 ${found.length} 种。请合并一些，或改用数值作目标。`,
    );
  const labels = numeric.every(Number.isFinite)
    ? found.sort((p, q) => Number(p) - Number(q))
    : found.sort((p, q) => (p < q ? -1 : 1));
  const y = Float64Array.from(cells, (cell) => labels.indexOf(cell));
  return { x, y, classes: Math.max(2, labels.length), columns: [a, b, last], labels };
}

/** [low, high] of x₁ and of x₂. */
export function coordinateExtents(x: ArrayLike<number>): [[number, number], [number, number]] {
  const extent = (at: 0 | 1): [number, number] => {
    let [low, high] = [Infinity, -Infinity];
    for (let i = at; i < x.length; i += 2) {
      low = Math.min(low, x[i]!);
      high = Math.max(high, x[i]!);
    }
    return [low, high];
  };
  return [extent(0), extent(1)];
}

/**
 * Both coordinates brought to −1…1 by shifting and one factor each; a constant column becomes 0.
 * @example scaledPoints({ x: Float64Array.of(0, 5, 10, 5), y: Float64Array.of(0, 1), classes: 2 }).x // [-1, 0, 1, 0]
 */
export function scaledPoints<P extends PlanePoints>(points: P): P {
  const extents = coordinateExtents(points.x);
  return {
    ...points,
    x: points.x.map((v, i) => {
      const [low, high] = extents[(i % 2) as 0 | 1];
      // Halves: the distance between two huge coordinates may be no finite number.
      return high > low ? 2 * ((v / 2 - low / 2) / (high / 2 - low / 2)) - 1 : 0;
    }),
  };
}
