/**
 * Reads the public entries as a documentation tool would: every exported symbol, what its docstring says, and its
 * `@example`s as code.
 *
 * An example needs no imports: each export it names is imported for it, from the entry that documents it if that
 * has the name, else from the first entry that does. `moduleOf` writes it as a module for the type checker,
 * `runnable` as the body of a function whose values with a trailing comment are handed to `$check`.
 */
import { fileURLToPath } from "node:url";
import ts from "typescript";

export const root = fileURLToPath(new URL("../../", import.meta.url));

/** Import name and source of each public entry, in the order in which names are looked up. */
export const ENTRIES = {
  papergrad: "src/index.ts",
  "papergrad/data": "src/data/index.ts",
  "papergrad/engine": "src/engine.ts",
  "papergrad/inspect": "src/inspect/index.ts",
  "papergrad/minimize": "src/minimize/index.ts",
  "papergrad/plot": "src/plot/index.ts",
  "papergrad/node": "src/platform/node.ts",
} as const;
export type EntryName = keyof typeof ENTRIES;

export interface Documented {
  readonly entry: EntryName;
  /** `sequential`, `Model.fit`, `expr.add`. */
  readonly name: string;
  readonly kind: "function" | "class" | "member" | "value" | "type" | "namespace";
  /** What stands before the first tag. */
  readonly summary: string;
  readonly examples: readonly Example[];
  readonly place: string;
}

export interface Example {
  /** `papergrad: Model.fit`, with `#2` for a second one. */
  readonly id: string;
  readonly symbol: string;
  readonly code: string;
  /** Exported names that it uses, and where they come from. */
  readonly imports: ReadonlyMap<string, EntryName>;
}

/** The compiler options of the project. */
export function projectOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile);
  return ts.parseJsonConfigFileContent(config, ts.sys, root).options;
}

/** Every symbol of every public entry, class members and namespaces included. */
export function documented(): Documented[] {
  const program = ts.createProgram(
    Object.values(ENTRIES).map((path) => root + path),
    projectOptions(),
  );
  const checker = program.getTypeChecker();
  const exportsOf = (entry: EntryName): ts.Symbol[] => {
    const file = program.getSourceFile(root + ENTRIES[entry])!;
    const hidden = typeOnlyValues(checker, file);
    return checker.getExportsOfModule(checker.getSymbolAtLocation(file)!).filter((s) => !hidden.has(s));
  };
  const entries = Object.keys(ENTRIES) as EntryName[];
  const names = new Map(entries.map((entry) => [entry, new Set(exportsOf(entry).map((s) => s.name))]));
  return entries.flatMap((entry) => {
    const order = [entry, ...entries];
    const whence = (name: string) => order.find((each) => names.get(each)?.has(name));
    return exportsOf(entry).flatMap((s) => describeSymbol(checker, entry, s, "", whence));
  });
}

/** Functions of modules whose types alone an entry passes on (`export type * from`): nobody can call them. */
function typeOnlyValues(checker: ts.TypeChecker, file: ts.SourceFile): Set<ts.Symbol> {
  const modules = file.statements.filter(
    (s): s is ts.ExportDeclaration =>
      ts.isExportDeclaration(s) && s.isTypeOnly && s.exportClause === undefined,
  );
  const exported = modules.flatMap((m) =>
    checker.getExportsOfModule(checker.getSymbolAtLocation(m.moduleSpecifier!)!),
  );
  return new Set(exported.filter((s) => s.flags & ts.SymbolFlags.Value));
}

type Whence = (name: string) => EntryName | undefined;

function describeSymbol(
  checker: ts.TypeChecker,
  entry: EntryName,
  exported: ts.Symbol,
  prefix: string,
  whence: Whence,
): Documented[] {
  const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
  const name = prefix + exported.name;
  const kind = kindOf(checker, symbol);
  const declaration = symbol.declarations?.[0];
  const file = declaration?.getSourceFile();
  const line = file ? file.getLineAndCharacterOfPosition(declaration!.getStart()).line + 1 : 0;
  const examples = symbol.getJsDocTags(checker).filter((tag) => tag.name === "example");
  const own: Documented = {
    entry,
    name,
    kind,
    summary: ts.displayPartsToString(symbol.getDocumentationComment(checker)).trim(),
    examples: examples.map((tag, i) => {
      const code = ts.displayPartsToString(tag.text).trim();
      return {
        id: `${entry}: ${name}${i > 0 ? `#${i + 1}` : ""}`,
        symbol: name,
        code,
        imports: importsOf(code, whence),
      };
    }),
    place: `${file?.fileName.slice(root.length)}:${line}`,
  };
  if (kind === "namespace")
    return checker
      .getExportsOfModule(symbol)
      .flatMap((member) => describeSymbol(checker, entry, member, `${name}.`, whence));
  if (kind !== "class") return [own];
  const members = [...(symbol.members?.values() ?? []), ...(symbol.exports?.values() ?? [])];
  return [
    own,
    ...members.filter(isPublicMember).flatMap((member) =>
      describeSymbol(checker, entry, member, `${name}.`, whence).map((d) => ({
        ...d,
        kind: "member" as const,
      })),
    ),
  ];
}

