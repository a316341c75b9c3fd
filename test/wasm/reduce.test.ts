/** The reduce kernel against the interpreter, to the bit. */
import { describe, it } from "vitest";
import type { ReduceKernel } from "../../src/compile/program.ts";
import { Arena, expectSameBits, programOf } from "./harness.ts";
import { code, dtypes, layouts, pairs, sizes } from "./samples.ts";

describe.each(dtypes)("reduce, %s", (dtype) => {
  const shapeOf = {
    rows: (_: number, c: number) => [1, c],
    cols: (r: number) => [r, 1],
    all: () => [1, 1],
  } as const;
  const cases = (["rows", "cols", "all"] as const).flatMap((over) =>
    (["sum", "max"] as const).map((op) => [over, op] as const),
  );
  it.each(cases)("over %s, %s", (over, op) => {
    for (const [rows, cols] of pairs)
      for (const layout of ["dense", "gaps", "oneRow", "oneColumn", "columnMajor"]) {
        const arena = new Arena(dtype);
        const operands = [layouts[layout]!(arena, rows, cols), arena.matrix(rows, cols)];
        const [finalRows, finalCols] = shapeOf[over](rows, cols) as [number, number];
        const kernel: ReduceKernel = {
          kind: "reduce",
          name: "r",
          op,
          over,
          rows,
          cols,
          operands,
          code,
          value: 10,
          finish: {
            operands: [arena.matrix(finalRows, finalCols)],
            code: [{ op: "acc" }, { op: "operand", index: 0 }, { op: "mul", a: 0, b: 1 }],
            outputs: [
              { view: arena.matrix(finalRows, finalCols), value: 0 },
              { view: arena.matrix(finalRows, finalCols, { colStride: 2 }), value: 2 },
            ],
          },
        };
        expectSameBits(programOf(arena, [kernel]));
      }
  });

  it("leaves the unused lanes out of sums: exp(0) of a missing element must not count", () => {
    for (const cols of sizes) {
      const arena = new Arena(dtype);
      const seedOffset = arena.take(4);
      const kernel: ReduceKernel = {
        kind: "reduce",
        name: "r",
        op: "sum",
        over: "cols",
        rows: 3,
        cols,
        operands: [arena.matrix(3, cols)],
        code: [
          { op: "operand", index: 0 },
          { op: "exp", a: 0 },
          { op: "random", stream: 0, seedOffset },
          { op: "add", a: 1, b: 2 },
        ],
        value: 3,
        finish: {
          operands: [],
          code: [{ op: "acc" }, { op: "random", stream: 1, seedOffset }, { op: "add", a: 0, b: 1 }],
          outputs: [{ view: arena.matrix(3, 1), value: 2 }],
        },
      };
      expectSameBits(programOf(arena, [kernel]));
    }
  });
});
