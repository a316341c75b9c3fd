/**
 * One step as an exercise on paper: which values are given, which are to be computed, to how many decimals, and a
 * check of a matrix that a learner has typed. Pages are made of it by who shows them; here are no texts.
 */
import { UsageError } from "../tensor/errors.ts";
import type { Shape, Tensor } from "../tensor/tensor.ts";
import type { TracedValue } from "./trace.ts";

/** One value of a worksheet. */
export interface Exercise {
  readonly value: TracedValue;
  /** Data and parameters are given, all else is blank. */
  readonly given: boolean;
  /** Decimals to compute and to check to: three digits of the largest entry. */
  readonly decimals: number;
}

/** What a check of a typed matrix finds first. Rows and columns count from 0. */
export type Answer =
  | { readonly kind: "right" }
  /** Off by more than one unit of the last decimal asked for. */
  | { readonly kind: "wrong"; readonly row: number; readonly col: number; readonly typed: number }
  /** Not a number. */
  | { readonly kind: "unread"; readonly row: number; readonly col: number; readonly text: string }
  /** Another number of rows, or of columns in the row named. */
  | {
      readonly kind: "shape";
      readonly expected: Shape;
      readonly rows: number;
      readonly row: number;
      readonly cols: number;
    }
  | { readonly kind: "empty" };

/** Digits that a learner computes to. */
const DIGITS = 3;
const MOST_DECIMALS = 12;

/**
 * The values of a step in the order they are computed, each given or to be filled in. Values that nothing else uses
 * and nobody computes (a whole vector shown by its parts) are left out.
 * @example
 * const model = sequential([dense(1, { kernelInitializer: "ones" })], { inputShape: [1] });
 * const sheet = worksheet(traceStep(model.trainingStep([[2]], [5], { optimizer: "sgd" })));
 * sheet.filter((e) => e.given).map((e) => e.value.label).includes("W1") // true
 * sheet.find((e) => e.value.label === "dW1")?.decimals // 1: the gradient is −12
 */
export function worksheet(values: readonly TracedValue[]): Exercise[] {
  const used = new Set(values.flatMap((v) => v.from));
  return values.flatMap((value) => {
    const given = value.stage === "data" || value.stage === "parameter";
    return given && !used.has(value.id) ? [] : [{ value, given, decimals: decimalsFor(value.data) }];
  });
}

/**
 * Decimals that show three digits of the largest number.
 * @example decimalsFor([0.0123, 2]) // 2
 */
export function decimalsFor(data: ArrayLike<number>): number {
  let top = 0;
  for (let i = 0; i < data.length; i++) if (Number.isFinite(data[i])) top = Math.max(top, Math.abs(data[i]!));
  if (top === 0) return DIGITS - 1;
  return Math.min(MOST_DECIMALS, Math.max(0, DIGITS - 1 - Math.floor(Math.log10(top))));
}

/**
 * Holds a typed matrix against the right one. Rows are lines (or parted by `;`), numbers are parted by spaces, tabs
 * or commas; brackets are passed over; 1/3 and 1e-3 are numbers, and − is a minus.
 * @throws {UsageError} if `decimals` is not a whole number ≥ 0.
 * @example
 * const right = { shape: [2, 2] as const, data: [0.5, -1, 0.25, 2] };
 * checkAnswer("0.5 -1\n0.25 2", right) // { kind: "right" }
 * checkAnswer("[0.5, -1; 0.3, 2]", right) // { kind: "wrong", row: 1, col: 0, typed: 0.3 }
 * checkAnswer("0.5 -1", right).kind // "shape"
 */
export function checkAnswer(
  typed: string,
  right: Pick<Tensor, "shape"> & { readonly data: ArrayLike<number> },
  decimals: number = decimalsFor(right.data),
): Answer {
  if (!Number.isInteger(decimals) || decimals < 0)
    throw new UsageError(`checkAnswer: expected a whole number of decimals ≥ 0, received ${decimals}.`);
  const rows = cellsOf(typed);
  const [expectedRows, expectedCols] = right.shape;
  if (rows.length === 0) return { kind: "empty" };
  const odd = rows.findIndex((cells) => cells.length !== expectedCols);
  if (rows.length !== expectedRows || odd >= 0) {
    const row = Math.max(odd, 0);
    return { kind: "shape", expected: right.shape, rows: rows.length, row, cols: rows[row]!.length };
  }
  // One unit of the last decimal: intermediate results may have been rounded too. The rest covers binary fractions.
  const tolerance = 10 ** -decimals * 1.000001;
  for (const [row, cells] of rows.entries())
    for (const [col, text] of cells.entries()) {
      const number = numberOf(text);
      if (number === undefined) return { kind: "unread", row, col, text };
      const expected = right.data[row * expectedCols + col]!;
      const same = Number.isFinite(expected)
        ? Math.abs(number - expected) <= tolerance
        : Object.is(number, expected);
      if (!same) return { kind: "wrong", row, col, typed: number };
    }
  return { kind: "right" };
}

/** The typed cells, row by row; empty rows are passed over. */
const cellsOf = (typed: string): string[][] =>
  typed
    .replaceAll(/[[\](){}]/g, " ")
    .split(/[\n;；]/)
    .map((line) => line.split(/[\s,，、&]+/).filter((cell) => cell !== ""))
    .filter((cells) => cells.length > 0);

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

function numberOf(text: string): number | undefined {
  const plain = text.replaceAll(/[−–]/g, "-");
  const [above = "", below = "1", ...rest] = plain.split("/");
  if (/^nan$/i.test(plain)) return Number.NaN;
  if (rest.length > 0 || !NUMBER.test(above) || !NUMBER.test(below) || Number(below) === 0) return undefined;
  return Number(above) / Number(below);
}
