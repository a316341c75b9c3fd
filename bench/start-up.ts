/**
 * The workload `import`: how long a fresh process takes until the library is imported, and from there until the
 * first training step (XOR) has run. Each sample is a process of its own.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Child } from "./child.ts";
import { type MeasureOptions, nameOf } from "./measure.ts";
import { median, spread } from "./stats.ts";
import type { Runner } from "./systems.ts";
import type { Row, StoredArray } from "./types.ts";
import type { Workload } from "./workloads.ts";

const root = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** What is imported, by system. papergrad: the built package, as a user gets it. */
const jsModules: Readonly<Record<string, string>> = {
  papergrad: pathToFileURL(root("dist/index.js")).href,
  "TF.js cpu": "@tensorflow/tfjs-backend-cpu",
  "TF.js wasm": "@tensorflow/tfjs-backend-wasm",
  "jax-js": "@jax-js/jax",
  "brain.js": "brain.js",
  synaptic: "synaptic",
};
const pythonModules: Readonly<Record<string, string>> = {
  NumPy: "numpy",
  PyTorch: "torch",
  JAX: "jax",
  Keras: "keras",
  "scikit-learn": "sklearn.neural_network",
};

/** Seconds a fresh process takes to import; @throws {Error} if it cannot. */
function importOnce({ system, node, command, environment }: Runner): number {
  const js = `const t = performance.now(); await import(${JSON.stringify(jsModules[system])}); console.log("s=" + (performance.now() - t) / 1000)`;
  const py = `import time; t = time.perf_counter(); import ${pythonModules[system]}; print("s=" + str(time.perf_counter() - t))`;
  const args = node !== "" ? ["--input-type=module", "-e", js] : ["-c", py];
  return printedSeconds([command[0]!, ...args], environment);
}

/** What a process prints as s=SECONDS; @throws {Error} with its last line if it does not. */
function printedSeconds(command: readonly string[], environment: Readonly<Record<string, string>>): number {
  const { stdout, stderr } = spawnSync(command[0]!, command.slice(1), {
    cwd: root("bench/peers"),
    encoding: "utf8",
    env: { ...process.env, ...environment },
  });
  const seconds = /s=(\S+)/.exec(stdout)?.[1];
  if (seconds === undefined) throw new Error(stderr.trim().split("\n").at(-1) ?? "no answer");
  return Number(seconds);
}

/** Seconds from an imported library to the end of the first step. */
async function firstStepOnce(
  runner: Runner,
  workload: Workload,
  file: string,
  arrays: Readonly<Record<string, StoredArray>>,
): Promise<number> {
  if (runner.system === "papergrad") return printedSeconds([runner.command[0]!, "first-step.mjs"], {});
  const child = new Child(runner.command, runner.environment);
  try {
    await child.ask({ op: "ready" });
    const { name, kind, net } = workload;
    const { dtype, threads } = runner;
    const start = performance.now();
    await child.ask({ op: "setup", job: { workload: name, kind, net, dtype, threads, file, arrays } });
    await child.ask({ op: "run", steps: 1 });
    return (performance.now() - start) / 1000;
  } finally {
    child.stop();
  }
}

/** One runner of each system is enough; papergrad's is the compiled one in float32. */
function onePerSystem(runners: readonly Runner[]): Runner[] {
  const seen = new Set<string>();
  return runners.filter((r) => {
    if (r.mode === "interpreter" || r.mode === "as published" || r.system === "typed-array loops")
      return false;
    const name = `${r.system} ${r.node}`;
    if (seen.has(name)) return false;
    seen.add(name);
    return true;
  });
}

export async function measureStartUp(
  xor: Workload,
  file: string,
  arrays: Readonly<Record<string, StoredArray>>,
  runners: readonly Runner[],
  { rounds, say }: MeasureOptions,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const runner of onePerSystem(runners)) {
    const tasks: [string, () => number | Promise<number>][] = [
      ["import", () => importOnce(runner)],
      ["first step", () => firstStepOnce(runner, xor, file, arrays)],
    ];
    for (const [workload, once] of tasks) {
      say(`${workload}: ${nameOf(runner)}`);
      rows.push(await sampled(workload, runner, rounds, once));
    }
  }
  return rows;
}

async function sampled(
  workload: string,
  runner: Runner,
  rounds: number,
  once: () => number | Promise<number>,
): Promise<Row> {
  const { system, mode, dtype, threads, node } = runner;
  const base = {
    workload,
    system,
    mode: workload === "import" ? "" : mode,
    dtype: workload === "import" ? null : dtype,
    threads,
    node: node && `Node ${node}`,
    flops: null,
    shareOfPeak: null,
    lossAfter: null,
  };
  const times: number[] = [];
  try {
    if (system === "papergrad" && !existsSync(root("dist/index.js")))
      throw new Error("dist/ is not built (npm run build)");
    await once(); // files into the cache of the operating system
    for (let r = 0; r < rounds; r++) times.push((await once()) * 1e6);
    return { ...base, usPerStep: median(times), spread: spread(times) };
  } catch (error) {
    return { ...base, usPerStep: null, spread: null, error: (error as Error).message };
  }
}
