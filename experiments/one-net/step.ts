/**
 * One training step of logistic regression, as published and as derived: z1 = x·w + b, h = σ(z1).
 *
 * Both follow α·(gradient + decay); they differ in the loss they report, in the decay term and in the shapes.
 */
import type { BufferLeaf, Graph, Node } from "papergrad/engine";
import { type Gate, LOG_GUARD } from "./gate.ts";

/** Data and parameters of a step. `w` may be narrower than `b`: then z1 has the columns of `b`. */
export interface Leaves {
  readonly x: BufferLeaf;
  readonly y: BufferLeaf;
  readonly w: BufferLeaf;
  readonly b: BufferLeaf;
}

/** What a step wants to be stored and recorded. */
export interface Step {
  readonly loss: Node;
  /** The direction that is subtracted, times α: gradient and decay. */
  readonly directions: { readonly w: Node; readonly b: Node };
}

export function leaves(g: Graph, gate: Gate, wName: string, columns: number, biasColumns: number): Leaves {
  const [rows, inputs] = [gate.inputs.length, gate.inputs[0]!.length];
  return {
    x: g.input("x", [rows, inputs]),
    y: g.input("y", [rows, 1]),
    w: g.parameter(wName, [inputs, columns]),
    b: g.parameter("b", [1, biasColumns]),
  };
}

/** h = σ(x·w + b), with the labels of the tutorial. */
export function forward(g: Graph, { x, w, b }: Leaves): { z1: Node; h: Node } {
  const z1 = g.label("z1", g.add(g.matmul(x, w), b));
  return { z1, h: g.label("h", g.sigmoid(z1)) };
}

/** As published: loss entry [0][0] with 1e-4 inside the logarithms, and λ·Σw added to every entry of dw. */
export function publishedStep(g: Graph, at: Leaves, lambda: Node): Step {
  const { x, y, w } = at;
  const { z1, h } = forward(g, at);
  const m = x.shape[0];
  const logH = g.log(g.add(h, LOG_GUARD));
  const logRest = g.log(g.add(g.sub(1, h), LOG_GUARD));
  const terms = g.add(
    g.matmul(y, logH, { transposeA: true }),
    g.matmul(g.sub(1, y), logRest, { transposeA: true }),
  );
  const losses = g.label("losses", g.mul(-1 / m, terms));
  const firstColumn = g.constant(Array.from({ length: z1.shape[1] }, (_, k) => [k === 0 ? 1 : 0]));
  const loss = z1.shape[1] === 1 ? losses : g.label("loss", g.matmul(losses, firstColumn));

  const dz1 = g.label("dz1", g.div(g.sub(h, y), m));
  const dw = g.label("dw", g.matmul(x, dz1, { transposeA: true }));
  const db = g.label("db", g.sum(dz1, "rows"));
  const pull = g.label("pull", g.mul(lambda, g.sum(w)));
  return { loss, directions: { w: g.add(dw, pull), b: db } };
}

/** As derived: cross-entropy from z1 (finite for every z1), J = loss + λ/2·‖w‖², both gradients of J. */
export function derivedStep(g: Graph, at: Leaves, lambda: Node): Step {
  const { y, w, b } = at;
  const { z1 } = forward(g, at);
  const loss = g.label("loss", g.mean(g.sub(g.softplus(z1), g.mul(y, z1))));
  const J = g.label("J", g.add(loss, g.mul(g.mul(lambda, 0.5), g.sum(g.square(w)))));
  const [dw, db] = g.gradient(J, [w, b]);
  return { loss, directions: { w: g.label("dw", dw), b: g.label("db", db) } };
}

/** Subtracts α times the directions; the result for w may go to another, wider matrix. */
export function update(g: Graph, at: Leaves, step: Step, alpha: Node, wInto: BufferLeaf = at.w): void {
  g.store(wInto, g.sub(at.w, g.mul(alpha, step.directions.w)));
  g.store(at.b, g.sub(at.b, g.mul(alpha, step.directions.b)));
  g.metric("loss", step.loss);
}
