import { expect, test } from "vitest";
import {
  type ClassData,
  makeBlobs,
  makeCircles,
  makeGaussian,
  makeMoons,
  makePlane,
  makeSpirals,
  makeXor,
} from "../../src/data/index.ts";
import { RandomState } from "../../src/random/index.ts";
import { UsageError } from "../../src/tensor/errors.ts";
import { golden, worstDifference } from "../random/golden.ts";

const reference = golden("data.json");
const twenty = golden("numpy_random.json").make_moons_20;

function expectPoints(made: ClassData, x: number[][], y: number[]) {
  expect(made.x.shape).toEqual([x.length, 2]);
  expect(worstDifference(made.x.data, x.flat())).toBeLessThan(1e-15);
  expect([...made.y]).toEqual(y);
}

test("moons equal scikit-learn's make_moons", () => {
  const base = { samples: 20, seed: 100 };
  expectPoints(makeMoons({ ...base, noise: 0.2 }), twenty.X, twenty.y);
  const plain = twenty.without_noise_unshuffled;
  expectPoints(makeMoons({ ...base, shuffle: false }), plain.X, plain.y);
  expectPoints(makeMoons(base), twenty.without_noise_shuffled.X, twenty.without_noise_shuffled.y);
  for (const { samples, noise, shuffle, seed, x, y } of reference.moons)
    expectPoints(makeMoons({ samples, noise: noise ?? undefined, shuffle, seed }), x, y);
});

test("circles equal scikit-learn's make_circles", () => {
  for (const { samples, noise, shuffle, seed, factor, x, y } of reference.circles)
    expectPoints(makeCircles({ samples, noise: noise ?? undefined, shuffle, seed, factor }), x, y);
});

test("blobs equal scikit-learn's make_blobs", () => {
  for (const { samples, centers, deviation, shuffle, seed, x, y } of reference.blobs) {
    const made = makeBlobs({ samples, centers, deviation, shuffle, seed });
    expect(worstDifference(made.x.data, x.flat())).toBeLessThan(1e-14);
    expect([...made.y]).toEqual(y);
  }
});

test("a generator goes on where it stands", () => {
  const random = new RandomState(3);
  const first = makeMoons({ samples: 31, noise: 0.1, seed: random });
  expect(makeMoons({ samples: 31, noise: 0.1, seed: random }).x).not.toEqual(first.x);
  expect(makeMoons({ samples: 31, noise: 0.1, seed: 3 })).toEqual(first);
});

test("spirals: radius and angle of every point follow the formula", () => {
  const { x, y } = makeSpirals({ samples: 31, arms: 3, turns: 2, shuffle: false });
  expect([0, 1, 2].map((arm) => y.filter((label) => label === arm).length)).toEqual([11, 10, 10]);
  const place = (i: number) => [x.data[2 * i]!, x.data[2 * i + 1]!] as const;
  for (let i = 0; i < 11; i++) expect(Math.hypot(...place(i))).toBeCloseTo((i + 1) / 11, 14);
  const [a, b] = place(11); // first point of arm 1 of 3: radius 1/10, angle 2π(2/10 + 1/3)
  expect(Math.atan2(b, a)).toBeCloseTo(2 * Math.PI * (0.2 + 1 / 3) - 2 * Math.PI, 14);
});

test("xor clouds: without spread the corners are the XOR table", () => {
  const { x, y } = makeXor({ samples: 8, deviation: 0, seed: 1 });
  for (const [i, label] of y.entries())
    expect(x.data[2 * i]! * x.data[2 * i + 1]!).toBe(label === 1 ? -1 : 1);
  expect(y.filter((label) => label === 1)).toHaveLength(4);
});

test("surfaces: heights follow the formulas, noise moves targets only", () => {
  const plane = makePlane({ samples: 20, seed: 4 });
  expect(plane.y.shape).toEqual([20, 1]);
  for (let i = 0; i < 20; i++)
    expect(plane.y.data[i]).toBe((plane.x.data[2 * i]! + plane.x.data[2 * i + 1]!) / 2);
  const bumps = makeGaussian({ samples: 20, seed: 4 });
  expect(bumps.x).toEqual(plane.x);
  const height = (a: number, b: number) =>
    Math.exp(-4 * ((a - 0.5) ** 2 + (b - 0.5) ** 2)) - Math.exp(-4 * ((a + 0.5) ** 2 + (b + 0.5) ** 2));
  for (let i = 0; i < 20; i++)
    expect(bumps.y.data[i]).toBeCloseTo(height(bumps.x.data[2 * i]!, bumps.x.data[2 * i + 1]!), 14);
  const noisy = makePlane({ samples: 20, noise: 0.1, seed: 4 });
  expect(noisy.x).toEqual(plane.x);
  expect(noisy.y).not.toEqual(plane.y);
});

test.each([
  ["makeMoons: samples", () => makeMoons({ samples: 0 })],
  ["makeMoons: noise", () => makeMoons({ noise: -1 })],
  ["makeCircles: factor", () => makeCircles({ factor: 1 })],
  ["makeBlobs: centers", () => makeBlobs({ centers: [] })],
  ["makeBlobs: deviation", () => makeBlobs({ deviation: Number.NaN })],
  ["makeXor: samples", () => makeXor({ samples: 3 })],
  ["makeSpirals: arms", () => makeSpirals({ arms: 1.5 })],
  ["makePlane: samples", () => makePlane({ samples: -4 })],
])("%s out of range is refused", (text, act) => {
  expect(act).toThrow(UsageError);
  expect(act).toThrow(text);
});
