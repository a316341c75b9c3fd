/**
 * Which function made a value of a step, and where it stands: a build step, like the counters of a coverage tool.
 *
 * `mark` writes `g.within("file#function", …)` around every function that takes a graph `g` or uses the one around
 * it, without moving a line; nodes made inside carry that name. `labelSources` finds file, line and text for each
 * such name. The Vite plugin does both: it marks what it loads, and serves the table as `virtual:label-sources`.
 * A function that no graph reaches, and files outside MARKED, are left alone.
 */
import { readFileSync } from "node:fs";
import ts from "typescript";
import type { Plugin } from "vite";
import { Graph } from "../src/graph/graph.ts";
import { readSources, root } from "./sources.ts";

/** Where a function stands, and what it says. */
export interface LabelSource {
  /** Path from the root of the repository. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

/** Files whose functions build graphs. The graph's own methods are not listed: who calls them made the node. */
const MARKED =
  /^(src\/graph\/(grad|compositions)|src\/(nn|train)\/.*|experiments\/.*|studio\/pencil\/.*)\.ts$/;

/** Operations of a graph: what tells a graph `g` from any other thing of that name. */
const OPERATIONS = new Set(Object.getOwnPropertyNames(Graph.prototype));

interface MarkedFunction {
  readonly name: string;
  readonly node: ts.Node;
  readonly body: ts.ConciseBody;
}

/** Marks the functions of one file. @param path from the root of the repository, with slashes. */
export function mark(path: string, text: string): string {
  if (!MARKED.test(path)) return text;
  const edits: { readonly at: number; readonly insert: string }[] = [];
  const file = parse(path, text);
  for (const { name, body } of functionsOf(file)) {
    const call = `g.within(${JSON.stringify(`${path}#${name}`)}, () => `;
    if (ts.isBlock(body)) {
      edits.push({ at: body.getStart(file) + 1, insert: ` return ${call}{` });
      edits.push({ at: body.end - 1, insert: "}); " });
    } else {
      edits.push({ at: body.getStart(file), insert: `${call}(` });
      edits.push({ at: body.end, insert: "))" });
    }
  }
  // From the end, so that positions stay true; of two at one place, what closes the inner function comes first.
  const ordered = edits.map((e, i) => ({ ...e, i })).sort((a, b) => b.at - a.at || a.i - b.i);
  return ordered.reduce((out, { at, insert }) => out.slice(0, at) + insert + out.slice(at), text);
}

/** `file#function` → where it is, for every function that `mark` marks. @throws {Error} if two share a name. */
export function labelSources(
  sources: ReadonlyMap<string, string> = readSources(),
): Record<string, LabelSource> {
  const found: Record<string, LabelSource> = {};
  for (const [path, text] of sources) {
    if (!MARKED.test(path)) continue;
    const file = parse(path, text);
    for (const { name, node } of functionsOf(file)) {
      const id = `${path}#${name}`;
      // From the comment above it.
      const start = node.getStart(file, true);
      const { line, character } = file.getLineAndCharacterOfPosition(start);
      const text = outdent(file.text.slice(start, node.end), character);
      if (found[id] && !found[id].text.includes(text))
        throw new Error(`${path}: two functions are called ${name}. Give one of them another name.`);
      found[id] ??= { file: path, line: line + 1, text };
    }
  }
  return found;
}

/** Marks modules as they are loaded, and serves the table of sources. */
export function labelSourcesPlugin(): Plugin {
  const name = "virtual:label-sources";
  return {
    name: "label-sources",
    enforce: "pre",
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load: (id) =>
      id === `\0${name}` ? `export const labelSources = ${JSON.stringify(labelSources())};` : undefined,
    transform(code, id) {
      const [path] = id.split("?");
      if (!path?.startsWith(root) || path.includes("/node_modules/")) return undefined;
      const own = path.slice(root.length);
      // Only files as they are on disk: what another step has written already has other positions.
      if (!MARKED.test(own) || readFileSync(path, "utf8") !== code) return undefined;
      const marked = mark(own, code);
      return marked === code ? undefined : { code: marked, map: null };
    },
  };
}

const parse = (path: string, text: string) =>
  ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);

