/** Small Programs over one memory, run by the interpreter and by the compiled backend, compared bit by bit. */
import { expect } from "vitest";
import { interpreter } from "../../src/compile/interpret.ts";
import type { LoopKernel, Program, View } from "../../src/compile/program.ts";
import type { DType } from "../../src/tensor/tensor.ts";
import { wasmBackend } from "../../src/wasm/runtime.ts";

export const bytesOf = (dtype: DType): number => (dtype === "float32" ? 4 : 8);

/** Hands out places in memory. */
export class Arena {
  readonly dtype: DType;
  end = 16;
  constructor(dtype: DType) {
    this.dtype = dtype;
  }
  take(bytes: number): number {
    const start = Math.ceil(this.end / 8) * 8;
    this.end = start + bytes;
    return start;
  }
  /** A matrix with gaps: `colStride` between columns, `extra` elements after each row. */
  matrix(rows: number, cols: number, { colStride = 1, extra = 0 } = {}): View {
    const rowStride = cols * colStride + extra;
    const byteOffset = this.take(rows * rowStride * bytesOf(this.dtype));
    return { byteOffset, rows, cols, rowStride, colStride };
  }
  /** A matrix stored column after column. */
  columnMajor(rows: number, cols: number): View {
    const { byteOffset } = this.matrix(cols, rows);
    return { byteOffset, rows, cols, rowStride: 1, colStride: rows };
  }
  /** A value, row or column repeated to rows × cols. */
  repeated(rows: number, cols: number, along: "rows" | "cols" | "both"): View {
    const view = this.matrix(along === "cols" ? rows : 1, along === "rows" ? cols : 1);
    return {
      byteOffset: view.byteOffset,
      rows,
      cols,
      rowStride: along === "cols" ? 1 : 0,
      colStride: along === "rows" ? 1 : 0,
    };
  }
}

export const programOf = (
  arena: Arena,
  kernels: readonly LoopKernel[],
  rest: Partial<Program> = {},
): Program => ({
  name: "test",
  dtype: arena.dtype,
  kernels,
  constants: [],
  metrics: [],
  ring: { byteOffset: 0, steps: 1 },
  halt: null,
  memoryBytes: arena.end,
  ...rest,
});

/** A memory filled with numbers between −4 and 4, the same ones each time. */
export function filledMemory(program: Program): WebAssembly.Memory {
  const memory = new WebAssembly.Memory({ initial: Math.ceil(program.memoryBytes / 65536) });
  const cells =
    program.dtype === "float32" ? new Float32Array(memory.buffer) : new Float64Array(memory.buffer);
  let state = 12345;
  const count = Math.min(cells.length, Math.ceil(program.memoryBytes / cells.BYTES_PER_ELEMENT));
  for (let i = 0; i < count; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    cells[i] = state / 2 ** 29;
  }
  return memory;
}

/** The bits of the first `bytes` bytes as numbers; all NaN are one. */
function contents(memory: WebAssembly.Memory, program: Program): unknown[] {
  const size = bytesOf(program.dtype);
  const length = Math.floor(program.memoryBytes / size);
  const cells =
    size === 4 ? new Float32Array(memory.buffer, 0, length) : new Float64Array(memory.buffer, 0, length);
  return Array.from(cells);
}

/** Runs both backends on equal memories and expects equal memories (−0 and +0 differ) and equal step counts. */
export function expectSameBits(
  program: Program,
  { first = 0, steps = 1, prepare = (_: WebAssembly.Memory) => {} } = {},
): unknown[] {
  const run = (backend: typeof interpreter) => {
    const memory = filledMemory(program);
    prepare(memory);
    const done = backend.load(program, memory).run(first, steps);
    return { done, cells: contents(memory, program) };
  };
  const expected = run(interpreter);
  const received = run(wasmBackend);
  expect(received.done).toBe(expected.done);
  const different = expected.cells.findIndex((value, i) => !Object.is(value, received.cells[i]));
  expect([different, received.cells[different]]).toEqual([-1, undefined]);
  return received.cells;
}
