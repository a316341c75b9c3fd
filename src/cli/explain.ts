/**
 * `papergrad explain`: one training step written out, every labelled matrix with its formula.
 *
 * The numbers come from `traceStep`; the three formats are in files of their own.
 */
import type { ProgramName, Variant } from "../../experiments/types.ts";
import type { TracedValue } from "../inspect/index.ts";
import { traceStep } from "../inspect/index.ts";
import { type Context, say } from "./context.ts";
import { explainJson } from "./explain-json.ts";
import { explainLatex } from "./explain-latex.ts";
import { explainText } from "./explain-text.ts";
import type { Language } from "./language.ts";
import { checkFile, writeWhole } from "./output.ts";
import { type Given, mistake } from "./parse.ts";
import { choice, integer, programs, SEEDS } from "./values.ts";

/** A step to be written out. */
export interface Explained {
  readonly program: ProgramName;
  readonly variant: Variant;
  /** From 1. */
  readonly step: number;
  readonly seed: number;
  readonly dtype: "float32" | "float64";
  readonly backend: "wasm" | "interpreter";
  readonly title: string;
  readonly values: readonly TracedValue[];
}

const WRITERS: Readonly<
  Record<"text" | "latex" | "json", (e: Explained, l: Language, full: boolean) => string>
> = {
  text: explainText,
  latex: explainLatex,
  json: explainJson,
};

/** Runs the command. @returns the exit code. @throws {UsageError} if the program is missing or the step is not there. */
export async function explain(given: Given, context: Context): Promise<number> {
  const { language, library } = context;
  const program = oneProgram(given, context);
  const variant = choice(given, "variant", ["published", "derived"], "derived", language);
  const step = integer(given, "step", { min: 1 }, language) ?? 1;
  const format = choice(given, "format", ["text", "latex", "json"], "text", language);
  const backend = choice(given, "backend", ["wasm", "interpreter"], "wasm", language);
  const dtype = choice(given, "dtype", ["float32", "float64"], "float64", language);
  const seed = integer(given, "seed", SEEDS, language);
  const out = given.options.out as string | undefined;
  if (out !== undefined) checkFile("--out", out, language);

  const experiment = await library.load(program);
  const entry = await experiment.prepare(variant, {
    backend,
    dtype,
    ...(seed === undefined ? {} : { seed }),
  });
  const { steps } = advance(entry, step - 1);
  if (steps < step - 1)
    mistake(language, {
      en: `--step: ${program} (${variant}) stops by itself after ${steps} steps, received ${step}. Use a step from 1 to ${steps}.`,
      zh: `--step：${program}（${variant}）在 ${steps} 步后自行停止，但收到 ${step}。请用 1 到 ${steps}。`,
    });
  const explained: Explained = {
    program,
    variant,
    step,
    seed: seed ?? experiment.defaultSeed,
    dtype,
    backend,
    title: experiment.title[language],
    values: traceStep(entry),
  };
  const text = WRITERS[format](explained, language, given.options.full === true);
  if (out === undefined) context.out(text);
  else {
    await writeWhole(out, text);
    context.out(`${say(context, { en: "Written to", zh: "已写入" })}: ${out}\n`);
  }
  return 0;
}

/** Metrics of one run are kept in memory: long ways are gone in pieces. */
const PIECE = 100_000;

function advance(entry: { run(steps: number): { steps: number; halted: boolean } }, count: number) {
  let steps = 0;
  while (steps < count) {
    const done = entry.run(Math.min(PIECE, count - steps));
    steps += done.steps;
    if (done.halted) break;
  }
  return { steps };
}

function oneProgram({ positionals }: Given, { language, library }: Context): ProgramName {
  const [first, second] = positionals;
  if (first === undefined || second !== undefined)
    mistake(language, {
      en: `explain: expected one program (${library.names.join(", ")}), received ${first === undefined ? "none" : positionals.length}. See papergrad explain --help.`,
      zh: `explain：需要一个程序名（${library.names.join("、")}），但收到 ${positionals.length} 个。请看 papergrad explain --help。`,
    });
  return programs([first], library.names, language)[0]!;
}
