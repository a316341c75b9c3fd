import { expect, test } from "vitest";
import { version } from "../../package.json";
import { runCli } from "../../src/cli/cli.ts";
import { COMMON, commands } from "../../src/cli/commands.ts";
import { parse } from "../../src/cli/parse.ts";
import { widthOf } from "../../src/cli/width.ts";
import { recorded } from "./fake.ts";

const HAN = /\p{Script=Han}/u;

for (const language of ["en", "zh"] as const) {
  test(`help in ${language}: every command, option and example, within the width`, async () => {
    for (const command of commands) {
      const context = recorded({ language, columns: 110 });
      expect(await runCli([command.name, "--help"], context)).toBe(0);
      const text = context.written.out;
      for (const { name } of [...command.options, ...COMMON]) expect(text).toContain(`--${name}`);
      for (const { line } of command.examples) expect(text).toContain(line);
      for (const line of text.split("\n")) expect(widthOf(line), line).toBeLessThanOrEqual(110);
      expect(HAN.test(text)).toBe(language === "zh");
    }
  });

  test(`papergrad, --help and help in ${language} say the same and list the commands`, async () => {
    const texts: string[] = [];
    for (const args of [[], ["--help"], ["help"]]) {
      const context = recorded({ language });
      expect(await runCli(args, context)).toBe(0);
      texts.push(context.written.out);
    }
    expect(new Set(texts).size).toBe(1);
    for (const { name, summary } of commands) {
      expect(texts[0]).toContain(name);
      expect(texts[0]).toContain(summary[language].slice(0, 10));
    }
  });
}

test("every example of the help is a command line that parses", () => {
  for (const { examples } of commands)
    for (const { line } of examples) {
      const [tool, ...args] = line.split(" ");
      expect(tool).toBe("papergrad");
      expect(() => parse(args, "en"), line).not.toThrow();
    }
});

test("--version is the package's", async () => {
  const context = recorded();
  expect(await runCli(["--version"], context)).toBe(0);
  expect(context.written.out).toBe(`papergrad ${version}\n`);
});

test("programs lists each in both languages", async () => {
  const context = recorded();
  expect(await runCli(["programs"], context)).toBe(0);
  expect(context.written.out).toContain("Tiny xor");
  expect(context.written.out).toContain("小小的 xor");
});
