/**
 * Shuffling several arrays by one permutation, so that rows that belong together stay together.
 *
 * The order equals scikit-learn's `sklearn.utils.shuffle` for the same seed.
 */
import { type Rows, randomFrom, rowCount, type Seed, takeRows } from "../random/index.ts";
import { ShapeError } from "../tensor/errors.ts";
import { checkOptions, names } from "../tensor/options.ts";
import { show } from "../tensor/show.ts";

/**
 * Copies of the given arrays, their rows in one random order.
 * @throws {ShapeError} if the arrays differ in their number of rows.
 * @example
 * const [x, y] = shuffle([Int32Array.of(1, 2, 3), Int32Array.of(10, 20, 30)], { seed: 7 });
 * y.every((v, i) => v === 10 * x[i]!) // true
 */
export function shuffle<A extends readonly Rows[]>(
  arrays: readonly [...A],
  options: { readonly seed?: Seed } = {},
): [...A] {
  checkOptions("shuffle", names("seed"), options);
  if (!Array.isArray(arrays))
    throw new ShapeError(
      `shuffle: expected a list of arrays, received ${show(arrays)}. Write shuffle([x, y]).`,
    );
  const counts = arrays.map(rowCount);
  if (new Set(counts).size > 1)
    throw new ShapeError(
      `shuffle: expected arrays with equally many rows, received ${counts.join(", ")}. Give arrays whose rows belong together.`,
    );
  const index = randomFrom(options.seed ?? 0).permutation(counts[0] ?? 0);
  return arrays.map((array) => takeRows(array, index)) as [...A];
}
