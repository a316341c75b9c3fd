/** Small data sets for the tests of training, made from fixed formulas. */
import { RandomState } from "../../src/random/index.ts";

/** Points in the square; class 1 inside a circle. */
export function circle(n: number): { x: number[][]; y: number[] } {
  const random = new RandomState(12);
  const x = Array.from({ length: n }, () => [random.uniform(-1, 1), random.uniform(-1, 1)]);
  return { x, y: x.map(([a, b]) => (a! * a! + b! * b! < 0.6 ? 1 : 0)) };
}

/** Three clouds in four dimensions that overlap. */
export function clouds(n: number): { x: number[][]; y: number[] } {
  const random = new RandomState(7);
  const y = Array.from({ length: n }, (_, i) => i % 3);
  return { x: y.map((k) => [0, 1, 2, 3].map((d) => (d === k ? 1.2 : 0) + random.normal(0, 1))), y };
}
