/**
 * One trial step of the Moré–Thuente search, and the update of its interval.
 *
 * `best` is the end of the interval with the lowest value so far (α_l), `other` its other end (α_u, meaningful
 * once `bracketed`), `trial` the newest point (α_t). No function is evaluated here.
 * Source: Moré & Thuente (1994), ACM TOMS 20(3), 286–307, section 4 (four cases); the safeguards follow the
 * published MINPACK-2 routine `dcstep`.
 */
import type { LinePoint } from "./line.ts";

export interface Interval {
  readonly best: LinePoint;
  readonly other: LinePoint;
  readonly bracketed: boolean;
}

/** Part of the way to the far end that a step in case 3 may use. */
const FAR_END = 0.66;

/** The next step to try, between `lowest` and `highest` while nothing brackets a minimiser. */
export function cubicStep(
  interval: Interval,
  trial: LinePoint,
  lowest: number,
  highest: number,
): { step: number; bracketed: boolean } {
  const { best, other } = interval;
  const turned = trial.slope * Math.sign(best.slope) < 0;
  const span = trial.step - best.step;

  // Case 1: the value rose. A minimiser lies between; take the cubic's if it is nearer to `best`, else the mean.
  if (trial.value > best.value) {
    const cubic = best.step + cubicMinimum(best, trial).ratio * span;
    const quadratic = best.step + (best.slope / ((best.value - trial.value) / span + best.slope) / 2) * span;
    const nearer = Math.abs(cubic - best.step) < Math.abs(quadratic - best.step);
    return { step: nearer ? cubic : cubic + (quadratic - cubic) / 2, bracketed: true };
  }

  const secant = trial.step + (trial.slope / (trial.slope - best.slope)) * -span;

  // Case 2: lower, but the slope changed its sign. A minimiser lies between; take the step farther from `trial`.
  if (turned) {
    const cubic = trial.step + cubicMinimum(trial, best).ratio * -span;
    return { step: farther(trial.step, cubic, secant), bracketed: true };
  }

  // Case 3: lower, same sign, flatter. Extrapolate, and believe the cubic only if it has its minimum ahead.
  if (Math.abs(trial.slope) < Math.abs(best.slope)) {
    const { ratio, root } = cubicMinimum(trial, best);
    const ahead = trial.step > best.step;
    const cubic = ratio < 0 && root !== 0 ? trial.step + ratio * -span : ahead ? highest : lowest;
    if (!interval.bracketed) {
      return { step: clamp(farther(trial.step, cubic, secant), lowest, highest), bracketed: false };
    }
    const step = Math.abs(cubic - trial.step) < Math.abs(secant - trial.step) ? cubic : secant;
    const limit = trial.step + FAR_END * (other.step - trial.step);
    return { step: ahead ? Math.min(limit, step) : Math.max(limit, step), bracketed: true };
  }

  // Case 4: lower, same sign, not flatter.
  if (interval.bracketed) {
    const { ratio } = cubicMinimum(trial, other);
    return { step: trial.step + ratio * (other.step - trial.step), bracketed: true };
  }
  return { step: trial.step > best.step ? highest : lowest, bracketed: false };
}

/** The interval after `trial` has replaced one end of it (the paper's updating algorithm, section 2). */
export function narrow(interval: Interval, trial: LinePoint, tilt: number, bracketed: boolean): Interval {
  const { best, other } = interval;
  const a = tilted(best, tilt);
  const b = tilted(trial, tilt);
  if (b.value > a.value) return { best, other: trial, bracketed };
  return { best: trial, other: b.slope * Math.sign(a.slope) < 0 ? best : other, bracketed };
}

/** The point as seen on φ(α) − tilt·α. */
export function tilted(point: LinePoint, tilt: number): LinePoint {
  return { step: point.step, value: point.value - tilt * point.step, slope: point.slope - tilt };
}

/**
 * Minimum of the cubic through two points and their slopes, as base + ratio·(target − base).
 * Everything is divided by the largest slope first, so that squares neither overflow nor vanish.
 */
function cubicMinimum(base: LinePoint, target: LinePoint): { ratio: number; root: number } {
  const theta = (3 * (base.value - target.value)) / (target.step - base.step) + base.slope + target.slope;
  const scale = Math.max(Math.abs(theta), Math.abs(base.slope), Math.abs(target.slope));
  const radicand = (theta / scale) ** 2 - (base.slope / scale) * (target.slope / scale);
  const size = scale * Math.sqrt(Math.max(0, radicand));
  const root = target.step < base.step ? -size : size;
  return { ratio: (root - base.slope + theta) / (root - base.slope + root + target.slope), root };
}

function farther(from: number, a: number, b: number): number {
  return Math.abs(a - from) > Math.abs(b - from) ? a : b;
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
