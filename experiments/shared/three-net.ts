/**
 * The tutorial's ThreeNet: two hidden layers with relu (slope 1 at exactly 0), softmax, cross-entropy, weight decay.
 * Iris and MNIST use it with their own sizes; names are the tutorial's.
 *
 * `published` is the program as it is printed: every gradient by hand, b2 and b3 updated with themselves, exp
 * without the row's maximum. `derived` writes the loss down and lets `g.gradient` do the rest.
 */

import type { RandomState } from "papergrad";
import type { BufferLeaf, Engine, Graph, Node } from "papergrad/engine";
import type { GradientProblem } from "papergrad/inspect";
import type { Variant } from "../types.ts";

export interface ThreeNet {
  readonly inputs: number;
  readonly hidden1: number;
  readonly hidden2: number;
  readonly classes: number;
  readonly learningRate: number;
  /** λ of ½λ‖W‖². */
  readonly decay: number;
}

/** Parameters in the order in which the start values are drawn. */
export const parameterNames = ["W1", "b1", "W2", "b2", "W3", "b3"] as const;

type Parameters = Readonly<Record<(typeof parameterNames)[number], BufferLeaf>>;

/** Rows and columns of each parameter. */
export const parameterShapes = (
  net: ThreeNet,
): Record<(typeof parameterNames)[number], [number, number]> => ({
  W1: [net.inputs, net.hidden1],
  b1: [1, net.hidden1],
  W2: [net.hidden1, net.hidden2],
  b2: [1, net.hidden2],
  W3: [net.hidden2, net.classes],
  b3: [1, net.classes],
});

export function parameters(g: Graph, net: ThreeNet): Parameters {
  const shapes = parameterShapes(net);
  return Object.fromEntries(parameterNames.map((n) => [n, g.parameter(n, shapes[n])])) as Parameters;
}

/** The way forward up to the scores z3. */
export function forward(g: Graph, a0: Node, { W1, b1, W2, b2, W3, b3 }: Parameters) {
  const z1 = g.label("z1", g.add(g.matmul(a0, W1), b1));
  const a1 = g.label("a1", g.relu(z1, 1));
  const z2 = g.label("z2", g.add(g.matmul(a1, W2), b2));
  const a2 = g.label("a2", g.relu(z2, 1));
  const z3 = g.label("z3", g.add(g.matmul(a2, W3), b3));
  return { z1, a1, z2, a2, z3 };
}

/** What a variant follows: the loss it reports, and for each parameter the direction its update takes. */
export interface Descent {
  readonly loss: Node;
  readonly directions: Parameters | Record<keyof Parameters, Node>;
}

/** The published program's loss and directions, gradient by gradient. */
function published(g: Graph, a0: Node, Y: Node, p: Parameters, net: ThreeNet): Descent {
  const N = a0.shape[0];
  const { z1, a1, z2, a2, z3 } = forward(g, a0, p);
  const e = g.exp(z3); // no row maximum: overflows for scores above 709 (88 in float32)
  const h = g.label("h", g.div(e, g.sum(e, "cols")));
  const picked = g.sum(g.select(Y, h, 0), "cols");
  const loss = g.label("loss", g.mul(-1 / N, g.sum(g.log(picked))));

  const dz3 = g.label("dz3", g.div(g.sub(h, Y), N));
  const dW3 = g.matmul(a2, dz3, { transposeA: true });
  const da2 = g.label("da2", g.matmul(dz3, p.W3, { transposeB: true }));
  const dz2 = g.label("dz2", g.select(g.less(z2, 0), 0, da2));
  const dW2 = g.matmul(a1, dz2, { transposeA: true });
  const da1 = g.label("da1", g.matmul(dz2, p.W2, { transposeB: true }));
  const dz1 = g.label("dz1", g.select(g.less(z1, 0), 0, da1));
  const dW1 = g.matmul(a0, dz1, { transposeA: true });
  const db1 = g.label("db1", g.sum(dz1, "rows"));

  const decayed = (name: string, dW: Node, W: Node) => g.label(name, g.add(dW, g.mul(net.decay, W)));
  return {
    loss,
    directions: {
      W1: decayed("dW1", dW1, p.W1),
      b1: db1,
      W2: decayed("dW2", dW2, p.W2),
      b2: p.b2, // db2 is computed by the program and never used
      W3: decayed("dW3", dW3, p.W3),
      b3: p.b3, // likewise db3
    },
  };
}

