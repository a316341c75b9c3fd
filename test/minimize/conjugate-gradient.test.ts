import { describe, expect, test } from "vitest";
import { conjugateGradient, type SplitObjective } from "../../src/minimize/index.ts";
import { ShapeError, UsageError } from "../../src/tensor/errors.ts";
import { debugStart, net, netPublished } from "./debug-net.ts";
import { beale, cliff, himmelblau, logistic, quadratic, rosenbrock, wrong } from "./functions.ts";
import { type GoldenRun, golden } from "./golden.ts";

const functions: Record<string, SplitObjective> = {
  rosenbrock,
  wrong,
  himmelblau,
  beale,
  quadratic,
  cliff,
  net,
  netPublished,
  logistic: logistic(golden.logistic),
};
const joint = (f: SplitObjective) => (x: Float64Array) => ({
  value: f.value(x.slice()),
  gradient: f.gradient(x),
});

/** 10 times what one rounding error at each call does to SciPy itself, up to this iteration, and a few ulp. */
const allowed = (run: GoldenRun, i: number) =>
  10 * Math.max(...run.sens.costs.slice(0, i + 1)) + 1e-13 * Math.max(1, Math.abs(run.costs[i]!));

describe("conjugateGradient repeats SciPy 1.10.1's fmin_cg", () => {
  for (const [index, run] of golden.conjugateGradient.entries()) {
    test(`run ${index}: ${run.function} from ${run.x0.slice(0, 2)}…, ${run.x0.length} variables`, () => {
      const f = functions[run.function]!;
      const trials: number[][] = [];
      const spied: SplitObjective = {
        value: (x) => {
          trials.push([...x]);
          return f.value(x);
        },
        gradient: (x) => f.gradient(x),
      };
      const { maxiter, gtol } = run.options;
      const options = {
        ...(maxiter !== undefined && { maxIterations: maxiter }),
        ...(gtol !== undefined && { gradientTolerance: gtol }),
      };
      const result = conjugateGradient(spied, Float64Array.from(run.x0), options);

      for (const [i, point] of run.trials.entries()) {
        for (const [j, v] of point.entries()) {
          expect(Math.abs(trials[i]![j]! - v)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(v)));
        }
      }
      const common = Math.min(result.history.length, run.costs.length, run.sens.costs.length);
      expect(common).toBeGreaterThanOrEqual(Math.min(...run.sens.iterations));
      for (let i = 0; i < common; i++) {
        expect(Math.abs(result.history[i]! - run.costs[i]!)).toBeLessThanOrEqual(allowed(run, i));
      }
      expect(result.status).toBe((["converged", "maxIterations", "lineSearchFailed"] as const)[run.flag]);
      // How a search wanders before it gives up depends on rounding, in SciPy too; else all counts are the same.
      if (run.sens.iterations.every((n) => n === run.costs.length)) {
        expect(result.iterations).toBe(run.costs.length);
        for (const [j, v] of run.x.entries()) {
          expect(Math.abs(result.x[j]! - v)).toBeLessThanOrEqual(10 * run.sens.x + 1e-12 * Math.abs(v));
        }
      }
      if (run.sens.evaluations.every((n) => n === run.evaluations)) {
        expect(result.evaluations).toBe(run.evaluations);
        expect(result.gradientEvaluations).toBe(run.gradientEvaluations);
      }
    });
  }
});

