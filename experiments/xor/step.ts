/**
 * One training step of the two-layer network for XOR, as published and as derived.
 *
 *   z1 = x·W1 + b1   a1 = relu(z1)   z2 = a1·W2 + b2   h = softmax(z2)   relu′(0) = 1 as in the tutorial
 *
 * Published: exp without the row maximum, b2 updated with itself. Derived: log-sum-exp, every gradient from J.
 */
import type { BufferLeaf, Graph, Node } from "papergrad/engine";

/** Learning rate, decay, steps; hidden units in the text and in the code. */
export const RATE = 0.1;
export const DECAY = 1e-3;
export const STEPS = 10_000;
export const HIDDEN_IN_TEXT = 6;
export const HIDDEN_IN_CODE = 30;

export const INPUTS = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
] as const;
export const TARGETS = [0, 1, 1, 0] as const;
export const PARAMETERS = ["W1", "b1", "W2", "b2"] as const;

export interface Leaves {
  readonly x: BufferLeaf;
  readonly W1: BufferLeaf;
  readonly b1: BufferLeaf;
  readonly W2: BufferLeaf;
  readonly b2: BufferLeaf;
}

/** Data loss, J with the L2 terms, scores, and what is subtracted from each parameter, times α. */
export interface Step {
  readonly loss: Node;
  readonly J: Node;
  readonly z1: Node;
  readonly h: Node;
  readonly directions: Readonly<Record<(typeof PARAMETERS)[number], Node>>;
}

export const leaves = (g: Graph, hidden: number, x: BufferLeaf = g.input("x", [4, 2])): Leaves => ({
  x,
  W1: g.parameter("W1", [2, hidden]),
  b1: g.parameter("b1", [1, hidden]),
  W2: g.parameter("W2", [hidden, 2]),
  b2: g.parameter("b2", [1, 2]),
});

export function forward(g: Graph, { x, W1, b1, W2, b2 }: Leaves): { z1: Node; a1: Node; z2: Node } {
  const z1 = g.label("z1", g.add(g.matmul(x, W1), b1));
  const a1 = g.label("a1", g.relu(z1, 1));
  const z2 = g.label("z2", g.add(g.matmul(a1, W2), b2));
  return { z1, a1, z2 };
}

/** λ/2·(‖W1‖² + ‖W2‖²): in the derivation's J and in the update, never in the loss that is printed. */
const penalty = (g: Graph, { W1, W2 }: Leaves): Node =>
  g.label("regLoss", g.mul(DECAY / 2, g.add(g.sum(g.square(W1)), g.sum(g.square(W2)))));

/** As published, gradients by hand; b2's gradient is computed and b2 itself is used in its place. */
export function publishedStep(g: Graph, at: Leaves): Step {
  const { x, W1, W2, b2 } = at;
  const { z1, a1, z2 } = forward(g, at);
  const e = g.label("e", g.exp(z2));
  const h = g.label("h", g.div(e, g.sum(e, "cols")));
  const Y = g.label("Y", g.oneHot(g.input("y", [4, 1]), 2));
  const loss = g.label("loss", g.mul(-1 / 4, g.sum(g.log(g.sum(g.mul(Y, h), "cols")))));

  const dz2 = g.label("dz2", g.div(g.sub(h, Y), 4));
  const dW2 = g.label("dW2", g.matmul(a1, dz2, { transposeA: true }));
  g.label("db2", g.sum(dz2, "rows")); // Computed and never used, as published.
  const da1 = g.label("da1", g.matmul(dz2, W2, { transposeB: true }));
  const dz1 = g.label("dz1", g.select(g.less(z1, 0), 0, da1));
  const dW1 = g.label("dW1", g.matmul(x, dz1, { transposeA: true }));
  const db1 = g.label("db1", g.sum(dz1, "rows"));
  return {
    loss,
    J: g.add(loss, penalty(g, at)),
    z1,
    h,
    directions: { W1: g.add(dW1, g.mul(DECAY, W1)), b1: db1, W2: g.add(dW2, g.mul(DECAY, W2)), b2 },
  };
}

/** As derived: the loss by log-sum-exp, all four gradients those of J. */
export function derivedStep(g: Graph, at: Leaves): Step {
  const { z1, z2 } = forward(g, at);
  const Y = g.label("Y", g.oneHot(g.input("y", [4, 1]), 2));
  const loss = g.label("loss", g.mean(g.sub(g.logSumExp(z2), g.sum(g.mul(Y, z2), "cols"))));
  const J = g.label("J", g.add(loss, penalty(g, at)));
  const [dW1, db1, dW2, db2] = g.gradient(J, [at.W1, at.b1, at.W2, at.b2]);
  return {
    loss,
    J,
    z1,
    h: g.label("h", g.softmax(z2)),
    directions: {
      W1: g.label("dW1", dW1),
      b1: g.label("db1", db1),
      W2: g.label("dW2", dW2),
      b2: g.label("db2", db2),
    },
  };
}

/** Subtracts α times the directions and records the data loss. */
export function update(g: Graph, at: Leaves, { directions, loss }: Step): void {
  for (const name of PARAMETERS) g.store(at[name], g.sub(at[name], g.mul(RATE, directions[name])));
  g.metric("loss", loss);
}
