/**
 * The interpreter: runs a Program element by element, in the order `program.ts` states, with plain loops.
 *
 * It is the oracle of every other backend, so it is written to be read, not to be fast. float32 rounds after
 * every operation (`Math.fround` of a float64 result is the float32 result for +, −, ×, ÷ and √).
 */
import { counterRandom } from "../math/counter-random.ts";
import { elementary } from "../math/functions.ts";
import type { MathKit } from "../math/kit.ts";
import { numberKit } from "../math/number-kit.ts";
import type { DType, FloatArray } from "../tensor/tensor.ts";
import type {
  Backend,
  Body,
  ElementwiseKernel,
  GatherKernel,
  GemmKernel,
  Instr,
  LoadedProgram,
  LoopKernel,
  Program,
  ReduceKernel,
  View,
} from "./program.ts";
import { bytesOf } from "./view.ts";

/**
 * Runs Programs with plain loops: slow, readable, and the bits every other backend has to give.
 * @example new Engine(interpreter, { dtype: "float64" }).backend.name // "interpreter"
 */
export const interpreter: Backend = {
  name: "interpreter",
  load(program, memory): LoadedProgram {
    const cells = cellsOf(memory, program.dtype);
    const size = bytesOf(program.dtype);
    for (const c of program.constants) cells.set(c.values, c.byteOffset / size);
    return {
      memoryBytes: program.memoryBytes,
      run(first, steps) {
        const machine = new Machine(program, memory);
        for (let s = 0; s < steps; s++) if (machine.step(first + s, s)) return s + 1;
        return steps;
      },
    };
  },
};

const cellsOf = (memory: WebAssembly.Memory, dtype: DType): FloatArray =>
  dtype === "float64" ? new Float64Array(memory.buffer) : new Float32Array(memory.buffer);

class Machine {
  private readonly cells: FloatArray;
  private readonly kit: MathKit<number, boolean>;
  private readonly size: number;
  private stepNumber = 0;
  private readonly program: Program;
  private readonly memory: WebAssembly.Memory;

  constructor(program: Program, memory: WebAssembly.Memory) {
    this.program = program;
    this.memory = memory;
    this.cells = cellsOf(memory, program.dtype);
    this.kit = numberKit(program.dtype);
    this.size = bytesOf(program.dtype);
  }

  /** One step; `slot` is its place in the metrics ring. Returns whether the run should end. */
  step(stepNumber: number, slot: number): boolean {
    const { kernels, metrics, ring, halt } = this.program;
    this.stepNumber = stepNumber;
    for (const k of kernels) this.kernel(k);
    metrics.forEach((m, i) => {
      this.cells[ring.byteOffset / this.size + slot * metrics.length + i] = this.read(m.view, 0, 0);
    });
    return halt !== null && this.read(halt, 0, 0) !== 0;
  }

  private kernel(k: LoopKernel): void {
    switch (k.kind) {
      case "elementwise":
        this.elementwise(k);
        break;
      case "gemm":
        this.gemm(k);
        break;
      case "reduce":
        this.reduce(k);
        break;
      case "gather":
        this.gather(k);
        break;
    }
  }

  private elementwise(k: ElementwiseKernel): void {
    for (let i = 0; i < k.rows; i++) for (let j = 0; j < k.cols; j++) this.body(k, i, j, k.cols, 0);
  }

  private gemm(k: GemmKernel): void {
    const { kit } = this;
    for (let i = 0; i < k.m; i++)
      for (let j = 0; j < k.n; j++) {
        let acc = 0;
        for (let p = 0; p < k.k; p++) acc = kit.add(acc, kit.mul(this.read(k.a, i, p), this.read(k.b, p, j)));
        this.body(k.finish, i, j, k.n, acc);
      }
  }

