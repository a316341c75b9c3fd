/**
 * `npm run bench`: every workload, every system that is installed, one run; see docs/performance.md.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import type { Mnist } from "papergrad/data";
import { writeDocs } from "./chart.ts";
import { writeArrays } from "./data-file.ts";
import { type MeasureOptions, measure } from "./measure.ts";
import { measureMemory } from "./memory.ts";
import { measureMnistTime } from "./mnist-time.ts";
import { nodesAt, peakFor, peaksOn } from "./nodes.ts";
import { help, type Options, parseOptions } from "./options.ts";
import { textReport } from "./report.ts";
import { measureStartUp } from "./start-up.ts";
import { findSystems, type Runner } from "./systems.ts";
import { isTargeted } from "./targets.ts";
import type { Peak, Results, Row } from "./types.ts";
import { type Workload, workloads } from "./workloads.ts";

const MILLION = 1_000_000;
const PEAK_MODES = ["deterministic", "fast"] as const;

const say = (text: string): void => {
  process.stderr.write(`${new Date().toTimeString().slice(0, 8)} ${text}\n`);
};

let mnist: Promise<Mnist> | undefined;
/** MNIST, read once and only where a workload asks for it. */
const loadedMnist = (): Promise<Mnist> => {
  mnist ??= import("papergrad/node").then(({ loadMnist }) => loadMnist());
  return mnist;
};

const machine = (): string => {
  const all = cpus();
  return `${all.length} × ${all[0]?.model.trim() ?? "unknown"}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${process.arch}`;
};

/** Operations a second over the best that multiply and add units give. */
function withShare(row: Row, peaks: readonly Peak[]): Row {
  const { usPerStep, flops } = row;
  const peak = peakFor(peaks, row);
  if (usPerStep === null || flops === null || peak === null) return row;
  return { ...row, shareOfPeak: flops / usPerStep / 1e3 / peak };
}

/** The better of two measurements of each peak. */
const better = (a: readonly Peak[], b: readonly Peak[]): Peak[] =>
  a.map((p, i) => ({ ...p, gflops: Math.max(p.gflops, b[i]!.gflops) }));

async function run(options: Options): Promise<Results> {
  const load = loadavg();
  const nodes = nodesAt(options.nodes);
  const peaks = () => nodes.flatMap((node) => PEAK_MODES.flatMap((mode) => peaksOn(node, mode)));
  say("peaks of multiply-add");
  const before = peaks();
  say("looking for the systems");
  const { runners: found, notMeasured } = findSystems(options.systems, nodes);
  const runners = options.quick ? found.filter((r) => r.mode !== "compiled") : found;
  if (runners.length < found.length)
    notMeasured.push({ system: "PyTorch, compiled", why: "left out by --quick: compiling takes minutes" });
  const asked = (name: string) => options.only.length === 0 || options.only.includes(name);
  const how: MeasureOptions = { rounds: options.rounds, seconds: options.seconds, say };
  const folder = mkdtempSync(join(tmpdir(), "papergrad-bench-"));
  const rows: Row[] = [];
  const stored = async (workload: Workload) => {
    const file = join(folder, `${workload.name}.bin`);
    return { file, arrays: writeArrays(file, await workload.arrays(loadedMnist)) };
  };
  try {
    for (const workload of workloads) {
      if (!asked(workload.group)) continue;
      const wanted = (r: Runner) => r.takes(workload) && (!options.quick || isTargeted(workload.name, r));
      const takers = runners.filter(wanted);
      if (takers.length === 0) continue;
      const { file, arrays } = await stored(workload);
      rows.push(...(await measure(workload, file, arrays, takers, how)));
      rmSync(file);
    }
    const xor = workloads.find((w) => w.name === "xor")!;
    const { file, arrays } = await stored(xor);
    const starters = options.quick ? runners.filter((r) => r.system === "papergrad") : runners;
    if (asked("import")) rows.push(...(await measureStartUp(xor, file, arrays, starters, how)));
    if (asked("memory") && !options.quick)
      rows.push(...(await measureMemory(xor, file, arrays, runners, MILLION, say)));
    const wanted = runners.some((r) => r.system === "papergrad");
    if (asked("mnist-time") && wanted)
      rows.push(...(await measureMnistTime(await loadedMnist(), options.quick, say)));
  } finally {
    rmSync(folder, { recursive: true });
  }
  const peak = better(before, peaks());
  return {
    machine: machine(),
    node: `Node ${process.versions.node}, V8 ${process.versions.v8}`,
    load,
    peak,
    results: rows.map((row) => withShare(row, peak)),
    notMeasured,
  };
}

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (options === null) {
    console.log(help);
    return;
  }
  const results =
    options.from === null ? await run(options) : (JSON.parse(readFileSync(options.from, "utf8")) as Results);
  console.log(textReport(results));
  if (options.json !== null) writeFileSync(options.json, `${JSON.stringify(results, null, 2)}\n`);
  if (options.chart) writeDocs(results);
  if (results.results.some((r) => r.error?.startsWith("loss "))) process.exitCode = 1;
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
