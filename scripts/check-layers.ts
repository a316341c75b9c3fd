/** Checks every TypeScript file against the table of `layers.ts`: a part of `npm run check`. */
import { violations } from "./layers.ts";
import { readAliases, readSources } from "./sources.ts";

const sources = readSources();
const found = violations(sources, readAliases());
if (found.length > 0) {
  console.error(found.join("\n"));
  console.error(`check-layers: ${found.length} finding(s). The rules are the table in scripts/layers.ts.`);
  process.exitCode = 1;
} else console.log(`check-layers: ${sources.size} files follow the table of layers.`);
