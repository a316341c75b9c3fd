/** The elementwise kernel against the interpreter, to the bit. */
import { describe, it } from "vitest";
import type { Instr } from "../../src/compile/program.ts";
import { Arena, expectSameBits, programOf } from "./harness.ts";
import { code, dtypes, layouts, pairs, written } from "./samples.ts";

describe.each(dtypes)("elementwise, %s", (dtype) => {
  it.each(Object.keys(layouts))("reads %s operands of all sizes", (layout) => {
    for (const [rows, cols] of pairs) {
      const arena = new Arena(dtype);
      const operands = [layouts[layout]!(arena, rows, cols), arena.matrix(rows, cols)];
      const outputs = [7, 10].map((value) => ({ view: arena.matrix(rows, cols), value }));
      expectSameBits(
        programOf(arena, [{ kind: "elementwise", name: "e", rows, cols, operands, code, outputs }]),
      );
    }
  });

  it.each(written)("writes %s outputs, over an operand too", (layout) => {
    for (const [rows, cols] of pairs) {
      const arena = new Arena(dtype);
      const x = layouts[layout]!(arena, rows, cols);
      const y = layouts[layout]!(arena, rows, cols);
      const outputs = [
        { view: y, value: 7 },
        { view: x, value: 10 },
      ];
      const operands = [x, y];
      expectSameBits(
        programOf(arena, [{ kind: "elementwise", name: "e", rows, cols, operands, code, outputs }]),
      );
    }
  });

  it("computes every operation, with special values", () => {
    const special = [
      0,
      -0,
      1,
      -1,
      0.5,
      -2.5,
      3,
      1e30,
      -1e30,
      1e-40,
      Infinity,
      -Infinity,
      NaN,
      88.7,
      -104,
      700,
      20000,
    ];
    const unary = "neg abs sign sqrt floor exp log tanh sigmoid softplus sin cos erf".split(" ");
    const binary = "add sub mul div min max lt le eq".split(" ");
    const n = special.length;
    const arena = new Arena(dtype);
    const x = arena.matrix(n, n);
    const operands = [
      { ...x, rowStride: 1, colStride: 0 },
      { ...x, rowStride: 0, colStride: 1 },
    ];
    const all = [
      { op: "operand", index: 0 },
      { op: "operand", index: 1 },
      ...unary.map((op) => ({ op, a: 0 })),
      ...binary.map((op) => ({ op, a: 0, b: 1 })),
      { op: "select", a: 0, b: 1, c: 0 },
      ...[0, -0, 1, -1e30, Infinity, NaN].flatMap((value, c) => {
        const position = 3 + unary.length + binary.length + 3 * c;
        return [
          { op: "const", value },
          { op: "min", a: 0, b: position },
          { op: "max", a: position, b: 0 },
        ];
      }),
      { op: "add", a: 2 + unary.length + 6, b: 1 },
    ] as Instr[];
    const outputs = all.map((_, value) => ({ view: arena.matrix(n, n), value }));
    const program = programOf(arena, [
      { kind: "elementwise", name: "e", rows: n, cols: n, operands, code: all, outputs },
    ]);
    expectSameBits(program, {
      prepare(memory) {
        const at = [memory.buffer, x.byteOffset, n] as const;
        (dtype === "float32" ? new Float32Array(...at) : new Float64Array(...at)).set(special);
      },
    });
  });

  it("calls elementary functions where no loop is written", () => {
    for (const cols of [1, 3, 4, 7]) {
      const arena = new Arena(dtype);
      const x = arena.matrix(1, cols);
      const functions = (["exp", "log", "sigmoid", "exp"] as const).map((op, a) => ({ op, a }) as const);
      const outputs = functions.map((_, i) => ({ view: arena.matrix(1, cols), value: i + 1 }));
      const all: Instr[] = [{ op: "operand", index: 0 }, ...functions];
      expectSameBits(
        programOf(arena, [
          { kind: "elementwise", name: "e", rows: 1, cols, operands: [x], code: all, outputs },
        ]),
      );
    }
  });

  it("draws random numbers by element number and counts steps", () => {
    for (const [rows, cols] of [
      [1, 1],
      [3, 5],
      [40, 17],
      [5, 4],
    ] as const) {
      const arena = new Arena(dtype);
      const seedOffset = arena.take(4);
      const random: Instr[] = [
        { op: "random", stream: 3, seedOffset },
        { op: "step" },
        { op: "mul", a: 0, b: 1 },
        { op: "random", stream: 4, seedOffset },
      ];
      const outputs = [
        { view: arena.matrix(rows, cols), value: 0 },
        { view: arena.matrix(rows, cols, { extra: 1 }), value: 2 },
        { view: arena.columnMajor(rows, cols), value: 3 },
      ];
      const kernel = {
        kind: "elementwise",
        name: "e",
        rows,
        cols,
        operands: [],
        code: random,
        outputs,
      } as const;
      expectSameBits(programOf(arena, [kernel]), { first: 70_000, steps: 2 });
    }
  });
});
