/**
 * A derivation as data: from the network's equations over dJ to every gradient, each line with its reason.
 *
 * `follow` computes every line. At any point and in any direction all lines of a chain must give the same number,
 * the directional derivative of J, and the gradients must be those of the engine: the tests hold the lessons to that.
 */
import type { Text } from "../../language.ts";
import { type Equation, type Expr, evaluate, type Letter, type Values } from "./expression.ts";
import type { Matrix } from "./matrix.ts";

/** One "= …" of a chain, and why it equals the line above. */
export interface Line {
  readonly of: Expr;
  readonly because: Text;
}

export type Step =
  | { readonly kind: "say"; readonly text: Text }
  | { readonly kind: "equation"; readonly equation: Equation; readonly because?: Text }
  | { readonly kind: "chain"; readonly left: Letter; readonly lines: readonly Line[] }
  | { readonly kind: "gradient"; readonly parameter: Letter; readonly equation: Equation };

export interface Derivation {
  /** What is given and what each matrix is, with its size in letters. */
  readonly letters: readonly { readonly letter: Letter; readonly size: string; readonly what: Text }[];
  readonly steps: readonly Step[];
  /** Where `steps` speak of any layer l: the same for every layer, by number, to be computed. */
  readonly computed?: readonly Step[];
}

export const say = (en: string, zh: string): Step => ({ kind: "say", text: { en, zh } });
export const define = (equation: Equation, en?: string, zh?: string): Step => ({
  kind: "equation",
  equation,
  ...(en !== undefined && zh !== undefined ? { because: { en, zh } } : {}),
});
export const line = (of: Expr, en: string, zh: string): Line => ({ of, because: { en, zh } });
export const chain = (left: Letter, ...lines: Line[]): Step => ({ kind: "chain", left, lines });
export const gradient = (parameter: Letter, equation: Equation): Step => ({
  kind: "gradient",
  parameter,
  equation,
});

/** What a derivation computes from given values. */
export interface Followed {
  /** Everything given or defined, by name. */
  readonly values: Values;
  /** The value of every right-hand side of every equation, and of every line of every chain. */
  readonly equal: readonly { readonly left: string; readonly sides: readonly Matrix[] }[];
  /** By the name of the parameter. */
  readonly gradients: Values;
}

/** Computes a derivation line by line; a chain's left side is the value of its first line, if it has none yet. */
export function follow({ steps, computed }: Derivation, leaves: Values): Followed {
  const values: Record<string, Matrix> = { ...leaves };
  const gradients: Record<string, Matrix> = {};
  const equal: { left: string; sides: Matrix[] }[] = [];
  const set = ({ name }: Letter, sides: Matrix[]) => {
    equal.push({ left: name, sides: values[name] === undefined ? sides : [values[name], ...sides] });
    values[name] ??= sides[0]!;
  };
  for (const step of computed ?? steps) {
    if (step.kind === "say") continue;
    const sides = (step.kind === "chain" ? step.lines.map((l) => l.of) : step.equation.right).map((e) =>
      evaluate(e, values),
    );
    set(step.kind === "chain" ? step.left : step.equation.left, sides);
    if (step.kind === "gradient") gradients[step.parameter.name] = sides[0]!;
  }
  return { values, equal, gradients };
}
