/**
 * What the network may be given of a point (x₁, x₂): the point itself, and functions of it.
 *
 * A feature is one expression; its name stands in links, its symbol on the screen.
 */
import type { Tensor } from "papergrad";
import { expr } from "papergrad/engine";
import type { Text } from "../language.ts";
import { type Columns, columnsOf, compileColumns } from "./columns.ts";

const x1 = expr.arg(0);
const x2 = expr.arg(1);
const square = (e: typeof x1) => expr.mul(e, e);
const times = (factor: number, e: typeof x1) => expr.mul(expr.constant(factor), e);

interface Feature {
  readonly symbol: string;
  readonly of: typeof x1;
  readonly what: Text;
}

const feature = (symbol: string, of: typeof x1, en: string, zh: string): Feature => ({
  symbol,
  of,
  what: { en, zh },
});

/** Every feature by its name. */
export const FEATURES = {
  x1: feature("x₁", x1, "the first coordinate", "第一个坐标"),
  x2: feature("x₂", x2, "the second coordinate", "第二个坐标"),
  x1Squared: feature("x₁²", square(x1), "square of the first coordinate", "第一个坐标的平方"),
  x2Squared: feature("x₂²", square(x2), "square of the second coordinate", "第二个坐标的平方"),
  x1x2: feature("x₁x₂", expr.mul(x1, x2), "product of both coordinates", "两个坐标的乘积"),
  sinX1: feature("sin x₁", expr.unary("sin", x1), "sine of the first coordinate", "第一个坐标的正弦"),
  sinX2: feature("sin x₂", expr.unary("sin", x2), "sine of the second coordinate", "第二个坐标的正弦"),
  sinPiX1: feature(
    "sin πx₁",
    expr.unary("sin", times(Math.PI, x1)),
    "sine of π times the first coordinate: one wave over the square",
    "第一个坐标乘 π 的正弦：横跨方形恰好一个波",
  ),
  sinPiX2: feature(
    "sin πx₂",
    expr.unary("sin", times(Math.PI, x2)),
    "sine of π times the second coordinate: one wave over the square",
    "第二个坐标乘 π 的正弦：纵跨方形恰好一个波",
  ),
  cosPiX1: feature(
    "cos πx₁",
    expr.unary("cos", times(Math.PI, x1)),
    "cosine of π times the first coordinate",
    "第一个坐标乘 π 的余弦",
  ),
  cosPiX2: feature(
    "cos πx₂",
    expr.unary("cos", times(Math.PI, x2)),
    "cosine of π times the second coordinate",
    "第二个坐标乘 π 的余弦",
  ),
  absX1: feature("|x₁|", expr.unary("abs", x1), "size of the first coordinate", "第一个坐标的绝对值"),
  absX2: feature("|x₂|", expr.unary("abs", x2), "size of the second coordinate", "第二个坐标的绝对值"),
  radius: feature(
    "r",
    expr.unary("sqrt", expr.add(square(x1), square(x2))),
    "distance from the origin",
    "到原点的距离",
  ),
} as const satisfies Record<string, Feature>;

/** Name of a feature. */
export type FeatureName = keyof typeof FEATURES;

/** All names, in the order they are shown. */
export const featureNames = Object.keys(FEATURES) as readonly FeatureName[];

/**
 * The features of points. Shapes: points [n, 2] flat → [n, names].
 * @example featureColumns(["x1", "x1Squared"], [3, 5]).data // Float64Array [3, 9]
 */
export const featureColumns = (
  names: readonly FeatureName[],
  points: ArrayLike<number>,
): Tensor<Float64Array> =>
  columnsOf(
    names.map((name) => FEATURES[name].of),
    points,
  );

/** The same for so many points at a time, compiled once. */
export const compileFeatures = (names: readonly FeatureName[], rows: number): Columns =>
  compileColumns(
    names.map((name) => FEATURES[name].of),
    rows,
  );
