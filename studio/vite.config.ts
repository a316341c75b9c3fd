/**
 * Builds the studio to static files: relative addresses, so that it works from any folder of any web server.
 * `papergrad/…` means the sources, as everywhere in this repository.
 */
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { labelSourcesPlugin } from "../scripts/label-sources.ts";
import { licences } from "../scripts/licences.ts";
import { readAliases } from "../scripts/sources.ts";

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

export default defineConfig({
  root: path("."),
  base: "./",
  publicDir: path("public"),
  resolve: {
    alias: Object.entries(readAliases()).map(([name, file]) => ({
      find: new RegExp(`^${name}$`),
      replacement: path(`../${file}`),
    })),
  },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  plugins: [labelSourcesPlugin(), licences()],
  worker: {
    format: "es",
    plugins: () => [labelSourcesPlugin(), licences("third-party-licences-of-workers.txt")],
  },
  build: {
    outDir: path("../dist/studio"),
    emptyOutDir: true,
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
});
