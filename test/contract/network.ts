/** A training step with every kind of kernel, and the numbers to fill its matrices with. */
import type { Graph } from "../../src/graph/graph.ts";
import type { RandomState } from "../../src/random/index.ts";

/** Normal numbers, drawn when the matrix is filled. */
export const normal =
  (size: number, scale = 1) =>
  (rs: RandomState) =>
    rs.normal(0, scale, size) as Float64Array;

/** A network with everything that threads cut or a BLAS takes: sparse or dense gather, dropout, products, reductions. */
export function network({ sparse = false, widths = [37, 61, 24, 5], batch = 45 } = {}) {
  const inputs = widths[0]!;
  const build = (g: Graph) => {
    const index = g.index("rows", 3 * batch);
    const x = g.gather(g.bytes("x", [100, inputs], { sparse }), index, batch);
    const y = g.gather(g.input("y", [100, widths.at(-1)!]), index, batch);
    let a: ReturnType<Graph["matmul"]> = x as never;
    const parameters = widths.slice(1).flatMap((n, l) => {
      const w = g.parameter(`w${l}`, [widths[l]!, n]);
      const b = g.parameter(`b${l}`, [1, n]);
      const z = g.add(g.matmul(a, w), b);
      a = (l % 2 === 0 ? g.tanh(z) : g.mul(g.less(g.random([batch, n]), 0.8), g.relu(z))) as never;
      return [w, b];
    });
    const p = g.softmax(a);
    const loss = g.neg(g.mean(g.sum(g.mul(y, g.log(g.add(p, 1e-3))), "cols")));
    g.gradient(loss, parameters).forEach((d, i) => {
      g.store(parameters[i]!, g.sub(parameters[i]!, g.mul(0.05, d)));
    });
    g.metric("loss", loss);
    g.metric("largest", g.maximum(parameters[0]!));
    g.metric("step", g.step());
  };
  const fill: Record<string, (rs: RandomState) => ArrayLike<number>> = {
    x: (rs) => Array.from({ length: 100 * inputs }, () => (rs.below(4) === 0 ? rs.below(255) : 0)),
    y: (rs) => Array.from({ length: 100 * widths.at(-1)! }, () => rs.below(1)),
    rows: (rs) => Array.from({ length: 3 * batch }, () => rs.below(99)),
  };
  widths.slice(1).forEach((n, l) => {
    fill[`w${l}`] = normal(widths[l]! * n, 0.1);
    fill[`b${l}`] = normal(n, 0.1);
  });
  return [build, fill] as const;
}
