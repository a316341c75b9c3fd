/**
 * The loops of a reduction. The order of the additions is part of the Program (see `compile/program.ts`):
 * over rows, one accumulator a column; over columns and over all, eight accumulators by i mod 8.
 *
 * Columns are lanes in the first case. In the others the eight accumulators are the lanes of two (float64:
 * four) vectors, and a row is walked eight elements at a time.
 */
import type { ReduceKernel, View } from "../compile/program.ts";
import type { Local } from "./assembler.ts";
import { evaluate, indexView, type KernelWriter, mapViews, numbersOf, viewsOf, writeBody } from "./body.ts";
import { bodyCost, flattened, hoist, isFlat, writeElementwise } from "./elementwise.ts";
import { Cursors, type Grid, walk } from "./grid.ts";
import { firstLanesMask, splatBytes } from "./simd.ts";

const ACCUMULATORS = 8;
/** Reductions of at most so many vectors are written without loops. */
const UNROLL_VECTORS = 16;

/** Writes the code of the kernel. */
export function writeReduce(w: KernelWriter, kernel: ReduceKernel): void {
  if (kernel.over === "rows") reduceRows(w, kernel);
  else if (kernel.over === "cols") reduceCols(w, kernel, numbersOf(w, kernel.rows, kernel.cols));
  else reduceAll(w, kernel);
}

/** One row of rows × cols elements; if the views do not allow it, the values are first written to scratch. */
function reduceAll(w: KernelWriter, kernel: ReduceKernel): void {
  const { rows, cols } = kernel;
  const one = { rows: 1, cols: rows * cols };
  if (isFlat(rows, cols, kernel.operands)) {
    const operands = kernel.operands.map((view) => flattened(view, rows, cols));
    reduceCols(w, { ...kernel, ...one, operands }, indexView(1, one.cols));
    return;
  }
  const byteOffset = w.scratch(one.cols * w.simd.bytes);
  const values: View = { byteOffset, rows, cols, rowStride: cols, colStride: 1 };
  const outputs = [{ view: values, value: kernel.value }];
  writeElementwise(w, { ...kernel, kind: "elementwise", outputs });
  const operands = [flattened(values, rows, cols)];
  const code = [{ op: "operand", index: 0 }] as const;
  reduceCols(w, { ...kernel, ...one, operands, code, value: 0 }, indexView(1, one.cols));
}

/** acc = acc (+ or max) value, in the first `count` lanes. */
function accumulate(w: KernelWriter, kernel: ReduceKernel, acc: Local, value: Local, count: number): void {
  const { f, simd } = w;
  const whole = count === simd.lanes;
  f.get(acc)
    .get(value)
    .op(`${simd.shape}.${kernel.op === "sum" ? "add" : "max"}`);
  if (!whole) f.get(acc).bytes("v128.const", firstLanesMask(simd, count)).op("v128.bitselect");
  f.set(acc);
}

function freshAccumulator(w: KernelWriter, kernel: ReduceKernel): Local {
  const acc = w.f.local("v128");
  w.f.bytes("v128.const", splatBytes(w.simd, kernel.op === "sum" ? 0 : -Infinity)).set(acc);
  return acc;
}

/** Calls `visit` for each vector of `width` columns. */
function vectorsOf(width: number, lanes: number, visit: (v: number, count: number) => void): void {
  for (let c = 0; c < width; c += lanes) visit(c / lanes, Math.min(lanes, width - c));
}

