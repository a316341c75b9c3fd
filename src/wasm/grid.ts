/**
 * Loops over the elements of a matrix in rectangular tiles, and the pointers that move along.
 *
 * All sizes are known when the code is written. A tile is visited with constant offsets from the pointers
 * ("cursors"); a small grid is written out in full and has no loop and no pointer at all.
 */
import type { FunctionBuilder, Local } from "./assembler.ts";
import type { Address } from "./simd.ts";

/** What the loops need to know of a view: how far apart rows and columns are, in elements. */
export interface Strides {
  readonly rowStride: number;
  readonly colStride: number;
}

/** Runs `body` `count` times; writes a loop only if it has to. */
export function repeat(f: FunctionBuilder, count: number, body: () => void): void {
  if (count <= 1) {
    if (count === 1) body();
    return;
  }
  const left = f.local("i32");
  f.op("i32.const", count).set(left);
  f.loop((again) => {
    body();
    f.get(left).op("i32.const", 1).op("i32.sub").tee(left).branchIf(again);
  });
}

/** local += bytes. */
export function advance(f: FunctionBuilder, local: Local, bytes: number): void {
  if (bytes !== 0) f.get(local).op("i32.const", bytes).op("i32.add").set(local);
}

interface Cursor extends Strides {
  /** Byte distance of the current tile from the start of any view with these strides. */
  readonly at: Local;
  /** The same for the start of the current run of tiles. */
  readonly run: Local;
}

/** One pointer for every pair of strides; views with equal strides share it. */
export class Cursors {
  readonly list: readonly Cursor[];
  private readonly bytes: number;
  /** False while a grid is written out in full: then every offset is constant. */
  moving = false;

  constructor(f: FunctionBuilder, bytes: number, views: readonly Strides[]) {
    const pairs = new Map<string, Cursor>();
    for (const { rowStride, colStride } of views) {
      const key = `${rowStride},${colStride}`;
      if (rowStride === 0 && colStride === 0) continue;
      if (!pairs.has(key)) pairs.set(key, { rowStride, colStride, at: f.local("i32"), run: f.local("i32") });
    }
    this.list = [...pairs.values()];
    this.bytes = bytes;
  }

  /** Where element [row, col] of the current tile lies; `byteOffset` is that of the view. */
  address(view: Strides & { readonly byteOffset: number }, row: number, col: number): Address {
    const offset = view.byteOffset + (row * view.rowStride + col * view.colStride) * this.bytes;
    return { base: this.moving ? this.cursor(view) : null, offset };
  }

  private cursor(view: Strides): Local | null {
    const found = this.list.find((c) => c.rowStride === view.rowStride && c.colStride === view.colStride);
    return found?.at ?? null;
  }

  /** Byte distance that a step of rows and columns makes for a cursor. */
  distance(cursor: Strides, rows: number, cols: number): number {
    return (rows * cursor.rowStride + cols * cursor.colStride) * this.bytes;
  }
}

/** A rectangle of at most `height` × `width` elements; its first element is [row, col] from the cursors. */
export interface Tile {
  readonly row: number;
  readonly col: number;
  readonly height: number;
  readonly width: number;
}

/** Sizes of the whole and of a tile. */
export interface Grid {
  readonly rows: number;
  readonly cols: number;
  readonly height: number;
  readonly width: number;
  /** Which tiles follow each other: those of a band of rows or those of a band of columns. */
  readonly along: "row" | "column";
  /** Write everything out, without loops. */
  readonly unrolled: boolean;
}

/** What is written at each place of the loops. */
export interface Visitor {
  /** Before the tiles of a band; its locals live as long as the band. */
  enter?(band: Tile): void;
  visit(tile: Tile): void;
  /** After the tiles of a band. Only views that do not move along the band may be addressed. */
  leave?(band: Tile): void;
}

/** Writes the loops. */
export function walk(f: FunctionBuilder, grid: Grid, cursors: Cursors, visitor: Visitor): void {
  const { rows, cols, height, width } = grid;
  const alongRow = grid.along === "row";
  const [outerSize, outerStep] = alongRow ? [rows, height] : [cols, width];
  const [innerSize, innerStep] = alongRow ? [cols, width] : [rows, height];
  /** A tile at distance outer, inner, of size o, i. */
  const oriented = (outer: number, inner: number, o: number, i: number): Tile =>
    alongRow
      ? { row: outer, col: inner, height: o, width: i }
      : { row: inner, col: outer, height: i, width: o };
  const visit = (tile: Tile) => f.scope(() => visitor.visit(tile));

  const writtenOut = () => {
    for (let outer = 0; outer < outerSize; outer += outerStep)
      f.scope(() => {
        const o = Math.min(outerStep, outerSize - outer);
        visitor.enter?.(oriented(outer, 0, o, innerSize));
        for (let inner = 0; inner < innerSize; inner += innerStep)
          visit(oriented(outer, inner, o, Math.min(innerStep, innerSize - inner)));
        visitor.leave?.(oriented(outer, 0, o, innerSize));
      });
  };
  const band = (o: number) =>
    f.scope(() => {
      for (const cursor of cursors.list) f.get(cursor.run).set(cursor.at);
      visitor.enter?.(oriented(0, 0, o, innerSize));
      repeat(f, Math.floor(innerSize / innerStep), () => {
        visit(oriented(0, 0, o, innerStep));
        const step = oriented(0, 0, 0, innerStep);
        for (const cursor of cursors.list)
          advance(f, cursor.at, cursors.distance(cursor, step.height, step.width));
      });
      const rest = innerSize % innerStep;
      if (rest > 0) visit(oriented(0, 0, o, rest));
      visitor.leave?.(oriented(0, 0, o, innerSize));
    });
  const looped = () => {
    for (const cursor of cursors.list) f.op("i32.const", 0).set(cursor.run);
    repeat(f, Math.floor(outerSize / outerStep), () => {
      band(outerStep);
      const step = oriented(0, 0, outerStep, 0);
      for (const cursor of cursors.list)
        advance(f, cursor.run, cursors.distance(cursor, step.height, step.width));
    });
    if (outerSize % outerStep > 0) band(outerSize % outerStep);
  };

  cursors.moving = !grid.unrolled;
  f.scope(grid.unrolled ? writtenOut : looped);
  cursors.moving = false;
}
