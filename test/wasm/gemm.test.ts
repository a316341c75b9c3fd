/** The gemm kernel against the interpreter, to the bit. */
import { describe, expect, it } from "vitest";
import type { Body, GemmKernel, View } from "../../src/compile/program.ts";
import { Arena, bytesOf, expectSameBits, programOf } from "./harness.ts";
import { dtypes, layouts, sizes } from "./samples.ts";

/** relu(acc + bias) and an update of w in place. */
function finishOf(arena: Arena, m: number, n: number, layout = "dense"): Body {
  const w = layouts[layout]!(arena, m, n);
  return {
    operands: [arena.repeated(m, n, "rows"), w],
    code: [
      { op: "acc" },
      { op: "operand", index: 0 },
      { op: "add", a: 0, b: 1 },
      { op: "const", value: 0 },
      { op: "max", a: 2, b: 3 },
      { op: "operand", index: 1 },
      { op: "sub", a: 5, b: 0 },
    ],
    outputs: [
      { view: arena.matrix(m, n), value: 4 },
      { view: w, value: 6 },
    ],
  };
}

describe.each(dtypes)("gemm, %s", (dtype) => {
  const shapes = [1, 2, 3, 5, 9, 13].flatMap((m) =>
    [1, 2, 3, 4, 5, 8, 10, 17, 20, 33].flatMap((n) => [1, 3, 7, 13].map((k) => [m, n, k] as const)),
  );
  const gemm = (
    arena: Arena,
    [m, n, k]: readonly [number, number, number],
    a: View,
    finish: Body,
  ): GemmKernel => ({
    kind: "gemm",
    name: "g",
    m,
    n,
    k,
    a,
    b: arena.matrix(k, n),
    finish,
  });

  it.each(["dense", "gaps", "columnMajor", "oneRow"])("multiplies a %s a", (layout) => {
    for (const shape of shapes) {
      const [m, n, k] = shape;
      const arena = new Arena(dtype);
      const a = layouts[layout]!(arena, m, k);
      expectSameBits(programOf(arena, [gemm(arena, shape, a, finishOf(arena, m, n))]));
    }
  });

  it("multiplies with a strided column", () => {
    for (const m of sizes)
      for (const layout of ["dense", "columnMajor", "everyOther"])
        for (const k of [1, 5, 30]) {
          const arena = new Arena(dtype);
          const a = layouts[layout]!(arena, m, k);
          const b = arena.matrix(k, 1, { extra: 2 });
          const kernel = { ...gemm(arena, [m, 1, k], a, finishOf(arena, m, 1)), b: { ...b, colStride: 7 } };
          expectSameBits(programOf(arena, [kernel]));
        }
  });

  it("starts each sum at +0", () => {
    const arena = new Arena(dtype);
    const kernel = gemm(arena, [2, 5, 1], arena.matrix(2, 1), {
      operands: [],
      code: [{ op: "acc" }],
      outputs: [{ view: arena.matrix(2, 5), value: 0 }],
    });
    const cells = expectSameBits(programOf(arena, [kernel]), {
      prepare: (memory) => new Uint8Array(memory.buffer, kernel.a.byteOffset, 2 * bytesOf(dtype)).fill(0),
    });
    const start = kernel.finish.outputs[0]!.view.byteOffset / bytesOf(dtype);
    expect(cells.slice(start, start + 10)).toEqual(new Array(10).fill(0));
  });

  it.each([
    [65, 50, 1300, "dense"],
    [130, 9, 1031, "columnMajor"],
    [700, 1, 300, "columnMajor"],
    [1, 260, 600, "dense"],
    [33, 131, 790, "dense"],
    [37, 90, 1031, "columnMajor"],
    [34, 270, 260, "gaps"],
  ] as const)("keeps the order of sums in blocks of k: %i × %i × %i, %s", (m, n, k, layout) => {
    const arena = new Arena(dtype);
    const a = layouts[layout]!(arena, m, k);
    expectSameBits(programOf(arena, [gemm(arena, [m, n, k], a, finishOf(arena, m, n, "gaps"))]));
  });

  it("runs elementary functions in tiles and, for large results, in a loop over the sums", () => {
    for (const [m, n, k] of [
      [3, 5, 4],
      [40, 17, 6],
      [17, 40, 6],
      [700, 1, 9],
      [50, 260, 300],
    ] as const) {
      const arena = new Arena(dtype);
      const finish: Body = {
        operands: [arena.repeated(m, n, "rows")],
        code: [
          { op: "acc" },
          { op: "operand", index: 0 },
          { op: "add", a: 0, b: 1 },
          { op: "tanh", a: 2 },
          { op: "exp", a: 3 },
        ],
        outputs: [
          { view: arena.matrix(m, n), value: 3 },
          { view: arena.matrix(m, n, { extra: 1 }), value: 4 },
        ],
      };
      expectSameBits(programOf(arena, [gemm(arena, [m, n, k], arena.columnMajor(m, k), finish)]));
    }
  });

  it("numbers elements for random numbers in every slice and when it computes the transpose", () => {
    for (const [m, n, k] of [
      [9, 1, 4],
      [7, 41, 3],
      [300, 70, 400],
    ] as const) {
      const arena = new Arena(dtype);
      const seedOffset = arena.take(4);
      const finish: Body = {
        operands: [],
        code: [{ op: "acc" }, { op: "random", stream: 1, seedOffset }, { op: "mul", a: 0, b: 1 }],
        outputs: [{ view: arena.matrix(m, n), value: 2 }],
      };
      expectSameBits(programOf(arena, [gemm(arena, [m, n, k], arena.columnMajor(m, k), finish)]), {
        first: 3,
      });
    }
  });
});
