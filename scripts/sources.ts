/** The TypeScript files of this repository and what the names `papergrad/…` mean in it. For checks; reads the disk. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";

export const root = fileURLToPath(new URL("..", import.meta.url));

const folders = ["src", "experiments", "studio", "bench", "scripts", "test"];

/** Path from the root, with slashes → text. */
export function readSources(): Map<string, string> {
  const names = folders.flatMap((folder) =>
    readdirSync(`${root}/${folder}`, { recursive: true, encoding: "utf8" }).map((n) => `${folder}/${n}`),
  );
  const paths = names
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => /\.tsx?$/.test(name) && !name.includes("/node_modules/"));
  return new Map(paths.sort().map((path) => [path, readFileSync(`${root}/${path}`, "utf8")]));
}

/** `papergrad/data` → `src/data/index.ts`, and so on, from tsconfig.json: the only place that says so. */
export function readAliases(): Record<string, string> {
  const { config } = ts.readConfigFile(`${root}/tsconfig.json`, ts.sys.readFile);
  const paths = config.compilerOptions.paths as Record<string, [string]>;
  return Object.fromEntries(Object.entries(paths).map(([name, [path]]) => [name, path.replace("./", "")]));
}
