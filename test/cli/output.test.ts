import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { checkFile, checkFolder, MARKER, writeFolder, writeWhole } from "../../src/cli/output.ts";
import { scratchFolder } from "./fake.ts";

const root = scratchFolder();
let count = 0;
let place = "";
beforeEach(() => {
  place = join(root, String(count++));
  mkdirSync(place);
});

const files = [
  { name: "index.html", content: "<p>" },
  { name: "films/a.gif", content: new Uint8Array([1, 2]) },
];

test("a folder appears whole, with nothing beside it, and is replaced by the next", async () => {
  const out = join(place, "new", "report");
  await writeFolder(out, files, "en");
  expect(readdirSync(out, { recursive: true }).sort()).toEqual(
    [MARKER, "films", join("films", "a.gif"), "index.html"].sort(),
  );
  await writeFolder(out, [{ name: "index.html", content: "<b>" }], "en");
  expect(readdirSync(out).sort()).toEqual([MARKER, "index.html"]);
  expect(readFileSync(join(out, "index.html"), "utf8")).toBe("<b>");
  expect(readdirSync(join(place, "new"))).toEqual(["report"]);
});

test("an empty folder is taken, desktop litter does not count", async () => {
  writeFileSync(join(place, ".DS_Store"), "");
  await writeFolder(place, files, "en");
  expect(existsSync(join(place, "index.html"))).toBe(true);
});

test("a folder with somebody's files is left alone, also if it once was a report", async () => {
  const out = join(place, "report");
  await writeFolder(out, files, "en");
  writeFileSync(join(out, "thesis.txt"), "mine");
  await expect(writeFolder(out, files, "en")).rejects.toThrow(/holds thesis\.txt\. Choose another --out/);
  expect(readFileSync(join(out, "thesis.txt"), "utf8")).toBe("mine");

  const foreign = join(place, "foreign");
  mkdirSync(foreign);
  writeFileSync(join(foreign, "a.txt"), "");
  expect(() => checkFolder(foreign, "en")).toThrow(/expected an empty folder or an earlier papergrad report/);
  expect(() => checkFolder(foreign, "zh")).toThrow(/请另选 --out/);
});

test("a file in the way is refused, at the end of the path or above", () => {
  const file = join(place, "a.txt");
  writeFileSync(file, "");
  expect(() => checkFolder(file, "en")).toThrow(/--out: expected a folder, received the file/);
  expect(() => checkFolder(join(file, "b"), "en")).toThrow(/a\.txt is a file/);
  expect(() => checkFile("--json", join(file, "b.json"), "en")).toThrow(/--json: .*a\.txt is a file/);
  expect(() => checkFile("--json", place, "en")).toThrow(/--json: expected a file, received the folder/);
});

test("nothing is left behind when writing fails half way", async () => {
  const out = join(place, "report");
  await writeFolder(out, files, "en");
  const bad = [
    { name: "b.txt", content: "" },
    { name: "b.txt/c.txt", content: "" },
  ];
  await expect(writeFolder(out, bad, "en")).rejects.toThrow();
  expect(readdirSync(place)).toEqual(["report"]);
  expect(existsSync(join(out, "index.html"))).toBe(true);
});

test.each(["../a", "/a", "a//b", "a/../b", "", "a b", ".hidden"])(
  "the file name %j is refused",
  async (name) => {
    await expect(writeFolder(join(place, "r"), [{ name, content: "" }], "en")).rejects.toThrow(/file names/);
    expect(readdirSync(place)).toEqual([]);
  },
);

test("the same name twice is refused, also in other letters", async () => {
  const twice = ["a.svg", "A.svg"].map((name) => ({ name, content: "" }));
  await expect(writeFolder(join(place, "r"), twice, "en")).rejects.toThrow(/each once/);
});

test("a file is written whole or not at all", async () => {
  await writeWhole(join(place, "x", "a.json"), "{}");
  expect(readFileSync(join(place, "x", "a.json"), "utf8")).toBe("{}");
  mkdirSync(join(place, "b.json"));
  writeFileSync(join(place, "b.json", "c"), "");
  await expect(writeWhole(join(place, "b.json"), "{}")).rejects.toThrow();
  expect(readdirSync(place).sort()).toEqual(["b.json", "x"]);
});
