/** Ten outlines that tell classes apart without colour: circle, square, triangle, … in units of the radius. */

const star = (points: number, inner: number, turn = 0): number[] =>
  Array.from({ length: 2 * points }, (_, i) => {
    const angle = Math.PI * (i / points + turn) - Math.PI / 2;
    const radius = i % 2 === 0 ? 1.3 : 1.3 * inner;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  }).flat();
const polygon = (corners: number, turn = 0): number[] =>
  Array.from({ length: corners }, (_, i) => {
    const angle = 2 * Math.PI * (i / corners + turn) - Math.PI / 2;
    return [1.2 * Math.cos(angle), 1.2 * Math.sin(angle)];
  }).flat();

/** Corners x, y; none for the circle. */
const SHAPES: readonly (readonly number[])[] = [
  [],
  polygon(4, 1 / 8),
  polygon(3),
  polygon(4),
  polygon(3, 1 / 2),
  star(4, 0.4),
  star(4, 0.4, 1 / 4),
  star(5, 0.42),
  polygon(6),
  polygon(5),
];

/** Makes the outline of class `kind` the current path. */
export function marker(
  context: CanvasRenderingContext2D,
  kind: number,
  x: number,
  y: number,
  radius: number,
): void {
  const shape = SHAPES[kind % SHAPES.length]!;
  context.beginPath();
  if (shape.length === 0) context.arc(x, y, radius, 0, 2 * Math.PI);
  else {
    for (let i = 0; i < shape.length; i += 2)
      context.lineTo(x + shape[i]! * radius, y + shape[i + 1]! * radius);
    context.closePath();
  }
}
