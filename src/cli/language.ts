/** The language a reader is spoken to in: `--lang`, else the environment's. */
import type { Language, Words } from "../plot/index.ts";

export type { Language, Words };

/** The language that environment variables ask for: Chinese if the first one set begins with "zh". */
export function environmentLanguage(env: Readonly<Record<string, string | undefined>>): Language {
  const set = [env.LC_ALL, env.LC_MESSAGES, env.LANG].find((value) => value !== undefined && value !== "");
  return set?.toLowerCase().startsWith("zh") ? "zh" : "en";
}

/** Looks for `--lang` before anything else is parsed, so that even a parse error speaks the right language. */
export function languageOf(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Language {
  for (const [i, arg] of args.entries()) {
    const value = arg === "--lang" ? args[i + 1] : arg.startsWith("--lang=") ? arg.slice(7) : undefined;
    if (value === "en" || value === "zh") return value;
  }
  return environmentLanguage(env);
}
