/**
 * Splitting data into a training and a test part, the way scikit-learn's `train_test_split` does.
 *
 * One permutation of the rows: the first ⌈n·testSize⌉ are the test part, the rest the training part, both in the
 * order of the permutation. Without shuffling the test part is the tail. No stratification.
 */
import { type Rows, randomFrom, rowCount, type Seed, takeRows } from "../random/index.ts";
import { ShapeError, UsageError } from "../tensor/errors.ts";
import { checkOptions, flags, isNumber, isWhole, names } from "../tensor/options.ts";
import { show } from "../tensor/show.ts";

/** How to split. */
export interface SplitOptions {
  /** A share of the rows in (0, 1), or a number of rows ≥ 1. Default 0.25. */
  readonly testSize?: number;
  /** Default true. */
  readonly shuffle?: boolean;
  /** Seed, or a generator to go on with. Default 0. */
  readonly seed?: Seed;
}

/**
 * Row numbers of the two parts of `n` rows.
 * @throws {UsageError} if one part would be empty.
 * @example splitIndex(10, { testSize: 0.2, shuffle: false }).test // Int32Array [8, 9]
 */
export function splitIndex(n: number, options: SplitOptions = {}): { train: Int32Array; test: Int32Array } {
  checkOptions("trainTestSplit", { ...names("testSize"), ...flags("shuffle"), ...names("seed") }, options);
  if (!isWhole(0)(n))
    throw new UsageError(
      `splitIndex: expected a whole number of rows ≥ 0, received ${show(n)}. Give the length of y.`,
    );
  const { testSize = 0.25, shuffle = true, seed = 0 } = options;
  const testCount = testSize < 1 ? Math.ceil(n * testSize) : testSize;
  if (!isNumber(testSize) || !Number.isInteger(testCount) || testCount < 1 || testCount >= n)
    throw new UsageError(
      `trainTestSplit: testSize must be a share in (0, 1) or an integer from 1 to ${n - 1} that leaves rows for training, received ${show(testSize)} of ${n} rows. Give e.g. 0.25.`,
    );
  if (!shuffle) {
    const rows = Int32Array.from({ length: n }, (_, i) => i);
    return { train: rows.slice(0, n - testCount), test: rows.slice(n - testCount) };
  }
  const order = randomFrom(seed).permutation(n);
  return { train: order.slice(testCount), test: order.slice(0, testCount) };
}

/**
 * Splits x and y by the same rows.
 * @throws {ShapeError} if x and y differ in their number of rows; {UsageError} if one part would be empty.
 * @example
 * const { train, test } = trainTestSplit(makeMoons({ samples: 1000 }), { testSize: 0.1, seed: 42 });
 * train.x.shape // [900, 2]
 * test.y.length // 100
 */
export function trainTestSplit<X extends Rows, Y extends Rows>(
  data: { readonly x: X; readonly y: Y },
  options: SplitOptions = {},
): { train: { x: X; y: Y }; test: { x: X; y: Y } } {
  const { x, y } = data ?? {};
  if (rowCount(x) !== rowCount(y))
    throw new ShapeError(
      `trainTestSplit: expected one answer for each example, received x with ${rowCount(x)} rows and y with ${rowCount(y)}. Give arrays whose rows belong together.`,
    );
  const { train, test } = splitIndex(rowCount(x), options);
  return {
    train: { x: takeRows(x, train), y: takeRows(y, train) },
    test: { x: takeRows(x, test), y: takeRows(y, test) },
  };
}
