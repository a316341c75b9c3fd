/**
 * `papergrad reproduce`: runs programs, prints the results beside the published ones, writes report and JSON.
 *
 * One program's failure does not stop the others. After Ctrl-C what has finished is printed and written.
 */
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { ProgramName, ProgramReport, Variant } from "../../experiments/types.ts";
import { type Context, say } from "./context.ts";
import { exitCodeOf, type Failure, failureText } from "./failure.ts";
import { type Job, type JobEvents, runHere, runJobs } from "./jobs.ts";
import { checkFile, checkFolder, writeFolder, writeWhole } from "./output.ts";
import type { Given } from "./parse.ts";
import { progressDisplay } from "./progress.ts";
import { type ReportedProgram, reportFiles } from "./report.ts";
import { agrees, inOrder } from "./results.ts";
import { resultsJson } from "./results-json.ts";
import { resultsTable } from "./results-table.ts";
import { choice, integer, programs, SEEDS, variants } from "./values.ts";
import { runInWorker, workersAvailable } from "./worker-runner.ts";

/** Exit code of a run that Ctrl-C ended. */
export const INTERRUPTED = 130;
const DEFAULT_FOLDER = "papergrad-report";

interface Plan {
  readonly jobs: readonly Job[];
  readonly lanes: number;
  readonly json: string | undefined;
  readonly folder: string | undefined;
  readonly quiet: boolean;
  readonly debug: boolean;
}

/** What came of the jobs. */
interface Outcome {
  readonly reports: readonly ProgramReport[];
  readonly failures: readonly { readonly run: string; readonly failure: Failure }[];
  /** Runs without a report, e.g. "mnist derived". */
  readonly missing: readonly string[];
  readonly interrupted: boolean;
}

/** Runs the command. @returns the exit code. @throws {UsageError} for options that do not fit, before anything runs. */
export async function reproduce(given: Given, context: Context): Promise<number> {
  const plan = planOf(given, context);
  const outcome = await run(plan, context);
  if (outcome.interrupted) context.err(interruption(outcome, context));
  if (outcome.reports.length > 0) {
    context.out(`\n${resultsTable(context, outcome.reports)}`);
    await write(plan, outcome, context);
  }
  for (const line of failureLines(outcome, plan.debug)) context.err(`papergrad: ${line}\n`);
  return exitCode(outcome, context);
}

function planOf(given: Given, context: Context): Plan {
  const { language } = context;
  const { options } = given;
  const names = programs(given.positionals, context.library.names, language);
  const wanted = variants(given, language);
  const setting = {
    backend: choice(given, "backend", ["wasm", "interpreter"], "wasm", language),
    dtype: choice(given, "dtype", ["float32", "float64"], undefined, language),
    seed: integer(given, "seed", SEEDS, language),
    epochs: integer(given, "epochs", { min: 1 }, language),
  } as const;
  const asked = integer(given, "jobs", { min: 0, max: 64 }, language) ?? Math.min(2, availableParallelism());
  const json = options.json as string | undefined;
  const folder = options["no-report"] ? undefined : ((options.out as string | undefined) ?? DEFAULT_FOLDER);
  if (json !== undefined) checkFile("--json", json, language);
  if (folder !== undefined) checkFolder(folder, language);
  return {
    jobs: names.flatMap((program) => wanted.map((variant) => ({ program, variant, ...setting }))),
    lanes: workersAvailable() ? asked : 0,
    json,
    folder,
    quiet: options.quiet === true,
    debug: options.debug === true,
  };
}

