import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^papergrad$/, replacement: at("./src/index.ts") },
      { find: /^papergrad\/data$/, replacement: at("./src/data/index.ts") },
      { find: /^papergrad\/inspect$/, replacement: at("./src/inspect/index.ts") },
      { find: /^papergrad\/engine$/, replacement: at("./src/engine.ts") },
      { find: /^papergrad\/minimize$/, replacement: at("./src/minimize/index.ts") },
      { find: /^papergrad\/plot$/, replacement: at("./src/plot/index.ts") },
      { find: /^papergrad\/node$/, replacement: at("./src/platform/node.ts") },
    ],
  },
  test: { include: ["test/**/*.test.ts"], testTimeout: 120_000, hookTimeout: 120_000 },
});
