/** Numbers, times and shares as a terminal shows them. */

/** 12 345 → "12.3k"; three significant digits. */
export function short(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e6) return `${(value / 1e6).toPrecision(3)}M`;
  if (size >= 1e3) return `${(value / 1e3).toPrecision(size >= 999_500 ? 4 : 3)}k`;
  return size >= 100 ? value.toFixed(0) : value.toPrecision(2);
}

/** Seconds as "4.2 s", or as "1:05" from a minute on. */
export function duration(seconds: number): string {
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  return clock(seconds);
}

/** Seconds as "0:07". */
export function clock(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** A loss: four significant digits, never longer than eight characters. */
export const loss = (value: number): string =>
  Number.isFinite(value) && (value === 0 || (Math.abs(value) >= 1e-3 && Math.abs(value) < 1e4))
    ? value.toPrecision(4)
    : Number.isFinite(value)
      ? value.toExponential(1)
      : String(value);

/** A fraction of 1 as "97.5 %". */
export const percent = (fraction: number): string => `${(100 * fraction).toFixed(1)} %`;

/** Digits of an agreement: "16" for equal to the bit, else one place, rounded down. */
export const digits = (value: number): string =>
  value >= 16 ? "16" : (Math.floor(value * 10) / 10).toFixed(1);
