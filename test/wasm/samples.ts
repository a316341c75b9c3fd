/** Sizes, layouts and a scalar expression that the tests of the kernels share. */
import type { Instr, View } from "../../src/compile/program.ts";
import type { Arena } from "./harness.ts";

export const dtypes = ["float32", "float64"] as const;
export const sizes = [1, 2, 3, 5, 8, 13, 17, 40];
export const pairs = sizes.flatMap((rows) => sizes.map((cols) => [rows, cols] as const));

/** (x·y + x) / (|y| + 1), and x < y ? x : −y */
export const code: Instr[] = [
  { op: "operand", index: 0 },
  { op: "operand", index: 1 },
  { op: "mul", a: 0, b: 1 },
  { op: "add", a: 2, b: 0 },
  { op: "abs", a: 1 },
  { op: "const", value: 1 },
  { op: "add", a: 4, b: 5 },
  { op: "div", a: 3, b: 6 },
  { op: "lt", a: 0, b: 1 },
  { op: "neg", a: 1 },
  { op: "select", a: 8, b: 0, c: 9 },
];

/** Ways a rows × cols operand may lie in memory. */
export const layouts: Record<string, (arena: Arena, rows: number, cols: number) => View> = {
  dense: (arena, rows, cols) => arena.matrix(rows, cols),
  gaps: (arena, rows, cols) => arena.matrix(rows, cols, { extra: 3 }),
  everyOther: (arena, rows, cols) => arena.matrix(rows, cols, { colStride: 2 }),
  columnMajor: (arena, rows, cols) => arena.columnMajor(rows, cols),
  oneRow: (arena, rows, cols) => arena.repeated(rows, cols, "rows"),
  oneColumn: (arena, rows, cols) => arena.repeated(rows, cols, "cols"),
  oneValue: (arena, rows, cols) => arena.repeated(rows, cols, "both"),
};
export const written = ["dense", "gaps", "everyOther", "columnMajor"];
