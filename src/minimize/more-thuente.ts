/**
 * Line search of Moré and Thuente: finds a step with the strong Wolfe conditions, or says that it cannot.
 *
 *   φ(α) ≤ φ(0) + c1·α·φ′(0)   and   |φ′(α)| ≤ c2·|φ′(0)|
 *
 * It keeps an interval that is known to hold such a step and narrows it with `cubicStep`. While no trial has
 * both enough decrease and a slope ≥ 0 (stage 1) it works on ψ(α) = φ(α) − c1·α·φ′(0) wherever φ alone would mislead.
 * Source: Moré & Thuente (1994), ACM TOMS 20(3), 286–307; safeguards and constants as in MINPACK-2's `dcsrch`.
 */
import { cubicStep, type Interval, narrow, tilted } from "./cubic-step.ts";
import type { FoundStep, Line, LinePoint, SearchStart, WolfeConstants } from "./line.ts";

export interface MoreThuenteOptions extends WolfeConstants {
  /** Smallest and largest step; default 1e-100 and 1e100. */
  readonly minStep?: number;
  readonly maxStep?: number;
}

const MAX_TRIALS = 100;
/** An interval relatively narrower than this holds nothing new. */
const NARROWEST = 1e-14;
/** While nothing is bracketed the next trial lies between these many lengths beyond the last move. */
const LEAST_GROWTH = 1.1;
const MOST_GROWTH = 4;
/** An interval must shrink to this part within two trials, else it is halved. */
const REQUIRED_SHRINK = 0.66;

/** The step found, or undefined if rounding, the limits or the function leave none. */
export function moreThuente(
  line: Line,
  start: SearchStart,
  { c1, c2, minStep = 1e-100, maxStep = 1e100 }: MoreThuenteOptions,
): FoundStep | undefined {
  const tilt = c1 * start.slope;
  let step = start.firstStep;
  if (!(start.slope < 0) || !(step >= minStep) || !(step <= maxStep)) return undefined;

  const origin: LinePoint = { step: 0, value: start.value, slope: start.slope };
  let interval: Interval = { best: origin, other: origin, bracketed: false };
  let stageOne = true;
  let width = maxStep - minStep;
  let widthBefore = 2 * width;
  let lowest = 0;
  let highest = step + MOST_GROWTH * step;
  let wall = Number.POSITIVE_INFINITY;

  for (let trials = 0; trials < MAX_TRIALS; trials++) {
    const value = line.value(step);
    const slope = Number.isFinite(value) ? line.slope(step) : Number.NaN;
    if (!Number.isFinite(slope)) {
      // Outside the function's domain: too far. Go half the way back, and never again as far as this.
      if (step > interval.best.step) wall = Math.min(wall, step);
      step = interval.best.step + 0.5 * (step - interval.best.step);
      if (step === interval.best.step || step < minStep) return undefined;
      continue;
    }
    const trial: LinePoint = { step, value, slope };
    const enough = value <= start.value + step * tilt;
    if (enough && Math.abs(slope) <= c2 * -start.slope) return { step, value };
    if (interval.bracketed && (step <= lowest || step >= highest)) return undefined;
    if (interval.bracketed && highest - lowest <= NARROWEST * highest) return undefined;
    if (step === maxStep && enough && slope <= tilt) return undefined;
    if (step === minStep && (!enough || slope >= tilt)) return undefined;

    if (stageOne && enough && slope >= 0) stageOne = false;
    // Lower than the best and still above the line of sufficient decrease: φ may have no minimiser here, ψ has.
    const seen = stageOne && value <= interval.best.value && !enough ? tilt : 0;
    const view = { ...interval, best: tilted(interval.best, seen), other: tilted(interval.other, seen) };
    const next = cubicStep(view, tilted(trial, seen), lowest, highest);
    interval = narrow(interval, trial, seen, next.bracketed);
    step = next.step;

    const { best, other, bracketed } = interval;
    if (bracketed) {
      const span = Math.abs(other.step - best.step);
      if (span >= REQUIRED_SHRINK * widthBefore) step = best.step + 0.5 * (other.step - best.step);
      widthBefore = width;
      width = span;
      lowest = Math.min(best.step, other.step);
      highest = Math.max(best.step, other.step);
    } else {
      lowest = step + LEAST_GROWTH * (step - best.step);
      highest = step + MOST_GROWTH * (step - best.step);
    }
    step = Math.max(minStep, Math.min(maxStep, step));
    if (step >= wall) step = best.step + 0.5 * (wall - best.step);
    const exhausted = step <= lowest || step >= highest || highest - lowest <= NARROWEST * highest;
    if (bracketed && exhausted) step = best.step;
  }
  return undefined;
}
