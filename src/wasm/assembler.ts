/**
 * Writes the body of one WebAssembly function, instruction by instruction, and checks the types of the operand
 * stack as it goes: a mistake is found at the line of TypeScript that made it, not by the engine afterwards.
 *
 * It knows no papergrad: loops over matrices are in `grid.ts`, arithmetic on vectors in `simd-kit.ts`.
 */
import { float, signed, sized, unsigned, vector } from "./encode.ts";
import { instructions, type Op, typeByte, type ValueType } from "./instructions.ts";

/** A local variable of a function. */
export interface Local {
  readonly index: number;
  readonly type: ValueType;
}

/** A function that can be called; its body may be written later. */
export interface FunctionRef {
  readonly index: number;
  readonly name: string;
  readonly params: readonly ValueType[];
  readonly results: readonly ValueType[];
}

/** How deep a block is, for branches to it. */
export type Label = number;

/** The function under construction. */
export class FunctionBuilder {
  readonly ref: FunctionRef;
  readonly params: readonly Local[];
  private readonly code: number[] = [];
  private readonly stack: ValueType[] = [];
  private readonly declared: ValueType[] = [];
  private readonly free: Local[] = [];
  private scopeLocals: Local[] = [];
  private depth = 0;

  constructor(ref: FunctionRef) {
    this.ref = ref;
    this.params = ref.params.map((type, index) => ({ index, type }));
  }

  /** A local that holds nothing in particular yet; it may be used again by others after the present `scope`. */
  local(type: ValueType): Local {
    const reusable = this.free.findIndex((local) => local.type === type);
    const local =
      reusable >= 0
        ? this.free.splice(reusable, 1)[0]!
        : { index: this.params.length + this.declared.push(type) - 1, type };
    this.scopeLocals.push(local);
    return local;
  }

  /** Gives the locals that `body` asked for back afterwards. */
  scope<R>(body: () => R): R {
    const outer = this.scopeLocals;
    this.scopeLocals = [];
    const result = body();
    this.free.push(...this.scopeLocals);
    this.scopeLocals = outer;
    return result;
  }

  get(local: Local): this {
    this.code.push(0x20, ...unsigned(local.index));
    this.stack.push(local.type);
    return this;
  }

  set(local: Local): this {
    this.pop("local.set", [local.type]);
    this.code.push(0x21, ...unsigned(local.index));
    return this;
  }

  tee(local: Local): this {
    this.pop("local.tee", [local.type]);
    this.code.push(0x22, ...unsigned(local.index));
    this.stack.push(local.type);
    return this;
  }

  /** One instruction with its immediates: `op("v128.load", offset)`, `op("i32.const", 5)`, `op("f32x4.add")`. */
  op(name: Op, ...immediates: readonly number[]): this {
    const instruction = instructions.get(name)!;
    this.pop(name, instruction.pops);
    if (instruction.prefix !== null) this.code.push(instruction.prefix, ...unsigned(instruction.opcode));
    else this.code.push(instruction.opcode);
    const [first = 0, lane = 0] = immediates;
    switch (instruction.immediate) {
      case "none":
        break;
      case "i32":
        this.code.push(...signed(first | 0));
        break;
      case "i64":
        this.code.push(...signed(first));
        break;
      case "f32":
        this.code.push(...float(first, 4));
        break;
      case "f64":
        this.code.push(...float(first, 8));
        break;
      case "lane":
        this.code.push(first);
        break;
      // The first byte is a hint about alignment, 2^0 bytes: engines on x86-64 and ARM64 do not use it.
      case "memory":
        this.code.push(0, ...unsigned(first));
        break;
      case "cell":
        this.code.push(2, ...unsigned(first));
        break;
      case "memoryLane":
        this.code.push(0, ...unsigned(first), lane);
        break;
      case "bytes16":
        this.code.push(...immediates);
        break;
    }
    this.stack.push(...instruction.pushes);
    return this;
  }

  call(target: FunctionRef): this {
    this.pop(`call ${target.name}`, target.params);
    this.code.push(0x10, ...unsigned(target.index));
    this.stack.push(...target.results);
    return this;
  }

  /** memory.copy: pops destination, source, byte count. */
  copyMemory(): this {
    this.pop("memory.copy", ["i32", "i32", "i32"]);
    this.code.push(0xfc, 0x0a, 0, 0);
    return this;
  }

  /** memory.fill: pops destination, byte value, byte count. */
  fillMemory(): this {
    this.pop("memory.fill", ["i32", "i32", "i32"]);
    this.code.push(0xfc, 0x0b, 0);
    return this;
  }

  /** A block: a branch to its label leaves it. */
  block(body: (label: Label) => void): this {
    return this.nested(0x02, body);
  }

  /** A loop: a branch to its label starts it again. */
  loop(body: (label: Label) => void): this {
    return this.nested(0x03, body);
  }

  /** Pops an i32; runs `body` if it is not 0. */
  if(body: () => void): this {
    this.pop("if", ["i32"]);
    return this.nested(0x04, body);
  }

  /** Pops an i32; branches if it is not 0. */
  branchIf(label: Label): this {
    this.pop("br_if", ["i32"]);
    this.code.push(0x0d, ...unsigned(this.depth - label));
    return this;
  }

  /** The finished body: locals, code, end. */
  finish(): number[] {
    const { results, name } = this.ref;
    this.pop(`end of ${name}`, results);
    if (this.stack.length > 0) throw new Error(`${name}: ${this.stack.length} values left on the stack`);
    const runs: [count: number, type: ValueType][] = [];
    for (const type of this.declared) {
      const last = runs.at(-1);
      if (last?.[1] === type) last[0]++;
      else runs.push([1, type]);
    }
    const locals = vector(runs.map(([count, type]) => [...unsigned(count), typeByte[type]]));
    return sized(locals.concat(this.code, 0x0b));
  }

  private nested(opcode: number, body: (label: Label) => void): this {
    const height = this.stack.length;
    this.code.push(opcode, 0x40);
    this.depth++;
    body(this.depth);
    this.depth--;
    if (this.stack.length !== height)
      throw new Error(`${this.ref.name}: a block must leave the stack as it was`);
    this.code.push(0x0b);
    return this;
  }

  private pop(what: string, wanted: readonly ValueType[]): void {
    const found = this.stack.splice(Math.max(0, this.stack.length - wanted.length));
    if (found.length !== wanted.length || found.some((type, i) => type !== wanted[i]))
      throw new Error(`${this.ref.name}: ${what} expects [${wanted}], the stack has [${found}]`);
  }
}
