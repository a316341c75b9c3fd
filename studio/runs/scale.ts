/** The axes of a chart: from numbers to places, and the round numbers to write beside them. */

export interface Scale {
  /** Place of a number, in pixels; NaN where it has none (≤ 0 on a logarithmic axis). */
  readonly at: (value: number) => number;
  /** The number at a place. */
  readonly from: (place: number) => number;
  readonly ticks: readonly number[];
}

/** An axis from `start` to `end` pixels over [low, high]. */
export function scaleOf(low: number, high: number, start: number, end: number, log = false): Scale {
  const map = log ? Math.log10 : (v: number) => v;
  const [a, b] = low < high ? [map(low), map(high)] : [map(low) - 0.5, map(low) + 0.5];
  return {
    at: (value) => (log && value <= 0 ? Number.NaN : start + ((map(value) - a) / (b - a)) * (end - start)),
    from: (place) => {
      const v = a + ((place - start) / (end - start)) * (b - a);
      return log ? 10 ** v : v;
    },
    ticks: log ? decades(a, b) : round(a, b, Math.max(2, Math.abs(end - start) / 55)),
  };
}

/** About `count` multiples of 1, 2 or 5 times a power of ten. */
function round(low: number, high: number, count: number): number[] {
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((m) => m * power >= rough) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** Powers of ten; where there are fewer than two, 1, 2 and 5 times them. */
function decades(low: number, high: number): number[] {
  const exponents = Array.from(
    { length: Math.ceil(high) - Math.floor(low) + 1 },
    (_, i) => Math.floor(low) + i,
  );
  const inside = (v: number) => Math.log10(v) >= low - 1e-9 && Math.log10(v) <= high + 1e-9;
  const powers = exponents.map((e) => 10 ** e).filter(inside);
  return powers.length >= 2
    ? powers
    : exponents.flatMap((e) => [1, 2, 5].map((m) => m * 10 ** e)).filter(inside);
}

/** A number as short as it can be read. */
export function shortNumber(value: number): string {
  if (value === 0) return "0";
  const size = Math.abs(value);
  const text =
    size >= 1e5 || size < 1e-3
      ? value.toExponential(1).replace("e+", "e").replace(".0e", "e")
      : String(Number(value.toPrecision(4)));
  return text.replaceAll("-", "−");
}
