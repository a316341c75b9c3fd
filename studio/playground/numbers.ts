/** Numbers as the playground writes them: short, of even width, with a real minus sign. */

/** @example decimals(-0.01234) // "−0.0123" */
export function decimals(value: number | undefined, digits = 4): string {
  if (value === undefined) return "–";
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "NaN" : value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  const text =
    size !== 0 && (size < 10 ** -digits || size >= 1e5) ? value.toExponential(2) : value.toFixed(digits);
  return text.replaceAll("-", "−");
}

/** A weight in a formula: about three digits that count. @example weight(-1.23456) // "−1.23" */
export function weight(value: number): string {
  const size = Math.abs(value);
  if (!Number.isFinite(value) || size >= 1e5) return decimals(value);
  if (size > 0 && size < 0.001) return value.toPrecision(2).replaceAll("-", "−");
  return value.toFixed(size < 1 ? 3 : size < 100 ? 2 : 1).replaceAll("-", "−");
}

/** Thousands apart. @example count(12345) // "12 345" */
export const count = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, " ");