/** One result per column: a band of columns is held in registers while the rows go by. */
function reduceRows(w: KernelWriter, kernel: ReduceKernel): void {
  const { f, simd } = w;
  const { rows, cols, operands, code, value } = kernel;
  const index = numbersOf(w, rows, cols);
  const still = (view: View): View => ({ ...view, rowStride: 0 });
  const finish = mapViews(kernel.finish, still);
  const cursors = new Cursors(f, simd.bytes, [...operands, ...viewsOf(finish), index, still(index)]);
  const perRow = Math.ceil(cols / simd.lanes);
  const cheap = bodyCost(code) <= 16;
  const grid: Grid = {
    rows,
    cols,
    height: cheap ? 2 : 1,
    width: Math.min(perRow, cheap ? 4 : 2) * simd.lanes,
    along: "column",
    unrolled: rows * perRow <= UNROLL_VECTORS,
  };
  const inline = !grid.unrolled;
  let acc: Local[] = [];
  walk(f, grid, cursors, {
    enter(band) {
      acc = [];
      vectorsOf(band.width, simd.lanes, () => acc.push(freshAccumulator(w, kernel)));
    },
    visit(tile) {
      for (let r = 0; r < tile.height; r++)
        vectorsOf(tile.width, simd.lanes, (v, count) =>
          f.scope(() => {
            const address = (view: View) => cursors.address(view, tile.row + r, tile.col + v * simd.lanes);
            const [x] = evaluate(w, operands, code, [value], { count, address, index, inline });
            accumulate(w, kernel, acc[v]!, x!, simd.lanes);
          }),
        );
    },
    leave(band) {
      vectorsOf(band.width, simd.lanes, (v, count) => {
        const address = (view: View) => cursors.address(view, 0, band.col + v * simd.lanes);
        writeBody(w, finish, { count, address, index: still(index), acc: acc[v]! });
      });
    },
  });
}

/** One result per row, from eight accumulators. */
function reduceCols(w: KernelWriter, kernel: ReduceKernel, index: View): void {
  const { f, simd } = w;
  const { rows, cols, operands, code, value } = kernel;
  const still = (view: View): View => ({ ...view, colStride: 0 });
  const finish = mapViews(kernel.finish, still);
  const finishIndex = still(numbersOf(w, rows, 1, 1));
  const cursors = new Cursors(f, simd.bytes, [...operands, ...viewsOf(finish), index, finishIndex]);
  const grid: Grid = {
    rows,
    cols,
    height: 1,
    width: ACCUMULATORS,
    along: "row",
    unrolled: rows * Math.ceil(cols / simd.lanes) <= UNROLL_VECTORS,
  };
  const inline = !grid.unrolled;
  let acc: Local[] = [];
  let hoisted = new Map<View, Local>();
  walk(f, grid, cursors, {
    enter(band) {
      acc = [];
      vectorsOf(ACCUMULATORS, simd.lanes, () => acc.push(freshAccumulator(w, kernel)));
      hoisted = new Map();
      hoist(w, cursors, operands, band.row, hoisted);
    },
    visit(tile) {
      vectorsOf(tile.width, simd.lanes, (v, count) =>
        f.scope(() => {
          const address = (view: View) => cursors.address(view, tile.row, tile.col + v * simd.lanes);
          const [x] = evaluate(w, operands, code, [value], { count, address, hoisted, index, inline });
          accumulate(w, kernel, acc[v]!, x!, count);
        }),
      );
    },
    leave(band) {
      const address = (view: View) => cursors.address(view, band.row, 0);
      writeBody(w, finish, { count: 1, address, index: finishIndex, acc: combined(w, kernel, acc) });
    },
  });
}

/** ((s0+s4)+(s2+s6)) + ((s1+s5)+(s3+s7)) in lane 0. */
function combined(w: KernelWriter, kernel: ReduceKernel, acc: readonly Local[]): Local {
  const { f, simd } = w;
  const combine = (a: Local, b: Local): Local => {
    const sum = f.local("v128");
    f.get(a)
      .get(b)
      .op(`${simd.shape}.${kernel.op === "sum" ? "add" : "max"}`)
      .set(sum);
    return sum;
  };
  /** Brings the bytes from `from` on to the front. */
  const shifted = (a: Local, from: number): Local => {
    const result = f.local("v128");
    const bytes = Array.from({ length: 16 }, (_, byte) => (byte + from) % 16);
    f.get(a).get(a).bytes("i8x16.shuffle", bytes).set(result);
    return result;
  };
  let pairs: Local;
  if (simd.lanes === 4) {
    const quads = combine(acc[0]!, acc[1]!);
    pairs = combine(quads, shifted(quads, 8));
  } else pairs = combine(combine(acc[0]!, acc[2]!), combine(acc[1]!, acc[3]!));
  return combine(pairs, shifted(pairs, simd.bytes));
}
