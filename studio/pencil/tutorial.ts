/** Title and errata of a program, loaded with it: what the sheet is headed with and where a published value is wrong. */
import { signal } from "@preact/signals";
import type { Erratum, ProgramName } from "../../experiments/types.ts";
import type { Text } from "../language.ts";

export interface Tutorial {
  readonly program: ProgramName;
  readonly title: Text;
  readonly errata: readonly Erratum[];
  /** Errata that make an update something else than the gradient. */
  readonly gradientErrata: readonly string[];
}

export const tutorial = signal<Tutorial | null>(null);

let wanted: ProgramName | null = null;

/** Loads it; a later call wins over an earlier one. */
export async function openTutorial(program: ProgramName): Promise<void> {
  wanted = program;
  const [{ title, errata }, { gradientErrata }] = await Promise.all([
    LOADERS[program](),
    import("../../experiments/shared/errata-list.ts"),
  ]);
  if (wanted === program)
    tutorial.value = { program, title, errata, gradientErrata: gradientErrata[program] };
}

type Loader = () => Promise<Pick<Tutorial, "title" | "errata">>;

async function gate(name: "AND" | "OR" | "NOT"): Promise<Pick<Tutorial, "title" | "errata">> {
  const [gates, texts, { errata }] = await Promise.all([
    import("../../experiments/one-net/gate.ts"),
    import("../../experiments/one-net/texts.ts"),
    import("../../experiments/one-net/errata.ts"),
  ]);
  return { title: texts.title(gates[name]), errata: errata(gates[name]) };
}

async function both(
  texts: Promise<{ readonly title: Text }>,
  errata: Promise<{ readonly errata: readonly Erratum[] }>,
): Promise<Pick<Tutorial, "title" | "errata">> {
  return { title: (await texts).title, errata: (await errata).errata };
}

const LOADERS: Readonly<Record<ProgramName, Loader>> = {
  and: () => gate("AND"),
  or: () => gate("OR"),
  not: () => gate("NOT"),
  xor: () => both(import("../../experiments/xor/texts.ts"), import("../../experiments/xor/errata.ts")),
  iris: () => both(import("../../experiments/iris/texts.ts"), import("../../experiments/iris/errata.ts")),
  mnist: () => both(import("../../experiments/mnist/texts.ts"), import("../../experiments/mnist/errata.ts")),
  moons: () => both(import("../../experiments/moons/texts.ts"), import("../../experiments/moons/errata.ts")),
  digits: () =>
    both(import("../../experiments/digits/texts.ts"), import("../../experiments/digits/errata.ts")),
  pencil: () =>
    both(import("../../experiments/pencil/texts.ts"), import("../../experiments/pencil/errata.ts")),
};
