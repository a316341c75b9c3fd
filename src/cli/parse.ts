/**
 * From words on the command line to a command with its options, checked by name.
 *
 * Values are checked by `values.ts` where they are used. Every mistake is a `UsageError` of one line, with the
 * nearest name where there is one.
 */
import { parseArgs } from "node:util";
import { UsageError } from "../index.ts";
import { COMMON, type CommandSpec, commands, type OptionSpec } from "./commands.ts";
import type { Language, Words } from "./language.ts";
import { nearest } from "./suggest.ts";

/** What was given: flags as true, values as text. */
export interface Given {
  readonly options: Readonly<Record<string, string | true>>;
  readonly positionals: readonly string[];
}

export interface Parsed extends Given {
  /** Undefined where no command was named. */
  readonly command: CommandSpec | undefined;
}

/** "Did you mean …?", where a name is near. */
export function hint(language: Language, word: string, names: readonly string[], prefix = ""): string {
  const near = nearest(word, names);
  if (near === undefined) return "";
  return language === "zh" ? `您是不是要找“${prefix}${near}”？` : ` Did you mean "${prefix}${near}"?`;
}

/** Throws a mistake of the user in the user's language. */
export function mistake(language: Language, words: Words): never {
  throw new UsageError(words[language]);
}

/**
 * Reads the arguments.
 * @throws {UsageError} for an unknown command or option, a missing value, or a value given to a flag.
 * @example parse(["reproduce", "xor", "--seed", "3"], "en").options // { seed: "3" }
 */
export function parse(args: readonly string[], language: Language): Parsed {
  const at = commandIndex(args);
  const word = args[at];
  const command = commands.find(({ name }) => name === word);
  if (word !== undefined && command === undefined) {
    const names = commands.map(({ name }) => name);
    mistake(language, {
      en: `expected a command (${names.join(", ")}), received "${word}".${hint("en", word, names)} See papergrad --help.`,
      zh: `需要一个命令（${names.join("、")}），但收到“${word}”。${hint("zh", word, names)}请看 papergrad --help。`,
    });
  }
  const rest = args.filter((_, i) => i !== at);
  return { command, ...options(rest, command, language) };
}

/** Position of the first word that is neither an option nor the value of one. */
function commandIndex(args: readonly string[]): number {
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!;
    if (!arg.startsWith("-")) return i;
    if (COMMON.some(({ name, value }) => value !== undefined && arg === `--${name}`)) i++;
  }
  return -1;
}

function options(args: readonly string[], command: CommandSpec | undefined, language: Language): Given {
  const specs: readonly OptionSpec[] = [...(command?.options ?? []), ...COMMON];
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(
      specs.map(({ name, short, value }) => [
        name,
        {
          type: value === undefined ? "boolean" : "string",
          ...(short === undefined ? {} : { short }),
        } as const,
      ]),
    ),
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const given: Record<string, string | true> = {};
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") positionals.push(token.value);
    if (token.kind !== "option") continue;
    const spec = specs.find(({ name }) => name === token.name);
    if (spec === undefined) unknownOption(token.rawName, specs, command, language);
    given[spec.name] =
      spec.value === undefined ? flag(spec, token.value, language) : text(spec, token.value, language);
  }
  return { options: given, positionals };
}

function unknownOption(
  raw: string,
  specs: readonly OptionSpec[],
  command: CommandSpec | undefined,
  language: Language,
): never {
  const names = specs.map(({ name }) => name);
  const word = raw.replace(/^-+/, "");
  const place = command === undefined ? "papergrad" : `papergrad ${command.name}`;
  const subject = command === undefined ? "" : `${command.name}: `;
  mistake(language, {
    en: `${subject}unknown option ${raw}.${hint("en", word, names, "--")} See ${place} --help.`,
    zh: `${subject}没有选项 ${raw}。${hint("zh", word, names, "--")}请看 ${place} --help。`,
  });
}

function flag({ name }: OptionSpec, value: string | undefined, language: Language): true {
  if (value !== undefined)
    mistake(language, {
      en: `--${name}: expected no value, received "${value}". Write --${name} alone.`,
      zh: `--${name}：不接受值，但收到“${value}”。请只写 --${name}。`,
    });
  return true;
}

function text(
  { name, value: placeholder }: OptionSpec,
  value: string | undefined,
  language: Language,
): string {
  if (value === undefined || value === "")
    mistake(language, {
      en: `--${name}: expected a value, received none. Write --${name} ${placeholder}.`,
      zh: `--${name}：需要一个值，但没有收到。请写 --${name} ${placeholder}。`,
    });
  return value;
}
