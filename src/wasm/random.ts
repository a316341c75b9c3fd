/**
 * The counter-based uniform numbers of `math/counter-random.ts`, four (or two) indices at a time.
 *
 * The key depends on the step alone and is computed once at the start of a kernel; the loop mixes indices.
 */
import type { Instr } from "../compile/program.ts";
import type { FunctionBuilder, Local } from "./assembler.ts";
import type { Op } from "./instructions.ts";
import type { Address, Simd } from "./simd.ts";

type RandomInstr = Extract<Instr, { op: "random" }>;

/** Keys of a kernel by stream and place of the seed: vectors with the key in every lane. */
export type RandomKeys = ReadonlyMap<string, Local>;

const keyName = ({ stream, seedOffset }: RandomInstr) => `${stream}@${seedOffset}`;

const MIX: readonly [shift: number, factor: number][] = [
  [17, 0xed5ad4bb],
  [11, 0xac4c1b51],
  [15, 0x31848bab],
];
const LAST_SHIFT = 14;
const SEED_OFFSET = 0x9e3779b9;

/** Pops x, pushes mix32(x), on scalars (shape null) or on four lanes. */
function mix(f: FunctionBuilder, shape: "i32x4" | null): void {
  const x = f.local(shape ? "v128" : "i32");
  const [shiftRight, times, xor]: Op[] = shape
    ? ["i32x4.shr_u", "i32x4.mul", "v128.xor"]
    : ["i32.shr_u", "i32.mul", "i32.xor"];
  const fold = (shift: number) => f.set(x).get(x).get(x).op("i32.const", shift).op(shiftRight!).op(xor!);
  for (const [shift, factor] of MIX) {
    fold(shift).op("i32.const", factor);
    if (shape) f.op("i32x4.splat");
    f.op(times!);
  }
  fold(LAST_SHIFT);
}

/** Computes the keys that `code` needs. */
export function writeKeys(f: FunctionBuilder, step: Local, code: readonly Instr[]): RandomKeys {
  const keys = new Map<string, Local>();
  for (const instr of code) {
    if (instr.op !== "random" || keys.has(keyName(instr))) continue;
    f.op("i32.const", 0).op("i32.load", instr.seedOffset).op("i32.const", SEED_OFFSET).op("i32.add");
    mix(f, null);
    f.op("i32.const", instr.stream).op("i32.xor");
    mix(f, null);
    f.get(step).op("i32.xor");
    mix(f, null);
    const key = f.local("v128");
    f.op("i32x4.splat").set(key);
    keys.set(keyName(instr), key);
  }
  return keys;
}

/**
 * The numbers for a vector of elements: `address` is that of its first element in a view of element numbers
 * (see `indexView`), `stride` the distance of their numbers.
 */
export function writeUniform(
  f: FunctionBuilder,
  simd: Simd,
  keys: RandomKeys,
  instr: RandomInstr,
  address: Address,
  stride: number,
): Local {
  if (address.base) f.get(address.base);
  else f.op("i32.const", 0);
  f.op("i32.const", address.offset).op("i32.add");
  f.op("i32.const", Math.log2(simd.bytes)).op("i32.shr_u").op("i32x4.splat");
  const lanes = Int32Array.of(0, stride, 2 * stride, 3 * stride);
  f.bytes("v128.const", new Uint8Array(lanes.buffer)).op("i32x4.add");
  f.get(keys.get(keyName(instr))!).op("v128.xor");
  mix(f, "i32x4");
  f.op("i32.const", 8).op("i32x4.shr_u");
  f.op(simd.bytes === 4 ? "f32x4.convert_i32x4_u" : "f64x2.convert_low_i32x4_u");
  if (simd.bytes === 4) f.op("f32.const", 2 ** -24).op("f32x4.splat");
  else f.op("f64.const", 2 ** -24).op("f64x2.splat");
  f.op(`${simd.shape}.mul`);
  const value = f.local("v128");
  f.set(value);
  return value;
}
