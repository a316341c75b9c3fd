/**
 * The data sets of the studio: points of the plane with a class or a value, made from a seed.
 *
 * Each set is one entry of a table: its title, its usual size and noise, the part of the plane it lies in, and how
 * it is made. Points drawn by hand and pasted tables are no sets; they are lists of points in the record itself.
 */
import { RandomState } from "papergrad";
import {
  type ClassData,
  type GateName,
  gate,
  iris,
  makeBlobs,
  makeCircles,
  makeGaussian,
  makeMoons,
  makePlane,
  makeSpirals,
  makeXor,
  type RegressionData,
} from "papergrad/data";
import { expr } from "papergrad/engine";
import type { Text } from "../language.ts";
import { columnsOf } from "./columns.ts";

/** Points of the plane, each with a class number or a value. */
export interface PlanePoints {
  /** x₁, x₂ of each point, one after the other. */
  readonly x: Float64Array;
  /** One class number or value for each point. */
  readonly y: Float64Array;
  /** Number of classes; 0 where y holds values. */
  readonly classes: number;
}

/** A rectangle of the plane: [smallest x₁, largest x₁, smallest x₂, largest x₂]. */
export type PlaneRange = readonly [number, number, number, number];

/** How a set is made. */
export interface SetOptions {
  /** Number of points ≥ 4. */
  readonly samples: number;
  /** Standard deviation of normal noise: on the coordinates, or on the value of a regression surface. */
  readonly noise: number;
  readonly seed: number;
}

/** One data set. */
export interface PlaneSet {
  readonly title: Text;
  readonly group: "two" | "many" | "gates" | "values";
  readonly range: PlaneRange;
  /** The size and noise it is shown with first. */
  readonly usual: { readonly samples: number; readonly noise: number };
  readonly make: (options: SetOptions) => PlanePoints;
}

const ofClasses = ({ x, y }: ClassData, classes: number): PlanePoints => ({
  x: x.data,
  y: Float64Array.from(y),
  classes,
});
const ofValues = ({ x, y }: RegressionData): PlanePoints => ({ x: x.data, y: y.data, classes: 0 });

const square = (half: number): PlaneRange => [-half, half, -half, half];

/** Noise 0 draws no random numbers, as in scikit-learn with noise=None. */
const noisy = ({ samples, noise, seed }: SetOptions) =>
  noise > 0 ? { samples, noise, seed } : { samples, seed };

const clouds =
  (centers: readonly (readonly [number, number])[]) =>
  ({ samples, noise, seed }: SetOptions): PlanePoints =>
    ofClasses(makeBlobs({ samples, centers, deviation: noise, seed }), centers.length);

const two = (en: string, zh: string, range: PlaneRange, noise: number, make: PlaneSet["make"]): PlaneSet => ({
  title: { en, zh },
  group: "two",
  range,
  usual: { samples: 400, noise },
  make,
});
const many = (
  en: string,
  zh: string,
  range: PlaneRange,
  noise: number,
  make: PlaneSet["make"],
): PlaneSet => ({
  ...two(en, zh, range, noise, make),
  group: "many",
  usual: { samples: 600, noise },
});
const values = (en: string, zh: string, make: PlaneSet["make"]): PlaneSet => ({
  ...two(en, zh, square(1.1), 0.05, make),
  group: "values",
});

/** Three rings: two of them from one set of circles, the third from the inner circle of another. */
function rings({ samples, noise, seed }: SetOptions): PlanePoints {
  const random = new RandomState(seed);
  const third = Math.floor(samples / 3);
  const outer = makeCircles({
    ...noisy({ samples: samples - third, noise, seed }),
    factor: 0.62,
    seed: random,
  });
  // Of twice as many points half lie on the inner circle.
  const inner = makeCircles({ ...noisy({ samples: 2 * third, noise, seed }), factor: 0.25, seed: random });
  const kept = [...inner.y.keys()].filter((i) => inner.y[i] === 1);
  return {
    x: Float64Array.of(
      ...outer.x.data,
      ...kept.flatMap((i) => [inner.x.data[2 * i]!, inner.x.data[2 * i + 1]!]),
    ),
    y: Float64Array.of(...outer.y, ...kept.map(() => 2)),
    classes: 3,
  };
}

