import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RandomState } from "../../src/random/index.ts";
import { UsageError } from "../../src/tensor/errors.ts";
import { golden, worstUlps } from "./golden.ts";

const reference = golden("numpy_random.json");
const more = golden("data.json");
const list = (values: ArrayLike<number>) => Array.from(values);

describe.each(Object.entries(reference.seeds as Record<string, typeof reference>))(
  "seed %s as in NumPy",
  (seed, d) => {
    const fresh = () => new RandomState(Number(seed));

    test("words, uniforms and integers, to the bit", () => {
      const random = fresh();
      expect(Array.from({ length: 20 }, () => random.word())).toEqual(d.raw_uint32);
      expect(list(fresh().randomSample(20))).toEqual(d["random_sample(20)"]);
      expect(list(fresh().rand(20))).toEqual(d["rand(20)"]);
      expect(fresh().rand(4, 5)).toEqual({ shape: [4, 5], data: Float64Array.from(d["rand(4,5)"].flat()) });
      expect(list(fresh().uniform(-2, 3, 20))).toEqual(d["uniform(-2,3,20)"]);
      const spans = [
        ["0,2", 0, 2],
        ["0,10", 0, 10],
        ["0,1000", 0, 1000],
        ["-5,2**31", -5, 2 ** 31],
        ["0,2**32", 0, 2 ** 32],
        ["0,2**40", 0, 2 ** 40],
      ] as const;
      for (const [name, low, high] of spans)
        expect(list(fresh().randint(low, high, 20))).toEqual(d[`randint(${name},20)`]);
    });

    test("permutations and shuffles, to the bit", () => {
      expect(list(fresh().permutation(20))).toEqual(d["permutation(20)"]);
      expect(list(fresh().permutation(1000).slice(0, 20))).toEqual(d["permutation(1000)[:20]"]);
      const values = Array.from({ length: 20 }, (_, i) => i);
      fresh().shuffle(values);
      expect(values).toEqual(d["shuffle(arange(20))"]);
      const rows = { shape: [5, 2] as const, data: Float64Array.from({ length: 10 }, (_, i) => i) };
      fresh().shuffle(rows);
      expect(list(rows.data)).toEqual(d["shuffle(arange(10).reshape(5,2)) (rows)"].flat());
    });

    test("normals within two units of the last place", () => {
      expect(worstUlps(fresh().randn(20), d["randn(20)"])).toBeLessThanOrEqual(2);
      expect(worstUlps(fresh().standardNormal(20), d["randn(20)"])).toBeLessThanOrEqual(2);
      expect(worstUlps(fresh().normal(0, 1, 20), d["normal(0,1,20)"])).toBeLessThanOrEqual(2);
      const wide = fresh().normal(3, 2.5, 20);
      for (const [i, value] of d["normal(3,2.5,20)"].entries())
        expect(Math.abs(wide[i]! - value)).toBeLessThan(2e-15);
    });

    test("calls of different kinds share one stream, and the second normal is kept", () => {
      const random = fresh();
      const [a, b, c, e, f, g] =
        d["mixed: randn(3), random_sample(2), randn(2), randint(0,10,3), randn(1), permutation(5)"];
      expect(worstUlps(random.randn(3), a)).toBeLessThanOrEqual(2);
      expect(list(random.randomSample(2))).toEqual(b);
      expect(worstUlps(random.randn(2), c)).toBeLessThanOrEqual(2);
      expect(list(random.randint(0, 10, 3))).toEqual(e);
      expect(worstUlps([random.randn()], f)).toBeLessThanOrEqual(2);
      expect(list(random.permutation(5))).toEqual(g);
      const later = fresh();
      later.randomSample(1000);
      expect(list(later.randomSample(5))).toEqual(d["random_sample after 1000 draws"]);
    });
  },
);

test("174 690 normals of seed 0 stay with NumPy's to the end", () => {
  const { count, every_1000th, sum } = more.normals;
  const values = new RandomState(0).randn(count);
  const sample = every_1000th.map((_: number, i: number) => values[i * 1000]!);
  expect(worstUlps(sample, every_1000th)).toBeLessThanOrEqual(2);
  expect(values.reduce((a, b) => a + b, 0)).toBeCloseTo(sum, 8);
});

