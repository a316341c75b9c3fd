/**
 * The systems and the ways in which each is run: what to start, with which precision and threads, for which jobs.
 */
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { findBlas } from "./blas.ts";
import { type NodeBinary, tsx } from "./nodes.ts";
import type { Configuration, JobKind, Precision } from "./types.ts";
import type { Workload } from "./workloads.ts";

/** A configuration that can be measured. */
export interface Runner extends Configuration {
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Version of Node that it runs on, "" for Python. */
  readonly node: string;
  /** Whether its loss is not comparable, and why. */
  readonly another?: string;
  takes(workload: Workload): boolean;
}

export interface NotMeasured {
  readonly system: string;
  readonly why: string;
}

const peers = (name: string): string => fileURLToPath(new URL(`peers/${name}`, import.meta.url));
const cores = availableParallelism();
/** Thread counts worth trying: 1, and as many as there are cores. */
const threadCounts = cores > 1 ? [1, cores] : [1];

/** Steps with more operations than this are seconds long in systems without SIMD. */
const SLOW = 1e9;
const small = (w: Workload) => w.flops < SLOW;
const tiny = (w: Workload) => ["and", "xor", "iris"].includes(w.name);
const only =
  (...kinds: JobKind[]) =>
  (w: Workload) =>
    kinds.includes(w.kind);

type Way = Partial<Omit<Runner, "system" | "command">> & { readonly args?: readonly string[] };

const THIS_NODE: NodeBinary = { path: process.execPath, version: process.versions.node };

/** A program in JavaScript or TypeScript beside this file. */
function inNode(system: string, file: string, ways: readonly Way[], node = THIS_NODE): Runner[] {
  const loader = file.endsWith(".ts") ? ["--import", tsx] : [];
  return ways.map(({ args = [], ...way }) => ({
    mode: "",
    dtype: "float32",
    threads: 1,
    environment: {},
    node: node.version,
    takes: () => true,
    ...way,
    system,
    command: [node.path, ...loader, peers(file), ...args],
  }));
}

const bothPrecisions = (way: Omit<Way, "dtype">): Way[] =>
  (["float32", "float64"] as const).map((dtype) => ({ ...way, dtype }));

const notTiny = (w: Workload) => !tiny(w);

/** papergrad's own ways on one Node. A new mode of the engine is one more line here. */
const papergrad = (node: NodeBinary, blas: boolean): Runner[] =>
  inNode(
    "papergrad",
    "papergrad.ts",
    [
      ...bothPrecisions({ mode: "interpreter", takes: tiny }),
      ...threadCounts.flatMap((threads) => [
        ...bothPrecisions({ mode: "deterministic", threads }),
        ...bothPrecisions({ mode: "fast", threads }),
      ]),
      ...(blas
        ? threadCounts.flatMap((threads) => bothPrecisions({ mode: "with BLAS", threads, takes: notTiny }))
        : []),
    ].map((way) => ({ ...way, args: [way.mode!] })),
    node,
  );

const loops = inNode(
  "typed-array loops",
  "loops.mjs",
  bothPrecisions({ mode: "by hand", takes: (w) => small(w) }),
);

const inJavaScript: readonly { readonly needs: readonly string[]; readonly runners: readonly Runner[] }[] = [
  {
    needs: ["@tensorflow/tfjs"],
    runners: inNode("TF.js cpu", "tfjs.mjs", [{ mode: "core API", args: ["cpu"], takes: small }]),
  },
  {
    needs: ["@tensorflow/tfjs", "@tensorflow/tfjs-backend-wasm"],
    runners: inNode("TF.js wasm", "tfjs.mjs", [{ mode: "core API", args: ["wasm"] }]),
  },
  {
    needs: ["@jax-js/jax"],
    runners: inNode("jax-js", "jaxjs.mjs", [
      { mode: 'jit, init("wasm")', takes: only("train", "predict", "gemm") },
    ]),
  },
  ...["brain.js", "synaptic"].map((name) => ({
    needs: [name],
    runners: inNode(name, "online.mjs", [
      {
        mode: "online",
        dtype: name === "synaptic" ? "float64" : "float32",
        args: [name],
        another: "updates after every example, its own loss: another algorithm",
        takes: (w: Workload) => w.name === "and" || w.name === "xor",
      },
    ]),
  })),
];

interface PythonSystem {
  readonly system: string;
  readonly file: string;
  readonly modules: readonly string[];
  readonly ways: readonly Way[];
}

const counted = (way: Way, dtypes: readonly Precision[]): Way[] =>
  dtypes.flatMap((dtype) =>
    threadCounts.map((threads) => ({ ...way, dtype, threads, args: [String(threads), ...(way.args ?? [])] })),
  );

