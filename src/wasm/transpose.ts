/**
 * The copy of a transposed matrix (the right factor of dz·Wᵀ, say) in square blocks of vectors: rows of the source are
 * loaded whole and change places with columns in registers, so no element is fetched by itself.
 */
import type { ElementwiseKernel, View } from "../compile/program.ts";
import type { Local } from "./assembler.ts";
import type { KernelWriter } from "./body.ts";
import { Cursors, type Grid, type Tile, walk } from "./grid.ts";
import { loadLanes, storeLanes } from "./simd.ts";

/** Rows of a tile: with fewer, lines of the source would be read in pieces. */
const HEIGHT = 8;

interface Transposition {
  readonly from: View;
  readonly to: View;
}

/** What an elementwise kernel copies, if it only copies a matrix whose columns lie in lines to one whose rows do. */
export function transpositionOf({
  code,
  operands,
  outputs,
  rows,
  cols,
}: ElementwiseKernel): Transposition | null {
  const [from, to] = [operands[0], outputs[0]?.view];
  const copies =
    code.length === 1 && code[0]!.op === "operand" && operands.length === 1 && outputs.length === 1;
  if (!copies || !from || !to || rows < 2 || cols < 2) return null;
  return from.rowStride === 1 && from.colStride > 1 && to.colStride === 1 ? { from, to } : null;
}

/** Writes the copy. */
export function writeTransposition(w: KernelWriter, { from, to }: Transposition): void {
  const { f, simd } = w;
  const grid: Grid = {
    rows: to.rows,
    cols: to.cols,
    height: HEIGHT,
    width: simd.lanes,
    along: "row",
    unrolled: to.rows * to.cols <= 2 * HEIGHT * simd.lanes,
  };
  const cursors = new Cursors(f, simd.bytes, [from, to]);
  walk(f, grid, cursors, {
    visit({ row, col, height, width }: Tile) {
      for (let r = row; r < row + height; r += simd.lanes)
        f.scope(() => {
          const count = Math.min(simd.lanes, row + height - r);
          const columns = Array.from({ length: width }, (_, c) =>
            loadLanes(f, simd, cursors.address(from, r, col + c), 1, count),
          );
          const rows = exchange(w, columns);
          for (let i = 0; i < count; i++)
            storeLanes(f, simd, cursors.address(to, r + i, col), 1, width, rows[i]!);
        });
    },
  });
}

/** Lane i of vector j becomes lane j of vector i; missing vectors mean nothing in particular. */
function exchange({ f, simd }: KernelWriter, given: readonly Local[]): Local[] {
  const { lanes, bytes } = simd;
  const vectors = Array.from({ length: lanes }, (_, i) => given[i] ?? given[0]!);
  /** Lanes named by their number in x (0 …) or y (lanes …). */
  const shuffle = (x: Local, y: Local, wanted: readonly number[]): Local => {
    const sixteen = wanted.flatMap((lane) => Array.from({ length: bytes }, (_, b) => lane * bytes + b));
    const result = f.local("v128");
    f.get(x).get(y).bytes("i8x16.shuffle", sixteen).set(result);
    return result;
  };
  if (lanes === 2) {
    const [a, b] = vectors as [Local, Local];
    return [shuffle(a, b, [0, 2]), shuffle(a, b, [1, 3])];
  }
  const [a, b, c, d] = vectors as [Local, Local, Local, Local];
  const [low, high] = [
    [0, 4, 1, 5],
    [2, 6, 3, 7],
  ] as const;
  const [ab, cd, ef, gh] = [shuffle(a, b, low), shuffle(c, d, low), shuffle(a, b, high), shuffle(c, d, high)];
  const [first, second] = [
    [0, 1, 4, 5],
    [2, 3, 6, 7],
  ] as const;
  return [shuffle(ab, cd, first), shuffle(ab, cd, second), shuffle(ef, gh, first), shuffle(ef, gh, second)];
}
