/**
 * The line where a grid of values crosses a level: marching squares with linear interpolation.
 *
 * Result: segments x1, y1, x2, y2 in grid coordinates (0 … nx − 1, 0 … ny − 1, y growing with the rows). A saddle is
 * decided by the mean of its corners. Cells with a corner that is not finite have no line.
 */

/** For each case (corner bits: bottom left 1, bottom right 2, top right 4, top left 8) the pairs of edges a line joins. */
const JOINS: readonly (readonly (readonly [Edge, Edge])[])[] = [
  [],
  [["left", "bottom"]],
  [["bottom", "right"]],
  [["left", "right"]],
  [["right", "top"]],
  [
    ["left", "top"],
    ["bottom", "right"],
  ],
  [["bottom", "top"]],
  [["left", "top"]],
  [["left", "top"]],
  [["bottom", "top"]],
  [
    ["left", "bottom"],
    ["right", "top"],
  ],
  [["right", "top"]],
  [["left", "right"]],
  [["bottom", "right"]],
  [["left", "bottom"]],
  [],
];
type Edge = "left" | "right" | "top" | "bottom";

/** Segments of the line at `level`. */
export function contour(values: ArrayLike<number>, nx: number, ny: number, level: number): number[] {
  const out: number[] = [];
  for (let y = 0; y + 1 < ny; y++)
    for (let x = 0; x + 1 < nx; x++) {
      const at = y * nx + x;
      const [a, b, d, c] = [
        values[at]! - level,
        values[at + 1]! - level,
        values[at + nx]! - level,
        values[at + nx + 1]! - level,
      ];
      const bits = (a >= 0 ? 1 : 0) | (b >= 0 ? 2 : 0) | (c >= 0 ? 4 : 0) | (d >= 0 ? 8 : 0);
      if (bits === 0 || bits === 15 || !Number.isFinite(a + b + c + d)) continue;
      // In a saddle the mean tells which corners belong together: 5 drawn as 10 joins the others, and the reverse.
      const saddle = (bits === 5 || bits === 10) && a + b + c + d < 0;
      const joins = JOINS[saddle ? 15 - bits : bits]!;
      const cross = (edge: Edge): [number, number] => {
        switch (edge) {
          case "bottom":
            return [x + a / (a - b), y];
          case "top":
            return [x + d / (d - c), y + 1];
          case "left":
            return [x, y + a / (a - d)];
          case "right":
            return [x + 1, y + b / (b - c)];
        }
      };
      for (const [from, to] of joins) out.push(...cross(from), ...cross(to));
    }
  return out;
}
