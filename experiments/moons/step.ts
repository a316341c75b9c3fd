/**
 * One training step of the network in the list: forward, cost, backward, update.
 *
 * `published` writes the tutorial's backward pass by hand, through dA = −(Y/P − (1−Y)/(1−P)); `derived` takes the
 * loss from Z and asks for its gradient, which is P − Y at the output. relu′(0) = 0 in both.
 */
import type { BufferLeaf, Engine, Entry, Graph, Node } from "papergrad/engine";
import type { Variant } from "../types.ts";
import { type LayerSpec, type Params, parameterNames } from "./architecture.ts";

/** What one layer computes: Z = A_prev·W + b, A = activation(Z). */
export interface Layer {
  readonly spec: LayerSpec;
  readonly A_prev: Node;
  readonly W: BufferLeaf;
  readonly b: BufferLeaf;
  readonly Z: Node;
  readonly A: Node;
}

/** dW and db of a layer. */
interface LayerGradient {
  readonly dW: Node;
  readonly db: Node;
}

/** Forward through all layers. */
export function forward(g: Graph, nn: readonly LayerSpec[], X: Node): Layer[] {
  let A_prev = X;
  return nn.map((spec, k) => {
    const W = g.parameter(`W${k + 1}`, [spec.input_dim, spec.output_dim]);
    const b = g.parameter(`b${k + 1}`, [1, spec.output_dim]);
    const Z = g.label(`Z${k + 1}`, g.add(g.matmul(A_prev, W), b));
    const A = g.label(`A${k + 1}`, spec.activation === "relu" ? g.relu(Z, 0) : g.sigmoid(Z));
    const layer = { spec, A_prev, W, b, Z, A };
    A_prev = A;
    return layer;
  });
}

/** Binary cross-entropy from P (published: infinite or NaN once P is 0 or 1) or from Z (derived: always finite). */
export function cost(g: Graph, variant: Variant, { Z, A: P }: Layer, Y: Node): Node {
  if (variant === "derived") return g.mean(g.sub(g.softplus(Z), g.mul(Y, Z)));
  const right = g.add(g.sum(g.mul(Y, g.log(P))), g.sum(g.mul(g.sub(1, Y), g.log(g.sub(1, P)))));
  return g.mul(-1 / Y.shape[0], right);
}

/** The tutorial's way back, layer by layer; dW and db are divided by m here, dZ is not. */
export function publishedBackward(g: Graph, layers: readonly Layer[], Y: Node): LayerGradient[] {
  const m = Y.shape[0];
  const P = layers.at(-1)!.A;
  let dA = g.neg(g.sub(g.div(Y, P), g.div(g.sub(1, Y), g.sub(1, P))));
  const gradients: LayerGradient[] = [];
  for (let k = layers.length; k >= 1; k--) {
    const { spec, A_prev, W, Z, A } = layers[k - 1]!;
    g.label(`dA${k}`, dA);
    const slope = () => g.mul(g.mul(dA, A), g.sub(1, A));
    const dZ = g.label(`dZ${k}`, spec.activation === "relu" ? g.select(g.lessEqual(Z, 0), 0, dA) : slope());
    const dW = g.label(`dW${k}`, g.div(g.matmul(A_prev, dZ, { transposeA: true }), m));
    const db = g.label(`db${k}`, g.div(g.sum(dZ, "rows"), m));
    if (k > 1) dA = g.matmul(dZ, W, { transposeB: true });
    gradients.unshift({ dW, db });
  }
  return gradients;
}

/** The gradient of the cost itself. */
export function derivedBackward(g: Graph, layers: readonly Layer[], loss: Node): LayerGradient[] {
  const gradients = g.gradient(
    loss,
    layers.flatMap(({ W, b }) => [W, b]),
  );
  return layers.map((_, k) => ({ dW: gradients[2 * k]!, db: gradients[2 * k + 1]! }));
}

/** Cost and gradients of one variant. */
export function costAndGradients(g: Graph, variant: Variant, nn: readonly LayerSpec[], X: Node, Y: Node) {
  const layers = forward(g, nn, X);
  const last = layers.at(-1)!;
  const loss = g.label("cost", cost(g, variant, last, Y));
  const gradients =
    variant === "published" ? publishedBackward(g, layers, Y) : derivedBackward(g, layers, loss);
  return { layers, P: last.A, loss, gradients };
}

/** The whole step: W ← W − learningRate·dW, and the same for b. Records cost and training accuracy. */
export function trainStep(
  g: Graph,
  variant: Variant,
  nn: readonly LayerSpec[],
  X: Node,
  Y: Node,
  learningRate: number,
): void {
  const { layers, P, loss, gradients } = costAndGradients(g, variant, nn, X, Y);
  for (const [k, { W, b }] of layers.entries()) {
    const { dW, db } = gradients[k]!;
    g.store(W, g.sub(W, g.mul(learningRate, dW)));
    g.store(b, g.sub(b, g.mul(learningRate, db)));
  }
  g.metric("loss", loss);
  g.metric("accuracy", g.mean(g.equal(g.less(0.5, P), Y)));
}

/** An entry that writes P of `rows` points named `${name} X` to `${name} P`. */
export function predictEntry(engine: Engine, nn: readonly LayerSpec[], name: string, rows: number): Entry {
  return engine.entry(name, (g) => {
    const P = forward(g, nn, g.input(`${name} X`, [rows, nn[0]!.input_dim])).at(-1)!.A;
    g.store(g.parameter(`${name} P`, [rows, 1]), P);
  });
}

/** Writes all parameters. */
export function writeParams(engine: Engine, nn: readonly LayerSpec[], params: Params): void {
  for (const name of parameterNames(nn)) engine.write(name, params[name]!);
}
