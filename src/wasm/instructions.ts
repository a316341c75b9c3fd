/**
 * The WebAssembly instructions papergrad uses: name → [opcode, what it pops > what it pushes, immediates].
 *
 * Types are one letter each: i = i32, l = i64, f = f32, d = f64, v = v128. SIMD opcodes follow the prefix byte
 * 0xfd and are found by their type: every name that starts with "v128" or has an "x" shape is SIMD. Those for
 * threads have "atomic" in their names and the prefix 0xfe. The "relaxed" ones give results that depend on the machine.
 * Source: WebAssembly Core Specification 2.0, index of instructions; relaxed SIMD proposal.
 */

/** What follows an opcode: a memory offset, the same for an aligned i32 ("cell"), a lane number, both, 16 lane numbers or bytes, one constant. */
export type Immediate =
  | "none"
  | "memory"
  | "cell"
  | "lane"
  | "memoryLane"
  | "bytes16"
  | "i32"
  | "i64"
  | "f32"
  | "f64";
type Row = readonly [opcode: number, signature: `${string}>${string}`, immediate?: Immediate];

const table = {
  "i32.const": [0x41, ">i", "i32"],
  "i64.const": [0x42, ">l", "i64"],
  "f32.const": [0x43, ">f", "f32"],
  "f64.const": [0x44, ">d", "f64"],
  "i32.eqz": [0x45, "i>i"],
  "i32.eq": [0x46, "ii>i"],
  "i32.ne": [0x47, "ii>i"],
  "i32.lt_u": [0x49, "ii>i"],
  "i32.ge_s": [0x4e, "ii>i"],
  "i32.ge_u": [0x4f, "ii>i"],
  "i32.add": [0x6a, "ii>i"],
  "i32.sub": [0x6b, "ii>i"],
  "i32.mul": [0x6c, "ii>i"],
  "i32.and": [0x71, "ii>i"],
  "i32.or": [0x72, "ii>i"],
  "i32.xor": [0x73, "ii>i"],
  "i32.shl": [0x74, "ii>i"],
  "i32.shr_u": [0x76, "ii>i"],
  "i64.add": [0x7c, "ll>l"],
  "i64.mul": [0x7e, "ll>l"],
  "i64.rem_u": [0x82, "ll>l"],
  "i32.wrap_i64": [0xa7, "l>i"],
  "i64.extend_i32_u": [0xad, "i>l"],
  "f32.ne": [0x5c, "ff>i"],
  "f64.ne": [0x62, "dd>i"],
  "f32.convert_i32_u": [0xb3, "i>f"],
  "f64.convert_i32_u": [0xb8, "i>d"],
  "i32.load": [0x28, "i>i", "memory"],
  "f32.load": [0x2a, "i>f", "memory"],
  "f64.load": [0x2b, "i>d", "memory"],
  "i32.load8_u": [0x2d, "i>i", "memory"],
  "i32.load16_u": [0x2f, "i>i", "memory"],
  "i32.store": [0x36, "ii>", "memory"],
  "f32.store": [0x38, "if>", "memory"],
  "f64.store": [0x39, "id>", "memory"],

  "memory.atomic.notify": [0x00, "ii>i", "cell"],
  "memory.atomic.wait32": [0x01, "iil>i", "cell"],
  "i32.atomic.load": [0x10, "i>i", "cell"],
  "i32.atomic.store": [0x17, "ii>", "cell"],
  "i32.atomic.rmw.add": [0x1e, "ii>i", "cell"],

  "v128.load": [0x00, "i>v", "memory"],
  "v128.load8x8_u": [0x02, "i>v", "memory"],
  "v128.load32_splat": [0x09, "i>v", "memory"],
  "v128.load64_splat": [0x0a, "i>v", "memory"],
  "v128.store": [0x0b, "iv>", "memory"],
  "v128.const": [0x0c, ">v", "bytes16"],
  "i8x16.shuffle": [0x0d, "vv>v", "bytes16"],
  "i32x4.splat": [0x11, "i>v"],
  "i64x2.splat": [0x12, "l>v"],
  "f32x4.splat": [0x13, "f>v"],
  "f64x2.splat": [0x14, "d>v"],
  "f32x4.extract_lane": [0x1f, "v>f", "lane"],
  "f64x2.extract_lane": [0x21, "v>d", "lane"],
  "f32x4.eq": [0x41, "vv>v"],
  "f32x4.ne": [0x42, "vv>v"],
  "f32x4.lt": [0x43, "vv>v"],
  "f32x4.le": [0x45, "vv>v"],
  "f64x2.eq": [0x47, "vv>v"],
  "f64x2.ne": [0x48, "vv>v"],
  "f64x2.lt": [0x49, "vv>v"],
  "f64x2.le": [0x4b, "vv>v"],
  "v128.and": [0x4e, "vv>v"],
  "v128.or": [0x50, "vv>v"],
  "v128.xor": [0x51, "vv>v"],
  "v128.bitselect": [0x52, "vvv>v"],
  "v128.any_true": [0x53, "v>i"],
  "v128.load32_lane": [0x56, "iv>v", "memoryLane"],
  "v128.load64_lane": [0x57, "iv>v", "memoryLane"],
  "v128.store32_lane": [0x5a, "iv>", "memoryLane"],
  "v128.store64_lane": [0x5b, "iv>", "memoryLane"],
  "v128.load32_zero": [0x5c, "i>v", "memory"],
  "v128.load64_zero": [0x5d, "i>v", "memory"],
  "f32x4.floor": [0x68, "v>v"],
  "f64x2.floor": [0x75, "v>v"],
  "i16x8.extend_low_i8x16_u": [0x89, "v>v"],
  "i32x4.extend_low_i16x8_u": [0xa9, "v>v"],
  "i32x4.extend_high_i16x8_u": [0xaa, "v>v"],
  "i32x4.shl": [0xab, "vi>v"],
  "i32x4.shr_u": [0xad, "vi>v"],
  "i32x4.add": [0xae, "vv>v"],
  "i32x4.sub": [0xb1, "vv>v"],
  "i32x4.mul": [0xb5, "vv>v"],
  "i64x2.extend_low_i32x4_u": [0xc9, "v>v"],
  "i64x2.shl": [0xcb, "vi>v"],
  "i64x2.shr_u": [0xcd, "vi>v"],
  "f32x4.abs": [0xe0, "v>v"],
  "f32x4.neg": [0xe1, "v>v"],
  "f32x4.sqrt": [0xe3, "v>v"],
  "f32x4.add": [0xe4, "vv>v"],
  "f32x4.sub": [0xe5, "vv>v"],
  "f32x4.mul": [0xe6, "vv>v"],
  "f32x4.div": [0xe7, "vv>v"],
  "f32x4.min": [0xe8, "vv>v"],
  "f32x4.max": [0xe9, "vv>v"],
  "f32x4.pmin": [0xea, "vv>v"],
  "f32x4.pmax": [0xeb, "vv>v"],
  "f64x2.abs": [0xec, "v>v"],
  "f64x2.neg": [0xed, "v>v"],
  "f64x2.sqrt": [0xef, "v>v"],
  "f64x2.add": [0xf0, "vv>v"],
  "f64x2.sub": [0xf1, "vv>v"],
  "f64x2.mul": [0xf2, "vv>v"],
  "f64x2.div": [0xf3, "vv>v"],
  "f64x2.min": [0xf4, "vv>v"],
  "f64x2.max": [0xf5, "vv>v"],
  "f64x2.pmin": [0xf6, "vv>v"],
  "f64x2.pmax": [0xf7, "vv>v"],
  "f32x4.convert_i32x4_s": [0xfa, "v>v"],
  "f32x4.convert_i32x4_u": [0xfb, "v>v"],
  "f64x2.convert_low_i32x4_u": [0xff, "v>v"],

  "f32x4.relaxed_madd": [0x105, "vvv>v"],
  "f64x2.relaxed_madd": [0x107, "vvv>v"],
} as const satisfies Record<string, Row>;

