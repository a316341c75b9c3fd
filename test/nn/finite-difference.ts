/** Central differences in float64 on the interpreter: the independent witness of every gradient in these tests. */
import { Engine, type Entry } from "../../src/compile/engine.ts";
import { interpreter } from "../../src/compile/interpret.ts";
import type { Graph } from "../../src/graph/graph.ts";
import type { Node } from "../../src/graph/nodes.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";

const H = 1e-5;

/** A fixed, generic weighting, so that a wrong gradient cannot cancel in a plain sum. */
export function weighted(g: Graph, x: Node): Node {
  const [rows, cols] = x.shape;
  const weights = Array.from({ length: rows }, (_, r) =>
    Array.from({ length: cols }, (_, c) => Math.sin(1 + 3 * r + 7 * c)),
  );
  return g.sum(g.mul(x, g.constant(weights)));
}

/**
 * Largest relative error, |analytic − numeric| / max(1e-2, |numeric|), over all elements of all matrices of a
 * scalar function.
 */
export function worstError(
  values: Readonly<Record<string, Tensor<ArrayLike<number>>>>,
  build: (g: Graph, leaves: Record<string, Node>) => Node,
): number {
  const engine = new Engine(interpreter, { dtype: "float64", seed: 5 });
  const names = Object.keys(values);
  const entry: Entry = engine.entry("both", (g) => {
    const leaves = Object.fromEntries(names.map((n) => [n, g.parameter(n, values[n]!.shape)]));
    const loss = build(g, leaves);
    const gradients = g.gradient(
      loss,
      names.map((n) => leaves[n]!),
    );
    names.forEach((n, i) => {
      g.store(g.parameter(`d${n}`, values[n]!.shape), gradients[i]!);
    });
    g.metric("loss", loss);
  });
  for (const n of names) engine.write(n, values[n]!.data);
  const loss = () => {
    entry.stepNumber = 0;
    return entry.run(1).metrics.loss![0]!;
  };
  loss();
  const analytic = new Map(names.map((n) => [n, engine.read(`d${n}`).data]));
  let worst = 0;
  for (const n of names) {
    const at = Array.from(values[n]!.data);
    at.forEach((x, i) => {
      const f = (v: number) => {
        engine.write(
          n,
          at.map((old, k) => (k === i ? v : old)),
        );
        return loss();
      };
      const numeric = (f(x + H) - f(x - H)) / (x + H - (x - H));
      f(x);
      worst = Math.max(worst, Math.abs(analytic.get(n)![i]! - numeric) / Math.max(1e-2, Math.abs(numeric)));
    });
  }
  return worst;
}

/** The value of a graph over fixed matrices. */
export function evaluated(
  values: Readonly<Record<string, Tensor<ArrayLike<number>>>>,
  build: (g: Graph, leaves: Record<string, Node>) => Node,
): number[] {
  const engine = new Engine(interpreter, { dtype: "float64", seed: 5 });
  const entry = engine.entry("value", (g) => {
    const leaves = Object.fromEntries(
      Object.entries(values).map(([n, t]) => [n, g.parameter(n, t.shape)] as const),
    );
    const out = build(g, leaves);
    g.store(g.parameter("out", out.shape), out);
  });
  for (const [n, t] of Object.entries(values)) engine.write(n, t.data);
  entry.run(1);
  return Array.from(engine.read("out").data);
}

/** |a − b| ≤ tolerance·max(1, |b|) for every pair. */
export function close(a: readonly number[], b: readonly number[], tolerance: number): boolean {
  return (
    a.length === b.length &&
    a.every((v, i) => Math.abs(v - b[i]!) <= tolerance * Math.max(1, Math.abs(b[i]!)))
  );
}
