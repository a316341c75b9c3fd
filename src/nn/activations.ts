/**
 * Activations: what a layer does to each pre-activation z. Every one is a function (g, x) => node of x's shape.
 *
 * All but softmax act on each element alone and are one scalar expression, so their gradient is the symbolic
 * derivative of `graph/expr`. Where one has a corner, its slope there is stated beside it.
 */
import * as E from "../graph/expr.ts";
import type { Graph } from "../graph/graph.ts";
import type { Node } from "../graph/nodes.ts";
import { UsageError } from "../tensor/errors.ts";
import { lookup } from "../tensor/names.ts";
import { checkOptions, isNumber, names, oneOf } from "../tensor/options.ts";
import { show } from "../tensor/show.ts";

/** Appends the activation of x to the graph; the result has x's shape. */
export type ActivationFunction = (g: Graph, x: Node) => Node;

const x = E.arg(0);
const zero = E.constant(0);
const one = E.constant(1);
const scalar =
  (e: E.Expr): ActivationFunction =>
  (g, z) =>
    g.map(e, [z]);
const ifPositive = (then: E.Expr, otherwise: E.Expr) => E.select(E.binary("le", x, zero), otherwise, then);
/** e^x − 1. Below |x| ≈ 1e-8 it loses relative (not absolute) precision. */
const expMinus1 = E.sub(E.unary("exp", x), one);

/** z itself. Shapes: any. */
export const linear: ActivationFunction = (_, z) => z;
/** 1 / (1 + e^−z), in (0, 1). */
export const sigmoid: ActivationFunction = scalar(E.unary("sigmoid", x));
/** Hyperbolic tangent, in (−1, 1). */
export const tanh: ActivationFunction = scalar(E.unary("tanh", x));
/**
 * max(0, z). Its slope at exactly 0 is 0; `reluWith` gives the other choice.
 * @see Nair & Hinton (2010), Rectified Linear Units Improve Restricted Boltzmann Machines
 */
export const relu: ActivationFunction = (g, z) => g.relu(z, 0);
/** log(1 + e^z), a smooth relu. */
export const softplus: ActivationFunction = scalar(E.unary("softplus", x));
/**
 * z·sigmoid(z), also called swish.
 * @see Elfwing, Uchibe & Doya (2018), equation 2
 */
export const silu: ActivationFunction = scalar(E.mul(x, E.unary("sigmoid", x)));
/**
 * z·Φ(z) with the exact normal distribution Φ(z) = (1 + erf(z/√2))/2, not the tanh approximation.
 * @see Hendrycks & Gimpel (2016), Gaussian Error Linear Units
 */
export const gelu: ActivationFunction = scalar(
  E.mul(E.mul(E.constant(0.5), x), E.add(one, E.unary("erf", E.mul(E.constant(Math.SQRT1_2), x)))),
);
/** λ·z above 0, λ·α·(e^z − 1) below; λ and α of Klambauer et al. (2017), equation 2; slope at 0: λ·α. */
export const selu: ActivationFunction = scalar(
  E.mul(E.constant(1.0507009873554805), ifPositive(x, E.mul(E.constant(1.6732632423543772), expMinus1))),
);
/**
 * Softmax of each row: e^z / Σ e^z, computed from z − max z. Shapes: [B, classes] → the same, rows summing to 1.
 * @see Goodfellow, Bengio & Courville (2016), section 6.2.2.3
 */
export const softmax: ActivationFunction = (g, z) => g.softmax(z);

/**
 * relu with the slope at exactly 0 chosen: 0 (the usual one) or 1.
 * @throws {UsageError} for any other slope.
 * @example dense(64, { activation: reluWith({ slopeAtZero: 1 }) }).kind // "dense"
 */
export function reluWith(options: { readonly slopeAtZero: 0 | 1 }): ActivationFunction {
  checkOptions("reluWith", oneOf("slopeAtZero", 0, 1), options);
  const { slopeAtZero } = options;
  if (slopeAtZero === undefined)
    throw new UsageError("reluWith: expected slopeAtZero 0 or 1, received none. Give one of these.");
  return (g, z) => g.relu(z, slopeAtZero);
}

/**
 * z above 0, slope·z at and below 0. Default slope 0.2 (Keras's function; PyTorch's default is 0.01).
 * @throws {UsageError} if the slope is not a finite number.
 * @example
 * const model = sequential([activation(leakyReluWith({ slope: 0.1 }))], { inputShape: [1] });
 * model.predict([[-2], [3]]).data // [-0.20, 3.0]
 * @see Maas, Hannun & Ng (2013), Rectifier Nonlinearities Improve Neural Network Acoustic Models
 */
export function leakyReluWith(options: { readonly slope?: number } = {}): ActivationFunction {
  checkOptions("leakyReluWith", names("slope"), options);
  const slope = finite("leakyReluWith", "slope", options.slope ?? 0.2);
  return scalar(ifPositive(x, E.mul(E.constant(slope), x)));
}
/** `leakyReluWith()`: slope 0.2 at and below 0. */
export const leakyRelu: ActivationFunction = leakyReluWith();

/**
 * z above 0, α·(e^z − 1) at and below 0; slope at 0: α. Default α = 1.
 * @throws {UsageError} if α is not a finite number.
 * @example
 * const model = sequential([activation(eluWith({ alpha: 2 }))], { inputShape: [1] });
 * model.predict([[-1], [3]]).data // [-1.2642, 3.0]
 * @see Clevert, Unterthiner & Hochreiter (2016), equation 15
 */
export function eluWith(options: { readonly alpha?: number } = {}): ActivationFunction {
  checkOptions("eluWith", names("alpha"), options);
  const alpha = finite("eluWith", "alpha", options.alpha ?? 1);
  return scalar(ifPositive(x, E.mul(E.constant(alpha), expMinus1)));
}
/** `eluWith()`: α = 1. */
export const elu: ActivationFunction = eluWith();

/** The activations that a string can name. */
export const ACTIVATIONS = {
  linear,
  sigmoid,
  tanh,
  relu,
  leakyRelu,
  elu,
  selu,
  gelu,
  silu,
  softplus,
  softmax,
} as const satisfies Record<string, ActivationFunction>;

/** A name of `ACTIVATIONS`. */
export type ActivationName = keyof typeof ACTIVATIONS;
/** A name of the table, or a function of your own. */
export type Activation = ActivationName | ActivationFunction;

/**
 * The function of a name.
 * @throws {UsageError} for a name that is not in the table.
 */
export function activationFunction(where: string, activation: Activation): ActivationFunction {
  if (typeof activation !== "function") return lookup(where, "activation", ACTIVATIONS, activation);
  const maker = [reluWith, leakyReluWith, eluWith].find((f) => (f as unknown) === activation);
  if (!maker) return activation;
  throw new UsageError(
    `${where}: expected an activation, received the function that makes one. Call it: ${maker.name}({ … }).`,
  );
}

/**
 * The name of a function of the table; "custom" for any other.
 * @example
 * activationName("relu") // "relu"
 * activationName(ACTIVATIONS.tanh) // "tanh"
 * activationName((g, z) => g.square(z)) // "custom"
 */
export function activationName(activation: Activation): ActivationName | "custom" {
  if (typeof activation === "string") return activation;
  const found = Object.entries(ACTIVATIONS).find(([, f]) => f === activation);
  return found ? (found[0] as ActivationName) : "custom";
}

function finite(where: string, name: string, value: number): number {
  if (!isNumber(value))
    throw new UsageError(
      `${where}: expected a finite number as ${name}, received ${show(value)}. Give e.g. 0.1.`,
    );
  return value;
}
