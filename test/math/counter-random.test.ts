import { expect, test } from "vitest";
import { counterKey, counterRandom, counterUniform, mix32 } from "../../src/math/counter-random.ts";

/** χ² of counts against a flat distribution. */
function chiSquare(counts: readonly number[], total: number): number {
  const expected = total / counts.length;
  return counts.reduce((sum, c) => sum + (c - expected) ** 2 / expected, 0);
}
/** 255 degrees of freedom: mean 255, σ 22.6. A flat source lies inside with probability 0.99994. */
const inside = (x: number) => x > 255 - 90 && x < 255 + 90;

/** The formula of the file comment, in exact integer arithmetic. */
function formula(seed: bigint, stream: bigint, step: bigint, index: bigint): number {
  const word = (x: bigint) => x & 0xffffffffn;
  const mix = (input: bigint): bigint => {
    let x = input;
    x ^= x >> 17n;
    x = word(x * 0xed5ad4bbn);
    x ^= x >> 11n;
    x = word(x * 0xac4c1b51n);
    x ^= x >> 15n;
    x = word(x * 0x31848babn);
    return x ^ (x >> 14n);
  };
  const key = mix(step ^ mix(stream ^ mix(word(seed + 0x9e3779b9n))));
  return Number(mix(index ^ key) >> 8n) / 2 ** 24;
}

test("is the documented formula", () => {
  for (const seed of [0, 1, 42, 0x7fffffff, 0xffffffff])
    for (const stream of [0, 3])
      for (const step of [0, 1, 100000])
        for (const index of [0, 1, 65537, 0xfffffffe])
          expect(counterRandom(seed, stream, step, index)).toBe(
            formula(BigInt(seed), BigInt(stream), BigInt(step), BigInt(index)),
          );
});

test("gives the same number in float32, in [0, 1)", () => {
  const key = counterKey(7, 1, 2);
  for (let i = 0; i < 20000; i++) {
    const u = counterUniform(key, i);
    if (!(u >= 0 && u < 1 && Math.fround(u) === u)) expect.fail(`index ${i}: ${u}`);
  }
});

test("mix32 is one-to-one on a block and moves about half of the bits", () => {
  const seen = new Set<number>();
  let flipped = 0;
  for (let i = 0; i < 65536; i++) {
    seen.add(mix32(i));
    let difference = mix32(i) ^ mix32(i ^ (1 << (i % 32)));
    for (; difference !== 0; difference &= difference - 1) flipped += 1;
  }
  expect(seen.size).toBe(65536);
  expect(Math.abs(flipped / 65536 / 32 - 0.5)).toBeLessThan(0.002);
});

test.each([
  ["index", (i: number) => counterRandom(0, 0, 0, i)],
  ["step", (i: number) => counterRandom(0, 0, i, 0)],
  ["stream", (i: number) => counterRandom(0, i, 0, 0)],
  ["seed", (i: number) => counterRandom(i, 0, 0, 0)],
] as const)("is flat along the %s, and pairs of neighbours are", (_, draw) => {
  const single = new Array<number>(256).fill(0);
  const low = new Array<number>(256).fill(0);
  const pairs = new Array<number>(256).fill(0);
  const n = 65536;
  for (let i = 0; i < n; i++) {
    const a = draw(i);
    const b = draw(i + 1);
    single[Math.floor(a * 256)]! += 1;
    low[(a * 2 ** 24) % 256]! += 1;
    pairs[Math.floor(a * 16) * 16 + Math.floor(b * 16)]! += 1;
  }
  for (const counts of [single, low, pairs]) expect(chiSquare(counts, n)).toSatisfy(inside);
});

test.each([
  ["steps", (k: number) => counterKey(3, 0, k)],
  ["streams", (k: number) => counterKey(3, k, 0)],
  ["seeds", (k: number) => counterKey(k, 0, 0)],
] as const)("neighbouring %s are independent, element by element", (_, keyOf) => {
  const pairs = new Array<number>(256).fill(0);
  let product = 0;
  const n = 65536;
  for (let i = 0; i < n; i++) {
    const k = i >> 10;
    const index = i & 1023;
    const a = counterUniform(keyOf(k), index);
    const b = counterUniform(keyOf(k + 1), index);
    pairs[Math.floor(a * 16) * 16 + Math.floor(b * 16)]! += 1;
    product += (a - 0.5) * (b - 0.5) * 12;
  }
  expect(chiSquare(pairs, n)).toSatisfy(inside);
  // The correlation of independent columns has standard deviation 1/√n.
  expect(Math.abs(product / n)).toBeLessThan(4 / Math.sqrt(n));
});