/** Sixteen squares; the class is the colour of the square the point fell on before its noise. */
function checkers({ samples, noise, seed }: SetOptions): PlanePoints {
  const random = new RandomState(seed);
  const x = random.uniform(-1, 1, 2 * samples);
  const y = Float64Array.from(
    { length: samples },
    (_, i) => Math.abs(Math.floor(2 * x[2 * i]!) + Math.floor(2 * x[2 * i + 1]!)) % 2,
  );
  return { x: noise > 0 ? x.map((v) => v + random.normal(0, noise)) : x, y, classes: 2 };
}

/** The corners of the truth table in turn, with noise around each. */
function gatePoints(name: GateName, { samples, noise, seed }: SetOptions): PlanePoints {
  const table = gate(name);
  const random = new RandomState(seed);
  const x = Float64Array.from({ length: 2 * samples }, (_, i) => table.x.data[i % 8]!);
  return {
    x: noise > 0 ? x.map((v) => v + random.normal(0, noise)) : x,
    y: Float64Array.from({ length: samples }, (_, i) => table.y[i % 4]!),
    classes: 2,
  };
}

/** Petal length and width in inches, so that both lie within about −1…3; all 150 flowers, or the first of a shuffle. */
function petals({ samples, noise, seed }: SetOptions): PlanePoints {
  const flowers = iris();
  const random = new RandomState(seed);
  const rows = [...random.permutation(150).subarray(0, Math.min(samples, 150))];
  const jitter = () => (noise > 0 ? random.normal(0, noise) : 0);
  return {
    x: Float64Array.from(
      rows.flatMap((r) => [2, 3].map((c) => flowers.x.data[4 * r + c]! / 2.54 + jitter())),
    ),
    y: Float64Array.from(rows, (r) => flowers.y[r]!),
    classes: 3,
  };
}

const x1 = expr.arg(0);
const x2 = expr.arg(1);
const number = expr.constant;

/** e^(−12·|x − (a, b)|²) */
function bump(a: number, b: number): typeof x1 {
  const [da, db] = [expr.sub(x1, number(a)), expr.sub(x2, number(b))];
  const distance = expr.add(expr.mul(da, da), expr.mul(db, db));
  return expr.unary("exp", expr.mul(number(-12), distance));
}

/** Points uniform over [−1, 1]², the height an expression of them. */
const surface =
  (height: typeof x1) =>
  ({ samples, noise, seed }: SetOptions): PlanePoints => {
    const random = new RandomState(seed);
    const x = random.uniform(-1, 1, 2 * samples);
    const y = columnsOf([height], x).data;
    return { x, y: noise > 0 ? y.map((v) => v + random.normal(0, noise)) : y, classes: 0 };
  };

const hills = [bump(-0.6, 0.45), bump(0.1, 0.7), bump(0.65, -0.1)];
const hollows = [bump(-0.65, -0.35), bump(0, -0.7), bump(0.65, 0.65)];
const sumOf = (terms: readonly (typeof x1)[]) => terms.reduce((a, b) => expr.add(a, b));
const half = (e: typeof x1) => expr.mul(number(0.5), e);

/** What the gates answer, in words. */
const gateTitles: Readonly<Record<Exclude<GateName, "not">, Text>> = {
  false: { en: "always 0", zh: "恒为 0" },
  and: { en: "A and B", zh: "A 与 B" },
  "a-and-not-b": { en: "A and not B", zh: "A 且非 B" },
  a: { en: "A", zh: "A" },
  "b-and-not-a": { en: "B and not A", zh: "B 且非 A" },
  b: { en: "B", zh: "B" },
  xor: { en: "A xor B", zh: "A 异或 B" },
  or: { en: "A or B", zh: "A 或 B" },
  nor: { en: "neither (nor)", zh: "皆非（或非）" },
  xnor: { en: "equal (xnor)", zh: "相等（同或）" },
  "not-b": { en: "not B", zh: "非 B" },
  "a-or-not-b": { en: "if B then A", zh: "若 B 则 A" },
  "not-a": { en: "not A", zh: "非 A" },
  "b-or-not-a": { en: "if A then B", zh: "若 A 则 B" },
  nand: { en: "not both (nand)", zh: "不全是（与非）" },
  true: { en: "always 1", zh: "恒为 1" },
};

