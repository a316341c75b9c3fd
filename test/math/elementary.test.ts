import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { type ElementaryName, elementary, MAX_ULP } from "../../src/math/functions.ts";
import { numberKit } from "../../src/math/number-kit.ts";
import { countOperations } from "./counting-kit.ts";
import { largestError } from "./golden.ts";

const golden = fileURLToPath(new URL("../golden/math.json", import.meta.url));
const dtypes = ["float64", "float32"] as const;
const names = Object.keys(elementary) as ElementaryName[];

/** name, [input, exact result] in both precisions. */
const special: Record<ElementaryName, readonly (readonly [number, number])[]> = {
  exp: [
    [0, 1],
    [-0, 1],
    [Infinity, Infinity],
    [-Infinity, 0],
    [800, Infinity],
    [-800, 0],
    [1e30, Infinity],
    [-1e30, 0],
  ],
  log: [
    [1, 0],
    [0, -Infinity],
    [-0, -Infinity],
    [-1, NaN],
    [-1e-40, NaN],
    [-Infinity, NaN],
    [Infinity, Infinity],
  ],
  tanh: [
    [0, 0],
    [-0, -0],
    [Infinity, 1],
    [-Infinity, -1],
    [40, 1],
    [-1e30, -1],
  ],
  sigmoid: [
    [0, 0.5],
    [-0, 0.5],
    [Infinity, 1],
    [-Infinity, 0],
    [1e30, 1],
    [-1e30, 0],
  ],
  softplus: [
    [Infinity, Infinity],
    [-Infinity, 0],
    [2 ** 100, 2 ** 100],
    [-1e30, 0],
  ],
  sin: [
    [0, 0],
    [-0, -0],
    [Infinity, NaN],
    [-Infinity, NaN],
  ],
  cos: [
    [0, 1],
    [-0, 1],
    [Infinity, NaN],
    [-Infinity, NaN],
  ],
  erf: [
    [0, 0],
    [-0, -0],
    [Infinity, 1],
    [-Infinity, -1],
    [7, 1],
    [-1e30, -1],
  ],
};

describe.each(dtypes)("%s", (dtype) => {
  const kit = numberKit(dtype);
  const round = kit.constant;
  const denormal = dtype === "float64" ? 2 ** -1074 : 2 ** -149;

  test.each(names)("%s stays below its stated error", (name) => {
    const { worst, at, count } = largestError(name, dtype, golden);
    expect(count).toBeGreaterThan(1400);
    expect(worst, `at ${at}`).toBeLessThanOrEqual(MAX_ULP[name][dtype]);
  });

  test.each(names)("%s: special values", (name) => {
    expect(elementary[name](kit, NaN)).toBeNaN();
    for (const [x, y] of special[name]) expect(elementary[name](kit, round(x)), `${name}(${x})`).toBe(y);
  });

  test.each(["tanh", "sin", "erf"] as const)("%s is odd to the bit", (name) => {
    for (let x = 3 * denormal; x < 1e5; x *= 1.37) {
      const y = elementary[name](kit, round(x));
      expect(elementary[name](kit, -round(x))).toBe(-y);
      if (x < (dtype === "float64" ? 2 ** -54 : 2 ** -25) && name !== "erf") expect(y).toBe(round(x));
    }
  });

  test("log and exp are inverse on every power of two, denormals included", () => {
    for (let k = dtype === "float64" ? -1074 : -149; k < 127; k++) {
      const x = 2 ** k;
      const y = elementary.log(kit, x);
      expect(Math.abs(y - k * Math.LN2)).toBeLessThanOrEqual(
        Math.abs(k) * (dtype === "float64" ? 1.7e-16 : 6e-8),
      );
      expect(Math.abs(elementary.exp(kit, y) / x - 1)).toBeLessThan(
        Math.max((Math.abs(k) + 2) * (dtype === "float64" ? 1.7e-16 : 6e-8), denormal / x / 1.9),
      );
    }
  });

  test("sigmoid and tanh never leave their range", () => {
    for (let x = -120; x <= 120; x += 0.0371) {
      const s = elementary.sigmoid(kit, round(x));
      if (!(s >= 0 && s <= 1)) expect.fail(`sigmoid(${x}) = ${s}`);
      expect(Math.abs(elementary.tanh(kit, round(x)))).toBeLessThanOrEqual(Math.min(1, Math.abs(round(x))));
    }
  });

  test("sin and cos stay in [-1, 1] far beyond their range", () => {
    for (let x = 1; x < (dtype === "float64" ? 1e300 : 1e37); x *= 1.7)
      for (const f of [elementary.sin, elementary.cos]) {
        const y = f(kit, round(x));
        expect(Math.abs(y), `at ${x}`).toBeLessThanOrEqual(1);
      }
  });
});

test("number of kit operations", () => {
  const counts = names.map((name) => [
    name,
    countOperations(name, "float64"),
    countOperations(name, "float32"),
  ]);
  expect(counts).toEqual([
    ["exp", 47, 37],
    ["log", 77, 34],
    ["tanh", 47, 37],
    ["sigmoid", 57, 47],
    ["softplus", 77, 57],
    ["sin", 66, 64],
    ["cos", 65, 63],
    ["erf", 110, 78],
  ]);
});

test("nothing branches: the count is the same for every x", () => {
  for (const name of names)
    for (const x of [NaN, Infinity, -1e9, -0, 1e-310, 5])
      expect(countOperations(name, "float64", x)).toBe(countOperations(name, "float64"));
});
