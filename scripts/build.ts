/**
 * Builds dist/ by tsdown.config.ts, saying nothing unless something is wrong. With `--no-declarations` it leaves
 * out the .d.ts files, which take most of the time and which running needs none of.
 */
import { build } from "tsdown";

await build({ logLevel: "error", ...(process.argv.includes("--no-declarations") && { dts: false }) });
