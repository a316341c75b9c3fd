import fc from "fast-check";
import { expect, test } from "vitest";
import { align, place } from "../../src/compile/memory.ts";
import { overlap } from "../../src/compile/view.ts";

test("no two matrices that live at the same time share a byte", () => {
  const life = fc
    .tuple(fc.integer({ min: 1, max: 500 }), fc.nat(20), fc.nat(6))
    .map(([bytes, from, length]) => ({ bytes, from, to: from + length }));
  fc.assert(
    fc.property(fc.array(life, { maxLength: 30 }), (lives) => {
      const { offsets, end } = place(lives, 100);
      lives.forEach((a, i) => {
        expect(offsets[i]! % 64).toBe(0);
        expect(offsets[i]! >= 100 && offsets[i]! + a.bytes <= end).toBe(true);
        lives.slice(0, i).forEach((b, j) => {
          const together = a.from <= b.to && b.from <= a.to;
          const apart = offsets[i]! >= offsets[j]! + b.bytes || offsets[j]! >= offsets[i]! + a.bytes;
          expect(!together || apart).toBe(true);
        });
      });
    }),
    { seed: 1 },
  );
});

test("a place is used again once its matrix is dead", () => {
  const { end } = place(
    [
      { bytes: 640, from: 0, to: 1 },
      { bytes: 640, from: 2, to: 3 },
    ],
    0,
  );
  expect(end).toBe(align(640));
});

test("views overlap exactly where they share an element", () => {
  const view = (byteOffset: number, rows: number, cols: number, rowStride: number, colStride: number) => ({
    byteOffset,
    rows,
    cols,
    rowStride,
    colStride,
  });
  const bias = view(0, 1, 5, 1, 4);
  const rest = view(8, 5, 3, 4, 1);
  expect(overlap(bias, rest, 8)).toBe(false);
  expect(overlap(bias, view(0, 5, 4, 4, 1), 8)).toBe(true);
  expect(overlap(rest, bias, 8)).toBe(false);
  expect(overlap(rest, view(8 * 19, 1, 1, 1, 1), 8)).toBe(true);
});
