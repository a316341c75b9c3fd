/**
 * The few exact operations from which every elementary function of papergrad is built.
 *
 * `exp`, `log`, … are written once, over a `MathKit`, and run twice: with `numberKit` on plain numbers (the
 * interpreter, the random generators) and with the kit of `wasm/`, which emits SIMD instructions. Every
 * operation here is exact or correctly rounded by IEEE 754, so both give the same bits on every machine.
 * There is no fused multiply-add: it would round once where two roundings are written.
 */
import type { DType } from "../tensor/tensor.ts";

/** `T` is a value of the precision `dtype`; `M` is the result of a comparison. */
export interface MathKit<T, M> {
  readonly dtype: DType;
  /** The number nearest to `value` in the kit's precision. */
  constant(value: number): T;
  add(a: T, b: T): T;
  sub(a: T, b: T): T;
  mul(a: T, b: T): T;
  div(a: T, b: T): T;
  /** NaN if either is NaN; −0 is smaller than +0 (JavaScript's Math.min, WASM's min). */
  min(a: T, b: T): T;
  max(a: T, b: T): T;
  neg(a: T): T;
  abs(a: T): T;
  sqrt(a: T): T;
  floor(a: T): T;
  less(a: T, b: T): M;
  lessEqual(a: T, b: T): M;
  equal(a: T, b: T): M;
  /** `a` where the mask holds, else `b`; both are computed. */
  select(mask: M, a: T, b: T): T;
  /** 2^k for an integer-valued k within the normal exponents (−1022…1023 or −126…127); anything for other k. */
  pow2(k: T): T;
  /** Exponent e of a positive normal x = m·2^e with 1 ≤ m < 2, as a number; anything for other x. */
  exponent(x: T): T;
  /** m of the same; anything for other x. */
  mantissa(x: T): T;
}
