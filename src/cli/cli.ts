/**
 * Arguments in, exit code out: parses, runs the command, prints errors as one line.
 *
 * 0 done, 1 failure, 2 mistake in the arguments, 130 ended by Ctrl-C.
 */
import { check } from "./check.ts";
import { type CommandSpec, commands } from "./commands.ts";
import type { Context } from "./context.ts";
import { doctor } from "./doctor.ts";
import { explain } from "./explain.ts";
import { exitCodeOf, failureOf, failureText } from "./failure.ts";
import { commandHelp, generalHelp } from "./help.ts";
import { type Given, hint, mistake, type Parsed, parse } from "./parse.ts";
import { listPrograms } from "./programs.ts";
import { reproduce } from "./reproduce.ts";
import { studio } from "./studio.ts";
import { choice } from "./values.ts";
import { papergradVersion } from "./version.ts";

const RUN: Readonly<
  Record<CommandSpec["name"], (given: Given, context: Context) => number | Promise<number>>
> = {
  reproduce,
  explain,
  check,
  doctor,
  studio,
  programs: listPrograms,
  help: ({ positionals }, context) => help(positionals[0], context),
};

/** Runs papergrad with arguments. Never throws. */
export async function runCli(args: readonly string[], context: Context): Promise<number> {
  try {
    const parsed = parse(args, context.language);
    choice(parsed, "lang", ["en", "zh"], context.language, context.language);
    return await run(parsed, context);
  } catch (error) {
    const failure = failureOf(error);
    context.err(`papergrad: ${failureText(failure, args.includes("--debug"))}\n`);
    return exitCodeOf(failure);
  }
}

function run(parsed: Parsed, context: Context): number | Promise<number> {
  const { command, options } = parsed;
  if (options.version) {
    context.out(`papergrad ${papergradVersion}\n`);
    return 0;
  }
  if (command === undefined || options.help) return help(command?.name, context);
  return RUN[command.name](parsed, context);
}

function help(word: string | undefined, context: Context): number {
  const { language, columns } = context;
  const command = commands.find(({ name }) => name === word);
  if (word !== undefined && command === undefined) {
    const names = commands.map(({ name }) => name);
    mistake(language, {
      en: `help: expected a command (${names.join(", ")}), received "${word}".${hint("en", word, names)}`,
      zh: `help：需要一个命令（${names.join("、")}），但收到“${word}”。${hint("zh", word, names)}`,
    });
  }
  context.out(
    command === undefined ? generalHelp(language, columns) : commandHelp(command, language, columns),
  );
  return 0;
}
