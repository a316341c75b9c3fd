/**
 * Which file may import which: the architecture as one table, and the check of it.
 *
 * A file belongs to the longest entry that it lies under, and may import its own layer and what its entry lists:
 * a layer, or one file of a layer; type imports count. No files import each other in a circle when they are loaded
 * (`import type` is erased, so it closes none), and files of src do nothing when they are loaded: at top level they
 * only declare. Default exports are Biome's business.
 */
import { posix } from "node:path";
import ts from "typescript";

/** What users import; experiments and the command line see no more of src than this. */
const entries =
  "src/index.ts src/engine.ts src/data/index.ts src/inspect/index.ts src/minimize/index.ts src/plot/index.ts src/platform/node.ts";

export const layers: Readonly<Record<string, string>> = {
  "src/tensor": "",
  "src/math": "src/tensor",
  "src/random": "src/tensor src/math",
  "src/graph": "src/tensor src/math",
  "src/compile": "src/tensor src/math src/graph",
  "src/wasm": "src/tensor src/math src/compile",
  "src/backends.ts": "src/tensor src/compile src/wasm",
  "src/engine.ts": "src/tensor src/graph src/compile src/wasm src/backends.ts",
  "src/minimize": "src/tensor",
  "src/nn": "src/tensor src/random src/graph src/compile",
  "src/train": "src/tensor src/random src/graph src/compile src/minimize src/nn",
  "src/nn/model.ts": "src/tensor src/compile src/nn src/train src/backends.ts",
  "src/index.ts": "src/tensor src/random src/minimize src/nn src/nn/model.ts src/train src/backends.ts",
  "src/inspect": "src/tensor src/graph src/compile src/nn src/nn/model.ts src/train src/backends.ts",
  "src/data": "src/tensor src/random",
  "src/plot": "src/tensor d3-array d3-contour fast-png gifenc",
  "src/platform": "src/tensor src/data src/wasm/blas.ts node:* fast-png",
  "src/cli": `${entries} src/tensor/errors.ts experiments package.json node:*`,
  experiments: `${entries} @tensorflow/tfjs`,
  studio: `${entries} src/tensor/errors.ts experiments package.json preact preact/hooks @preact/signals uplot uplot/dist/uPlot.min.css temml valibot fflate gifenc @tensorflow/tfjs vite virtual:label-sources`,
  "studio/vite.config.ts": "*",
  bench: "*",
  scripts: "*",
  test: "*",
};

/** Files that do something when they are loaded: they are programs. */
const programs = new Set(["src/cli/main.ts", "src/cli/worker.ts"]);

const inside = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);

/** The entry of the table that a file belongs to. */
const layerOf = (path: string): string | undefined =>
  Object.keys(layers)
    .filter((layer) => inside(path, layer))
    .sort((a, b) => b.length - a.length)[0];

/** The file, or the name of the package, that an import means. */
function resolve(from: string, specifier: string, aliases: Readonly<Record<string, string>>): string {
  if (specifier.startsWith(".")) return posix.join(posix.dirname(from), specifier);
  return aliases[specifier] ?? specifier;
}

function mayImport(from: string, target: string): boolean {
  const own = layerOf(from)!;
  const layer = layerOf(target);
  return (
    layer === own ||
    layers[own]!.split(" ").some(
      (item) =>
        item === "*" || item === target || item === layer || (item === "node:*" && /^node:/.test(target)),
    )
  );
}

/** Whether a statement at the top of a file only declares. */
const declares = (s: ts.Statement): boolean =>
  (ts.isImportDeclaration(s) && s.importClause !== undefined) ||
  ts.isExportDeclaration(s) ||
  ts.isVariableStatement(s) ||
  ts.isFunctionDeclaration(s) ||
  ts.isClassDeclaration(s) ||
  ts.isInterfaceDeclaration(s) ||
  ts.isTypeAliasDeclaration(s) ||
  ts.isModuleDeclaration(s);

/** The file that a statement loads before its own file runs, if any. */
function loads(s: ts.Statement): string[] {
  if (!ts.isImportDeclaration(s) && !ts.isExportDeclaration(s)) return [];
  const erased = ts.isExportDeclaration(s) ? s.isTypeOnly : s.importClause?.isTypeOnly;
  return !erased && s.moduleSpecifier && ts.isStringLiteral(s.moduleSpecifier)
    ? [s.moduleSpecifier.text]
    : [];
}

/**
 * What is wrong with a set of files (path from the root of the repository → text), one line for each finding.
 * `aliases`: what `papergrad` and `papergrad/…` stand for.
 * @example violations(new Map([["src/wasm/a.ts", 'import "../nn/dense.ts";']]), {}) // ["src/wasm/a.ts imports …"]
 */
export function violations(
  files: ReadonlyMap<string, string>,
  aliases: Readonly<Record<string, string>>,
): string[] {
  const found: string[] = [];
  const graph = new Map<string, string[]>();
  for (const [path, text] of files) {
    if (layerOf(path) === undefined) {
      found.push(`${path}: belongs to no layer. Add its folder to scripts/layers.ts.`);
      continue;
    }
    const imports = ts.preProcessFile(text).importedFiles.map(({ fileName }) => fileName);
    for (const target of imports.map((specifier) => resolve(path, specifier, aliases)))
      if (!mayImport(path, target))
        found.push(
          `${path}: imports ${target}. ${layerOf(path)} may import: ${layers[layerOf(path)!] || "nothing"}.`,
        );
    const { statements } = ts.createSourceFile(path, text, ts.ScriptTarget.Latest);
    graph.set(
      path,
      statements.flatMap(loads).map((specifier) => resolve(path, specifier, aliases)),
    );
    if (inside(path, "src") && !programs.has(path))
      for (const s of statements)
        if (!declares(s))
          found.push(`${path}: does something when imported: ${text.slice(s.pos, s.end).trim()}`);
  }
  return [...found, ...cycles(graph)];
}

/** One line for each cycle that a depth-first walk closes. */
function cycles(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): void => {
    const at = path.indexOf(file);
    if (at >= 0) found.push(`cycle: ${[...path.slice(at), file].join(" → ")}`);
    if (at >= 0 || done.has(file)) return;
    path.push(file);
    for (const next of graph.get(file) ?? []) visit(next);
    path.pop();
    done.add(file);
  };
  for (const file of graph.keys()) visit(file);
  return found;
}
