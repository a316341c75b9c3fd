/**
 * Checks a learner can pass. The right answer is never written down: `judge` computes it, with papergrad.
 *
 * An answer is a list of texts as typed or chosen, one for each field of the form, matrices row by row.
 */
import type { Text } from "../language.ts";

export type Form =
  | { readonly kind: "number"; readonly label: Text }
  | { readonly kind: "matrix"; readonly label: Text; readonly rows: number; readonly cols: number }
  | { readonly kind: "choice"; readonly options: readonly Text[] }
  | { readonly kind: "trial"; readonly fields: readonly Field[]; readonly go: Text };

/** A setting of a trial: a number in a range, or one of some words. */
export type Field =
  | {
      readonly name: string;
      readonly label: Text;
      readonly kind: "number";
      readonly first: number;
      readonly min: number;
      readonly max: number;
      /** Whole numbers only where it is whole. */
      readonly step: number;
    }
  | {
      readonly name: string;
      readonly label: Text;
      readonly kind: "word";
      readonly first: string;
      readonly words: readonly { readonly value: string; readonly label: Text }[];
    };

export type Answer = readonly string[];

export interface Verdict {
  readonly passed: boolean;
  readonly because: Text;
  /** Number of the first wrong cell of a matrix. */
  readonly cell?: number;
}

export interface Check {
  /** Unique in its lesson. */
  readonly id: string;
  readonly question: Text;
  readonly form: Form;
  readonly judge: (answer: Answer) => Promise<Verdict>;
}

const pass = (because: Text): Verdict => ({ passed: true, because });
const fail = (because: Text, cell?: number): Verdict => ({
  passed: false,
  because,
  ...(cell === undefined ? {} : { cell }),
});

/**
 * A number as people write it: 0.25, .25, -1e-3, 1/4, with a minus of either kind. Null if it is none.
 * @example numberIn("−1/4") // -0.25
 */
export function numberIn(text: string): number | null {
  const plain = text
    .trim()
    .replaceAll("−", "-")
    .replaceAll("－", "-")
    .replaceAll("．", ".")
    .replaceAll("／", "/");
  const parts = plain.split("/").map((part) => part.trim());
  const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
  if (parts.length > 2 || !parts.every((part) => decimal.test(part))) return null;
  const value = Number(parts[0]) / Number(parts[1] ?? 1);
  return Number.isFinite(value) ? value : null;
}

const notANumber = (text: string): Text =>
  text.trim() === ""
    ? {
        en: "Expected a number, received nothing. Type one such as 0.25 or 1/4.",
        zh: "应填一个数，现在是空的。请输入例如 0.25 或 1/4。",
      }
    : {
        en: `Expected a number, received “${text.trim()}”. Type one such as 0.25 or 1/4.`,
        zh: `应填一个数，收到的是“${text.trim()}”。请输入例如 0.25 或 1/4。`,
      };

/** Within one in a hundred, or 0.0005 near 0: what a person with a pencil gets right. */
const near = (a: number, b: number): boolean => Math.abs(a - b) <= Math.max(5e-4, 0.01 * Math.abs(b));

type Computed<T> = () => T | Promise<T>;

/** A wrong answer that many give, and what it comes from. */
export interface Slip {
  readonly value: Computed<number>;
  readonly because: Text;
}

interface NumberCheck {
  readonly id: string;
  readonly question: Text;
  readonly label: Text;
  readonly answer: Computed<number>;
  /** Said when it is right. */
  readonly right: Text;
  /** Said when it is wrong and no slip fits. */
  readonly hint: Text;
  readonly slips?: readonly Slip[];
  /** Whether a number is right; default: within one per cent. */
  readonly accepts?: (given: number, answer: number) => boolean;
}

/** A number to type. */
export function numberCheck({
  id,
  question,
  label,
  answer,
  right,
  hint,
  slips = [],
  accepts = near,
}: NumberCheck): Check {
  return {
    id,
    question,
    form: { kind: "number", label },
    async judge([text = ""]) {
      const given = numberIn(text);
      if (given === null) return fail(notANumber(text));
      if (accepts(given, await answer())) return pass(right);
      for (const { value, because } of slips) if (accepts(given, await value())) return fail(because);
      return fail(hint);
    },
  };
}

/** Whole numbers have to be met exactly. */
export const exactly = (given: number, answer: number): boolean => given === answer;

