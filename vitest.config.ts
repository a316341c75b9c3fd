/** Tests run from the sources: `papergrad/…` means what tsconfig.json says. */
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { labelSourcesPlugin } from "./scripts/label-sources.ts";
import { readAliases } from "./scripts/sources.ts";

export default defineConfig({
  plugins: [labelSourcesPlugin()],
  resolve: {
    alias: Object.entries(readAliases()).map(([name, path]) => ({
      find: new RegExp(`^${name}$`),
      replacement: fileURLToPath(new URL(path, import.meta.url)),
    })),
  },
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    reporters: ["default", ["json", { outputFile: "test-results/vitest.json" }]],
  },
});
