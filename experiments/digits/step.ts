/**
 * The network of tutorial 002 and its cost, written as a graph; the two variants differ in `passBack` only.
 *
 * All weights live in one flat vector, as the tutorial hands them to a minimiser: Θ1 row by row, then Θ2; the
 * first column of each is the bias. Views give the parts their shapes, so nothing is copied or reordered.
 * Source of the gradient: see the derivation in texts.ts.
 */
import type { BufferLeaf, Graph, Node } from "papergrad/engine";
import type { Variant } from "../types.ts";

/** Sizes of the network, its samples, and how many of them one step takes. */
export interface Net {
  readonly inputs: number;
  readonly hidden: number;
  readonly outputs: number;
  readonly samples: number;
  /** Rows of one block; divides `samples`. */
  readonly rows: number;
}

export interface Weights<N extends Node = Node> {
  readonly b1: N;
  readonly W1: N;
  readonly b2: N;
  readonly W2: N;
}

const PARTS = ["b1", "W1", "b2", "W2"] as const;

/** Length of the flat vector. */
export const lengthOf = ({ inputs, hidden, outputs }: Net): number =>
  hidden * (inputs + 1) + outputs * (hidden + 1);

/** The four parts of a flat vector: Θ1 = [b1 | W1] is [hidden, inputs+1], Θ2 = [b2 | W2] is [outputs, hidden+1]. */
export function partsOf(g: Graph, name: string, net: Net): Weights<BufferLeaf> {
  const { inputs, hidden, outputs } = net;
  const flat = g.parameter(name, [1, lengthOf(net)]);
  const [width1, width2] = [inputs + 1, hidden + 1];
  const theta2 = hidden * width1;
  const parts = {
    b1: g.view(flat, { offset: 0, shape: [1, hidden], colStride: width1 }),
    W1: g.view(flat, { offset: 1, shape: [hidden, inputs], rowStride: width1 }),
    b2: g.view(flat, { offset: theta2, shape: [1, outputs], colStride: width2 }),
    W2: g.view(flat, { offset: theta2 + 1, shape: [outputs, hidden], rowStride: width2 }),
  };
  if (name === "theta") for (const part of PARTS) g.label(part, parts[part]);
  return parts;
}

export interface Batch {
  readonly x: Node;
  readonly Y: Node;
  /** Samples of the whole set: costs are shares of its mean. */
  readonly samples: number;
  readonly lambda: Node;
}

/** The next block of rows of the data set "x", "y". Labels outside 0…outputs−1 give a row of zeros. */
export function nextBatch(g: Graph, net: Net): Batch {
  const { inputs, outputs, samples, rows } = net;
  const order = g.index("rows", samples);
  const x = g.label("a1", g.gather(g.input("x", [samples, inputs]), order, rows));
  const y = g.gather(g.input("y", [samples, 1]), order, rows);
  return { x, Y: g.label("Y", g.oneHot(y, outputs)), samples, lambda: g.hyper("lambda") };
}

/** Cross-entropy of the batch and its share of the weight decay, as sums: divided by the samples it is J. */
export function costOf(g: Graph, { x, Y, samples, lambda }: Batch, w: Weights): Node {
  const z2 = g.label("z2", g.add(g.matmul(x, w.W1, { transposeB: true }), w.b1));
  const a2 = g.label("a2", g.sigmoid(z2));
  const z3 = g.label("z3", g.add(g.matmul(a2, w.W2, { transposeB: true }), w.b2));
  // −Y·log h − (1−Y)·log(1−h) with h = sigmoid(z3), in the form that cannot overflow.
  const fit = g.sum(g.sub(g.softplus(z3), g.mul(Y, z3)));
  const squares = g.add(g.sum(g.square(w.W1)), g.sum(g.square(w.W2)));
  const share = x.shape[0] / samples;
  return g.label("E", g.add(fit, g.mul(share / 2, lambda, squares)));
}

