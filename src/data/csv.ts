/**
 * Comma-separated tables with a header line.
 *
 * Cells may be quoted ("a, b", with "" for a quote, line breaks allowed); lines end with LF or CRLF; a byte-order
 * mark and empty lines are skipped. No guessing of types or separators. Source: RFC 4180.
 */
import { FormatError, UsageError } from "../tensor/errors.ts";
import { show } from "../tensor/show.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** A table of text. */
export interface CsvTable {
  /** Who reads it, for error messages. */
  readonly where: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** The line (from 1) on which each row starts. */
  readonly lines: readonly number[];
}

/** One cell and what ends it: a quoted cell, or anything up to the next separator. */
const cellPattern = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/y;

/**
 * Splits text into a header and rows of cells; cells outside quotes are trimmed.
 * @throws {UsageError} for anything but text; {FormatError} naming the line, if a quote is not closed or a row has not as many cells as the header.
 * @example parseCsv("a,b\n1,2").rows // [["1", "2"]]
 */
export function parseCsv(text: string, where = "parseCsv"): CsvTable {
  if (typeof text !== "string")
    throw new UsageError(
      `${where}: expected text, received ${show(text)}. Decode bytes with new TextDecoder().decode(bytes).`,
    );
  const [first, ...rest] = records(text.replace(/^\uFEFF/, ""), where);
  if (first === undefined)
    throw new FormatError(
      `${where}: expected a header line, received no text. Give the content of a CSV file.`,
      0,
    );
  const header = first.cells;
  for (const { cells, line } of rest)
    if (cells.length !== header.length)
      throw new FormatError(
        `${where}: line ${line}: expected ${header.length} cells as in the header, received ${cells.length}. Add or remove a comma, or quote the cell that holds one.`,
      );
  return { where, header, rows: rest.map(({ cells }) => cells), lines: rest.map(({ line }) => line) };
}

function records(text: string, where: string): { cells: string[]; line: number }[] {
  const found: { cells: string[]; line: number }[] = [];
  let [at, line] = [0, 1];
  while (at < text.length) {
    const start = line;
    const cells: string[] = [];
    for (let end = ","; end === ","; ) {
      cellPattern.lastIndex = at;
      const match = cellPattern.exec(text);
      if (match === null)
        throw new FormatError(
          `${where}: line ${line}: expected a comma or the end of the line after a cell, received ${JSON.stringify(text.slice(at, at + 20))}. Close the quote, or double a quote inside quotes.`,
        );
      const [whole, quoted, plain, separator] = match;
      cells.push(quoted === undefined ? plain!.trim() : quoted.replaceAll('""', '"'));
      line += whole.match(/\r\n|\n|\r/g)?.length ?? 0;
      at += whole.length;
      end = separator!;
    }
    if (cells.length > 1 || cells[0] !== "") found.push({ cells, line: start });
  }
  return found;
}

/**
 * The cells of one column.
 * @throws {FormatError} if the header has no such column.
 * @example columnText(parseCsv("a,b\n1,x\n2,y"), "b") // ["x", "y"]
 */
export function columnText(table: CsvTable, column: string): string[] {
  const at = table.header.indexOf(column);
  if (at < 0)
    throw new FormatError(
      `${table.where}: line 1: expected a column ${JSON.stringify(column)}, received the columns ${table.header.join(", ")}. Rename a column or give its real name.`,
    );
  return table.rows.map((cells) => cells[at]!);
}

/** A decimal number: no hexadecimal, no units, nothing left out. */
const decimal = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i;

/**
 * Columns as numbers: [rows, columns].
 * @throws {FormatError} naming line and column, if a column is missing or a cell is empty or not a finite number.
 * @example columnMatrix(parseCsv("a,b\n1,2"), ["b"]).data // Float64Array [2]
 */
export function columnMatrix(
  table: CsvTable,
  columns: readonly string[] = table.header,
): Tensor<Float64Array> {
  const data = new Float64Array(table.rows.length * columns.length);
  for (const [c, column] of columns.entries())
    for (const [r, cell] of columnText(table, column).entries()) {
      const value = decimal.test(cell) ? Number(cell) : Number.NaN;
      if (!Number.isFinite(value))
        throw new FormatError(
          `${table.where}: line ${table.lines[r]}, column ${column}: expected a number, received ${cell.trim() === "" ? "an empty cell" : JSON.stringify(cell)}. Fill in a number (decimal point, no units) or remove the line.`,
        );
      data[r * columns.length + c] = value;
    }
  return { shape: [table.rows.length, columns.length], data };
}
