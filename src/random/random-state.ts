/**
 * NumPy's legacy generator `numpy.random.RandomState`: the same seed gives the same numbers, in the same order.
 *
 * Integers, uniforms, permutations and shuffles agree to the bit. Normals go through a logarithm, where NumPy
 * uses the C library's: see `standardNormal` for how far they differ. It is not a cryptographic generator.
 * Source: NumPy's documented legacy stream; G. Marsaglia's polar method (SIAM Review 6, 1964).
 */
import { UsageError } from "../tensor/errors.ts";
import { hasMethods, isWhole } from "../tensor/options.ts";
import { show } from "../tensor/show.ts";
import { type ChoiceOptions, choose } from "./choice.ts";
import { log } from "./elementary.ts";
import { MersenneTwister, stateWords } from "./mt19937.ts";
import { type Rows, rowCount, swapRows, takeRows } from "./rows.ts";
import { type Draw, draw, type Size } from "./size.ts";

/** Everything a generator remembers; plain data that survives JSON. */
export interface RandomSnapshot {
  readonly algorithm: "MT19937";
  /** 624 words. */
  readonly key: readonly number[];
  /** Next word to hand out, 0…624. */
  readonly position: number;
  /** The second normal of a pair, kept for the next call; null if there is none. */
  readonly kept: number | null;
}

/** A seed, or a generator to go on with. */
export type Seed = number | RandomState;

/** The generator itself, or a fresh one for a seed. */
export const randomFrom = (seed: Seed): RandomState =>
  isGenerator(seed) ? (seed as RandomState) : new RandomState(seed as number);
const isGenerator = hasMethods("randomSample", "shuffle");

/**
 * A seeded stream of random numbers.
 * @throws {UsageError} unless the seed is an integer from 0 to 2³² − 1.
 * @example new RandomState(0).randn(3) // [1.764…, 0.400…, 0.978…], as np.random.RandomState(0).randn(3)
 */
export class RandomState {
  readonly #words: MersenneTwister;
  #kept: number | null = null;

  constructor(seed: number) {
    this.#words = new MersenneTwister(seed);
  }

  /** The next 32-bit word, 0…2³² − 1. */
  word(): number {
    return this.#words.next();
  }

