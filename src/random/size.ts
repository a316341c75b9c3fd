/**
 * How many numbers to draw, and the type that comes back.
 *
 * No size: one number. A count: a `Float64Array`. A shape `[rows, cols]`: a tensor, filled row by row,
 * so the order of the draws is NumPy's order.
 */
import { UsageError } from "../tensor/errors.ts";
import type { Shape, Tensor } from "../tensor/tensor.ts";

/** A count or a shape. */
export type Size = number | Shape;
/** What a draw of that size returns. */
export type Draw<S extends Size | undefined> = S extends number
  ? Float64Array
  : S extends Shape
    ? Tensor<Float64Array>
    : number;

/** Draws `size` numbers with `next`. @throws {UsageError} if a count is not an integer ≥ 0. */
export function draw<S extends Size | undefined>(where: string, size: S, next: () => number): Draw<S> {
  if (size === undefined) return next() as Draw<S>;
  const counts: readonly number[] = typeof size === "number" ? [size] : size;
  for (const count of counts)
    if (!Number.isInteger(count) || count < 0)
      throw new UsageError(
        `${where}: size must be an integer ≥ 0 or a shape [rows, cols] of such, received ${JSON.stringify(size)}. Give e.g. 10 or [2, 5].`,
      );
  const data = new Float64Array(counts.reduce((product, count) => product * count, 1));
  for (let i = 0; i < data.length; i++) data[i] = next();
  return (typeof size === "number" ? data : { shape: size, data }) as Draw<S>;
}
