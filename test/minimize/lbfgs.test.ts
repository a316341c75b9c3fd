import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { conjugateGradient, lbfgs } from "../../src/minimize/index.ts";
import { type CurvaturePair, inverseHessianTimes } from "../../src/minimize/lbfgs.ts";
import { dot } from "../../src/minimize/vector.ts";
import { UsageError } from "../../src/tensor/errors.ts";
import { debugStart, net } from "./debug-net.ts";
import { himmelblau, logistic, quadratic, rosenbrock, wrong } from "./functions.ts";
import { golden } from "./golden.ts";

/** The dense BFGS update of the inverse Hessian, H ← (I − sy'/s·y) H (I − ys'/s·y) + ss'/s·y. */
function denseUpdate(H: number[][], { s, y, sy }: CurvaturePair): number[][] {
  const n = s.length;
  const at = (m: number[][], i: number, j: number) => m[i]![j]!;
  const V = Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_, j) => (i === j ? 1 : 0) - (s[i]! * y[j]!) / sy),
  );
  const product = (a: (i: number, k: number) => number, b: (k: number, j: number) => number) =>
    Array.from({ length: n }, (_, i) =>
      Array.from({ length: n }, (_, j) =>
        Array.from({ length: n }, (_, k) => a(i, k) * b(k, j)).reduce((p, q) => p + q),
      ),
    );
  const VH = product(
    (i, k) => at(V, i, k),
    (k, j) => at(H, k, j),
  );
  const VHV = product(
    (i, k) => at(VH, i, k),
    (k, j) => at(V, j, k),
  );
  return VHV.map((row, i) => row.map((v, j) => v + (s[i]! * s[j]!) / sy));
}

describe("inverseHessianTimes", () => {
  test("is the dense BFGS formula, started from γ·I", () => {
    const vector = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(fc.tuple(vector, vector), { minLength: 1, maxLength: 5 }), vector, (raw, g) => {
        const pairs = raw
          .map(([a, b]) => {
            const s = Float64Array.from(a);
            const y = s.map((v, i) => 2 * v + 0.3 * b[i]!);
            return { s, y, sy: dot(s, y) };
          })
          .filter((p) => p.sy > 0.1);
        fc.pre(pairs.length > 0);
        const last = pairs.at(-1)!;
        const gamma = last.sy / dot(last.y, last.y);
        let H = g.map((_, i) => g.map((_, j) => (i === j ? gamma : 0)));
        for (const pair of pairs) H = denseUpdate(H, pair);
        const size = Math.max(1, ...H.flat().map(Math.abs));
        const result = inverseHessianTimes(pairs, Float64Array.from(g));
        for (const [i, row] of H.entries()) {
          const wanted = row.reduce((sum, v, j) => sum + v * g[j]!, 0);
          expect(Math.abs(result[i]! - wanted)).toBeLessThan(1e-10 * size);
        }
      }),
    );
  });

  test("without pairs it is the gradient; with one it satisfies the secant equation H·y = s", () => {
    const g = Float64Array.of(1, -2, 3);
    expect(inverseHessianTimes([], g)).toEqual(g);
    const s = Float64Array.of(1, 2, -1);
    const y = Float64Array.of(3, 1, 0.5);
    const Hy = inverseHessianTimes([{ s, y, sy: dot(s, y) }], y);
    for (const [i, v] of Hy.entries()) expect(v).toBeCloseTo(s[i]!, 12);
  });
});

