/**
 * What a command sees of the world: where to write, how wide, which language, which experiments, what was asked.
 *
 * Commands never touch `process`; `main.ts` makes the real context, tests make their own.
 */
import type { Experiment, ProgramName } from "../../experiments/types.ts";
import type { Language, Words } from "./language.ts";

/** The programs by name. */
export interface Library {
  readonly names: readonly ProgramName[];
  load(name: ProgramName): Promise<Experiment>;
}

export interface Context {
  /** Results. */
  readonly out: (text: string) => void;
  /** Progress and errors. */
  readonly err: (text: string) => void;
  /** Width of tables in cells. */
  readonly columns: number;
  /** Whether `err` is a terminal whose lines can be redrawn. */
  readonly live: boolean;
  /** Whether results may be coloured. */
  readonly colour: boolean;
  readonly language: Language;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly library: Library;
  /** Calls back at the first Ctrl-C (the second ends the process); returns what takes that back. */
  readonly onInterrupt: (listener: () => void) => () => void;
}

/** The text in the context's language. */
export const say = ({ language }: Pick<Context, "language">, words: Words): string => words[language];