function kindOf(checker: ts.TypeChecker, symbol: ts.Symbol): Documented["kind"] {
  if (symbol.flags & (ts.SymbolFlags.ValueModule | ts.SymbolFlags.NamespaceModule)) return "namespace";
  if (symbol.flags & ts.SymbolFlags.Class) return "class";
  if (!(symbol.flags & ts.SymbolFlags.Value)) return "type";
  return checker.getTypeOfSymbol(symbol).getCallSignatures().length > 0 ? "function" : "value";
}

function isPublicMember(member: ts.Symbol): boolean {
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
  return (
    (member.flags & (ts.SymbolFlags.Method | ts.SymbolFlags.Property | ts.SymbolFlags.Accessor)) !== 0 &&
    !(member.flags & ts.SymbolFlags.Prototype) &&
    (member.declarations ?? []).every(
      (d) =>
        !(ts.getCombinedModifierFlags(d) & hidden) &&
        !(ts.isClassElement(d) && d.name && ts.isPrivateIdentifier(d.name)),
    )
  );
}

/** The exports an example uses: identifiers that are no property, key or declaration of its own. */
function importsOf(code: string, whence: Whence): Map<string, EntryName> {
  const found = new Map<string, EntryName>();
  const declared = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      const { parent } = node;
      if (
        (ts.isVariableDeclaration(parent) || ts.isParameter(parent) || ts.isBindingElement(parent)) &&
        parent.name === node
      )
        declared.add(node.text);
      else if (ts.isFunctionDeclaration(parent) && parent.name === node) declared.add(node.text);
      const isKey =
        (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
        (ts.isPropertyAssignment(parent) && parent.name === node) ||
        (ts.isBindingElement(parent) && parent.propertyName === node) ||
        (ts.isMethodDeclaration(parent) && parent.name === node);
      const from = isKey ? undefined : whence(node.text);
      if (from !== undefined) found.set(node.text, from);
    }
    ts.forEachChild(node, visit);
  };
  visit(parse(code));
  for (const name of declared) found.delete(name);
  return found;
}

const parse = (code: string): ts.SourceFile =>
  ts.createSourceFile("example.ts", code, ts.ScriptTarget.ES2023, true);

/** The example as a module of its own. */
export function moduleOf({ code, imports }: Example): string {
  const lines = [...imports].map(([name, from]) => `import { ${name} } from "${from}";`);
  return `${lines.join("\n")}\n${code}\nexport {};\n`;
}

/** What a value has to be: the text of the comment behind its expression. */
export interface Expectation {
  readonly expression: string;
  readonly comment: string;
}

/**
 * JavaScript for the body of an async function that gets the imports and `$check(i, value)`, which is called with
 * the value of every expression statement that a comment follows on its last line.
 */
export function runnable({ code }: Example): { body: string; expectations: Expectation[] } {
  const expectations: Expectation[] = [];
  let text = "";
  let done = 0;
  for (const statement of parse(code).statements) {
    const comment = /^[ \t]*\/\/[ \t]*(.*)/.exec(code.slice(statement.end))?.[1]?.trim();
    if (!ts.isExpressionStatement(statement) || comment === undefined) continue;
    const { expression } = statement;
    const [from, to] = [expression.getStart(), expression.end];
    text += `${code.slice(done, from)}$check(${expectations.length}, ${code.slice(from, to)})`;
    done = to;
    expectations.push({ expression: code.slice(from, to), comment });
  }
  const whole = `export {}; ${text}${code.slice(done)}`;
  const { outputText } = ts.transpileModule(whole, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  });
  return { body: outputText.replace(/^export \{\};/m, ""), expectations };
}

/**
 * Errors of the type checker, and promises that nobody awaits, in all examples at once.
 * Each is `id: line: message`.
 */
export function typeErrors(examples: readonly Example[]): string[] {
  const options = projectOptions();
  const files = new Map(examples.map((e, i) => [`${root}test/docs/example-${i}.ts`, e]));
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.readFile = (name) => (files.has(name) ? moduleOf(files.get(name)!) : readFile(name));
  host.getSourceFile = (name, target, ...rest) =>
    files.has(name)
      ? ts.createSourceFile(name, moduleOf(files.get(name)!), target, true)
      : getSourceFile(name, target, ...rest);
  const program = ts.createProgram([...files.keys()], options, host);
  const checker = program.getTypeChecker();
  const problems: string[] = [];
  for (const [name, example] of files) {
    const file = program.getSourceFile(name)!;
    const at = (position: number) =>
      `${example.id}: line ${file.getLineAndCharacterOfPosition(position).line + 1 - example.imports.size}`;
    const messages = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
    for (const { start, messageText } of messages)
      problems.push(`${at(start ?? 0)}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`);
    for (const statement of file.statements)
      if (ts.isExpressionStatement(statement) && !ts.isAwaitExpression(statement.expression)) {
        const type = checker.getTypeAtLocation(statement.expression);
        if (type.getProperty("then") !== undefined)
          problems.push(`${at(statement.getStart())}: a promise that nobody awaits`);
      }
  }
  return problems;
}