describe("conjugateGradient", () => {
  test("ends within n steps on a quadratic of n variables when the searches are nearly exact", () => {
    for (const n of [2, 5, 8]) {
      const result = conjugateGradient(quadratic, new Float64Array(n), { c1: 1e-10, c2: 1e-9 });
      expect(result.status).toBe("converged");
      expect(result.iterations).toBeLessThanOrEqual(n);
    }
  });

  test("finds a minimum of Himmelblau's function from many starts", () => {
    const minima = [
      [3, 2],
      [-2.805118, 3.131313],
      [-3.77931, -3.283186],
      [3.584428, -1.848127],
    ] as const;
    const found = new Set<number>();
    for (let i = 0; i < 16; i++) {
      const start = Float64Array.of(5 * Math.cos(i), 5 * Math.sin(i));
      const { x, value } = conjugateGradient(himmelblau, start);
      expect(value).toBeLessThan(1e-10);
      const index = minima.findIndex(([a, b]) => Math.hypot(x[0]! - a, x[1]! - b) < 1e-5);
      expect(index).toBeGreaterThanOrEqual(0);
      found.add(index);
    }
    expect(found.size).toBe(4);
  });

  test("a joint objective takes the same path, and no point is evaluated twice", () => {
    for (const [f, start] of [
      [rosenbrock, [-1.2, 1]],
      [wrong, [-1.2, 1]],
      [net, [...debugStart]],
      [netPublished, [...debugStart]],
    ] as const) {
      const seen: string[] = [];
      const apart = conjugateGradient(f, Float64Array.from(start), { maxIterations: 30 });
      const together = conjugateGradient(
        (x) => {
          seen.push(x.join());
          return joint(f)(x);
        },
        Float64Array.from(start),
        { maxIterations: 30 },
      );
      expect(together.history).toEqual(apart.history);
      expect(together.status).toBe(apart.status);
      expect(new Set(seen).size).toBe(seen.length);
      expect(together.evaluations).toBe(seen.length);
      expect(together.gradientEvaluations).toBe(seen.length);
    }
  });

  test("the published gradient of seed 002 stops with a line search failure, the corrected one goes on", () => {
    const published = conjugateGradient(netPublished, debugStart, { maxIterations: 50 });
    expect(published.status).toBe("lineSearchFailed");
    expect(published.message).toContain("finite differences");
    const corrected = conjugateGradient(net, debugStart, { maxIterations: 50 });
    expect(corrected.iterations).toBe(50);
    expect(corrected.value).toBeLessThan(published.value);
  });

  test("keeps x0, and is not disturbed by an objective that overwrites x or reuses its gradient", () => {
    const buffer = new Float64Array(2);
    const x0 = Float64Array.of(-1.2, 1);
    const messy = (x: Float64Array) => {
      const value = rosenbrock.value(x);
      buffer.set(rosenbrock.gradient(x));
      x.fill(7);
      return { value, gradient: buffer };
    };
    const result = conjugateGradient(messy, x0);
    expect(result.history).toEqual(conjugateGradient(rosenbrock, x0).history);
    expect([...x0]).toEqual([-1.2, 1]);
  });

  test("tells the callback each step and stops when it says so", () => {
    const seen: [number, number][] = [];
    const result = conjugateGradient(rosenbrock, Float64Array.of(-1.2, 1), {
      callback: (x, value, iteration) => {
        expect(rosenbrock.value(x)).toBe(value);
        x.fill(0);
        seen.push([iteration, value]);
        return iteration === 5;
      },
    });
    expect(result.status).toBe("stopped");
    expect(seen).toEqual(result.history.map((value, i) => [i + 1, value]));
    expect(result.iterations).toBe(5);
  });

  test("returns at once at a minimum, and with maxIterations 0", () => {
    const at = conjugateGradient(rosenbrock, Float64Array.of(1, 1));
    expect([at.status, at.iterations, at.evaluations, at.gradientNorm]).toEqual(["converged", 0, 1, 0]);
    const none = conjugateGradient(rosenbrock, Float64Array.of(0, 0), { maxIterations: 0 });
    expect([none.status, none.history.length, none.gradientNorm]).toEqual(["maxIterations", 0, 2]);
  });

  test("steps around a region where the function is not finite", () => {
    // x − ln x on each axis, minimum at 1; the start is so steep that the first trial leaves the domain
    const barrier = (x: Float64Array) => ({
      value: x.reduce((sum, v, i) => sum + (i + 1) * 50 * (v - Math.log(v)), 0),
      gradient: x.map((v, i) => (i + 1) * 50 * (1 - 1 / v)),
    });
    for (const start of [[9, 0.01], [30, 20, 10], [0.001]]) {
      const result = conjugateGradient(barrier, Float64Array.from(start), { gradientTolerance: 1e-4 });
      expect(result.status).toBe("converged");
      for (const v of result.x) expect(v).toBeCloseTo(1, 5);
    }
  });

  test("says what is wrong with its arguments", () => {
    const run =
      (options: object, x0 = Float64Array.of(1, 2)) =>
      () =>
        conjugateGradient(rosenbrock, x0, options);
    expect(run({ maxIterations: -1 })).toThrow(
      /conjugateGradient: maxIterations must be an integer ≥ 0, received -1/,
    );
    expect(run({ maxIterations: 1.5 })).toThrow(UsageError);
    expect(run({ gradientTolerance: Number.NaN })).toThrow(/gradientTolerance must be ≥ 0, received NaN/);
    expect(run({ c1: 0.5, c2: 0.4 })).toThrow(/0 < c1 < c2 < 1 must hold, received c1 0.5 and c2 0.4/);
    expect(run({ c2: 1 })).toThrow(UsageError);
    expect(run({}, new Float64Array(0))).toThrow(/at least one entry/);
    expect(run({}, Float64Array.of(1, Number.NaN))).toThrow(/x0 must be finite, received NaN at index 1/);
    const at = (value: number, gradient: number[]) => () =>
      conjugateGradient(() => ({ value, gradient: Float64Array.from(gradient) }), Float64Array.of(1, 2));
    expect(at(Number.NaN, [1, 1])).toThrow(/objective must be finite at x0, received NaN/);
    expect(at(Number.POSITIVE_INFINITY, [1, 1])).toThrow(UsageError);
    expect(at(1, [0, Number.NEGATIVE_INFINITY])).toThrow(
      /gradient must be finite at x0, received -Infinity at index 1/,
    );
    expect(at(1, [1, 2, 3])).toThrow(ShapeError);
    expect(at(1, [1, 2, 3])).toThrow(/must have 2 entries like x, received 3/);
    expect(at("1" as unknown as number, [1, 2])).toThrow(/must be a number, received string/);
  });
});
