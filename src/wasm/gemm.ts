/**
 * Matrix product: acc[i, j] = Σ_k a[i, k]·b[k, j], k ascending, every product rounded before it is added.
 *
 * The result is cut into slices of columns and these into tiles that stay in registers while k runs
 * (`gemm-slices.ts`, `gemm-tile.ts`). `finish` runs on the registers, so that a bias or an optimizer's update
 * costs no pass over memory. Lanes never mix, hence every element is the same sum in the same order whatever
 * tile it falls in.
 *
 * In two cases the sums go to scratch memory and `finish` is a loop of its own: operands too large for the cache
 * are multiplied in blocks of k, and elementary functions are faster inside a loop than called from a tile.
 */
import type { ElementwiseKernel, GemmKernel, Instr, View } from "../compile/program.ts";
import { elementary } from "../math/functions.ts";
import { type KernelWriter, mapViews, numbersOf } from "./body.ts";
import { writeElementwise } from "./elementwise.ts";
import { type Task, writeSlices } from "./gemm-slices.ts";
import type { BlockStart } from "./gemm-tile.ts";
import { advance, repeat } from "./grid.ts";

/** Operands up to so many bytes stay in the second-level cache without blocking. */
const CACHE_BYTES = 512 * 1024;
/** Most steps of k in a block: a tile's part of both operands then stays in the first-level cache. */
const BLOCK_K = 256;
/** Results of fewer elements run even costly `finish` code in the tiles. */
const DETACH_ELEMENTS = 256;

/** Writes the code of the kernel. */
export function writeGemm(w: KernelWriter, kernel: GemmKernel): void {
  const task = taskOf(w, kernel);
  const { m, n, k, finish } = task;
  const blocked = (m + n) * k * w.simd.bytes > CACHE_BYTES && k > BLOCK_K;
  const costly = finish.code.some(({ op }) => Object.hasOwn(elementary, op)) && m * n >= DETACH_ELEMENTS;
  if (!blocked && !costly) {
    writeSlices(w, task);
    return;
  }
  const byteOffset = w.scratch(m * n * w.simd.bytes);
  const sums: View = { byteOffset, rows: m, cols: n, rowStride: n, colStride: 1 };
  if (blocked) writeBlocks(w, task, sums);
  else writeSlices(w, task, { sums });
  writeFinish(w, task, sums, kernel.name);
}

/** The product as it is computed: the transposed one if its rows make better lanes. */
function taskOf(w: KernelWriter, kernel: GemmKernel): Task {
  const narrow = kernel.n < w.simd.lanes && kernel.m > kernel.n;
  const swap = narrow && (kernel.n === 1 || kernel.a.rowStride === 1);
  const turn = swap ? transposed : (view: View) => view;
  return {
    m: swap ? kernel.n : kernel.m,
    n: swap ? kernel.m : kernel.n,
    k: kernel.k,
    a: swap ? turn(kernel.b) : kernel.a,
    b: swap ? turn(kernel.a) : kernel.b,
    finish: mapViews(kernel.finish, turn),
    index: turn(numbersOf(w, kernel.m, kernel.n)),
  };
}

const transposed = (view: View): View => ({
  byteOffset: view.byteOffset,
  rows: view.cols,
  cols: view.rows,
  rowStride: view.colStride,
  colStride: view.rowStride,
});

/** Blocks of k one after the other. */
function writeBlocks(w: KernelWriter, task: Task, sums: View): void {
  const { f, simd } = w;
  const { m, n, k, a, b } = task;
  f.op("i32.const", sums.byteOffset)
    .op("i32.const", 0)
    .op("i32.const", m * n * simd.bytes)
    .fillMemory();
  const start: BlockStart = { a: f.local("i32"), b: f.local("i32") };
  for (const local of [start.a, start.b]) f.op("i32.const", 0).set(local);
  const blocks = Math.ceil(k / BLOCK_K);
  const steps = Math.ceil(k / blocks / 4) * 4;
  repeat(f, Math.floor(k / steps), () => {
    writeSlices(w, { ...task, k: steps }, { sums, start });
    advance(f, start.a, steps * a.colStride * simd.bytes);
    advance(f, start.b, steps * b.rowStride * simd.bytes);
  });
  if (k % steps > 0) writeSlices(w, { ...task, k: k % steps }, { sums, start });
}

/** `finish` over sums in memory: an elementwise kernel with one operand more. */
function writeFinish(w: KernelWriter, { m, n, finish, index }: Task, sums: View, name: string): void {
  const acc: Instr = { op: "operand", index: finish.operands.length };
  const kernel: ElementwiseKernel = {
    kind: "elementwise",
    name,
    rows: m,
    cols: n,
    operands: [...finish.operands, sums],
    code: finish.code.map((instr) => (instr.op === "acc" ? acc : instr)),
    outputs: finish.outputs,
  };
  writeElementwise(w, kernel, index);
}
