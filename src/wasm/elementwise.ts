/**
 * The loop of an elementwise kernel.
 *
 * When rows follow each other without a gap in all views (or a view is the same number everywhere) the matrix is
 * walked as one long row. All outputs of a vector are computed before any of them is written.
 */
import type { ElementwiseKernel, Instr, View } from "../compile/program.ts";
import type { Local } from "./assembler.ts";
import { type KernelWriter, mapViews, numbersOf, viewsOf, writeBody } from "./body.ts";
import { Cursors, type Grid, walk } from "./grid.ts";
import { loadSplat } from "./simd.ts";

/** Vectors written without loops at most; above, a loop is smaller and as fast. */
const UNROLL_VECTORS = 8;

/** True if the rows of all views can be seen as one row of rows × cols elements. */
export const isFlat = (rows: number, cols: number, views: readonly View[]): boolean =>
  rows === 1 || cols === 1 || views.every((view) => view.rowStride === view.colStride * cols);

/** A view of a flat matrix as one row. */
export const flattened = (view: View, rows: number, cols: number): View => ({
  byteOffset: view.byteOffset,
  rows: 1,
  cols: rows * cols,
  rowStride: 0,
  colStride: cols === 1 ? view.rowStride : view.colStride,
});

/** Rough cost of a body in instructions: a called function counts as many. */
export const bodyCost = (code: readonly Instr[]): number =>
  code.reduce((cost, { op }) => cost + (inlineOps.has(op) ? 1 : 10), 0);
const inlineOps: ReadonlySet<string> = new Set(
  "const operand acc step neg abs sign sqrt floor add sub mul div min max lt le eq select".split(" "),
);

const usesRandom = (code: readonly Instr[]) => code.some(({ op }) => op === "random");

/** Loads the operands that do not change along a row; the others stay out of the map. */
export function hoist(
  w: KernelWriter,
  cursors: Cursors,
  operands: readonly View[],
  row: number,
  into: Map<View, Local>,
): void {
  for (const view of operands)
    if (view.colStride === 0 && !into.has(view))
      into.set(view, loadSplat(w.f, w.simd, cursors.address(view, row, 0)));
}

/** Writes the code of the kernel; `natural` numbers its elements for random numbers. */
export function writeElementwise(
  w: KernelWriter,
  kernel: ElementwiseKernel,
  natural: View = numbersOf(w, kernel.rows, kernel.cols),
): void {
  const { f, simd } = w;
  const { code } = kernel;
  const flat = isFlat(kernel.rows, kernel.cols, [...viewsOf(kernel), natural]);
  const [rows, cols] = flat ? [1, kernel.rows * kernel.cols] : [kernel.rows, kernel.cols];
  const seen = (view: View) => (flat ? flattened(view, kernel.rows, kernel.cols) : view);
  const body = mapViews(kernel, seen);
  const index = seen(natural);

  const cursors = new Cursors(f, simd.bytes, usesRandom(code) ? [...viewsOf(body), index] : viewsOf(body));
  const vectors = bodyCost(code) <= 16 ? 4 : 1;
  const perRow = Math.ceil(cols / simd.lanes);
  const grid: Grid = {
    rows,
    cols,
    height: Math.max(1, Math.floor(vectors / perRow)),
    width: simd.lanes * vectors,
    along: "row",
    unrolled: rows * perRow <= UNROLL_VECTORS,
  };
  // Operands that are one number for the whole matrix are loaded before the loops, one number for a row before
  // the loop over the row.
  const everywhere = new Map<View, Local>();
  const constant = body.operands.filter((view) => view.rowStride === 0);
  hoist(w, cursors, constant, 0, everywhere);
  const ofRow: Map<View, Local>[] = [];
  walk(f, grid, cursors, {
    enter(band) {
      for (let r = 0; r < band.height; r++) {
        ofRow[r] = new Map(everywhere);
        hoist(w, cursors, body.operands, band.row + r, ofRow[r]!);
      }
    },
    visit(tile) {
      for (let r = 0; r < tile.height; r++)
        for (let c = 0; c < tile.width; c += simd.lanes) {
          const count = Math.min(simd.lanes, tile.width - c);
          const address = (view: View) => cursors.address(view, tile.row + r, tile.col + c);
          writeBody(w, body, { count, address, hoisted: ofRow[r]!, index, inline: !grid.unrolled });
        }
    },
  });
}