  /** Uniform in [0, 1) with 53 bits: (a·2²⁶ + b) / 2⁵³ from the upper 27 and 26 bits of two words. */
  randomSample(): number;
  randomSample<S extends Size>(size: S): Draw<S>;
  randomSample(size?: Size): Draw<Size | undefined> {
    return draw("randomSample", size, () => this.#unit());
  }

  /** `randomSample` with the counts as arguments: none, a count, or rows and columns. */
  rand(): number;
  rand(count: number): Float64Array;
  rand(rows: number, cols: number): Draw<[number, number]>;
  rand(rows?: number, cols?: number): Draw<Size | undefined> {
    return draw("rand", cols === undefined ? rows : [rows!, cols], () => this.#unit());
  }

  /** Uniform in [low, high): low + (high − low)·u. */
  uniform(low?: number, high?: number): number;
  uniform<S extends Size>(low: number, high: number, size: S): Draw<S>;
  uniform(low = 0, high = 1, size?: Size): Draw<Size | undefined> {
    checkNumber("uniform", { low, high });
    const range = high - low;
    return draw("uniform", size, () => low + range * this.#unit());
  }

  /**
   * Normal with mean 0 and standard deviation 1, by the polar method: two uniforms in the unit disc give two
   * normals; the second product comes out first and the first one is kept for the next call, as in NumPy.
   *
   * Of the first 174 690 normals of seed 0, 174 453 equal NumPy's to the bit, 202 differ by one ulp and 35 by two
   * (at most 4·10⁻¹⁶ of the value): one ulp in the logarithm, which glibc and we round apart in 3 of 1 000 cases
   * at most. With the `Math.log` of Node 20 5 445 would differ, and other engines would give other bits again.
   */
  standardNormal(): number;
  standardNormal<S extends Size>(size: S): Draw<S>;
  standardNormal(size?: Size): Draw<Size | undefined> {
    return draw("standardNormal", size, () => this.#gauss());
  }

  /** `standardNormal` with the counts as arguments: none, a count, or rows and columns. */
  randn(): number;
  randn(count: number): Float64Array;
  randn(rows: number, cols: number): Draw<[number, number]>;
  randn(rows?: number, cols?: number): Draw<Size | undefined> {
    return draw("randn", cols === undefined ? rows : [rows!, cols], () => this.#gauss());
  }

  /** Normal: mean + deviation·g. @throws {UsageError} if the deviation is negative. */
  normal(mean?: number, deviation?: number): number;
  normal<S extends Size>(mean: number, deviation: number, size: S): Draw<S>;
  normal(mean = 0, deviation = 1, size?: Size): Draw<Size | undefined> {
    checkNumber("normal", { mean, deviation });
    if (!(deviation >= 0))
      throw new UsageError(
        `normal: deviation must be ≥ 0, received ${deviation}. Give a standard deviation.`,
      );
    return draw("normal", size, () => mean + deviation * this.#gauss());
  }

  /**
   * Integers low ≤ k < high, each equally likely; with one argument 0 ≤ k < low. Spans up to 2³² use one word
   * for each try, wider ones two (the upper half first).
   * @throws {UsageError} if the range is empty or its bounds are not safe integers at most 2⁵³ apart.
   */
  randint(low: number, high?: number): number;
  randint<S extends Size>(low: number, high: number, size: S): Draw<S>;
  randint(low: number, high?: number, size?: Size): Draw<Size | undefined> {
    const [from, to] = high === undefined ? [0, low] : [low, high];
    const top = to - from - 1;
    if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || top < 0 || !Number.isSafeInteger(top))
      throw new UsageError(
        `randint: expected integers low < high at most 2^53 apart, received low ${show(from)}, high ${show(to)}. Give such bounds; high itself is never drawn.`,
      );
    return draw("randint", size, () => from + this.below(top));
  }

  /** An integer 0…top inclusive, by masked rejection: words are cut to the bits of `top` until one is ≤ top. */
  below(top: number): number {
    if (top === 0) return 0;
    const upper = Math.floor(top / 0x100000000);
    const mask = 0xffffffff >>> Math.clz32(upper > 0 ? upper : top);
    for (;;) {
      let value = this.#words.next();
      if (upper > 0) value = ((value & mask) >>> 0) * 0x100000000 + this.#words.next();
      else value = (value & mask) >>> 0;
      if (value <= top) return value;
    }
  }

  /** Shuffles values, or the rows of a tensor, in place (Fisher–Yates from the end). */
  shuffle(rows: Rows): void {
    for (let i = rowCount(rows) - 1; i > 0; i--) {
      const j = this.below(i);
      if (i !== j) swapRows(rows, i, j);
    }
  }

  /**
   * The integers 0…n−1 in random order, or a shuffled copy of values or rows.
   * @throws {UsageError} unless n is a whole number ≥ 0.
   */
  permutation(n: number): Int32Array;
  permutation<R extends Rows>(rows: R): R;
  permutation<R extends Rows>(source: number | R): Int32Array | R {
    if (typeof source !== "object" && !isWhole(0)(source))
      throw new UsageError(
        `permutation: expected a whole number ≥ 0 or rows, received ${show(source)}. Give e.g. 10.`,
      );
    const length = typeof source === "number" ? source : rowCount(source);
    const index = Int32Array.from({ length }, (_, i) => i);
    this.shuffle(index);
    return typeof source === "number" ? index : takeRows(source, index);
  }

  /**
   * `size` draws from 0…n−1 or from the rows of something: with or without replacement, with equal chances or
   * with the chances `p`.
   * @throws {UsageError} if more are asked for than there are, or `p` is not a distribution over the population.
   * @example new RandomState(1).choice(5, 3, { replace: false })
   */
  choice(n: number, size: number, options?: ChoiceOptions): Int32Array;
  choice<R extends Rows>(rows: R, size: number, options?: ChoiceOptions): R;
  choice<R extends Rows>(source: number | R, size: number, options: ChoiceOptions = {}): Int32Array | R {
    const index = choose(this, typeof source === "number" ? source : rowCount(source), size, options);
    return typeof source === "number" ? index : takeRows(source, index);
  }

  /** A copy of the state; `setState` goes back to it. */
  state(): RandomSnapshot {
    const { key, position } = this.#words;
    return { algorithm: "MT19937", key: Array.from(key), position, kept: this.#kept };
  }

  /** Goes on from a state taken earlier. @throws {UsageError} if it is not one. */
  setState(snapshot: RandomSnapshot): void {
    const { algorithm, key, position, kept } = snapshot ?? {};
    const words = Array.isArray(key) && key.length === stateWords && key.every((w) => w >>> 0 === w);
    const place = Number.isInteger(position) && position >= 0 && position <= stateWords;
    if (algorithm !== "MT19937" || !words || !place || !(kept === null || Number.isFinite(kept)))
      throw new UsageError(
        `setState: expected an MT19937 state with ${stateWords} words and a position 0…${stateWords}, received ${algorithm} with ${key?.length} words, position ${position}, kept ${kept}. Give what state() returned.`,
      );
    this.#words.key.set(key);
    this.#words.position = position;
    this.#kept = kept;
  }

  #unit(): number {
    const a = this.#words.next() >>> 5;
    const b = this.#words.next() >>> 6;
    return (a * 67108864 + b) / 9007199254740992;
  }

  #gauss(): number {
    const kept = this.#kept;
    if (kept !== null) {
      this.#kept = null;
      return kept;
    }
    for (;;) {
      const x1 = 2 * this.#unit() - 1;
      const x2 = 2 * this.#unit() - 1;
      const r2 = x1 * x1 + x2 * x2;
      if (r2 >= 1 || r2 === 0) continue;
      const factor = Math.sqrt((-2 * log(r2)) / r2);
      this.#kept = factor * x1;
      return factor * x2;
    }
  }
}

/** A text would be joined to a draw, not added. */
function checkNumber(where: string, values: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(values))
    if (typeof value !== "number")
      throw new UsageError(`${where}: ${name} must be a number, received ${show(value)}. Give e.g. 1.`);
}
