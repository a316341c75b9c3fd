import { describe, expect, test } from "vitest";
import { runCli } from "../../src/cli/cli.ts";
import { environmentLanguage, languageOf } from "../../src/cli/language.ts";
import { parse } from "../../src/cli/parse.ts";
import { distance, nearest } from "../../src/cli/suggest.ts";
import { integer, programs, variants } from "../../src/cli/values.ts";
import { UsageError } from "../../src/index.ts";
import { recorded } from "./fake.ts";

const names = ["and", "or", "not", "xor", "iris", "mnist"] as const;

describe("parsing", () => {
  test("a command, its programs and its options, in any order", () => {
    const { command, positionals, options } = parse(
      ["--lang", "zh", "reproduce", "xor", "--seed=3", "--quiet", "iris", "--out", "a b"],
      "en",
    );
    expect(command?.name).toBe("reproduce");
    expect(positionals).toEqual(["xor", "iris"]);
    expect(options).toEqual({ lang: "zh", seed: "3", quiet: true, out: "a b" });
  });

  test("-h, --version and nothing at all", () => {
    expect(parse(["check", "-h"], "en").options).toEqual({ help: true });
    expect(parse(["--version"], "en")).toMatchObject({ command: undefined, options: { version: true } });
    expect(parse([], "en")).toMatchObject({ command: undefined, options: {} });
  });

  test.each([
    [["reprodce"], /expected a command .*received "reprodce"\. Did you mean "reproduce"\?/],
    [["reproduce", "--epoch", "3"], /unknown option --epoch\. Did you mean "--epochs"\?/],
    [["check", "--epochs", "3"], /check: unknown option --epochs\. See papergrad check --help/],
    [["check", "-x"], /unknown option -x/],
    [["reproduce", "--seed"], /--seed: expected a value, received none\. Write --seed N\./],
    [["reproduce", "--quiet=1"], /--quiet: expected no value, received "1"/],
  ])("%j is refused", (args, message) => {
    expect(() => parse(args, "en")).toThrow(message);
    expect(() => parse(args, "en")).toThrow(UsageError);
  });

  test("the same in Chinese", () => {
    expect(() => parse(["reprodce"], "zh")).toThrow(/您是不是要找“reproduce”/);
    expect(() => parse(["reproduce", "--epoch"], "zh")).toThrow(/没有选项 --epoch/);
  });
});

describe("values", () => {
  const given = (options: Record<string, string>) => ({ options, positionals: [] });

  test("whole numbers within their range", () => {
    expect(integer(given({ n: "12" }), "n", { min: 1 }, "en")).toBe(12);
    expect(integer(given({}), "n", { min: 1 }, "en")).toBeUndefined();
    for (const n of ["0", "x", "-1", "1.5", "1e3", "", "9007199254740993"])
      expect(() => integer(given({ n }), "n", { min: 1 }, "en"), n).toThrow(
        /--n: expected a whole number ≥ 1/,
      );
    expect(() => integer(given({ n: "9" }), "n", { min: 0, max: 8 }, "en")).toThrow(/from 0 to 8/);
  });

  test("programs: each once, all by default, unknown ones refused", () => {
    expect(programs(["xor", "and", "xor"], names, "en")).toEqual(["xor", "and"]);
    expect(programs([], names, "en")).toEqual(names);
    expect(() => programs(["xxor"], names, "en")).toThrow(/received "xxor"\. Did you mean "xor"\?/);
    expect(() => programs(["zzz"], names, "en")).toThrow(/received "zzz"\.$/);
  });

  test("variants", () => {
    expect(variants(given({}), "en")).toEqual(["published", "derived"]);
    expect(variants(given({ variant: "derived" }), "en")).toEqual(["derived"]);
  });
});

test("the nearest name", () => {
  expect(distance("kitten", "sitting")).toBe(3);
  expect(distance("xro", "xor")).toBe(1);
  expect(nearest("mnsit", names)).toBe("mnist");
  expect(nearest("IRIS", names)).toBe("iris");
  expect(nearest("pencil", names)).toBeUndefined();
});

test("the language: --lang, then LC_ALL, LC_MESSAGES, LANG", () => {
  expect(environmentLanguage({ LANG: "zh_CN.UTF-8" })).toBe("zh");
  expect(environmentLanguage({ LC_ALL: "C", LANG: "zh_CN.UTF-8" })).toBe("en");
  expect(environmentLanguage({})).toBe("en");
  expect(languageOf(["check", "--lang", "zh"], {})).toBe("zh");
  expect(languageOf(["--lang=en"], { LANG: "zh_CN" })).toBe("en");
});

test.each([
  [["reproduce", "xxor"], /Did you mean "xor"/],
  [["reproduce", "--epochs", "0"], /--epochs/],
  [["reproduce", "--epochs", "x"], /--epochs/],
  [["reproduce", "--seed", "-1"], /--seed: .*received "-1"/],
  [["reproduce", "--dtype", "float16"], /--dtype: expected float32 or float64, received "float16"/],
  [["reproduce", "--backend", "gpu"], /--backend/],
  [["reproduce", "--lang", "fr"], /--lang: expected en or zh/],
  [["explain", "xor", "--step", "0"], /--step/],
  [["explain"], /expected one program/],
  [["explain", "xor", "iris"], /expected one program/],
  [["programs", "xor"], /received "xor"/],
  [["help", "chek"], /Did you mean "check"/],
])("papergrad %j: one line, code 2", async (args, message) => {
  const context = recorded();
  expect(await runCli(args, context)).toBe(2);
  expect(context.written.err).toMatch(message);
  expect(context.written.err).toMatch(/^papergrad: [^\n]*\n$/);
  expect(context.written.out).toBe("");
});

test("--debug adds the stack, which is not shown otherwise", async () => {
  const context = recorded();
  await runCli(["reproduce", "xxor", "--debug"], context);
  expect(context.written.err).toMatch(/UsageError: .*\n +at /);
});