const gates = Object.fromEntries(
  (Object.keys(gateTitles) as (keyof typeof gateTitles)[]).map((name): [string, PlaneSet] => [
    `gate-${name}`,
    {
      title: gateTitles[name],
      group: "gates",
      range: [-0.5, 1.5, -0.5, 1.5],
      usual: { samples: 4, noise: 0 },
      make: (options) => gatePoints(name, options),
    },
  ]),
);

/** Every data set by its name. */
export const SETS: Readonly<Record<string, PlaneSet>> = {
  circles: two("Circles", "同心圆", square(1.5), 0.08, (o) =>
    ofClasses(makeCircles({ ...noisy(o), factor: 0.5 }), 2),
  ),
  xor: two("XOR clouds", "异或点云", square(2), 0.3, ({ samples, noise, seed }) =>
    ofClasses(makeXor({ samples, deviation: noise, seed }), 2),
  ),
  blobs: two(
    "Two clouds",
    "两团点云",
    square(2),
    0.4,
    clouds([
      [-0.8, -0.8],
      [0.8, 0.8],
    ]),
  ),
  spirals: two("Spirals", "双螺旋", square(1.2), 0.02, (o) =>
    ofClasses(makeSpirals({ ...noisy(o), turns: 1 }), 2),
  ),
  moons: {
    ...two("Moons", "双月牙", [-1.8, 2.8, -1.4, 1.9], 0.2, (o) => ofClasses(makeMoons(noisy(o)), 2)),
    usual: { samples: 1000, noise: 0.2 },
  },
  checkers: two("Chessboard", "棋盘", square(1.2), 0, checkers),
  blobs3: many(
    "Three clouds",
    "三团点云",
    square(2),
    0.35,
    clouds([
      [0, 1],
      [-0.9, -0.6],
      [0.9, -0.6],
    ]),
  ),
  blobs5: many(
    "Five clouds",
    "五团点云",
    square(2),
    0.25,
    clouds([
      [0, 0],
      [-1.1, -1.1],
      [-1.1, 1.1],
      [1.1, -1.1],
      [1.1, 1.1],
    ]),
  ),
  rings: many("Three rings", "三个圆环", square(1.5), 0.06, rings),
  spirals3: many("Three spirals", "三条螺旋", square(1.2), 0.02, (o) =>
    ofClasses(makeSpirals({ ...noisy(o), arms: 3, turns: 0.8 }), 3),
  ),
  spirals5: many("Five spirals", "五条螺旋", square(1.2), 0.02, (o) =>
    ofClasses(makeSpirals({ ...noisy(o), arms: 5, turns: 0.5 }), 5),
  ),
  iris: {
    ...many("Iris petals (in)", "鸢尾花花瓣（英寸）", [0, 3, -0.3, 1.4], 0, petals),
    usual: { samples: 150, noise: 0 },
  },
  ...gates,
  plane: values("Plane", "平面", (o) => ofValues(makePlane(noisy(o)))),
  gaussian: values("Hill and hollow", "一峰一谷", (o) => ofValues(makeGaussian(noisy(o)))),
  gaussians: values(
    "Three hills, three hollows",
    "三峰三谷",
    surface(expr.sub(sumOf(hills), sumOf(hollows))),
  ),
  saddle: values("Saddle", "马鞍面", surface(expr.mul(x1, x2))),
  waves: values(
    "Waves",
    "波浪",
    surface(
      half(
        expr.add(
          expr.unary("sin", expr.mul(number(2 * Math.PI), x1)),
          expr.unary("cos", expr.mul(number(Math.PI), x2)),
        ),
      ),
    ),
  ),
};

/** All names, in the order they are shown. */
export const setNames: readonly string[] = Object.keys(SETS);
