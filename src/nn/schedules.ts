/**
 * Learning-rate schedules: plain functions from the step number (from 0, counted over the life of the model) to
 * a learning rate. They run on the host, in float64; `train/rates` hands each step its own value. Powers and
 * cosines are papergrad's own, so that a schedule too has the same bits in every engine.
 */
import { cos, exp, log } from "../random/elementary.ts";
import { UsageError } from "../tensor/errors.ts";
import { checkOptions, isNumber, names } from "../tensor/options.ts";
import { show } from "../tensor/show.ts";

/** Learning rate of a step; finite and ≥ 0. */
export type Schedule = (step: number) => number;

/**
 * The same rate at every step.
 * @throws {UsageError} if it is not ≥ 0.
 * @example constantRate(0.1)(500) // 0.1
 */
export function constantRate(rate: number): Schedule {
  check("constantRate", { rate });
  return () => rate;
}

/**
 * initial·rate^(step/steps): multiplied by `rate` every `steps` steps, smoothly.
 * @throws {UsageError} for numbers out of range.
 * @example exponentialDecay({ initial: 0.1, rate: 0.5, steps: 1000 })(2000) // 0.025
 */
export function exponentialDecay(options: {
  readonly initial: number;
  readonly rate: number;
  readonly steps: number;
}): Schedule {
  checkOptions("exponentialDecay", names("initial", "rate", "steps"), options);
  const { initial, rate, steps } = options;
  check("exponentialDecay", { initial }, { rate, steps });
  return (step) => initial * exp((step / steps) * log(rate));
}

/**
 * initial·rate^⌊step/steps⌋: multiplied by `rate` every `steps` steps, at once.
 * @throws {UsageError} for numbers out of range.
 * @example stepDecay({ initial: 0.1, rate: 0.5, steps: 1000 })(1999) // 0.05
 */
export function stepDecay(options: {
  readonly initial: number;
  readonly rate: number;
  readonly steps: number;
}): Schedule {
  checkOptions("stepDecay", names("initial", "rate", "steps"), options);
  const { initial, rate, steps } = options;
  check("stepDecay", { initial }, { rate, steps });
  return (step) => initial * power(rate, Math.floor(step / steps));
}

/** x^n for a whole n ≥ 0, by squaring. */
function power(x: number, n: number): number {
  let result = 1;
  for (let square = x; n > 0; n = Math.floor(n / 2), square *= square) if (n % 2 === 1) result *= square;
  return result;
}

/**
 * Half a cosine from `initial` down to `final` (default 0) over `steps` steps, then `final`.
 * @throws {UsageError} for numbers out of range.
 * @example cosineDecay({ initial: 0.1, steps: 1000 })(500) // 0.050
 * @see Loshchilov & Hutter (2017), SGDR, equation 5
 */
export function cosineDecay(options: {
  readonly initial: number;
  readonly steps: number;
  readonly final?: number;
}): Schedule {
  checkOptions("cosineDecay", names("initial", "steps", "final"), options);
  const { initial, steps, final = 0 } = options;
  check("cosineDecay", { initial, final }, { steps });
  return (step) =>
    step >= steps ? final : final + ((initial - final) * (1 + cos((Math.PI * step) / steps))) / 2;
}

/**
 * Rises in a straight line over `steps` steps, (step + 1)/steps of `after(0)`, and goes on with `after`, whose
 * step 0 is the first after the rise. A number stands for a constant rate.
 * @throws {UsageError} for numbers out of range.
 * @example warmup({ steps: 100, after: cosineDecay({ initial: 0.1, steps: 900 }) })(49) // 0.050
 */
export function warmup(options: { readonly steps: number; readonly after: Schedule | number }): Schedule {
  checkOptions("warmup", names("steps", "after"), options);
  const { steps } = options;
  check("warmup", {}, { steps });
  const { after: next } = options;
  if (typeof next !== "function") check("warmup", { after: next });
  const after = typeof next === "function" ? next : constantRate(next);
  return (step) => (step < steps ? (after(0) * (step + 1)) / steps : after(step - steps));
}

function check(where: string, rates: Record<string, number>, positive: Record<string, number> = {}): void {
  for (const [name, value] of Object.entries(rates))
    if (!isNumber(value, 0))
      throw new UsageError(
        `${where}: expected a finite ${name} ≥ 0, received ${show(value)}. Give e.g. 0.1.`,
      );
  for (const [name, value] of Object.entries(positive))
    if (!isNumber(value) || value <= 0)
      throw new UsageError(
        `${where}: expected a finite ${name} > 0, received ${show(value)}. Give e.g. 1000.`,
      );
}
