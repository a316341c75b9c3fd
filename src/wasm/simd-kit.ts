/**
 * The exact operations of `math/kit.ts` as vector instructions: the elementary functions, written once over a
 * kit, become machine code by being run with this one.
 *
 * A value is a local that holds a vector, or a constant that has not been written yet; a mask is a local with
 * all bits of a lane set where it holds.
 */
import type { MathKit } from "../math/kit.ts";
import type { FunctionBuilder, Local } from "./assembler.ts";
import type { Op } from "./instructions.ts";
import { type Simd, splatBytes } from "./simd.ts";

/** A vector of numbers: already in a local, or one constant for all lanes. */
export type Value = Local | { readonly constant: number };
/** The result of a comparison. */
export interface Mask {
  readonly mask: Local;
}
export type SimdKit = MathKit<Value, Mask>;

/** Pushes a value on the operand stack. */
export function pushValue(f: FunctionBuilder, simd: Simd, value: Value): void {
  if ("constant" in value) f.bytes("v128.const", splatBytes(simd, value.constant));
  else f.get(value);
}

/** The value as a local. */
export function localOf(f: FunctionBuilder, simd: Simd, value: Value): Local {
  if ("index" in value) return value;
  pushValue(f, simd, value);
  const local = f.local("v128");
  f.set(local);
  return local;
}

/** A kit that writes into `f`. */
export function simdKit(f: FunctionBuilder, simd: Simd): SimdKit {
  const { shape } = simd;
  const result = (): Local => {
    const local = f.local("v128");
    f.set(local);
    return local;
  };
  const unary = (op: Op) => (a: Value) => {
    pushValue(f, simd, a);
    f.op(op);
    return result();
  };
  const binary = (op: Op) => (a: Value, b: Value) => {
    pushValue(f, simd, a);
    pushValue(f, simd, b);
    f.op(op);
    return result();
  };
  const compare = (op: Op) => (a: Value, b: Value) => ({ mask: binary(op)(a, b) });
  const bits = (patterns: bigint) => {
    const words = BigUint64Array.of(patterns, patterns);
    f.bytes("v128.const", new Uint8Array(words.buffer));
  };
  const single = simd.dtype === "float32";
  // A float with one unit per integer: adding it to k puts k, as an integer, into the low bits.
  const integers = single ? 2 ** 23 : 2 ** 52;
  const bias = single ? 127 : 1023;
  const fraction = single ? 0x007fffff_007fffffn : 0x000fffff_ffffffffn;
  const one = single ? 0x3f800000_3f800000n : 0x3ff00000_00000000n;
  const integerBits = single ? 0x4b000000_4b000000n : 0x43300000_00000000n;
  const shiftLeft: Op = single ? "i32x4.shl" : "i64x2.shl";
  const shiftRight: Op = single ? "i32x4.shr_u" : "i64x2.shr_u";
  const fractionBits = single ? 23 : 52;
  const add = binary(`${shape}.add`);
  const sub = binary(`${shape}.sub`);
  // x86-64 has no instruction for min and max as JavaScript defines them: it takes about ten. Beside a constant
  // bound the pseudo-minimum (bound < x ? bound : x), one instruction, is the same.
  const [wholeMin, wholeMax] = [binary(`${shape}.min`), binary(`${shape}.max`)];
  const [pseudoMin, pseudoMax] = [binary(`${shape}.pmin`), binary(`${shape}.pmax`)];
  const constantLast = (a: Value, b: Value): readonly [Value, Value] => ("constant" in a ? [b, a] : [a, b]);
  /** A constant that is a number, and if it is a zero, then `zero`. */
  const isBound = (value: Value, zero: number) =>
    "constant" in value &&
    !Number.isNaN(value.constant) &&
    (value.constant !== 0 || Object.is(value.constant, zero));
  return {
    dtype: simd.dtype,
    constant: (value) => ({ constant: single ? Math.fround(value) : value }),
    add,
    sub,
    mul: binary(`${shape}.mul`),
    div: binary(`${shape}.div`),
    min: (a, b) => {
      const [x, bound] = constantLast(a, b);
      return isBound(bound, 0) ? pseudoMin(x, bound) : wholeMin(a, b);
    },
    max: (a, b) => {
      const [x, bound] = constantLast(a, b);
      if (isBound(bound, -0)) return pseudoMax(x, bound);
      // The pseudo-maximum of −0 and +0 is its first operand; adding +0 makes that +0 and changes nothing else.
      if (isBound(bound, 0)) return add(pseudoMax(x, bound), bound);
      return wholeMax(a, b);
    },
    neg: unary(`${shape}.neg`),
    abs: unary(`${shape}.abs`),
    sqrt: unary(`${shape}.sqrt`),
    floor: unary(`${shape}.floor`),
    less: compare(`${shape}.lt`),
    lessEqual: compare(`${shape}.le`),
    equal: compare(`${shape}.eq`),
    select: ({ mask }, a, b) => {
      pushValue(f, simd, a);
      pushValue(f, simd, b);
      f.get(mask).op("v128.bitselect");
      return result();
    },
    pow2: (k) => {
      pushValue(f, simd, add(k, { constant: integers + bias }));
      f.op("i32.const", fractionBits).op(shiftLeft);
      return result();
    },
    exponent: (x) => {
      pushValue(f, simd, x);
      f.op("i32.const", fractionBits).op(shiftRight);
      bits(integerBits);
      f.op("v128.or");
      return sub(result(), { constant: integers + bias });
    },
    mantissa: (x) => {
      pushValue(f, simd, x);
      bits(fraction);
      f.op("v128.and");
      bits(one);
      f.op("v128.or");
      return result();
    },
  };
}
