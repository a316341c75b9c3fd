/** Every operator and rule of the graph against finite differences, in float64. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Graph } from "../../src/graph/graph.ts";
import type { Node } from "../../src/graph/nodes.ts";
import { checkGradients } from "../../src/inspect/gradcheck.ts";
import { RandomState } from "../../src/random/index.ts";

const values = (n: number, seed: number, scale = 1): Float64Array =>
  (new RandomState(seed).normal(0, scale, n) as Float64Array).map((v) => v + 0.2 * Math.sign(v)); // off corners

/** Checks d(Σ w·f(x))/dx, w fixed weights that differ from element to element. */
function check(f: (g: Graph, x: Node) => Node, x: ArrayLike<number>, shape: [number, number] = [3, 4]) {
  return checkGradients({
    name: "unary",
    values: { x },
    build(g) {
      const leaf = g.parameter("x", shape);
      const out = f(g, leaf);
      const weights = g.constant(
        Array.from({ length: out.shape[0] }, (_, i) =>
          Array.from({ length: out.shape[1] }, (_, j) => 0.3 + 0.7 * i - 0.4 * j + 0.01 * i * j),
        ),
      );
      const loss = g.sum(g.mul(out, weights));
      return { loss, gradients: { x: g.gradient(loss, [leaf])[0] } };
    },
  });
}

const smooth: Record<string, (g: Graph, x: Node) => Node> = {
  neg: (g, x) => g.neg(x),
  square: (g, x) => g.square(x),
  abs: (g, x) => g.abs(x),
  exp: (g, x) => g.exp(x),
  "log of |x|": (g, x) => g.log(g.abs(x)),
  "sqrt of 1+x²": (g, x) => g.sqrt(g.add(1, g.square(x))),
  tanh: (g, x) => g.tanh(x),
  sigmoid: (g, x) => g.sigmoid(x),
  softplus: (g, x) => g.softplus(x),
  sin: (g, x) => g.sin(x),
  cos: (g, x) => g.cos(x),
  erf: (g, x) => g.erf(x),
  "relu, slope 0": (g, x) => g.relu(x, 0),
  "relu, slope 1": (g, x) => g.relu(x, 1),
  "sum over rows": (g, x) => g.sum(g.square(x), "rows"),
  "sum over cols": (g, x) => g.sum(g.square(x), "cols"),
  "mean over all": (g, x) => g.mean(g.square(x)),
  "max over rows": (g, x) => g.maximum(x, "rows"),
  "max over cols": (g, x) => g.maximum(x, "cols"),
  softmax: (g, x) => g.softmax(x),
  logSumExp: (g, x) => g.logSumExp(x),
  "min with a number": (g, x) => g.min(x, 0.1),
  "max with a number": (g, x) => g.max(x, 0.1),
  "quotient of itself": (g, x) => g.div(g.sin(x), g.add(2, g.cos(x))),
  select: (g, x) => g.select(g.less(x, 0), g.square(x), g.exp(x)),
  x·xᵀ: (g, x) => g.matmul(x, x, { transposeB: true }),
  xᵀ·x: (g, x) => g.matmul(x, x, { transposeA: true }),
  "broadcast row": (g, x) => g.mul(x, g.sum(x, "rows")),
  "broadcast column": (g, x) => g.mul(x, g.sum(x, "cols")),
};

