/**
 * The docstrings of the public entries: every function and class has one, every function an example, and the
 * examples run: what a comment shows beside an expression is what it gives (see `expected.ts`).
 */
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { iris } from "../../src/data/index.ts";
import { expected } from "./expected.ts";
import { type Documented, documented, ENTRIES, type EntryName, runnable, typeErrors } from "./extract.ts";

/** Examples that are a fragment of a larger program: neither type-checked nor run. */
const FRAGMENTS = new Set(["papergrad/engine: wasmBackend", "papergrad/node: nativeBlas"]);

/** Functions whose docstring needs no example. */
const NO_EXAMPLE = new Set<string>([]);

const symbols = onceEach(documented());
const examples = symbols.flatMap((s) => s.examples).filter((e) => !FRAGMENTS.has(e.id));
const of = (kinds: readonly Documented["kind"][]) => symbols.filter((s) => kinds.includes(s.kind));

/** A symbol that two entries export counts once, under its shorter name. */
function onceEach(all: readonly Documented[]): Documented[] {
  const byPlace = new Map<string, Documented>();
  for (const s of all) {
    const known = byPlace.get(s.place);
    if (known === undefined || s.name.length < known.name.length) byPlace.set(s.place, s);
  }
  return [...byPlace.values()];
}

describe("docstrings", () => {
  test("the entries are read: classes with their members, namespaces, types", () => {
    const names = symbols.map((s) => `${s.entry}: ${s.name}`);
    expect(names).toContain("papergrad: Model.fit");
    expect(names).toContain("papergrad/engine: expr.derivative");
    expect(names).toContain("papergrad/minimize: MinimizeOptions");
    expect(names).not.toContain("papergrad: Model.lastLoss");
    expect(names.length).toBeGreaterThan(400);
  });

  test("everything exported says in a line what it is", () => {
    const silent = symbols.filter((s) => s.summary === "");
    expect(silent.map((s) => `${s.place} ${s.name}`)).toEqual([]);
  });

  test("every function and class shows an example", () => {
    const bare = of(["function", "class"]).filter((s) => s.examples.length === 0 && !NO_EXAMPLE.has(s.name));
    expect(bare.map((s) => `${s.place} ${s.name}`)).toEqual([]);
  });

  test("the lists of exceptions name nothing that is gone", () => {
    const ids = symbols.flatMap((s) => s.examples).map((e) => e.id);
    expect([...FRAGMENTS].filter((id) => !ids.includes(id))).toEqual([]);
    const bare = symbols.filter((s) => s.examples.length === 0).map((s) => s.name);
    expect([...NO_EXAMPLE].filter((name) => !bare.includes(name))).toEqual([]);
  });
});

describe("examples", () => {
  const scope = new Map<EntryName, Record<string, unknown>>();
  const home = process.cwd();
  beforeAll(async () => {
    process.chdir(folderOfFiles());
    for (const entry of Object.keys(ENTRIES) as EntryName[])
      scope.set(entry, await import(ENTRY_FILES[entry]));
  });
  afterAll(() => {
    const folder = process.cwd();
    process.chdir(home);
    rmSync(folder, { recursive: true });
  });

  test("all of them pass the type checker of the project", () => {
    expect(typeErrors(examples)).toEqual([]);
  });

  test("most of them show a value", () => {
    const values = examples.filter((e) => runnable(e).expectations.some(({ comment }) => expected(comment)));
    expect(values.length).toBeGreaterThan(examples.length / 2);
  });

  test.each(examples)("$id", async (example) => {
    const { body, expectations } = runnable(example);
    const wrong: string[] = [];
    const check = (i: number, value: unknown): unknown => {
      const { expression, comment } = expectations[i]!;
      const holds = expected(comment);
      if (holds && !holds(value)) wrong.push(`${expression} is ${show(value)}, the example says ${comment}`);
      return value;
    };
    const values = [...example.imports].map(([name, from]) => scope.get(from)![name]);
    await new AsyncFunction("$check", "console", ...example.imports.keys(), body)(check, SILENT, ...values);
    expect(wrong).toEqual([]);
  });
});

describe("what a comment shows", () => {
  const holds = (comment: string, value: unknown) => expected(comment)!(value);

  test("numbers, to the digits shown", () => {
    expect(holds("0.999", 0.99949)).toBe(true);
    expect(holds("0.999", 0.9996)).toBe(false);
    expect(holds("1.764…", 1.7649)).toBe(true);
    expect(holds("1.764…", 1.7639)).toBe(false);
    expect(holds("-0.5…", -0.57)).toBe(true);
    expect(holds("4", 4.1)).toBe(false);
    expect(holds("3e-8", 3.2e-8)).toBe(true);
    expect(holds("3e-8", 3.6e-8)).toBe(false);
    expect(holds("0.1", "0.1")).toBe(false);
  });

  test("lists, records, words", () => {
    expect(holds("[1, 2]", Float64Array.of(1, 2))).toBe(true);
    expect(holds("[1, 2]", [1, 2, 3])).toBe(false);
    expect(holds("[1, 2, …]", [1, 2, 3])).toBe(true);
    expect(holds("Int32Array [1]", Float64Array.of(1))).toBe(false);
    expect(holds('{ a: [0.5], b: "x" }', { a: [0.5], b: "x", c: 0 })).toBe(true);
    expect(holds("{ a: 1 }", { b: 1 })).toBe(false);
    expect(holds("true", 1)).toBe(false);
    expect(holds("[], an empty one", [])).toBe(true);
  });

  test("prose checks nothing, and a broken value is an error", () => {
    expect(expected("the loss before the update")).toBeNull();
    expect(() => expected("1 0 1 1")).toThrow("expected the end");
    expect(() => expected("[1, 2")).toThrow("expected");
  });
});

const ENTRY_FILES = Object.fromEntries(
  Object.entries(ENTRIES).map(([name, path]) => [name, new URL(`../../${path}`, import.meta.url).href]),
) as Record<EntryName, string>;
const SILENT = { log() {}, table() {}, warn() {} };
// biome-ignore lint/complexity/useArrowFunction: this is how the constructor is reached.
const AsyncFunction = async function () {}.constructor as new (
  ...code: string[]
) => (...values: unknown[]) => Promise<unknown>;

/** A folder with the files that examples read: small, and of the right kind. */
function folderOfFiles(): string {
  const folder = mkdtempSync(join(tmpdir(), "papergrad-examples-"));
  copyFileSync(
    fileURLToPath(new URL("../golden/data/digits.mat", import.meta.url)),
    join(folder, "digits.mat"),
  );
  const { x, y } = iris({ variant: "kaggle" });
  const species = ["setosa", "versicolor", "virginica"];
  const rows = Array.from(y, (label, i) => [
    i + 1,
    ...x.data.slice(4 * i, 4 * i + 4),
    `Iris-${species[label]}`,
  ]);
  const head = "Id,SepalLengthCm,SepalWidthCm,PetalLengthCm,PetalWidthCm,Species";
  writeFileSync(join(folder, "Iris.csv"), [head, ...rows].join("\n"));
  const image = [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 28, 0, 0, 0, 28, ...new Uint8Array(784)];
  writeFileSync(join(folder, "train-images-idx3-ubyte.gz"), gzipSync(Uint8Array.from(image)));
  return folder;
}

function show(value: unknown): string {
  if (ArrayBuffer.isView(value)) return `${value.constructor.name} [${Array.from(value as Float64Array)}]`;
  return JSON.stringify(value) ?? String(value);
}
