import { describe, expect, test } from "vitest";
import { numberKit } from "../../src/math/number-kit.ts";

describe.each([
  ["float64", -1022, 1023],
  ["float32", -126, 127],
] as const)("numberKit(%s)", (dtype, lowest, highest) => {
  const kit = numberKit(dtype);

  test("pow2, exponent and mantissa are exact over all normal exponents", () => {
    for (let k = lowest; k <= highest; k++) {
      expect(kit.pow2(k)).toBe(2 ** k);
      const m = kit.constant(1 + ((((k * 0.618) % 1) + 1) % 1));
      const x = kit.mul(m, 2 ** k);
      expect(kit.exponent(x)).toBe(k);
      expect(kit.mantissa(x)).toBe(m);
    }
  });

  test("min, max and select follow WASM", () => {
    expect(kit.min(-0, 0)).toBe(-0);
    expect(kit.max(-0, 0)).toBe(0);
    expect(kit.min(NaN, 1)).toBeNaN();
    expect(kit.max(1, NaN)).toBeNaN();
    expect(kit.select(kit.less(NaN, 1), 2, 3)).toBe(3);
    expect(kit.select(kit.lessEqual(1, 1), 2, 3)).toBe(2);
    expect(kit.select(kit.equal(0, -0), 2, 3)).toBe(2);
  });
});

test("float32 rounds every operation as Float32Array does", () => {
  const kit = numberKit("float32");
  const a = Math.fround(0.1);
  const b = Math.fround(3.3e-5);
  const cell = new Float32Array(1);
  const stored = (x: number) => {
    cell[0] = x;
    return cell[0]!;
  };
  expect(kit.constant(0.1)).toBe(stored(0.1));
  expect(kit.add(a, b)).toBe(stored(a + b));
  expect(kit.sub(a, b)).toBe(stored(a - b));
  expect(kit.mul(a, b)).toBe(stored(a * b));
  expect(kit.div(a, b)).toBe(stored(a / b));
  expect(kit.sqrt(a)).toBe(stored(Math.sqrt(a)));
  expect(kit.add(1, 2 ** -25)).toBe(1);
  expect(numberKit("float64").add(1, 2 ** -25)).toBe(1 + 2 ** -25);
});
