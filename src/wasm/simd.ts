/**
 * Vectors of one precision: how many lanes, and how to move 1 to all of them between registers and memory.
 *
 * There is no scalar code beside the vector code: the last columns of a row, single values and strided columns
 * use the same instructions on a vector of which only the first `count` lanes mean something. So an element
 * gets the same bits wherever it lies.
 */
import type { DType } from "../tensor/tensor.ts";
import type { FunctionBuilder, Local } from "./assembler.ts";

/** A vector register seen as numbers of one precision. */
export interface Simd {
  readonly dtype: DType;
  readonly shape: "f32x4" | "f64x2";
  readonly lanes: 4 | 2;
  /** Bytes of one element. */
  readonly bytes: 4 | 8;
}

const single: Simd = { dtype: "float32", shape: "f32x4", lanes: 4, bytes: 4 };
const double: Simd = { dtype: "float64", shape: "f64x2", lanes: 2, bytes: 8 };

export const simdOf = (dtype: DType): Simd => (dtype === "float32" ? single : double);

/** Where an element lies: the value of `base` (0 without one) plus a constant, in bytes. */
export interface Address {
  readonly base: Local | null;
  readonly offset: number;
}

const push = (f: FunctionBuilder, base: Local | null) => (base ? f.get(base) : f.op("i32.const", 0));

/** The element at `address` in every lane. */
export function loadSplat(f: FunctionBuilder, simd: Simd, address: Address): Local {
  push(f, address.base).op(simd.bytes === 4 ? "v128.load32_splat" : "v128.load64_splat", address.offset);
  const value = f.local("v128");
  f.set(value);
  return value;
}

/** `count` elements, `stride` elements apart; the lanes after them hold nothing in particular. */
export function loadLanes(
  f: FunctionBuilder,
  simd: Simd,
  { base, offset }: Address,
  stride: number,
  count: number,
): Local {
  if (stride === 0) return loadSplat(f, simd, { base, offset });
  const value = f.local("v128");
  if (stride === 1 && count === simd.lanes) {
    push(f, base).op("v128.load", offset).set(value);
    return value;
  }
  if (stride === 1 && simd.bytes === 4 && count >= 2) {
    push(f, base).op("v128.load64_zero", offset).set(value);
    if (count === 3)
      push(f, base)
        .get(value)
        .op("v128.load32_lane", offset + 8, 2)
        .set(value);
    return value;
  }
  push(f, base)
    .op(simd.bytes === 4 ? "v128.load32_zero" : "v128.load64_zero", offset)
    .set(value);
  const loadLane = simd.bytes === 4 ? "v128.load32_lane" : "v128.load64_lane";
  for (let lane = 1; lane < count; lane++)
    push(f, base)
      .get(value)
      .op(loadLane, offset + lane * stride * simd.bytes, lane)
      .set(value);
  return value;
}

/** Writes the first `count` lanes, `stride` elements apart, first lane first. */
export function storeLanes(
  f: FunctionBuilder,
  simd: Simd,
  { base, offset }: Address,
  stride: number,
  count: number,
  value: Local,
): void {
  if (stride === 1 && count === simd.lanes) {
    push(f, base).get(value).op("v128.store", offset);
    return;
  }
  let lane = 0;
  if (stride === 1 && simd.bytes === 4 && count >= 2) {
    push(f, base).get(value).op("v128.store64_lane", offset, 0);
    lane = 2;
  }
  const storeLane = simd.bytes === 4 ? "v128.store32_lane" : "v128.store64_lane";
  for (; lane < count; lane++)
    push(f, base)
      .get(value)
      .op(storeLane, offset + lane * stride * simd.bytes, lane);
}

/** The 16 bytes of a vector with `value` in every lane. */
export function splatBytes(simd: Simd, value: number): Uint8Array {
  const lanes = simd.dtype === "float32" ? new Float32Array(4).fill(value) : new Float64Array(2).fill(value);
  return new Uint8Array(lanes.buffer);
}

/** The 16 bytes of a mask that holds in the first `count` lanes. */
export const firstLanesMask = (simd: Simd, count: number): number[] =>
  Array.from({ length: 16 }, (_, byte) => (byte < count * simd.bytes ? 0xff : 0));