interface MatrixCheck {
  readonly id: string;
  readonly question: Text;
  readonly label: Text;
  readonly rows: number;
  readonly cols: number;
  /** Row by row. */
  readonly answer: Computed<ArrayLike<number>>;
  readonly right: Text;
  readonly hint: Text;
  /** Whole matrices that come of a known mistake. */
  readonly slips?: readonly { readonly value: Computed<ArrayLike<number>>; readonly because: Text }[];
}

/** A matrix to type; the first wrong cell is named. */
export function matrixCheck({
  id,
  question,
  label,
  rows,
  cols,
  answer,
  right,
  hint,
  slips = [],
}: MatrixCheck): Check {
  return {
    id,
    question,
    form: { kind: "matrix", label, rows, cols },
    async judge(texts) {
      const given = Array.from({ length: rows * cols }, (_, i) => numberIn(texts[i] ?? ""));
      const missing = given.indexOf(null);
      if (missing >= 0) return fail(notANumber(texts[missing] ?? ""), missing);
      const firstWrong = (wanted: ArrayLike<number>) => given.findIndex((v, i) => !near(v!, wanted[i]!));
      const wrong = firstWrong(await answer());
      if (wrong < 0) return pass(right);
      for (const { value, because } of slips) if (firstWrong(await value()) < 0) return fail(because, wrong);
      const [row, col] = [Math.floor(wrong / cols) + 1, (wrong % cols) + 1];
      return fail(
        {
          en: `Row ${row}, column ${col} is not right. ${hint.en}`,
          zh: `第 ${row} 行第 ${col} 列不对。${hint.zh}`,
        },
        wrong,
      );
    },
  };
}

/** A claim or formula to choose. */
export interface Option {
  readonly text: Text;
  /** Computed: whether this one is true. */
  readonly holds: Computed<boolean>;
  /** Why it is right or wrong. */
  readonly because: Text;
}

interface ChoiceCheck {
  readonly id: string;
  readonly question: Text;
  readonly options: readonly Option[];
}

/** One of several; each has its reason. */
export function choiceCheck({
  id,
  question,
  options,
}: ChoiceCheck): Check & { readonly options: readonly Option[] } {
  return {
    id,
    question,
    options,
    form: { kind: "choice", options: options.map((o) => o.text) },
    async judge([chosen = ""]) {
      const option = chosen === "" ? undefined : options[Number(chosen)];
      if (option === undefined)
        return fail({ en: "Choose one of the answers first.", zh: "请先选一个答案。" });
      return (await option.holds()) ? pass(option.because) : fail(option.because);
    },
  };
}

interface TrialCheck {
  readonly id: string;
  readonly question: Text;
  readonly fields: readonly Field[];
  readonly go: Text;
  /** Trains with the settings (numbers checked to be in range) and says how it went. */
  readonly run: (settings: Readonly<Record<string, string>>) => Verdict | Promise<Verdict>;
}

/** Settings to find: the network is trained with them, and its result decides. */
export function trialCheck({ id, question, fields, go, run }: TrialCheck): Check {
  return {
    id,
    question,
    form: { kind: "trial", fields, go },
    async judge(texts) {
      const settings: Record<string, string> = {};
      for (const [i, field] of fields.entries()) {
        const text = (texts[i] ?? "").trim();
        const problem = fieldProblem(field, text);
        if (problem) return fail(problem, i);
        settings[field.name] = field.kind === "number" ? String(numberIn(text)) : text;
      }
      return run(settings);
    },
  };
}

function fieldProblem(field: Field, text: string): Text | null {
  const { label } = field;
  if (field.kind === "word")
    return field.words.some((w) => w.value === text)
      ? null
      : { en: `${label.en}: choose one of the words.`, zh: `${label.zh}：请选择其中一项。` };
  const value = numberIn(text);
  const whole = Number.isInteger(field.step);
  if (value !== null && value >= field.min && value <= field.max && (!whole || Number.isInteger(value)))
    return null;
  return {
    en: `${label.en}: expected a ${whole ? "whole " : ""}number from ${field.min} to ${field.max}, received ${text === "" ? "nothing" : `“${text}”`}.`,
    zh: `${label.zh}：应为 ${field.min} 到 ${field.max} 之间的${whole ? "整数" : "数"}，收到的是${text === "" ? "空" : `“${text}”`}。`,
  };
}
