/**
 * Line search by bracketing and zooming: doubles the step until an interval must hold a strong Wolfe step, then
 * narrows that interval by interpolation.
 *
 * Slower than `more-thuente.ts`, but it takes a further condition into account and goes on until that holds too.
 * After ten doublings without a bracket the last step is returned untested, as SciPy 1.10.1 does, whose iterates
 * are repeated here; where the value rose in that very doubling, such a step may be uphill.
 * Source: Nocedal & Wright (2006), Numerical Optimization, algorithms 3.5 and 3.6.
 */
import { cubicMinimum, parabolaMinimum } from "./interpolate.ts";
import type { FoundStep, Line, LinePoint, SearchStart, WolfeConstants } from "./line.ts";

export interface StrongWolfeOptions extends WolfeConstants {
  readonly maxStep?: number;
  /** A condition of the caller's, asked for steps that satisfy Wolfe's; default: always true. */
  readonly accept?: (step: number) => boolean;
}

const MAX_DOUBLINGS = 10;
const MAX_ZOOMS = 11;
/** How often a first step outside the function's domain is halved. */
const MAX_HALVINGS = 100;
/** A cubic's or parabola's minimum nearer than this part of the interval to its ends is not trusted. */
const CUBIC_MARGIN = 0.2;
const PARABOLA_MARGIN = 0.1;

/** The step found, or undefined. */
export function strongWolfe(
  line: Line,
  start: SearchStart,
  { c1, c2, maxStep = 1e100, accept = () => true }: StrongWolfeOptions,
): FoundStep | undefined {
  const search: Zoom = {
    value: (step) => tooFarIfNotFinite(line.value(step)),
    slope: (step) => line.slope(step),
    tooHigh: (step, value) => value > start.value + c1 * step * start.slope,
    found: (step, slope) => Math.abs(slope) <= -c2 * start.slope && accept(step),
    origin: { step: 0, value: start.value },
  };
  let before: LinePoint = { step: 0, value: start.value, slope: start.slope };
  let step = Math.min(start.firstStep, maxStep);
  let value = search.value(step);
  for (let i = 0; i < MAX_HALVINGS && value === Number.POSITIVE_INFINITY; i++) {
    step /= 2;
    value = search.value(step);
  }

  for (let i = 0; i < MAX_DOUBLINGS; i++) {
    if (step === 0 || before.step === maxStep) return undefined;
    if (search.tooHigh(step, value) || (i > 0 && value >= before.value)) {
      return zoom(search, before, { step, value });
    }
    const slope = search.slope(step);
    if (!Number.isFinite(slope)) return zoom(search, before, { step, value: Number.POSITIVE_INFINITY });
    if (search.found(step, slope)) return { step, value };
    const here = { step, value, slope };
    if (slope >= 0) return zoom(search, here, before);
    before = here;
    step = Math.min(2 * step, maxStep);
    value = search.value(step);
  }
  return Number.isFinite(value) && Number.isFinite(search.slope(step)) ? { step, value } : undefined;
}

interface Zoom extends Line {
  tooHigh(step: number, value: number): boolean;
  found(step: number, slope: number): boolean;
  readonly origin: FoundStep;
}

/** Narrows the interval between `low`, the lowest point so far, and `high`; low may lie on either side. */
function zoom(search: Zoom, low: LinePoint, high: FoundStep): FoundStep | undefined {
  let third = search.origin;
  for (let i = 0; i < MAX_ZOOMS; i++) {
    const step = interpolated(low, high, i > 0 ? third : undefined);
    const value = search.value(step);
    const slope = search.tooHigh(step, value) || value >= low.value ? Number.NaN : search.slope(step);
    if (!Number.isFinite(slope)) {
      third = high;
      high = { step, value };
      continue;
    }
    if (search.found(step, slope)) return { step, value };
    if (slope * (high.step - low.step) >= 0) {
      third = high;
      high = low;
    } else {
      third = low;
    }
    low = { step, value, slope };
  }
  return undefined;
}

/** A step inside (low, high): the cubic's minimum, else the parabola's, else the middle. */
function interpolated(low: LinePoint, high: FoundStep, third: FoundStep | undefined): number {
  const span = high.step - low.step;
  const left = Math.min(low.step, high.step);
  const right = Math.max(low.step, high.step);
  // The margin has the sign of the span: where `low` is the right end, a minimum slightly outside is let through.
  // That is what SciPy computes, whose iterates this search repeats; the tests of each trial make it harmless.
  const inside = (step: number | undefined, margin: number): step is number =>
    step !== undefined && step <= right - margin * span && step >= left + margin * span;
  if (third) {
    const step = cubicMinimum(low.step, low.value, low.slope, high.step, high.value, third.step, third.value);
    if (inside(step, CUBIC_MARGIN)) return step;
  }
  const step = parabolaMinimum(low.step, low.value, low.slope, high.step, high.value);
  return inside(step, PARABOLA_MARGIN) ? step : low.step + 0.5 * span;
}

function tooFarIfNotFinite(value: number): number {
  return Number.isFinite(value) ? value : Number.POSITIVE_INFINITY;
}
