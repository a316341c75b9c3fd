#!/usr/bin/env node
/** The `papergrad` command: the real terminal, the real programs, then `runCli`. */
import { loadExperiment, programNames } from "../../experiments/index.ts";
import { runCli } from "./cli.ts";
import type { Context } from "./context.ts";
import { languageOf } from "./language.ts";
import { processContext } from "./process-context.ts";

const args = process.argv.slice(2);
const context: Context = processContext(languageOf(args, process.env), {
  names: programNames,
  load: loadExperiment,
});
process.exitCode = await runCli(args, context);
