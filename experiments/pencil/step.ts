/**
 * The network of tutorial 003 as one training step: three sigmoid layers without biases, all inside the engine.
 *
 *   S1 = X·W1   Z1 = σ(S1)   S2 = Z1·W2   Z2 = σ(S2)   Q = Z2·W3   y = σ(Q)   sum = Σ (y − Y)²
 *
 * g1, g2, g3 have the shape of their weights; the tutorial keeps their transposes and turns them back in the update.
 */
import type { BufferLeaf, Graph, Node } from "papergrad/engine";
import type { Variant } from "../types.ts";

export interface Shapes {
  readonly samples: number;
  readonly inputs: number;
  readonly hidden1: number;
  readonly hidden2: number;
  readonly outputs: number;
}

/** As in the tutorial, whose second hidden width is `Outx`: the number of samples, not of outputs. */
export const shapesFor = (samples: number, inputs: number, outputs: number): Shapes => ({
  samples,
  inputs,
  hidden1: 3,
  hidden2: samples,
  outputs,
});

interface Forward {
  readonly X: BufferLeaf;
  readonly W1: BufferLeaf;
  readonly W2: BufferLeaf;
  readonly W3: BufferLeaf;
  readonly Z1: Node;
  readonly Z2: Node;
  readonly y: Node;
  /** y − Y */
  readonly E: Node;
  readonly sum: Node;
}

export function forward(g: Graph, { samples, inputs, hidden1, hidden2, outputs }: Shapes): Forward {
  const X = g.input("X", [samples, inputs]);
  const Y = g.input("Y", [samples, outputs]);
  const W1 = g.parameter("W1", [inputs, hidden1]);
  const W2 = g.parameter("W2", [hidden1, hidden2]);
  const W3 = g.parameter("W3", [hidden2, outputs]);
  const S1 = g.label("S1", g.matmul(X, W1));
  const Z1 = g.label("Z1", g.sigmoid(S1));
  const S2 = g.label("S2", g.matmul(Z1, W2));
  const Z2 = g.label("Z2", g.sigmoid(S2));
  const Q = g.label("Q", g.matmul(Z2, W3));
  const y = g.label("y", g.sigmoid(Q));
  const E = g.label("E", g.sub(y, Y));
  const sum = g.label("sum", g.sum(g.square(E)));
  return { X, W1, W2, W3, Z1, Z2, y, E, sum };
}

/** g1, g2, g3 as printed: y − Y at the output, which is the gradient of the cross-entropy and not of `sum`. */
export function printedGradients(g: Graph, f: Forward): readonly [Node, Node, Node] {
  const { X, W2, W3, Z1, Z2, E } = f;
  const g3 = g.label("g3", g.matmul(Z2, E, { transposeA: true }));
  const d2 = g.label("tmp1", g.mul(g.matmul(E, W3, { transposeB: true }), Z2, g.sub(1, Z2)));
  const g2 = g.label("g2", g.matmul(Z1, d2, { transposeA: true }));
  const d1 = g.label("tmp4", g.mul(g.matmul(d2, W2, { transposeB: true }), Z1, g.sub(1, Z1)));
  const g1 = g.label("g1", g.matmul(X, d1, { transposeA: true }));
  return [g1, g2, g3];
}

/** One step of a variant, ended by the engine once the tolerance "res" is met. Metrics: D, and this step's sum. */
export function step(g: Graph, shapes: Shapes, variant: Variant): void {
  const f = forward(g, shapes);
  const [a, res] = [g.hyper("a"), g.hyper("res")];
  g.store(g.parameter("output", f.y.shape as [number, number]), f.y);
  if (variant === "published") publishedUpdate(g, f, a, res);
  else derivedUpdate(g, f, a, res);
  g.metric("sum", f.sum);
}

/** D is the smallest sum so far; when it meets the tolerance the weights are still updated, then the loop ends. */
function publishedUpdate(g: Graph, f: Forward, a: Node, res: Node): void {
  const D = g.parameter("D", [1, 1]);
  const smallest = g.label("Dmin", g.min(D, f.sum));
  const gradients = printedGradients(g, f);
  for (const [i, W] of [f.W1, f.W2, f.W3].entries()) g.store(W, g.sub(W, g.mul(a, gradients[i]!)));
  g.store(D, smallest);
  g.metric("D", smallest);
  g.halt(g.lessEqual(smallest, res));
}

/** The gradient of the sum itself; the step that meets the tolerance leaves the weights as they are. */
function derivedUpdate(g: Graph, f: Forward, a: Node, res: Node): void {
  const done = g.label("stop", g.lessEqual(f.sum, res));
  const weights = [f.W1, f.W2, f.W3] as const;
  const gradients = g.gradient(f.sum, weights);
  for (const [i, W] of weights.entries()) g.store(W, g.select(done, W, g.sub(W, g.mul(a, gradients[i]!))));
  g.metric("D", f.sum);
  g.halt(done);
}
