/** Numbers as the sheet writes them. */

/** Decimals of a matrix: one more than the worksheet asks for, or fewer where they say all: 0 for whole numbers. */
export function decimalsShown(data: ArrayLike<number>, decimals: number): number {
  const most = decimals + 1;
  let needed = 0;
  for (let i = 0; i < data.length && needed < most; i++)
    while (needed < most && Number(data[i]!.toFixed(needed)) !== data[i]) needed++;
  return needed;
}

/** A number with so many decimals and a true minus. @example written(-0.5, 2) // "−0.50" */
export function written(value: number, decimals: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value < 0 ? "−∞" : "∞";
  return (value === 0 ? 0 : value).toFixed(decimals).replace("-", "−");
}

/** All digits of a number. */
export const exact = (value: number): string => String(value).replace("-", "−");

/** Two digits with an exponent, for errors. */
export const rough = (value: number): string => value.toExponential(1).replaceAll("-", "−");