describe("gradient of", () => {
  for (const [name, f] of Object.entries(smooth)) {
    test(name, () => {
      const result = check(f, values(12, 7));
      expect(result.rows.length).toBe(12);
      expect(result.rows.filter((r) => r.kink).length).toBe(0);
      expect(result.worst).toBeLessThan(1e-7);
    });
  }

  test("all four transposed products", () => {
    for (const transposeA of [false, true])
      for (const transposeB of [false, true]) {
        const result = checkGradients({
          name: "matmul",
          values: { a: values(6, 1), b: values(15, 2) },
          build(g) {
            const a = g.parameter("a", transposeA ? [3, 2] : [2, 3]);
            const b = g.parameter("b", transposeB ? [5, 3] : [3, 5]);
            const loss = g.sum(g.sin(g.matmul(a, b, { transposeA, transposeB })));
            const [da, db] = g.gradient(loss, [a, b]);
            return { loss, gradients: { a: da, b: db } };
          },
        });
        expect(result.worst).toBeLessThan(1e-7);
      }
  });

  test("strided views of one vector", () => {
    const result = checkGradients({
      name: "views",
      values: { theta: values(12, 3) },
      build(g) {
        const theta = g.parameter("theta", [1, 12]);
        const bias = g.view(theta, { shape: [1, 3], colStride: 4 });
        const rest = g.view(theta, { offset: 1, shape: [3, 3], rowStride: 4 });
        const loss = g.sum(g.tanh(g.add(g.matmul(rest, rest, { transposeB: true }), bias)));
        const [dBias, dRest] = g.gradient(loss, [bias, rest]);
        // The gradient of the whole vector, put together by two 0/1 matrices: [dBiasᵀ | dRest].
        const first = g.constant([[1, 0, 0, 0]]);
        const others = g.constant([
          [0, 1, 0, 0],
          [0, 0, 1, 0],
          [0, 0, 0, 1],
        ]);
        const whole = g.add(g.matmul(dBias, first, { transposeA: true }), g.matmul(dRest, others));
        const flat = Array.from({ length: 3 }, (_, i) =>
          g.matmul(g.constant([[0, 1, 2].map((k) => Number(k === i))]), whole),
        );
        const gathered = flat.map((row, i) => {
          const spread = Array.from({ length: 4 }, (_, j) =>
            Array.from({ length: 12 }, (_, c) => Number(c === 4 * i + j)),
          );
          return g.matmul(row, g.constant(spread));
        });
        return { loss, gradients: { theta: g.add(gathered[0]!, gathered[1]!, gathered[2]!) } };
      },
    });
    expect(result.rows.length).toBe(12);
    expect(result.worst).toBeLessThan(1e-7);
  });

  test("random expressions of several arguments", () => {
    const leaf = fc.constantFrom("a", "b");
    type Tree = string | [string, Tree] | [string, Tree, Tree];
    const tree = fc.letrec<{ tree: Tree }>((tie) => ({
      tree: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        leaf,
        fc.tuple(fc.constantFrom("tanh", "sigmoid", "softplus", "sin", "square"), tie("tree")),
        fc.tuple(fc.constantFrom("add", "sub", "mul"), tie("tree"), tie("tree")),
      ) as fc.Arbitrary<Tree>,
    })).tree;
    fc.assert(
      fc.property(tree, fc.integer({ min: 0, max: 1000 }), (t, seed) => {
        const result = checkGradients({
          name: "random",
          values: { a: values(15, seed, 0.5), b: values(5, seed + 1, 0.5) },
          build(g) {
            const a = g.parameter("a", [3, 5]);
            const b = g.parameter("b", [1, 5]);
            const make = (x: Tree): Node => {
              if (typeof x === "string") return x === "a" ? a : b;
              const [op, ...args] = x as [string, ...Tree[]];
              return (g as unknown as Record<string, (...n: Node[]) => Node>)[op]!(...args.map(make));
            };
            const loss = g.mean(make(t));
            const [da, db] = g.gradient(loss, [a, b]);
            return { loss, gradients: { a: da, b: db } };
          },
        });
        expect(result.worst).toBeLessThan(1e-7);
      }),
      { seed: 42, numRuns: 60 },
    );
  });

  test("relu at exactly 0 follows the stated slope", () => {
    for (const slope of [0, 1] as const) {
      const result = check((g, x) => g.relu(x, slope), new Float64Array(12));
      const expected = result.rows.map(
        (r) => (0.3 + 0.7 * r.row - 0.4 * r.col + 0.01 * r.row * r.col) * slope,
      );
      for (const [i, r] of result.rows.entries()) expect(r.analytic).toBeCloseTo(expected[i]!, 12);
    }
  });
});
