/**
 * Marker shapes: ten outlines that tell classes apart without colour.
 *
 * Each is a path around (0, 0) with about the same area at the same `size`; coordinates are constants, so no sine
 * or cosine of the engine can change a byte.
 */
import { element, num } from "./svg.ts";

/** Corners in units of the marker's radius; a circle has none. */
const SHAPES: readonly (readonly number[] | "circle")[] = [
  "circle",
  [-0.9, -0.9, 0.9, -0.9, 0.9, 0.9, -0.9, 0.9],
  [0, -1.25, 1.1, 0.75, -1.1, 0.75],
  [0, -1.3, 1.1, 0, 0, 1.3, -1.1, 0],
  [0, 1.25, 1.1, -0.75, -1.1, -0.75],
  // plus
  [
    -0.4, -1.2, 0.4, -1.2, 0.4, -0.4, 1.2, -0.4, 1.2, 0.4, 0.4, 0.4, 0.4, 1.2, -0.4, 1.2, -0.4, 0.4, -1.2,
    0.4, -1.2, -0.4, -0.4, -0.4,
  ],
  // cross: the plus turned by 45 degrees
  [
    0, -0.57, 0.57, -1.13, 1.13, -0.57, 0.57, 0, 1.13, 0.57, 0.57, 1.13, 0, 0.57, -0.57, 1.13, -1.13, 0.57,
    -0.57, 0, -1.13, -0.57, -0.57, -1.13,
  ],
  // star
  [
    0, -1.4, 0.35, -0.48, 1.33, -0.43, 0.57, 0.19, 0.82, 1.13, 0, 0.6, -0.82, 1.13, -0.57, 0.19, -1.33, -0.43,
    -0.35, -0.48,
  ],
  // hexagon
  [0, -1.15, 1, -0.58, 1, 0.58, 0, 1.15, -1, 0.58, -1, -0.58],
  // half disc standing on its edge, as a trapezium
  [-0.6, -0.8, 0.6, -0.8, 1.2, 0.8, -1.2, 0.8],
];

/** Number of different shapes. */
export const MARKER_COUNT = SHAPES.length;

/** Path of marker `index` around (x, y) with radius `size` pixels. */
export function markerPath(index: number, x: number, y: number, size: number): string {
  const shape = SHAPES[index % SHAPES.length] as readonly number[] | "circle";
  if (shape === "circle") {
    const r = num(size);
    return `M${num(x - size)},${num(y)}a${r},${r} 0 1,0 ${num(2 * size)},0a${r},${r} 0 1,0 ${num(-2 * size)},0Z`;
  }
  let path = "";
  for (let i = 0; i < shape.length; i += 2)
    path += `${i === 0 ? "M" : "L"}${num(x + (shape[i] as number) * size)},${num(y + (shape[i + 1] as number) * size)}`;
  return `${path}Z`;
}

/** Is (dx, dy), in units of the radius, inside marker `index`? Even–odd rule; used by the raster pictures. */
export function insideMarker(index: number, dx: number, dy: number): boolean {
  const shape = SHAPES[index % SHAPES.length] as readonly number[] | "circle";
  if (shape === "circle") return dx * dx + dy * dy <= 1;
  let inside = false;
  for (let i = 0, j = shape.length - 2; i < shape.length; j = i, i += 2) {
    const [xi, yi, xj, yj] = [shape[i], shape[i + 1], shape[j], shape[j + 1]] as [
      number,
      number,
      number,
      number,
    ];
    if (yi > dy !== yj > dy && dx < ((xj - xi) * (dy - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

/** A filled marker as an element of its own, for legends. */
export const markerSample = (index: number, color: string, outline: string): string =>
  element("path", { d: markerPath(index, 0, 0, 4.5), fill: color, stroke: outline, "stroke-width": 0.75 });
