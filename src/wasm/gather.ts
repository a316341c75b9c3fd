/**
 * The loop of a gather: copies rows of a table, picked by row numbers, to a dense matrix.
 *
 * The place in the row numbers runs on from step to step and starts again at their end.
 */
import type { GatherKernel } from "../compile/program.ts";
import type { Local } from "./assembler.ts";
import type { KernelWriter } from "./body.ts";
import { advance, repeat } from "./grid.ts";
import { type Address, loadLanes, storeLanes } from "./simd.ts";

/** Rows longer than this, in bytes, are copied by the engine's own memory.copy. */
const COPY_BYTES = 512;

/** Writes the code of the kernel. */
export function writeGather(w: KernelWriter, kernel: GatherKernel): void {
  const { f, simd } = w;
  const { rows, cols, table, index, out } = kernel;
  const elementBytes = table.dtype === "uint8" ? 1 : simd.bytes;
  const place = startRow(w, kernel);
  const to = f.local("i32");
  f.op("i32.const", 0).set(to);
  const from = f.local("i32");
  repeat(f, rows, () => {
    f.get(place).op("i32.const", 2).op("i32.shl").op("i32.load", index.byteOffset);
    f.op("i32.const", cols * elementBytes)
      .op("i32.mul")
      .set(from);
    f.scope(() => copyRow(w, kernel, from, to));
    advance(f, to, out.rowStride * simd.bytes);
    advance(f, place, 1);
    f.get(place).op("i32.const", index.length).op("i32.eq");
    f.if(() => f.op("i32.const", 0).set(place));
  });
}

/**
 * The place in the row numbers where this step begins: (step·rows) mod length, in 64 bits as it may exceed 32. A
 * share of the rows begins further on.
 */
export function startRow({ f, step, place: share }: KernelWriter, { index }: GatherKernel): Local {
  const place = f.local("i32");
  f.get(step).op("i64.extend_i32_u").op("i64.const", share.rows).op("i64.mul");
  if (share.row > 0) f.op("i64.const", share.row).op("i64.add");
  f.op("i64.const", index.length).op("i64.rem_u").op("i32.wrap_i64").set(place);
  return place;
}

/** One row: `from` and `to` are byte distances in the table and in `out`. */
function copyRow(w: KernelWriter, kernel: GatherKernel, from: Local, to: Local): void {
  const { f, simd } = w;
  const { cols, table, out } = kernel;
  if (table.dtype !== "uint8" && cols * simd.bytes >= COPY_BYTES) {
    f.get(to).op("i32.const", out.byteOffset).op("i32.add");
    f.get(from).op("i32.const", table.byteOffset).op("i32.add");
    f.op("i32.const", cols * simd.bytes).copyMemory();
    return;
  }
  const step = 8;
  const source = f.local("i32");
  const target = f.local("i32");
  f.get(from).set(source).get(to).set(target);
  repeat(f, Math.floor(cols / step), () => {
    f.scope(() => copyElements(w, kernel, source, target, step));
    advance(f, source, step * (table.dtype === "uint8" ? 1 : simd.bytes));
    advance(f, target, step * simd.bytes);
  });
  copyElements(w, kernel, source, target, cols % step);
}

function copyElements(
  w: KernelWriter,
  kernel: GatherKernel,
  source: Local,
  target: Local,
  count: number,
): void {
  const { f, simd } = w;
  const { table, out } = kernel;
  for (let c = 0; c < count; c += simd.lanes) {
    const lanes = Math.min(simd.lanes, count - c);
    const to: Address = { base: target, offset: out.byteOffset + c * simd.bytes };
    f.scope(() => {
      const value =
        table.dtype === "uint8"
          ? loadBytes(w, { base: source, offset: table.byteOffset + c }, lanes)
          : loadLanes(f, simd, { base: source, offset: table.byteOffset + c * simd.bytes }, 1, lanes);
      storeLanes(f, simd, to, 1, lanes, value);
    });
  }
}

/** `count` bytes as numbers 0…255; reads no byte more. */
function loadBytes(w: KernelWriter, { base, offset }: Address, count: number): Local {
  const { f, simd } = w;
  const push = () => (base ? f.get(base) : f.op("i32.const", 0));
  if (count === 4) push().op("v128.load32_zero", offset);
  else {
    push().op(count === 1 ? "i32.load8_u" : "i32.load16_u", offset);
    if (count === 3)
      push()
        .op("i32.load8_u", offset + 2)
        .op("i32.const", 16)
        .op("i32.shl")
        .op("i32.or");
    f.op("i32x4.splat");
  }
  f.op("i16x8.extend_low_i8x16_u").op("i32x4.extend_low_i16x8_u");
  f.op(simd.bytes === 4 ? "f32x4.convert_i32x4_u" : "f64x2.convert_low_i32x4_u");
  const value = f.local("v128");
  f.set(value);
  return value;
}
