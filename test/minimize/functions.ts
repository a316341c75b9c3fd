/** The functions of the golden runs (test/golden/scripts/make_minimize.py), written out as plain loops. */
import type { SplitObjective } from "../../src/minimize/index.ts";
import type { Line } from "../../src/minimize/line.ts";

const of = (...v: number[]) => Float64Array.from(v);

export const rosenbrock: SplitObjective = {
  value(x) {
    let sum = 0;
    for (let i = 0; i + 1 < x.length; i++) sum += 100 * (x[i + 1]! - x[i]! ** 2) ** 2 + (1 - x[i]!) ** 2;
    return sum;
  },
  gradient(x) {
    const g = new Float64Array(x.length);
    for (let i = 0; i + 1 < x.length; i++) {
      const t = x[i + 1]! - x[i]! ** 2;
      g[i]! += -400 * x[i]! * t - 2 * (1 - x[i]!);
      g[i + 1]! += 200 * t;
    }
    return g;
  },
};

/** Rosenbrock's function with a gradient that does not belong to it. */
export const wrong: SplitObjective = {
  value: rosenbrock.value,
  gradient(x) {
    const g = rosenbrock.gradient(x);
    g[1]! += 5;
    return g;
  },
};

export const himmelblau: SplitObjective = {
  value: ([x = 0, y = 0]) => (x * x + y - 11) ** 2 + (x + y * y - 7) ** 2,
  gradient([x = 0, y = 0]) {
    const a = x * x + y - 11;
    const b = x + y * y - 7;
    return of(4 * a * x + 2 * b, 2 * a + 4 * b * y);
  },
};

export const beale: SplitObjective = {
  value: ([x = 0, y = 0]) =>
    (1.5 - x + x * y) ** 2 + (2.25 - x + x * y ** 2) ** 2 + (2.625 - x + x * y ** 3) ** 2,
  gradient([x = 0, y = 0]) {
    const [a, b, c] = [1.5 - x + x * y, 2.25 - x + x * y ** 2, 2.625 - x + x * y ** 3];
    return of(
      2 * a * (y - 1) + 2 * b * (y ** 2 - 1) + 2 * c * (y ** 3 - 1),
      2 * a * x + 4 * b * x * y + 6 * c * x * y ** 2,
    );
  },
};

/** Σ (i+1)(xᵢ − 1)²/2 + Σ xᵢxᵢ₊₁/4 */
export const quadratic: SplitObjective = {
  value(x) {
    let sum = 0;
    for (let i = 0; i < x.length; i++) sum += ((i + 1) * (x[i]! - 1) ** 2) / 2;
    let coupling = 0;
    for (let i = 0; i + 1 < x.length; i++) coupling += x[i]! * x[i + 1]!;
    return sum + coupling / 4;
  },
  gradient: (x) => x.map((v, i) => (i + 1) * (v - 1) + ((x[i - 1] ?? 0) + (x[i + 1] ?? 0)) / 4),
};

/** Logistic regression on rows [a, b, label], the weights but not the bias decayed. */
export function logistic(rows: readonly (readonly number[])[]): SplitObjective {
  const logit = (w: Float64Array, r: readonly number[]) => w[0]! * r[0]! + w[1]! * r[1]! + w[2]!;
  return {
    value(w) {
      let sum = 0.05 * (w[0]! ** 2 + w[1]! ** 2);
      for (const r of rows) sum += Math.log1p(Math.exp(-logit(w, r))) + (1 - r[2]!) * logit(w, r);
      return sum;
    },
    gradient(w) {
      const g = of(0.1 * w[0]!, 0.1 * w[1]!, 0);
      for (const r of rows) {
        const d = 1 / (1 + Math.exp(-logit(w, r))) - r[2]!;
        g[0]! += d * r[0]!;
        g[1]! += d * r[1]!;
        g[2]! += d;
      }
      return g;
    },
  };
}

/** Falls without end. */
export const cliff: SplitObjective = {
  value: (x) => -x[0]! - 2 * x[1]!,
  gradient: () => of(-1, -2),
};

const yanai = (b1: number, b2: number): Line => {
  const g = (b: number) => Math.sqrt(1 + b * b) - b;
  const left = (a: number) => Math.sqrt((1 - a) ** 2 + b2 ** 2);
  const right = (a: number) => Math.sqrt(a ** 2 + b1 ** 2);
  return {
    value: (a) => g(b1) * left(a) + g(b2) * right(a),
    slope: (a) => (g(b1) * (a - 1)) / left(a) + (g(b2) * a) / right(a),
  };
};

const kink = (beta: number, l: number): Line => {
  const base = (a: number) =>
    a <= 1 - beta ? 1 - a : a >= 1 + beta ? a - 1 : (a - 1) ** 2 / (2 * beta) + beta / 2;
  const slope = (a: number) => (a <= 1 - beta ? -1 : a >= 1 + beta ? 1 : (a - 1) / beta);
  return {
    value: (a) => base(a) + ((2 * (1 - beta)) / (l * Math.PI)) * Math.sin(((l * Math.PI) / 2) * a),
    slope: (a) => slope(a) + (1 - beta) * Math.cos(((l * Math.PI) / 2) * a),
  };
};

const cube = (t: number) => t * t * t;

/** a²/20 − a + A·sin(ωa): many minima. */
const wave = (A: number, w: number): Line => ({
  value: (a) => 0.05 * a * a - a + A * Math.sin(w * a),
  slope: (a) => 0.1 * a - 1 + A * w * Math.cos(w * a),
});
const waves = [0.05, 0.2, 0.6].flatMap((A) => [2, 5, 11].map((w) => wave(A, w)));

/** 1 to 6: the functions of Moré & Thuente (1994), section 5; from 7 on: waves. */
export const lines: Record<number, Line> = {
  1: { value: (a) => -a / (a * a + 2), slope: (a) => (a * a - 2) / (a * a + 2) ** 2 },
  2: {
    value: (a) => cube(a + 0.004) * (a + 0.004) * (a + 0.004 - 2),
    slope: (a) => cube(a + 0.004) * (5 * (a + 0.004) - 8),
  },
  3: kink(0.01, 39),
  4: yanai(0.001, 0.001),
  5: yanai(0.01, 0.001),
  6: yanai(0.001, 0.01),
  ...Object.fromEntries(waves.map((line, i) => [7 + i, line])),
};
