/** Help texts, made from the table of commands. */
import { COMMON, type CommandSpec, commands, type OptionSpec } from "./commands.ts";
import type { Language } from "./language.ts";
import { pad, widthOf, wrap } from "./width.ts";

const HEADINGS = {
  usage: { en: "Usage: ", zh: "用法：" },
  commands: { en: "Commands:", zh: "命令：" },
  options: { en: "Options:", zh: "选项：" },
  examples: { en: "Examples:", zh: "示例：" },
} as const;

/** Help for the tool as a whole. */
export function generalHelp(language: Language, width: number): string {
  const about = {
    en: "papergrad: dense neural networks that you can check by hand and train at compiled speed.",
    zh: "papergrad：可以亲手验算、又能以编译速度训练的全连接神经网络。",
  };
  const more = {
    en: "papergrad COMMAND --help tells more about a command.",
    zh: "papergrad COMMAND --help 给出某个命令的详细说明。",
  };
  return sections([
    wrap(about[language], width).join("\n"),
    `${HEADINGS.usage[language]}papergrad COMMAND [options]`,
    list(
      HEADINGS.commands[language],
      commands.map(({ name, summary }) => [name, summary[language]]),
      width,
    ),
    optionList(COMMON, language, width),
    examples(
      commands.slice(0, 3).map((c) => c.examples[0]!),
      language,
    ),
    more[language],
  ]);
}

/** Help for one command. */
export function commandHelp(command: CommandSpec, language: Language, width: number): string {
  return sections([
    wrap(command.about[language], width).join("\n"),
    `${HEADINGS.usage[language]}papergrad ${command.name} ${command.usage}`.trimEnd(),
    optionList([...command.options, ...COMMON], language, width),
    examples(command.examples, language),
  ]);
}

const sections = (parts: readonly string[]): string => `${parts.join("\n\n")}\n`;

function optionList(options: readonly OptionSpec[], language: Language, width: number): string {
  const rows = options.map(({ name, short, value, text }): [string, string] => [
    `${short === undefined ? "" : `-${short}, `}--${name}${value === undefined ? "" : ` ${value}`}`,
    text[language],
  ]);
  return list(HEADINGS.options[language], rows, width);
}

function examples(lines: CommandSpec["examples"], language: Language): string {
  const widest = Math.max(...lines.map(({ line }) => widthOf(line)));
  return [
    HEADINGS.examples[language],
    ...lines.map(({ line, text }) => `  ${pad(line, widest)}  # ${text[language]}`),
  ].join("\n");
}

/** Widest first column that still leaves its text on the same line. */
const LEFT = 34;

function list(heading: string, rows: readonly (readonly [string, string])[], width: number): string {
  const left = Math.min(LEFT, Math.max(...rows.map(([name]) => widthOf(name))));
  const lines = rows.flatMap(([name, text]) => {
    const right = wrap(text, Math.max(30, width - left - 4));
    return right.map((line, i) => `  ${pad(i === 0 ? name : "", left)}  ${line}`);
  });
  return [heading, ...lines].join("\n");
}
