/**
 * Writes the body of one WebAssembly function, instruction by instruction, and checks the types of the operand
 * stack as it goes: a mistake is found at the line of TypeScript that made it, not by the engine afterwards.
 *
 * It knows no papergrad: loops over matrices are in `grid.ts`, arithmetic on vectors in `simd-kit.ts`.
 */
import { ByteWriter } from "./encode.ts";
import { instructionOf, type Op, typeByte, type ValueType } from "./instructions.ts";

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
  private readonly code = new ByteWriter(2048);
  /** The operand stack: the first `height` types. Popping only lowers it, as V8 would give the memory back each time. */
  private readonly stack: ValueType[] = [];
  private height = 0;
  private readonly declared: ValueType[] = [];
  private readonly free = new Map<ValueType, Local[]>();
  private scopeLocals: Local[] = [];
  private depth = 0;

  constructor(ref: FunctionRef) {
    this.ref = ref;
    this.params = ref.params.map((type, index) => ({ index, type }));
  }

  /** A local that holds nothing in particular yet; it may be used again by others after the present `scope`. */
  local(type: ValueType): Local {
    const local = this.free.get(type)?.shift() ?? {
      index: this.params.length + this.declared.push(type) - 1,
      type,
    };
    this.scopeLocals.push(local);
    return local;
  }

  /** Gives the locals that `body` asked for back afterwards. */
  scope<R>(body: () => R): R {
    const outer = this.scopeLocals;
    this.scopeLocals = [];
    const result = body();
    const own = this.scopeLocals;
    for (let i = 0; i < own.length; i++) {
      const local = own[i]!;
      const alike = this.free.get(local.type);
      if (alike) alike.push(local);
      else this.free.set(local.type, [local]);
    }
    this.scopeLocals = outer;
    return result;
  }

  get(local: Local): this {
    this.code.byte(0x20).unsigned(local.index);
    this.push(local.type);
    return this;
  }

  set(local: Local): this {
    this.pop("local.set", [local.type]);
    this.code.byte(0x21).unsigned(local.index);
    return this;
  }

  tee(local: Local): this {
    this.pop("local.tee", [local.type]);
    this.code.byte(0x22).unsigned(local.index);
    this.push(local.type);
    return this;
  }

  /** One instruction with its immediates: `op("v128.load", offset)`, `op("i32.const", 5)`, `op("f32x4.add")`. */
  op(name: Op, first = 0, lane = 0): this {
    const { opcode, pops, pushes, immediate } = instructionOf(name);
    const { code } = this;
    this.pop(name, pops);
    // Indexed loops here and in `pop`: this runs a thousand times before V8 has optimized it, and until then every
    // step of for…of makes an object.
    for (let i = 0; i < opcode.length; i++) code.byte(opcode[i]!);
    switch (immediate) {
      case "none":
        break;
      case "i32":
        code.signed(first | 0);
        break;
      case "i64":
        code.signed(first);
        break;
      case "f32":
        code.float32(first);
        break;
      case "f64":
        code.float64(first);
        break;
      case "lane":
        code.byte(first);
        break;
      // The first byte is a hint about alignment, 2^0 bytes: engines on x86-64 and ARM64 do not use it.
      case "memory":
        code.byte(0).unsigned(first);
        break;
      case "cell":
        code.byte(2).unsigned(first);
        break;
      case "memoryLane":
        code.byte(0).unsigned(first).byte(lane);
        break;
      case "bytes16":
        throw new Error(`${this.ref.name}: ${name} is followed by 16 bytes, see \`bytes\``);
    }
    for (let i = 0; i < pushes.length; i++) this.push(pushes[i]!);
    return this;
  }

  /** v128.const or i8x16.shuffle with its 16 bytes. */
  bytes(name: "v128.const" | "i8x16.shuffle", sixteen: ArrayLike<number>): this {
    const { opcode, pops } = instructionOf(name);
    this.pop(name, pops);
    for (let i = 0; i < opcode.length; i++) this.code.byte(opcode[i]!);
    this.code.bytes(sixteen);
    this.push("v128");
    return this;
  }

  call(target: FunctionRef): this {
    this.pop(`call ${target.name}`, target.params);
    this.code.byte(0x10).unsigned(target.index);
    for (const type of target.results) this.push(type);
    return this;
  }

  /** memory.copy: pops destination, source, byte count. */
  copyMemory(): this {
    this.pop("memory.copy", ["i32", "i32", "i32"]);
    this.code.bytes([0xfc, 0x0a, 0, 0]);
    return this;
  }

  /** memory.fill: pops destination, byte value, byte count. */
  fillMemory(): this {
    this.pop("memory.fill", ["i32", "i32", "i32"]);
    this.code.bytes([0xfc, 0x0b, 0]);
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
    this.code.byte(0x0d).unsigned(this.depth - label);
    return this;
  }

  /** The finished body: locals, code, end. */
  finish(): ByteWriter {
    const { results, name } = this.ref;
    this.pop(`end of ${name}`, results);
    if (this.height > 0) throw new Error(`${name}: ${this.height} values left on the stack`);
    const runs: [count: number, type: ValueType][] = [];
    for (const type of this.declared) {
      const last = runs.at(-1);
      if (last?.[1] === type) last[0]++;
      else runs.push([1, type]);
    }
    const body = new ByteWriter(this.code.length + 64).unsigned(runs.length);
    for (const [count, type] of runs) body.unsigned(count).byte(typeByte[type]);
    return body.bytes(this.code.view()).byte(0x0b);
  }

  private nested(opcode: number, body: (label: Label) => void): this {
    const { height } = this;
    this.code.byte(opcode).byte(0x40);
    this.depth++;
    body(this.depth);
    this.depth--;
    if (this.height !== height) throw new Error(`${this.ref.name}: a block must leave the stack as it was`);
    this.code.byte(0x0b);
    return this;
  }

  private push(type: ValueType): void {
    this.stack[this.height++] = type;
  }

  private pop(what: string, wanted: readonly ValueType[]): void {
    const base = this.height - wanted.length;
    for (let i = 0; i < wanted.length; i++)
      if (base < 0 || this.stack[base + i] !== wanted[i]) {
        const found = this.stack.slice(Math.max(0, base), this.height);
        throw new Error(`${this.ref.name}: ${what} expects [${wanted}], the stack has [${found}]`);
      }
    this.height = base;
  }
}
