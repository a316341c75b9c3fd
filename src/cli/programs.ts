/** `papergrad programs`: the list of programs, in both languages. */
import type { Context } from "./context.ts";
import type { Given } from "./parse.ts";
import { textTable } from "./table.ts";
import { nothingMore } from "./values.ts";

/** Prints the list. @returns the exit code. */
export async function listPrograms(given: Given, context: Context): Promise<number> {
  nothingMore("programs", given, context.language);
  const { library } = context;
  const experiments = await Promise.all(library.names.map((name) => library.load(name)));
  const rows = experiments.flatMap(({ name, tutorial, title }) => [
    [name, tutorial, title.en],
    ["", "", title.zh],
  ]);
  const chinese = context.language === "zh";
  context.out(
    textTable(
      [
        { head: chinese ? "程序" : "program" },
        { head: chinese ? "教程" : "tutorial" },
        { head: chinese ? "内容" : "what it is", flexible: true },
      ],
      rows,
      context.columns,
    ),
  );
  return 0;
}
