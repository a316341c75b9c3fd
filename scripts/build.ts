/**
 * Builds dist/ by tsdown.config.ts, and the studio into dist/studio, saying nothing unless something is wrong. With
 * `--no-declarations` it leaves out the .d.ts files and the studio, which take most of the time and which running the
 * programs needs none of.
 */
import { fileURLToPath } from "node:url";
import { build } from "tsdown";

const short = process.argv.includes("--no-declarations");
// What the studio's own build has made stays.
const clean = ["dist/*", "!dist/studio"];
await build({ logLevel: "error", clean, ...(short && { dts: false }) });
if (!short) {
  const { buildStudio } = await import("./studio.ts");
  await buildStudio(fileURLToPath(new URL("../dist/studio", import.meta.url)));
}
