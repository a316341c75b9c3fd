/** The build stands alone: library entries load in a browser, the command line runs far from node_modules. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "tsdown";
import ts from "typescript";
import { afterAll, beforeAll, expect, test } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { readAliases } from "../../scripts/sources.ts";

let dist: string;

beforeAll(async () => {
  dist = mkdtempSync(join(tmpdir(), "papergrad-dist-"));
  await build({ outDir: dist, dts: false, logLevel: "silent" });
});

afterAll(() => rmSync(dist, { recursive: true, force: true }));

/** Everything that a file of the build loads that is not a file of the build itself. */
function outsideImports(file: string, seen = new Set<string>()): string[] {
  if (seen.has(file)) return [];
  seen.add(file);
  const { importedFiles } = ts.preProcessFile(readFileSync(join(dist, file), "utf8"));
  return importedFiles.flatMap(({ fileName }) =>
    fileName.startsWith("./") ? outsideImports(fileName.slice(2), seen) : [fileName],
  );
}

const entries = Object.entries(manifest.exports).flatMap(([name, target]) =>
  typeof target === "string"
    ? []
    : [[name.replace(".", "papergrad"), target.import.replace("./dist/", "")] as const],
);

test.each(entries.filter(([name]) => name !== "papergrad/node"))(
  "%s needs nothing but itself, not even Node",
  (_, file) => {
    expect(outsideImports(file)).toEqual([]);
  },
);

test("papergrad/node and the command line need Node and optional packages only", () => {
  const allowed = new Set(Object.keys(manifest.peerDependencies));
  for (const file of ["node.js", "cli.js", "worker.js"]) {
    const packages = outsideImports(file).filter((name) => !name.startsWith("node:"));
    expect(packages.filter((name) => !allowed.has(name))).toEqual([]);
  }
});

test("package.json exports exactly what the sources call by name", () => {
  expect(entries.map(([name]) => name).sort()).toEqual(Object.keys(readAliases()).sort());
  for (const [, file] of entries) expect(readdirSync(dist)).toContain(file);
  expect(manifest).not.toHaveProperty("dependencies");
});

test("the command line and its worker run from another folder, without node_modules", () => {
  const cli = (...args: string[]) =>
    execFileSync(process.execPath, [join(dist, "cli.js"), ...args], {
      cwd: dist,
      encoding: "utf8",
      stdio: "pipe",
    });
  expect(cli("--version")).toContain(manifest.version);
  cli("reproduce", "pencil", "--variant", "derived", "--json", "out.json", "--out", "report");
  const { programs } = JSON.parse(readFileSync(join(dist, "out.json"), "utf8"));
  expect(programs).toHaveLength(1);
  expect(programs[0].agreement.digits).toBeGreaterThan(10);
});

test("the licence of every bundled package is there", () => {
  const text = readFileSync(join(dist, "third-party-licences.txt"), "utf8");
  for (const name of ["d3-array", "d3-contour", "fast-png", "gifenc"])
    expect(text).toMatch(RegExp(`^${name} \\d`, "m"));
});