/** Cost and the gradient a variant gives for it; both divided by the number of samples, last, as the tutorial does. */
export function passBack(
  g: Graph,
  batch: Batch,
  w: Weights,
  variant: Variant,
): { readonly cost: Node; readonly gradient: Weights } {
  const sum = costOf(g, batch, w);
  const [b1, W1, b2, W2] =
    variant === "published" ? withoutBiases(g, batch, w) : g.gradient(sum, [w.b1, w.W1, w.b2, w.W2]);
  const mean = (name: string, total: Node) => {
    if (total !== sum) total.label = null; // "dW1" is the mean, not the total it is made of
    return g.label(name, g.div(total, batch.samples));
  };
  return {
    cost: mean("J", sum),
    gradient: { b1: mean("db1", b1), W1: mean("dW1", W1), b2: mean("db2", b2), W2: mean("dW2", W2) },
  };
}

/**
 * As printed in the tutorial: the bias columns are set to 0 before the forward pass, so this is the gradient of a
 * net without biases, evaluated beside a cost that has them.
 */
function withoutBiases(g: Graph, { x, Y, samples, lambda }: Batch, w: Weights): [Node, Node, Node, Node] {
  const a2 = g.label("a2'", g.sigmoid(g.matmul(x, w.W1, { transposeB: true })));
  const h = g.label("h'", g.sigmoid(g.matmul(a2, w.W2, { transposeB: true })));
  const delta3 = g.label("delta3", g.sub(h, Y));
  const delta2 = g.label("delta2", g.mul(g.matmul(delta3, w.W2), a2, g.sub(1, a2)));
  const decay = (weight: Node) => g.mul(x.shape[0] / samples, lambda, weight);
  return [
    g.sum(delta2, "rows"),
    g.add(g.matmul(delta2, x, { transposeA: true }), decay(w.W1)),
    g.sum(delta3, "rows"),
    g.add(g.matmul(delta3, a2, { transposeA: true }), decay(w.W2)),
  ];
}

/**
 * Adds one block's share of cost and gradient to "cost" and "gradient"; the first block of a pass starts from 0.
 *
 * `run(samples / rows)` is one evaluation of the whole set. Summing in blocks is a matter of accuracy: 5,000 rows
 * added one after the other wander 3·10⁻¹⁰ away from SciPy's costs over 50 iterations of conjugate gradients,
 * which carry every rounding on. 100 blocks of 50 rows stay within 7·10⁻¹², where SciPy itself stays (1.3·10⁻¹¹)
 * when its rows are permuted, and within 8 ulp where one ulp of noise changed nothing (the first costs; blocks of
 * 100 rows miss those by up to 28 ulp). A block also stays in the cache: 24 ms an evaluation against 29 with 100.
 */
export function valueAndGradient(g: Graph, net: Net, variant: Variant): void {
  const { cost, gradient } = passBack(g, nextBatch(g, net), partsOf(g, "theta", net), variant);
  const blocks = net.samples / net.rows;
  const block = g.sub(g.step(), g.mul(blocks, g.floor(g.div(g.step(), blocks))));
  const later = g.less(0, block);
  const total = g.parameter("cost", [1, 1]);
  const sum = g.add(g.mul(later, total), cost);
  g.store(total, sum);
  g.metric("cost", sum);
  const totals = partsOf(g, "gradient", net);
  for (const part of PARTS) g.store(totals[part], g.add(g.mul(later, totals[part]), gradient[part]));
}

/** One step of plain gradient descent on a net whose samples are one block. */
export function descend(g: Graph, net: Net, variant: Variant): void {
  const weights = partsOf(g, "theta", net);
  const { cost, gradient } = passBack(g, nextBatch(g, net), weights, variant);
  const lr = g.hyper("lr");
  for (const part of PARTS) g.store(weights[part], g.sub(weights[part], g.mul(lr, gradient[part])));
  g.metric("cost", cost);
}

/** Outputs h2 and the most probable class of every row of `table`. */
export function predict(g: Graph, net: Net, table: string, samples: number): void {
  const { b1, W1, b2, W2 } = partsOf(g, "theta", net);
  const x = g.input(table, [samples, net.inputs]);
  const h1 = g.label("h1", g.sigmoid(g.add(g.matmul(x, W1, { transposeB: true }), b1)));
  const h2 = g.label("h2", g.sigmoid(g.add(g.matmul(h1, W2, { transposeB: true }), b2)));
  g.store(g.parameter(`h2 of ${table}`, [samples, net.outputs]), h2);
  g.store(g.parameter(`class of ${table}`, [samples, 1]), g.argmax(h2));
}