test("spans around 2^32 and up to 2^53", () => {
  for (const { low, high, values } of more.wide)
    expect(list(new RandomState(6).randint(low, high, 8))).toEqual(values);
});

test("choice as in NumPy: with and without replacement, with and without chances", () => {
  for (const { seed, p, ...d } of more.choices) {
    const fresh = () => new RandomState(seed);
    expect(list(fresh().choice(10, 12))).toEqual(d.replace);
    expect(list(fresh().choice(10, 6, { replace: false }))).toEqual(d.unique);
    expect(list(fresh().choice(5, 12, { p }))).toEqual(d.weighted);
    expect(list(fresh().choice(5, 4, { p, replace: false }))).toEqual(d.weighted_unique);
    expect(fresh().choice(["a", "b", "c", "d", "e"], 4, { p, replace: false })).toEqual(
      d.weighted_unique.map((i: number) => "abcde"[i]),
    );
  }
});

test("the state is NumPy's, survives JSON and brings back the kept normal", () => {
  const random = new RandomState(more.state.seed);
  random.randn(5);
  const state = random.state();
  expect(state.key).toEqual(more.state.key);
  expect(state.position).toBe(more.state.position);
  expect(worstUlps([state.kept!], [more.state.kept])).toBeLessThanOrEqual(2);
  const next = random.randn(4);
  expect(worstUlps(next, more.state.next)).toBeLessThanOrEqual(2);
  const other = new RandomState(1);
  other.setState(JSON.parse(JSON.stringify(state)));
  expect(other.randn(4)).toEqual(next);
  expect(random.state().key).not.toBe(state.key);
});

test("any shuffle is a permutation, and a seed repeats it", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 2 ** 32 - 1 }),
      fc.array(fc.integer(), { maxLength: 50 }),
      (seed, values) => {
        const mixed = new RandomState(seed).permutation(values);
        const byValue = (a: number, b: number) => a - b;
        expect([...mixed].sort(byValue)).toEqual([...values].sort(byValue));
        expect(new RandomState(seed).permutation(values)).toEqual(mixed);
      },
    ),
    { numRuns: 50 },
  );
});

test("integers stay in their range", () => {
  fc.assert(
    fc.property(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: 1, max: 2 ** 40 }), (low, span) => {
      for (const value of new RandomState(3).randint(low, low + span, 20))
        expect(Number.isInteger(value) && value >= low && value < low + span).toBe(true);
    }),
    { numRuns: 50 },
  );
});

test.each([
  ["a fraction as seed", () => new RandomState(1.5), "received 1.5"],
  ["a negative seed", () => new RandomState(-1), "received -1"],
  ["a seed of 2^32", () => new RandomState(2 ** 32), "4294967296"],
  ["an empty range", () => new RandomState(0).randint(3, 3), "low 3, high 3"],
  ["too wide a range", () => new RandomState(0).randint(-(2 ** 53) + 1, 2 ** 53 - 1), "2^53 apart"],
  ["a negative deviation", () => new RandomState(0).normal(0, -1), "received -1"],
  ["a size of -1", () => new RandomState(0).randn(-1), "received -1"],
  ["a size that is no shape", () => new RandomState(0).uniform(0, 1, [2, 0.5]), "[2,0.5]"],
  ["choosing from nothing", () => new RandomState(0).choice(0, 1), "population 0"],
  ["choosing more than there are", () => new RandomState(0).choice(3, 4, { replace: false }), "at most 3"],
  ["chances that do not add up", () => new RandomState(0).choice(2, 1, { p: [0.5, 0.4] }), "sum 0.9"],
  [
    "too few chances above 0",
    () => new RandomState(0).choice(2, 2, { p: [1, 0], replace: false }),
    "at most 1",
  ],
  [
    "a broken state",
    () => new RandomState(0).setState({ ...new RandomState(0).state(), key: [1] }),
    "1 words",
  ],
])("%s is refused", (_, act, text) => {
  expect(act).toThrow(UsageError);
  expect(act).toThrow(text);
});
