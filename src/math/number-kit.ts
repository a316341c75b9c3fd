/**
 * The `MathKit` of plain numbers: what the interpreter and the random generators compute with.
 *
 * float32 rounds after every operation. JavaScript computes in float64 first; for + − × ÷ √ of float32 numbers
 * the second rounding never changes the result, because 53 ≥ 2·24 + 2 (Figueroa, "When is double rounding
 * innocuous?", 1995). The bit operations are those a SIMD kit does: shift, mask, add.
 */
import type { DType } from "../tensor/tensor.ts";
import type { MathKit } from "./kit.ts";

const bits = new DataView(new ArrayBuffer(8));

const comparisons = {
  less: (a: number, b: number): boolean => a < b,
  lessEqual: (a: number, b: number): boolean => a <= b,
  equal: (a: number, b: number): boolean => a === b,
  select: (mask: boolean, a: number, b: number): number => (mask ? a : b),
};

/** Operations whose result is a number of the same precision as their operands, with no rounding. */
const exact = {
  min: (a: number, b: number): number => Math.min(a, b),
  max: (a: number, b: number): number => Math.max(a, b),
  neg: (a: number): number => -a,
  abs: (a: number): number => Math.abs(a),
  floor: (a: number): number => Math.floor(a),
};

const float64Kit: MathKit<number, boolean> = {
  dtype: "float64",
  ...comparisons,
  ...exact,
  constant: (value) => value,
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  sqrt: (a) => Math.sqrt(a),
  pow2(k) {
    bits.setUint32(0, (k + 1023) << 20);
    bits.setUint32(4, 0);
    return bits.getFloat64(0);
  },
  exponent(x) {
    bits.setFloat64(0, x);
    return (bits.getUint32(0) >>> 20) - 1023;
  },
  mantissa(x) {
    bits.setFloat64(0, x);
    bits.setUint32(0, (bits.getUint32(0) & 0x000fffff) | 0x3ff00000);
    return bits.getFloat64(0);
  },
};

const float32Kit: MathKit<number, boolean> = {
  dtype: "float32",
  ...comparisons,
  ...exact,
  constant: (value) => Math.fround(value),
  add: (a, b) => Math.fround(a + b),
  sub: (a, b) => Math.fround(a - b),
  mul: (a, b) => Math.fround(a * b),
  div: (a, b) => Math.fround(a / b),
  sqrt: (a) => Math.fround(Math.sqrt(a)),
  pow2(k) {
    bits.setUint32(0, (k + 127) << 23);
    return bits.getFloat32(0);
  },
  exponent(x) {
    bits.setFloat32(0, x);
    return (bits.getUint32(0) >>> 23) - 127;
  },
  mantissa(x) {
    bits.setFloat32(0, x);
    bits.setUint32(0, (bits.getUint32(0) & 0x007fffff) | 0x3f800000);
    return bits.getFloat32(0);
  },
};

/**
 * The kit of plain numbers for one precision. Operands must be numbers of that precision.
 * @example exp(numberKit("float64"), 1) // 2.718281828459045
 */
export const numberKit = (dtype: DType): MathKit<number, boolean> =>
  dtype === "float64" ? float64Kit : float32Kit;
