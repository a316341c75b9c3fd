/**
 * Matrix product: acc[i, j] = Σ_k a[i, k]·b[k, j], k ascending, every product rounded before it is added.
 *
 * The result is cut into slices of columns and these into tiles that stay in registers while k runs
 * (`gemm-slices.ts`, `gemm-tile.ts`), large operands are copied into panels first (`gemm-pack.ts`). `finish` runs on
 * the registers, so that a bias or an optimizer's update costs no pass over memory. Lanes never mix, hence every
 * element is the same sum in the same order whatever tile it falls in.
 *
 * Where `finish` has elementary functions, or tiles have to be plain (`target.ts`), sums go to scratch memory and it is
 * a loop of its own: functions are faster inside a loop than called from a tile.
 */
import { align } from "../compile/memory.ts";
import type { ElementwiseKernel, GemmKernel, Instr, View } from "../compile/program.ts";
import { elementary } from "../math/functions.ts";
import { type KernelWriter, mapViews, numbersOf } from "./body.ts";
import { writeElementwise } from "./elementwise.ts";
import { writeBlas } from "./gemm-blas.ts";
import { isPacked, writePacked } from "./gemm-pack.ts";
import { type Part, writeSlices } from "./gemm-slices.ts";
import { leftFactor, rightFactor } from "./gemm-tile.ts";

/** Results of fewer elements run every `finish` in the tiles. */
const DETACH_ELEMENTS = 256;

/** Writes the code of the kernel. */
export function writeGemm(w: KernelWriter, kernel: GemmKernel): void {
  const given = writeBlas(w, kernel);
  if (given !== undefined) {
    const { m, n, finish } = kernel;
    if (given) writeFinish(w, { m, n, finish, index: numbersOf(w, m, n) }, given, kernel.name);
    return;
  }
  const part = partOf(w, kernel);
  const { m, n, finish } = part;
  const functions = finish.code.some(({ op }) => Object.hasOwn(elementary, op));
  const detached = (functions || w.target.joined) && finish.code.length > 1 && m * n >= DETACH_ELEMENTS;
  const sumBytes = detached ? align(m * n * w.simd.bytes) : 0;
  const scratch = (bytes: number) => w.scratch(sumBytes + bytes) + sumBytes;
  const sums: View = {
    byteOffset: detached ? w.scratch(sumBytes) : 0,
    rows: m,
    cols: n,
    rowStride: n,
    colStride: 1,
  };
  const task = detached ? { ...part, to: sums } : part;
  if (isPacked(w, task)) writePacked(w, task, scratch);
  else writeSlices(w, task);
  if (detached) writeFinish(w, part, sums, kernel.name);
}

/** The product as it is computed: the transposed one if its rows make better lanes. */
function partOf(w: KernelWriter, kernel: GemmKernel): Part {
  const narrow = kernel.n < w.simd.lanes && kernel.m > kernel.n;
  const swap = narrow && (kernel.n === 1 || kernel.a.rowStride === 1);
  const turn = swap ? transposed : (view: View) => view;
  return {
    m: swap ? kernel.n : kernel.m,
    n: swap ? kernel.m : kernel.n,
    k: kernel.k,
    a: leftFactor(swap ? turn(kernel.b) : kernel.a),
    b: rightFactor(swap ? turn(kernel.a) : kernel.b),
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

type Result = Pick<Part, "m" | "n" | "finish" | "index">;

/** `finish` over sums in memory: an elementwise kernel with one operand more. */
function writeFinish(w: KernelWriter, part: Result, sums: View, name: string): void {
  const { m, n, finish, index } = part;
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