  private reduce(k: ReduceKernel): void {
    const at = (i: number, j: number) => this.evaluate(k.code, k.operands, i, j, k.cols, 0)[k.value]!;
    const combine = (a: number, b: number) => (k.op === "sum" ? this.kit.add(a, b) : this.kit.max(a, b));
    if (k.over === "rows") {
      for (let j = 0; j < k.cols; j++) {
        let acc = k.op === "sum" ? 0 : at(0, j);
        for (let i = 0; i < k.rows; i++) acc = combine(acc, at(i, j));
        this.body(k.finish, 0, j, k.cols, acc);
      }
      return;
    }
    const [results, length] = k.over === "cols" ? [k.rows, k.cols] : [1, k.rows * k.cols];
    for (let r = 0; r < results; r++) {
      const s = new Array<number>(8).fill(k.op === "sum" ? 0 : -Infinity);
      for (let e = 0; e < length; e++) {
        const v = k.over === "cols" ? at(r, e) : at(Math.floor(e / k.cols), e % k.cols);
        s[e % 8] = combine(s[e % 8]!, v);
      }
      const even = combine(combine(s[0]!, s[4]!), combine(s[2]!, s[6]!));
      const odd = combine(combine(s[1]!, s[5]!), combine(s[3]!, s[7]!));
      this.body(k.finish, r, 0, 1, combine(even, odd));
    }
  }

  private gather(k: GatherKernel): void {
    const rows = new Int32Array(this.memory.buffer, k.index.byteOffset, k.index.length);
    const bytes = new Uint8Array(this.memory.buffer);
    for (let b = 0; b < k.rows; b++) {
      const row = rows[(this.stepNumber * k.rows + b) % k.index.length]!;
      for (let j = 0; j < k.cols; j++) {
        const e = row * k.cols + j;
        const value =
          k.table.dtype === "uint8"
            ? bytes[k.table.byteOffset + e]!
            : this.cells[k.table.byteOffset / this.size + e]!;
        this.write(k.out, b, j, value);
      }
    }
  }

  private body(body: Body, i: number, j: number, cols: number, acc: number): void {
    const values = this.evaluate(body.code, body.operands, i, j, cols, acc);
    for (const out of body.outputs) this.write(out.view, i, j, values[out.value]!);
  }

  /** Values of all instructions at [i, j]. */
  private evaluate(
    code: readonly Instr[],
    operands: readonly View[],
    i: number,
    j: number,
    cols: number,
    acc: number,
  ): number[] {
    const { kit } = this;
    const v: number[] = [];
    for (const x of code) {
      switch (x.op) {
        case "const":
          v.push(kit.constant(x.value));
          break;
        case "operand":
          v.push(this.read(operands[x.index]!, i, j));
          break;
        case "acc":
          v.push(acc);
          break;
        case "step":
          v.push(kit.constant(this.stepNumber));
          break;
        case "random": {
          const seed = new DataView(this.memory.buffer).getUint32(x.seedOffset, true);
          v.push(counterRandom(seed, x.stream, this.stepNumber, i * cols + j));
          break;
        }
        case "add":
        case "sub":
        case "mul":
        case "div":
        case "min":
        case "max":
          v.push(kit[x.op](v[x.a]!, v[x.b]!));
          break;
        case "lt":
          v.push(v[x.a]! < v[x.b]! ? 1 : 0);
          break;
        case "le":
          v.push(v[x.a]! <= v[x.b]! ? 1 : 0);
          break;
        case "eq":
          v.push(v[x.a]! === v[x.b]! ? 1 : 0);
          break;
        case "select":
          v.push(v[x.a]! !== 0 ? v[x.b]! : v[x.c]!);
          break;
        case "neg":
        case "abs":
        case "sqrt":
        case "floor":
          v.push(kit[x.op](v[x.a]!));
          break;
        case "sign":
          v.push(Math.sign(v[x.a]!));
          break;
        default:
          v.push(elementary[x.op](kit, v[x.a]!));
      }
    }
    return v;
  }

  private read(view: View, i: number, j: number): number {
    return this.cells[view.byteOffset / this.size + i * view.rowStride + j * view.colStride]!;
  }

  private write(view: View, i: number, j: number, value: number): void {
    this.cells[view.byteOffset / this.size + i * view.rowStride + j * view.colStride] = value;
  }
}
