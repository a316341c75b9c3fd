/** The loop over steps: metrics, halt, constants, memory. */
import { describe, expect, it } from "vitest";
import type { ElementwiseKernel, Program } from "../../src/compile/program.ts";
import { compileModule } from "../../src/wasm/module.ts";
import { wasmBackend } from "../../src/wasm/runtime.ts";
import { Arena, bytesOf, expectSameBits, programOf } from "./harness.ts";

/** x ← x + 1 and stop = (x ≥ limit), limit a constant. */
function counting(dtype: "float32" | "float64", limit: number, halts: boolean): Program {
  const arena = new Arena(dtype);
  const [x, stop, bound] = [arena.matrix(1, 1), arena.matrix(1, 1), arena.matrix(1, 1)];
  const ring = { byteOffset: arena.take(20 * bytesOf(dtype)), steps: 10 };
  const kernel: ElementwiseKernel = {
    kind: "elementwise",
    name: "count",
    rows: 1,
    cols: 1,
    operands: [x, bound],
    code: [
      { op: "operand", index: 0 },
      { op: "const", value: 1 },
      { op: "add", a: 0, b: 1 },
      { op: "operand", index: 1 },
      { op: "le", a: 3, b: 2 },
    ],
    outputs: [
      { view: x, value: 2 },
      { view: stop, value: 4 },
    ],
  };
  return programOf(arena, [kernel, kernel], {
    constants: [
      { byteOffset: x.byteOffset, values: [0] },
      { byteOffset: bound.byteOffset, values: [limit] },
    ],
    metrics: [
      { name: "x", view: x },
      { name: "stop", view: stop },
    ],
    ring,
    halt: halts ? stop : null,
  });
}

describe.each(["float32", "float64"] as const)("run, %s", (dtype) => {
  it("does as many steps as asked and writes the metrics of each", () => {
    const program = counting(dtype, 1000, true);
    const cells = expectSameBits(program, { steps: 10 });
    const start = program.ring.byteOffset / bytesOf(dtype);
    expect(cells.slice(start, start + 6)).toEqual([2, 0, 4, 0, 6, 0]);
    expectSameBits(program, { steps: 0 });
  });
  it("ends after the step that sets halt, which counts as done", () => {
    expectSameBits(counting(dtype, 7, true), { steps: 10 });
    const program = counting(dtype, 7, true);
    const memory = new WebAssembly.Memory({ initial: 1 });
    const loaded = wasmBackend.load(program, memory);
    expect(loaded.run(0, 10)).toBe(4);
    expect(loaded.run(4, 10)).toBe(1);
    expectSameBits(counting(dtype, 7, false), { steps: 10 });
  });
});

describe("load", () => {
  it("exports a function for each kernel, also when two have one name", () => {
    const module = new WebAssembly.Module(compileModule(counting("float32", 1, false)).bytes);
    expect(WebAssembly.Module.exports(module).map(({ name }) => name)).toEqual(["count", "count#2", "run"]);
  });
  it("gives the same bytes for the same Program", () => {
    expect(compileModule(counting("float32", 1, true)).bytes).toEqual(
      compileModule(counting("float32", 1, true)).bytes,
    );
  });
  it("lets the memory grow for constants and for scratch memory behind the Program's own", () => {
    const far: Program = { ...counting("float64", 3, true), memoryBytes: 3 * 65536 + 8 };
    const memory = new WebAssembly.Memory({ initial: 1 });
    expect(wasmBackend.load(far, memory).run(0, 10)).toBe(2);
    expect(memory.buffer.byteLength).toBe(4 * 65536);

    const arena = new Arena("float64");
    const [m, n, k] = [300, 100, 400];
    const kernel = {
      kind: "gemm",
      name: "g",
      m,
      n,
      k,
      a: arena.matrix(m, k),
      b: arena.matrix(k, n),
      finish: { operands: [], code: [{ op: "acc" }], outputs: [{ view: arena.matrix(m, n), value: 0 }] },
    } as const;
    const blocked = programOf(arena, [kernel]);
    expect(compileModule(blocked).memoryBytes).toBeGreaterThanOrEqual(blocked.memoryBytes + m * n * 8);
    expectSameBits(blocked);
  });
  it("says so when the memory cannot grow", () => {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 2 });
    const far: Program = { ...counting("float64", 3, true), memoryBytes: 3 * 65536 };
    expect(() => wasmBackend.load(far, memory)).toThrow("cannot grow");
    expect(memory.buffer.byteLength).toBe(65536);
  });
  it("says what to do when the engine has no SIMD", () => {
    const { validate } = WebAssembly;
    try {
      WebAssembly.validate = () => false;
      const memory = new WebAssembly.Memory({ initial: 1 });
      expect(() => wasmBackend.load(counting("float32", 1, false), memory)).toThrow(/SIMD.*interpreter/);
    } finally {
      WebAssembly.validate = validate;
    }
  });
});