/** Functions with a body that have the graph `g` at hand and touch it, outermost first. */
function functionsOf(file: ts.SourceFile): MarkedFunction[] {
  const found: MarkedFunction[] = [];
  const visit = (node: ts.Node, around: string, graphAround: boolean): void => {
    const own = nameOf(node);
    const name = own === undefined ? around : around === "" ? own : `${around}.${own}`;
    let graph = graphAround;
    if (isPlainFunction(node)) {
      const parameter = node.parameters.find((p) => ts.isIdentifier(p.name) && p.name.text === "g");
      graph = parameter ? isGraph(parameter, node) : graph;
      if (graph && name !== "" && mentions(node.body, "g"))
        found.push({ name, node: whole(node), body: node.body });
    }
    ts.forEachChild(node, (child) => visit(child, name, graph));
  };
  visit(file, "", false);
  return found;
}

type PlainFunction = (
  | ts.FunctionDeclaration
  | ts.MethodDeclaration
  | ts.ArrowFunction
  | ts.FunctionExpression
) & {
  readonly body: ts.ConciseBody;
};

/** A function that returns what its body returns: no generator, nothing asynchronous. */
const isPlainFunction = (node: ts.Node): node is PlainFunction =>
  (ts.isFunctionDeclaration(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isArrowFunction(node) ||
    ts.isFunctionExpression(node)) &&
  node.body !== undefined &&
  !("asteriskToken" in node && node.asteriskToken) &&
  !node.modifiers?.some((m) => m.kind === ts.SyntaxKind.AsyncKeyword);

/** `g` is a graph where its type says so, or where it is the first of a function whose type stands elsewhere. */
function isGraph(parameter: ts.ParameterDeclaration, of: PlainFunction): boolean {
  if (parameter.type) return /\bGraph\b|Parameters</.test(parameter.type.getText());
  return of.parameters[0] === parameter && usedAsGraph(of.body);
}

function mentions(node: ts.Node, name: string): boolean {
  if (ts.isIdentifier(node) && node.text === name) return true;
  return ts.forEachChild(node, (child) => mentions(child, name) || undefined) ?? false;
}

/** Whether `g` is used as a graph: one of its operations is called, or it is handed on as the first of several. */
function usedAsGraph(node: ts.Node): boolean {
  if (ts.isCallExpression(node)) {
    const { expression, arguments: given } = node;
    if (ts.isPropertyAccessExpression(expression) && isG(expression.expression))
      return OPERATIONS.has(expression.name.text);
    if (given.length > 1 && isG(given[0]!)) return true;
  }
  return ts.forEachChild(node, (child) => usedAsGraph(child) || undefined) ?? false;
}
const isG = (node: ts.Node): boolean => ts.isIdentifier(node) && node.text === "g";

/** The name that a declaration gives to what is inside it. */
function nameOf(node: ts.Node): string | undefined {
  const named =
    ts.isFunctionDeclaration(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isVariableDeclaration(node) ||
    ts.isPropertyAssignment(node);
  return named && node.name && ts.isIdentifier(node.name) ? node.name.text : undefined;
}

/** The statement of a `const f = …`, so that its name is part of the text; else the function itself. */
function whole(node: ts.Node): ts.Node {
  const { parent } = node;
  if (ts.isVariableDeclaration(parent) && ts.isVariableStatement(parent.parent.parent))
    return parent.parent.parent;
  return ts.isPropertyAssignment(parent) ? parent : enclosing(node);
}

/** A nameless function is shown with the named one it stands in. */
function enclosing(node: ts.Node): ts.Node {
  if (!ts.isArrowFunction(node) && !ts.isFunctionExpression(node)) return node;
  for (let at = node.parent; !ts.isSourceFile(at); at = at.parent) {
    if (ts.isFunctionDeclaration(at) || ts.isMethodDeclaration(at) || ts.isVariableStatement(at)) return at;
  }
  return node;
}

/** Takes the indentation of the first line off the others. */
const outdent = (text: string, by: number): string => text.replaceAll(`\n${" ".repeat(by)}`, "\n");