async function run(plan: Plan, context: Context): Promise<Outcome> {
  const { jobs, lanes } = plan;
  const runs = jobs.map(({ program, variant }) => runName(program, variant));
  const display = progressDisplay(context, {
    total: runs.length,
    quiet: plan.quiet,
    now: () => performance.now(),
  });
  const reports: ProgramReport[] = [];
  const failures: Outcome["failures"][number][] = [];
  const events: JobEvents = {
    ...display,
    finished: (report) => {
      reports.push(report);
      display.finished(report);
    },
    failed: (program, variant, failure) => {
      failures.push({ run: runName(program, variant), failure });
      display.failed(program, variant, failure);
    },
  };
  const controller = new AbortController();
  const restore = context.onInterrupt(() => {
    display.stopping();
    controller.abort();
  });
  const runner = lanes === 0 ? runHere(context.library) : runInWorker(plan.debug);
  try {
    await runJobs(jobs, lanes, runner, events, controller.signal);
  } finally {
    restore();
    display.end();
  }
  const done = new Set(reports.map((r) => runName(r.program, r.variant)));
  return {
    reports: inOrder(reports, context.library.names),
    failures,
    missing: runs.filter((name) => !done.has(name)),
    interrupted: controller.signal.aborted,
  };
}

const runName = (program: ProgramName, variant: Variant): string => `${program} ${variant}`;

/** Writes JSON and report and says where they are. */
async function write(plan: Plan, outcome: Outcome, context: Context): Promise<void> {
  const { json, folder } = plan;
  if (json !== undefined) {
    await writeWhole(json, resultsJson(outcome.reports, process.version));
    context.out(`${say(context, { en: "JSON", zh: "JSON" })}: ${json}\n`);
  }
  if (folder !== undefined) {
    const sections = await reported(outcome.reports, context);
    const files = reportFiles(sections, { node: process.version, missing: outcome.missing });
    await writeFolder(folder, files, context.language);
    context.out(`${say(context, { en: "Report", zh: "报告" })}: ${join(folder, "index.html")}\n`);
  }
}

function reported(reports: readonly ProgramReport[], { library }: Context): Promise<ReportedProgram[]> {
  const names = library.names.filter((name) => reports.some(({ program }) => program === name));
  return Promise.all(
    names.map(async (name) => ({
      experiment: await library.load(name),
      reports: reports.filter(({ program }) => program === name),
    })),
  );
}

function interruption({ reports, missing }: Outcome, context: Context): string {
  const done = reports.map((r) => runName(r.program, r.variant));
  return say(context, {
    en: `Interrupted. Finished: ${done.join(", ") || "nothing"}. Not finished: ${missing.join(", ")}.${done.length > 0 ? " What has finished is written." : " Nothing is written."}\n`,
    zh: `已中断。已完成：${done.join("、") || "无"}。未完成：${missing.join("、")}。${done.length > 0 ? "已完成的部分照常写出。" : "没有写出任何文件。"}\n`,
  });
}

/** One line for each different message, with the runs it ended. */
function failureLines({ failures }: Outcome, debug: boolean): string[] {
  const runs = new Map<string, string[]>();
  for (const { run, failure } of failures) {
    const text = failureText(failure, debug);
    runs.set(text, [...(runs.get(text) ?? []), run]);
  }
  return [...runs].map(([text, names]) => `${names.join(", ")}: ${text}`);
}

/** 130 after Ctrl-C, the failure's code after one, 1 if a replay does not agree, else 0. */
function exitCode({ reports, failures, interrupted }: Outcome, context: Context): number {
  if (interrupted) return INTERRUPTED;
  const astray = reports.filter((report) => agrees(report) === false);
  if (astray.length > 0)
    context.err(
      say(context, {
        en: `papergrad: the replay differs from NumPy by more than ten times what one ulp does: ${astray.map((r) => runName(r.program, r.variant)).join(", ")}.\n`,
        zh: `papergrad：以下重放与 NumPy 的差异超过单 ulp 影响的十倍：${astray.map((r) => runName(r.program, r.variant)).join("、")}。\n`,
      }),
    );
  if (failures.length > 0) return Math.min(...failures.map(({ failure }) => exitCodeOf(failure)));
  return astray.length > 0 ? 1 : 0;
}
