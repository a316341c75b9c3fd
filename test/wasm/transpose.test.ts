/** The copy of a transposed matrix against the interpreter, to the bit, and when it is used. */
import { describe, expect, it } from "vitest";
import type { ElementwiseKernel, View } from "../../src/compile/program.ts";
import { transpositionOf } from "../../src/wasm/transpose.ts";
import { Arena, expectSameBits, programOf } from "./harness.ts";
import { dtypes, pairs } from "./samples.ts";

const copy = (rows: number, cols: number, from: View, to: View): ElementwiseKernel => ({
  kind: "elementwise",
  name: "copy",
  rows,
  cols,
  operands: [from],
  code: [{ op: "operand", index: 0 }],
  outputs: [{ view: to, value: 0 }],
});

describe.each(dtypes)("a transposed copy, %s", (dtype) => {
  it.each([0, 3])("of every size, to rows with gaps of %i", (extra) => {
    for (const [rows, cols] of pairs) {
      const arena = new Arena(dtype);
      const kernel = copy(rows, cols, arena.columnMajor(rows, cols), arena.matrix(rows, cols, { extra }));
      expect(transpositionOf(kernel) !== null).toBe(rows > 1 && cols > 1);
      expectSameBits(programOf(arena, [kernel]));
    }
  });

  it("is not taken for anything else", () => {
    const arena = new Arena(dtype);
    const [rows, cols] = [9, 6];
    const kernel = copy(rows, cols, arena.columnMajor(rows, cols), arena.matrix(rows, cols));
    const plain = copy(rows, cols, arena.matrix(rows, cols), arena.matrix(rows, cols));
    const apart = copy(rows, cols, arena.columnMajor(rows, cols), arena.matrix(rows, cols, { colStride: 2 }));
    const negated: ElementwiseKernel = {
      ...kernel,
      code: [...kernel.code, { op: "neg", a: 0 }],
      outputs: [{ view: kernel.outputs[0]!.view, value: 1 }],
    };
    for (const other of [plain, apart, negated]) expect(transpositionOf(other)).toBeNull();
    expectSameBits(programOf(arena, [kernel, plain, apart, negated]));
  });
});