/** Cross-entropy from the scores, without overflow; the gradient of it plus ½λ‖W‖². */
function derived(g: Graph, a0: Node, Y: Node, p: Parameters, net: ThreeNet): Descent {
  const { z3 } = forward(g, a0, p);
  const loss = g.label("loss", crossEntropy(g, z3, Y));
  const J = g.label("J", g.add(loss, decayTerm(g, p, net)));
  const [W1, b1, W2, b2, W3, b3] = g.gradient(J, [p.W1, p.b1, p.W2, p.b2, p.W3, p.b3]);
  return { loss, directions: { W1, b1, W2, b2, W3, b3 } };
}

/** Mean of log Σ exp z − z[class]; its gradient with respect to z is (softmax z − Y) / N. */
export function crossEntropy(g: Graph, z: Node, Y: Node): Node {
  return g.mean(g.sub(g.logSumExp(z), g.sum(g.mul(z, Y), "cols")));
}

/** ½λ(‖W1‖² + ‖W2‖² + ‖W3‖²). */
export function decayTerm(g: Graph, { W1, W2, W3 }: Parameters, net: ThreeNet): Node {
  const squares = [W1, W2, W3].map((W) => g.sum(g.square(W)));
  return g.mul(net.decay / 2, g.add(squares[0]!, squares[1]!, squares[2]!));
}

/** Loss and directions of a variant for a batch a0 [N, inputs] with classes y [N, 1]. */
export function descent(
  variant: Variant,
  g: Graph,
  a0: Node,
  y: Node,
  net: ThreeNet,
  p: Parameters,
): Descent {
  const Y = g.label("Y", g.oneHot(y, net.classes));
  return variant === "published" ? published(g, a0, Y, p, net) : derived(g, a0, Y, p, net);
}

/** One training step: the loss before the update as metric "loss", then every parameter − rate · direction. */
export function trainingStep(variant: Variant, g: Graph, a0: Node, y: Node, net: ThreeNet): void {
  const p = parameters(g, net);
  const { loss, directions } = descent(variant, g, a0, y, net, p);
  g.metric("loss", loss);
  for (const n of parameterNames) g.store(p[n], g.sub(p[n], g.mul(net.learningRate, directions[n])));
}

/**
 * How good the net is on a batch: metrics "correct" (right answers) and "loss" (mean cross-entropy). Keeps the
 * probabilities in the matrix named `into` [N, classes].
 */
export function evaluation(g: Graph, a0: Node, y: Node, net: ThreeNet, into: string): void {
  const { z3 } = forward(g, a0, parameters(g, net));
  g.metric("correct", g.sum(g.equal(g.argmax(z3), y)));
  g.metric("loss", crossEntropy(g, z3, g.oneHot(y, net.classes)));
  g.store(g.parameter(into, [a0.shape[0], net.classes]), g.softmax(z3));
}

/** Values of the six parameters in `parameterNames` order. */
export type Values = readonly (Float32Array | Float64Array)[];

/** Start values as the tutorial draws them: `scale` · normal, W1 first, b3 last. */
export function startValues(random: RandomState, net: ThreeNet, scale = 0.01): Float64Array[] {
  const shapes = parameterShapes(net);
  return parameterNames.map((n) => random.normal(0, 1, shapes[n]).data.map((v) => scale * v));
}

export function writeParameters(engine: Engine, values: Values): void {
  for (const [i, n] of parameterNames.entries()) engine.write(n, values[i]!);
}

export const readParameters = (engine: Engine): Values => parameterNames.map((n) => engine.read(n).data);

/** The directions of a variant against differences of J, at given data and parameters. */
export function threeNetProblem(
  name: string,
  variant: Variant,
  net: ThreeNet,
  data: { readonly x: ArrayLike<number>; readonly y: ArrayLike<number> },
  values: Values,
): GradientProblem {
  const rows = data.y.length;
  return {
    name,
    build(g) {
      const p = parameters(g, net);
      const a0 = g.input("x", [rows, net.inputs]);
      const { loss, directions } = descent(variant, g, a0, g.input("y", [rows, 1]), net, p);
      return { loss: g.add(loss, decayTerm(g, p, net)), gradients: directions };
    },
    values: { ...data, ...Object.fromEntries(parameterNames.map((n, i) => [n, values[i]!])) },
  };
}

/** Column of the largest probability in each row, the first on a tie. */
export function classesOf(probabilities: ArrayLike<number>, classes: number): Int32Array {
  return Int32Array.from({ length: probabilities.length / classes }, (_, r) => {
    let best = 0;
    for (let k = 1; k < classes; k++)
      if (probabilities[r * classes + k]! > probabilities[r * classes + best]!) best = k;
    return best;
  });
}

/** counts[true class][predicted class] */
export function confusionCounts(
  truth: ArrayLike<number>,
  predicted: ArrayLike<number>,
  classes: number,
): number[][] {
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (let i = 0; i < truth.length; i++) counts[truth[i]!]![predicted[i]!]!++;
  return counts;
}
