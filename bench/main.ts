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
import { help, type Options, parseOptions } from "./options.ts";
import { peakOf } from "./peak.ts";
import { textReport } from "./report.ts";
import { measureStartUp } from "./start-up.ts";
import { findSystems } from "./systems.ts";
import type { Results, Row } from "./types.ts";
import { type Workload, workloads } from "./workloads.ts";

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
function withShare(row: Row, peak: Results["peak"]): Row {
  const { usPerStep, flops, dtype } = row;
  if (usPerStep === null || flops === null || dtype === null) return row;
  return { ...row, shareOfPeak: flops / usPerStep / 1e3 / peak[dtype] };
}

async function run(options: Options): Promise<Results> {
  const load = loadavg();
  const peaks = () => ({ float32: peakOf("float32"), float64: peakOf("float64") });
  const before = peaks();
  say("looking for the systems");
  const { runners, notMeasured } = findSystems(options.systems);
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
      const { file, arrays } = await stored(workload);
      const takers = runners.filter((r) => r.takes(workload));
      rows.push(...(await measure(workload, file, arrays, takers, how)));
      rmSync(file);
    }
    const xor = workloads.find((w) => w.name === "xor")!;
    const { file, arrays } = await stored(xor);
    if (asked("import")) rows.push(...(await measureStartUp(xor, file, arrays, runners, how)));
    const steps = options.quick ? 20_000 : 1_000_000;
    if (asked("memory")) rows.push(...(await measureMemory(xor, file, arrays, runners, steps, say)));
    const wanted = runners.some((r) => r.system === "papergrad");
    if (asked("mnist-time") && wanted)
      rows.push(...(await measureMnistTime(await loadedMnist(), options.quick, say)));
  } finally {
    rmSync(folder, { recursive: true });
  }
  const after = peaks();
  const peak = {
    float32: Math.max(before.float32, after.float32),
    float64: Math.max(before.float64, after.float64),
  };
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