/** Name of an instruction, as in the text format. */
export type Op = keyof typeof table;
export type ValueType = "i32" | "i64" | "f32" | "f64" | "v128";

/** An instruction ready to be checked and written. */
export interface Instruction {
  /** The prefix, if any, and the opcode. */
  readonly opcode: readonly number[];
  readonly pops: readonly ValueType[];
  readonly pushes: readonly ValueType[];
  readonly immediate: Immediate;
}

const letters: Readonly<Record<string, ValueType>> = { i: "i32", l: "i64", f: "f32", d: "f64", v: "v128" };

const knownTypes = new Map<string, readonly ValueType[]>();

/** The types of a word of letters: few words serve all instructions. */
function types(word: string): readonly ValueType[] {
  const found = knownTypes.get(word);
  if (found) return found;
  const made: ValueType[] = [];
  for (let i = 0; i < word.length; i++) made.push(letters[word.charAt(i)]!);
  knownTypes.set(word, made);
  return made;
}

/** Names of all instructions. */
export const ops = Object.keys(table) as readonly Op[];

const known = new Map<Op, Instruction>();

/** "i8x16…", "f32x4…" and their like, and those of v128. */
const isSimd = (name: string): boolean =>
  name.charAt(2) === "x" || name.charAt(3) === "x" || name.startsWith("v128");

/** Prefix and opcode, the latter as unsigned LEB128; none has more than 14 bits. */
const prefixed = (prefix: number, code: number): number[] =>
  code < 0x80 ? [prefix, code] : [prefix, (code & 0x7f) | 0x80, code >> 7];

/** An instruction by name; a module uses few of them, so each is made ready when it is first asked for. */
export function instructionOf(name: Op): Instruction {
  const found = known.get(name);
  if (found) return found;
  const row: Row = table[name];
  const signature = row[1];
  const arrow = signature.indexOf(">");
  const prefix = isSimd(name) ? 0xfd : name.includes("atomic") ? 0xfe : null;
  const made: Instruction = {
    opcode: prefix === null ? [row[0]] : prefixed(prefix, row[0]),
    pops: types(signature.slice(0, arrow)),
    pushes: types(signature.slice(arrow + 1)),
    immediate: row[2] ?? "none",
  };
  known.set(name, made);
  return made;
}

/** The byte that names a value type. */
export const typeByte: Readonly<Record<ValueType, number>> = {
  i32: 0x7f,
  i64: 0x7e,
  f32: 0x7d,
  f64: 0x7c,
  v128: 0x7b,
};