const inPython: readonly PythonSystem[] = [
  {
    system: "NumPy",
    file: "numpy_published.py",
    modules: ["numpy"],
    ways: [{ mode: "as published", dtype: "float64", threads: 0, takes: only("train", "epoch") }],
  },
  {
    system: "NumPy",
    file: "numpy_expert.py",
    modules: ["numpy"],
    ways: counted({ mode: "by an expert" }, ["float32", "float64"]),
  },
  {
    system: "PyTorch",
    file: "pytorch.py",
    modules: ["torch", "numpy"],
    ways: [
      ...counted({ mode: "eager", args: ["eager"] }, ["float32"]),
      ...counted({ mode: "eager", args: ["eager"], takes: (w) => w.name === "moons" || w.kind === "gemm" }, [
        "float64",
      ]),
      ...counted({ mode: "compiled", args: ["compiled"], takes: only("train", "epoch") }, ["float32"]),
    ],
  },
  {
    system: "JAX",
    file: "jax_.py",
    modules: ["jax", "numpy"],
    ways: [{ mode: "jit", dtype: "float32", threads: 0 }],
  },
  {
    system: "Keras",
    file: "keras_.py",
    modules: ["keras", "numpy"],
    ways: [
      {
        mode: "train_on_batch",
        dtype: "float32",
        threads: 0,
        environment: { KERAS_BACKEND: process.env.KERAS_BACKEND ?? "jax" },
        takes: only("train", "epoch", "predict"),
      },
    ],
  },
  {
    system: "scikit-learn",
    file: "sklearn_.py",
    modules: ["sklearn", "numpy"],
    ways: [
      {
        mode: "partial_fit",
        dtype: "float32",
        threads: 0,
        takes: (w) => ["iris", "moons", "mnist", "wide", "deep", "mnist-epoch"].includes(w.name),
      },
    ],
  },
];

/** Interpreters to look in, in this order. */
export const pythons = (): string[] => (process.env.PYTHON ?? "python3").split(",").map((p) => p.trim());

/** Whether an interpreter can import all modules. */
function hasModules(python: string, modules: readonly string[], extra: Record<string, string>): boolean {
  const code = `import ${modules.join(", ")}`;
  const env = { ...process.env, ...extra };
  return spawnSync(python, ["-c", code], { stdio: "ignore", timeout: 120_000, env }).status === 0;
}

/** torch.compile came with version 2. */
const torchCompiles = (python: string): boolean =>
  spawnSync(python, ["-c", "import torch; torch.compile"], { stdio: "ignore" }).status === 0;

/** Every installed system, and what is not. `wanted`: parts of names; empty for all. */
export function findSystems(
  wanted: readonly string[],
  nodes: readonly NodeBinary[] = [THIS_NODE],
): { readonly runners: readonly Runner[]; readonly notMeasured: NotMeasured[] } {
  const asked = (system: string) =>
    wanted.length === 0 || wanted.some((w) => system.toLowerCase().includes(w.toLowerCase()));
  const blas = findBlas(1);
  const own = nodes.flatMap((node) => papergrad(node, typeof blas !== "string"));
  const runners = [...own, ...loops].filter((r) => asked(r.system));
  const notMeasured: NotMeasured[] = [];
  if (typeof blas === "string" && asked("papergrad"))
    notMeasured.push({ system: "papergrad with BLAS", why: blas });
  const require = createRequire(peers("serve.mjs"));
  for (const { needs, runners: found } of inJavaScript) {
    const { system } = found[0]!;
    if (!asked(system)) continue;
    const missing = needs.filter((name) => !canResolve(require, name));
    if (missing.length === 0) runners.push(...found);
    else notMeasured.push({ system, why: `${missing.join(", ")} not installed (npm run bench:peers)` });
  }
  for (const { system, file, modules, ways } of inPython) {
    if (!asked(system)) continue;
    const python = pythons().find((p) => hasModules(p, modules, { ...ways[0]!.environment }));
    if (python === undefined) {
      notMeasured.push({ system, why: `no ${modules[0]} in ${pythons().join(", ")} (set PYTHON)` });
      continue;
    }
    const compiles = system !== "PyTorch" || torchCompiles(python);
    if (!compiles)
      notMeasured.push({ system: "PyTorch, compiled", why: "this version has no torch.compile" });
    for (const { args = ["0"], ...way } of ways) {
      if (way.mode === "compiled" && !compiles) continue;
      runners.push({
        mode: "",
        dtype: "float32",
        threads: 0,
        environment: {},
        node: "",
        takes: () => true,
        ...way,
        system,
        command: [python, peers(file), ...args],
      });
    }
  }
  return { runners, notMeasured };
}

function canResolve(require: NodeJS.Require, name: string): boolean {
  const folders = require.resolve.paths(name) ?? [];
  return folders.some((folder) => {
    try {
      require.resolve(`${folder}/${name}/package.json`);
      return true;
    } catch {
      return false;
    }
  });
}
