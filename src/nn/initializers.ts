/**
 * Initializers: the first values of a parameter, drawn from the model's seeded `RandomState`.
 *
 * Each is a plain object { name, options, draw }. For a kernel [inputs, units] fanIn = inputs, fanOut = units.
 * The normal kinds of Glorot, He and LeCun are truncated as in Keras: draws beyond two standard deviations are
 * drawn again, and the deviation is divided by 0.8796… first, so that what is left has the variance asked for.
 */
import type { RandomState } from "../random/index.ts";
import { UsageError } from "../tensor/errors.ts";
import { lookup } from "../tensor/names.ts";
import { checkOptions, hasMethods, isNumber, names } from "../tensor/options.ts";
import { show } from "../tensor/show.ts";
import { type Shape, sizeOf } from "../tensor/tensor.ts";

/** How the first values of a weight are made. */
export interface Initializer {
  readonly name: string;
  readonly options: Readonly<Record<string, number>>;
  /** rows × cols numbers, row by row. */
  draw(random: RandomState, shape: Shape): Float64Array;
}

/** Standard deviation of a normal cut off at ±2: √(1 − 4φ(2)/(2Φ(2) − 1)). */
const TRUNCATED_DEVIATION = 0.8796256610342398;

/**
 * Every value 0.
 * @example zeros().draw(new RandomState(0), [1, 2]) // [0, 0]
 */
export const zeros = (): Initializer => filled("zeros", 0);
/**
 * Every value 1.
 * @example ones().draw(new RandomState(0), [1, 2]) // [1, 1]
 */
export const ones = (): Initializer => filled("ones", 1);
/**
 * Every value `value`.
 * @throws {UsageError} if it is not finite.
 * @example constant(0.1).draw(new RandomState(0), [1, 2]) // [0.1, 0.1]
 */
export const constant = (value: number): Initializer => filled("constant", value, { value });

/**
 * Normal with a mean (default 0) and a standard deviation (default 0.05).
 * @throws {UsageError} if out of range.
 * @example normal({ deviation: 0.01 }).draw(new RandomState(0), [1, 2]) // [0.01764, 0.00400]
 */
export function normal(options: { readonly mean?: number; readonly deviation?: number } = {}): Initializer {
  checkOptions("normal", names("mean", "deviation"), options);
  const { mean = 0, deviation = 0.05 } = options;
  check("normal", "a deviation ≥ 0", isNumber(deviation, 0) && isNumber(mean), {
    mean,
    deviation,
  });
  return {
    name: "normal",
    options: { mean, deviation },
    draw: (random, shape) => random.normal(mean, deviation, sizeOf(shape)),
  };
}

/**
 * As `normal`, values beyond two deviations drawn again (so the result varies a little less than `deviation`).
 * @throws {UsageError} if out of range.
 * @example truncatedNormal({ deviation: 1 }).draw(new RandomState(0), [100, 10]).every((v) => Math.abs(v) <= 2) // true
 */
export function truncatedNormal(
  options: { readonly mean?: number; readonly deviation?: number } = {},
): Initializer {
  checkOptions("truncatedNormal", names("mean", "deviation"), options);
  const { mean = 0, deviation = 0.05 } = options;
  check("truncatedNormal", "a deviation ≥ 0", isNumber(deviation, 0) && isNumber(mean), {
    mean,
    deviation,
  });
  return {
    name: "truncatedNormal",
    options: { mean, deviation },
    draw: (random, shape) => truncated(random, mean, deviation, sizeOf(shape)),
  };
}

/**
 * Uniform in [low, high), default [−0.05, 0.05).
 * @throws {UsageError} if low > high.
 * @example uniform({ low: 0, high: 10 }).draw(new RandomState(0), [1, 2]) // [5.488, 7.152]
 */
export function uniform(options: { readonly low?: number; readonly high?: number } = {}): Initializer {
  checkOptions("uniform", names("low", "high"), options);
  const { low = -0.05, high = 0.05 } = options;
  const ordered = isNumber(low) && isNumber(high, low) && isNumber(high - low);
  check("uniform", "finite low ≤ high", ordered, { low, high });
  return {
    name: "uniform",
    options: { low, high },
    draw: (random, shape) => random.uniform(low, high, sizeOf(shape)),
  };
}

/**
 * Uniform in ±√(6/(fanIn + fanOut)), Keras's default for kernels.
 * @example glorotUniform().draw(new RandomState(0), [4, 2]).every((v) => Math.abs(v) <= 1) // true, √(6/(4 + 2))
 * @see Glorot & Bengio (2010), equation 16
 */
