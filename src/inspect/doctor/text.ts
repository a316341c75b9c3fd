/** Numbers and lists as findings write them. */
import type { Words } from "../../tensor/words.ts";

/** Three significant digits, without an exponent where it can be read without one. */
export function short(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (value === 0 || (size >= 1e-4 && size < 1e6)) return String(Number(value.toPrecision(3)));
  return value.toExponential(1).replace("e+", "e").replace(".0e", "e");
}

export const percent = (share: number): string => `${Number((100 * share).toPrecision(3))} %`;

/** A rate people would choose: one significant digit. */
export const rounded = (value: number): number => Number(value.toPrecision(1));

/** The ends of a range, with the digits it takes to tell them apart. */
export function range(low: number, high: number): string {
  const [a, b] = [short(low), short(high)];
  return a !== b ? `${a} … ${b}` : `${Number(low.toPrecision(7))} … ${Number(high.toPrecision(7))}`;
}

const SHOWN = 8;

/** "2, 5, 7" or, of many, "2, 5, 7, … (12 in all)"; in Chinese with the blank that a following word needs. */
export function list(values: readonly (number | string)[]): Words {
  const first = values.slice(0, SHOWN);
  const rest = values.length > SHOWN;
  return {
    en: `${first.join(", ")}${rest ? `, … (${values.length} in all)` : ""}`,
    zh: rest ? `${first.join("、")} 等共 ${values.length} 个` : `${first.join("、")} `,
  };
}

/** "unit 3", "units 3, 4". */
export const several = (values: readonly unknown[], one: string): string =>
  values.length === 1 ? one : `${one}s`;
