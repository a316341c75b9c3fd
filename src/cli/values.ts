/**
 * Values of options, checked: choices, whole numbers, names of programs.
 *
 * A value that does not fit is a `UsageError` that names the option, what it takes and what it was given.
 */
import type { ProgramName, Variant } from "../../experiments/types.ts";
import type { Language } from "./language.ts";
import { type Given, hint, mistake } from "./parse.ts";

/** One of some words, or the fallback. */
export function choice<T extends string, F>(
  { options }: Given,
  name: string,
  words: readonly T[],
  fallback: F,
  language: Language,
): T | F {
  const value = options[name];
  if (value === undefined || value === true) return fallback;
  const found = words.find((word) => word === value);
  if (found === undefined)
    mistake(language, {
      en: `--${name}: expected ${words.join(" or ")}, received "${value}".${hint("en", value, words)}`,
      zh: `--${name}：应为 ${words.join(" 或 ")}，但收到“${value}”。${hint("zh", value, words)}`,
    });
  return found;
}

/** A whole number in a range, or undefined where it is not given. */
export function integer(
  { options }: Given,
  name: string,
  range: { readonly min: number; readonly max?: number },
  language: Language,
): number | undefined {
  const value = options[name];
  if (value === undefined || value === true) return undefined;
  const { min, max = Number.MAX_SAFE_INTEGER } = range;
  const number = /^[+-]?\d+$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= min && number <= max)) {
    const bounded = range.max !== undefined;
    mistake(language, {
      en: `--${name}: expected a whole number ${bounded ? `from ${min} to ${max}` : `≥ ${min}`}, received "${value}".`,
      zh: `--${name}：应为 ${bounded ? `${min} 到 ${max} 的整数` : `不小于 ${min} 的整数`}，但收到“${value}”。`,
    });
  }
  return number;
}

/** A decimal number > 0, or undefined where it is not given. */
export function decimal({ options }: Given, name: string, language: Language): number | undefined {
  const value = options[name];
  if (value === undefined || value === true) return undefined;
  const number = /^\+?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value) ? Number(value) : Number.NaN;
  if (!(number > 0 && number < Infinity))
    mistake(language, {
      en: `--${name}: expected a number > 0, received "${value}".`,
      zh: `--${name}：应为大于 0 的数，但收到“${value}”。`,
    });
  return number;
}

/** Whole numbers ≥ 1 with commas between them ("none" for no number), or undefined where it is not given. */
export function list({ options }: Given, name: string, language: Language): number[] | undefined {
  const value = options[name];
  if (value === undefined || value === true) return undefined;
  if (value === "none") return [];
  const words = value.split(",");
  if (!words.every((word) => /^[1-9]\d{0,5}$/.test(word)))
    mistake(language, {
      en: `--${name}: expected whole numbers ≥ 1 with commas between them, or none, received "${value}". Write e.g. --${name} 16,8.`,
      zh: `--${name}：应为用逗号隔开、不小于 1 的整数，或 none，但收到“${value}”。例如 --${name} 16,8。`,
    });
  return words.map(Number);
}

/** Names of programs, each once, in the order given; all of them where none is given. */
export function programs(
  words: readonly string[],
  names: readonly ProgramName[],
  language: Language,
): ProgramName[] {
  const found = words.map((word) => {
    const name = names.find((each) => each === word);
    if (name === undefined)
      mistake(language, {
        en: `expected a program (${names.join(", ")}), received "${word}".${hint("en", word, names)}`,
        zh: `需要一个程序名（${names.join("、")}），但收到“${word}”。${hint("zh", word, names)}`,
      });
    return name;
  });
  return found.length === 0 ? [...names] : [...new Set(found)];
}

/** `--variant`, with both as a third choice. */
export function variants(given: Given, language: Language): Variant[] {
  const variant = choice(given, "variant", ["published", "derived", "both"], "both", language);
  return variant === "both" ? ["published", "derived"] : [variant];
}

/** Seeds of NumPy's generator. */
export const SEEDS = { min: 0, max: 2 ** 32 - 1 } as const;

/** Refuses words after a command that takes options only. */
export function nothingMore(command: string, { positionals: [word] }: Given, language: Language): void {
  if (word === undefined) return;
  mistake(language, {
    en: `${command}: expected nothing more, received "${word}".`,
    zh: `${command}：后面不应再有内容，但收到“${word}”。`,
  });
}