describe("lbfgs", () => {
  test.each([1, 3, 10])("finds Rosenbrock's minimum in 2 and 10 dimensions, memory %i", (memory) => {
    for (const n of [2, 10]) {
      const x0 = Float64Array.from({ length: n }, (_, i) => (i % 2 ? 1 : -1.2));
      const result = lbfgs(rosenbrock, x0, { memory });
      expect(result.status).toBe("converged");
      expect(result.gradientNorm).toBeLessThanOrEqual(1e-5);
      // in 10 dimensions there is a second, local minimum near x₀ = −1, value 3.98…
      if (n === 2) for (const v of result.x) expect(v).toBeCloseTo(1, 4);
      else expect(Math.min(result.value, Math.abs(result.value - 3.98658))).toBeLessThan(1e-4);
      for (let i = 1; i < result.history.length; i++) {
        expect(result.history[i]!).toBeLessThanOrEqual(result.history[i - 1]!);
      }
    }
  });

  test("finds a minimum of Himmelblau's function", () => {
    expect(lbfgs(himmelblau, Float64Array.of(0, 0)).value).toBeLessThan(1e-10);
  });

  test("agrees with conjugate gradients where the minimum is unique", () => {
    for (const [f, n] of [
      [quadratic, 12],
      [logistic(golden.logistic), 3],
    ] as const) {
      const a = lbfgs(f, new Float64Array(n), { gradientTolerance: 1e-6 });
      const b = conjugateGradient(f, new Float64Array(n), { gradientTolerance: 1e-6 });
      expect([a.status, b.status]).toEqual(["converged", "converged"]);
      for (const [i, v] of a.x.entries()) expect(v).toBeCloseTo(b.x[i]!, 5);
    }
  });

  test("solves random symmetric positive definite systems", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 6, maxLength: 6 }),
        fc.array(fc.double({ min: 0.1, max: 50, noNaN: true }), { minLength: 6, maxLength: 6 }),
        (centre, weights) => {
          const bowl = (x: Float64Array) => ({
            value: x.reduce((sum, v, i) => sum + weights[i]! * (v - centre[i]!) ** 2, 0),
            gradient: x.map((v, i) => 2 * weights[i]! * (v - centre[i]!)),
          });
          const result = lbfgs(bowl, new Float64Array(6));
          expect(result.status).toBe("converged");
          for (const [i, v] of result.x.entries()) expect(Math.abs(v - centre[i]!)).toBeLessThan(1e-4);
          expect(result.evaluations).toBe(result.gradientEvaluations);
        },
      ),
    );
  });

  test("needs fewer evaluations than conjugate gradients for a lower cost on the 3-5-3 network", () => {
    const a = lbfgs(net, debugStart, { maxIterations: 50 });
    const b = conjugateGradient(net, debugStart, { maxIterations: 50 });
    expect(a.value).toBeLessThan(b.value);
    expect(a.evaluations).toBeLessThan(b.evaluations);
  });

  test("gives up with a reason when the gradient is wrong", () => {
    const result = lbfgs(wrong, Float64Array.of(-1.2, 1));
    expect(result.status).toBe("lineSearchFailed");
    expect(result.message).toContain("finite differences");
  });

  test("stops at maxIterations and when the callback says so", () => {
    const x0 = Float64Array.of(-1.2, 1);
    expect(lbfgs(rosenbrock, x0, { maxIterations: 3 })).toMatchObject({
      status: "maxIterations",
      iterations: 3,
    });
    expect(lbfgs(rosenbrock, x0, { callback: (_x, _v, i) => i === 4 })).toMatchObject({
      status: "stopped",
      iterations: 4,
    });
  });

  test("comes back from steps where the function is not finite", () => {
    const barrier = (x: Float64Array) => ({
      value: x[0]! - Math.log(x[0]!),
      gradient: x.map((v) => 1 - 1 / v),
    });
    const result = lbfgs(barrier, Float64Array.of(1e-3));
    expect(result.status).toBe("converged");
    expect(result.x[0]).toBeCloseTo(1, 4);
  });

  test("says what is wrong with its arguments", () => {
    expect(() => lbfgs(rosenbrock, Float64Array.of(1, 2), { memory: 0 })).toThrow(
      /lbfgs: memory must be an integer ≥ 1, received 0/,
    );
    expect(() => lbfgs(rosenbrock, Float64Array.of(1, 2), { c2: 2 })).toThrow(UsageError);
    expect(() => lbfgs(rosenbrock, Float64Array.of(Number.NaN, 2))).toThrow(/^lbfgs: x0 must be finite/);
  });
});