export const glorotUniform = (): Initializer => scaledUniform("glorotUniform", glorot);
/**
 * Truncated normal of variance 2/(fanIn + fanOut).
 * @example glorotNormal().draw(new RandomState(0), [4, 2]).length // 8
 * @see Glorot & Bengio (2010), equation 12
 */
export const glorotNormal = (): Initializer => scaledNormal("glorotNormal", glorot);
/**
 * Uniform in ±√(6/fanIn), for relu.
 * @example heUniform().draw(new RandomState(0), [6, 2]).every((v) => Math.abs(v) <= 1) // true, √(6/6)
 * @see He et al. (2015), equation 10
 */
export const heUniform = (): Initializer => scaledUniform("heUniform", he);
/**
 * Truncated normal of variance 2/fanIn, for relu.
 * @example dense(64, { activation: "relu", kernelInitializer: heNormal() }).config.kernelInitializer.name // "heNormal"
 * @see He et al. (2015), equation 10
 */
export const heNormal = (): Initializer => scaledNormal("heNormal", he);
/**
 * Uniform in ±√(3/fanIn).
 * @example lecunUniform().draw(new RandomState(0), [3, 2]).every((v) => Math.abs(v) <= 1) // true, √(3/3)
 * @see LeCun et al. (1998), Efficient BackProp, section 4.6
 */
export const lecunUniform = (): Initializer => scaledUniform("lecunUniform", lecun);
/**
 * Truncated normal of variance 1/fanIn, for selu.
 * @example dense(64, { activation: "selu", kernelInitializer: lecunNormal() }).config.kernelInitializer.name // "lecunNormal"
 * @see LeCun et al. (1998), Efficient BackProp, section 4.6
 */
export const lecunNormal = (): Initializer => scaledNormal("lecunNormal", lecun);

/** Variances for fanIn inputs and fanOut outputs. */
type Variance = (fanIn: number, fanOut: number) => number;
const glorot: Variance = (i, o) => 2 / (i + o);
const he: Variance = (i) => 2 / i;
const lecun: Variance = (i) => 1 / i;

function scaledUniform(name: string, variance: Variance): Initializer {
  return {
    name,
    options: {},
    draw(random, shape) {
      const limit = Math.sqrt(3 * variance(...shape));
      return random.uniform(-limit, limit, sizeOf(shape));
    },
  };
}

function scaledNormal(name: string, variance: Variance): Initializer {
  return {
    name,
    options: {},
    draw: (random, shape) =>
      truncated(random, 0, Math.sqrt(variance(...shape)) / TRUNCATED_DEVIATION, sizeOf(shape)),
  };
}

function truncated(random: RandomState, mean: number, deviation: number, size: number): Float64Array {
  return Float64Array.from({ length: size }, () => {
    for (;;) {
      const z = random.standardNormal();
      if (Math.abs(z) <= 2) return mean + deviation * z;
    }
  });
}

function filled(name: string, value: number, options: Readonly<Record<string, number>> = {}): Initializer {
  check(name, "a finite value", isNumber(value), { value });
  return { name, options, draw: (_, shape) => new Float64Array(sizeOf(shape)).fill(value) };
}

function check(where: string, expected: string, ok: boolean, given: Record<string, number>): void {
  if (ok) return;
  const received = Object.entries(given).map(([k, v]) => `${k} ${show(v)}`);
  throw new UsageError(
    `${where}: expected ${expected}, received ${received.join(", ")}. Give finite numbers.`,
  );
}

/** The initializers that a string can name, with their default options. */
export const INITIALIZERS = {
  zeros,
  ones,
  normal,
  truncatedNormal,
  uniform,
  glorotUniform,
  glorotNormal,
  heUniform,
  heNormal,
  lecunUniform,
  lecunNormal,
} as const satisfies Record<string, () => Initializer>;

/** A name of `INITIALIZERS`. */
export type InitializerName = keyof typeof INITIALIZERS;

/** @throws {UsageError} for a name that is not in the table, and for anything but a name or an initializer. */
export function initializerOf(where: string, initializer: InitializerName | Initializer): Initializer {
  if (hasMethods("draw")(initializer)) return initializer as Initializer;
  if (typeof initializer === "string")
    return lookup<() => Initializer>(where, "initializer", INITIALIZERS, initializer)();
  throw new UsageError(
    `${where}: expected an initializer as a name or an object, received ${show(initializer)}. Give e.g. "heNormal" or heNormal(), with its parentheses.`,
  );
}
