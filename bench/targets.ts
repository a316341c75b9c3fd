/**
 * What papergrad sets out to reach, as ratios of the peer's time over its own or as limits, and whether a run does.
 *
 * Of papergrad the fastest row allowed by the target counts, of the peer its fastest row. "TF.js" is the faster of
 * its two backends.
 */
import type { Precision, Row } from "./types.ts";

export interface RatioTarget {
  readonly workload: string;
  readonly peer: string;
  /** Rows of the peer. */
  readonly against: (row: Row) => boolean;
  /** Restricts papergrad's rows; the interpreter never counts. */
  readonly dtype?: Precision;
  readonly modes?: readonly string[];
  readonly atLeast: number;
  readonly aim: number;
}

export interface Verdict {
  readonly workload: string;
  readonly what: string;
  /** What was compared: papergrad's row and the peer's. */
  readonly rows: string;
  readonly value: number | null;
  readonly atLeast: number;
  readonly aim: number;
  readonly unit: "×" | "s" | "ms" | "%";
  readonly met: "aim" | "yes" | "no" | "not measured";
}

const is = (system: string, mode?: string) => (r: Row) =>
  r.system === system && (mode === undefined || r.mode === mode);
const tfjs = (r: Row) => r.system.startsWith("TF.js");
const published = is("NumPy", "as published");
const expert = is("NumPy", "by an expert");
const pytorch = is("PyTorch");
const jaxjs = is("jax-js");
const loops = is("typed-array loops");

type Line = readonly [peer: string, against: (r: Row) => boolean, atLeast: number, aim: number];
const forWorkload = (
  workload: string,
  limits: Pick<RatioTarget, "dtype" | "modes">,
  ...lines: readonly Line[]
): RatioTarget[] =>
  lines.map(([peer, against, atLeast, aim]) => ({ workload, ...limits, peer, against, atLeast, aim }));

const tinyTargets = (workload: string) =>
  forWorkload(
    workload,
    {},
    ["NumPy", published, 60, 100],
    ["PyTorch", pytorch, 200, 400],
    ["jax-js", jaxjs, 500, 1000],
    ["TF.js", tfjs, 1500, 3000],
    ["typed-array loops", loops, 5, 8],
  );

export const ratioTargets: readonly RatioTarget[] = [
  ...tinyTargets("and"),
  ...tinyTargets("xor"),
  ...forWorkload(
    "iris",
    {},
    ["NumPy", published, 6, 10],
    ["PyTorch", pytorch, 12, 20],
    ["jax-js", jaxjs, 50, 80],
    ["TF.js", tfjs, 50, 80],
  ),
  ...forWorkload("moons", { dtype: "float64" }, ["NumPy, float64", published, 1.5, 2]),
  ...forWorkload(
    "moons",
    { dtype: "float32" },
    ["PyTorch's best", (r) => pytorch(r) && r.dtype === "float32", 1.5, 2.5],
    ["jax-js", jaxjs, 35, 60],
    ["TF.js", tfjs, 18, 35],
  ),
  ...forWorkload(
    "mnist",
    { modes: ["deterministic"] },
    ["NumPy as published", published, 4, 6],
    ["NumPy by an expert", expert, 2, 3],
    ["jax-js", jaxjs, 7, 10],
    ["TF.js", tfjs, 40, 60],
  ),
  ...forWorkload("mnist", {}, ["PyTorch's best", pytorch, 1, 2]),
  ...forWorkload("wide", {}, ["PyTorch's best (WASM alone)", pytorch, 0.3, 0.4]),
  ...forWorkload("deep", {}, ["PyTorch's best (WASM alone)", pytorch, 0.35, 0.5]),
];

const fastest = (rows: readonly Row[]): Row | undefined =>
  rows
    .filter((r) => r.usPerStep !== null && r.note?.includes("another algorithm") !== true)
    .sort((a, b) => a.usPerStep! - b.usPerStep!)[0];

/** papergrad's rows that count: compiled, and as the target allows. */
export const oursFor = (
  rows: readonly Row[],
  workload: string,
  limits: Pick<RatioTarget, "dtype" | "modes"> = {},
): Row | undefined =>
  fastest(
    rows.filter(
      (r) =>
        r.workload === workload &&
        r.system === "papergrad" &&
        r.mode !== "interpreter" &&
        (limits.dtype === undefined || r.dtype === limits.dtype) &&
        (limits.modes === undefined || limits.modes.includes(r.mode)),
    ),
  );

const way = (r: Row): string =>
  [r.mode, r.dtype, r.threads > 0 ? `${r.threads} thread${r.threads > 1 ? "s" : ""}` : ""]
    .filter((s) => s)
    .join(" ");

/** How large a ratio is, judged. */
export function judge(rows: readonly Row[], target: RatioTarget): Verdict {
  const { workload, peer, atLeast, aim } = target;
  const ours = oursFor(rows, workload, target);
  const theirs = fastest(rows.filter((r) => r.workload === workload && target.against(r)));
  const base = { workload, what: peer, atLeast, aim, unit: "×" } as const;
  if (!ours || !theirs) return { ...base, rows: "", value: null, met: "not measured" };
  const value = theirs.usPerStep! / ours.usPerStep!;
  const met = value >= aim ? "aim" : value >= atLeast ? "yes" : "no";
  return { ...base, rows: `${way(ours)} / ${way(theirs)}`, value, met };
}

/** A limit on a time, or a least share of the peak. */
function limit(
  row: Row | undefined,
  workload: string,
  what: string,
  unit: "s" | "ms" | "%",
  atLeast: number,
  aim: number,
): Verdict {
  const base = { workload, what, atLeast, aim, unit, rows: row ? way(row) : "" };
  const raw = unit === "%" ? row?.shareOfPeak : row?.usPerStep;
  if (raw === null || raw === undefined)
    return { ...base, value: null, met: row?.error?.includes("not reached") ? "no" : "not measured" };
  const value = unit === "%" ? raw * 100 : unit === "s" ? raw / 1e6 : raw / 1e3;
  const reaches = (bound: number) => (unit === "%" ? value >= bound : value <= bound);
  return { ...base, value, met: reaches(aim) ? "aim" : reaches(atLeast) ? "yes" : "no" };
}

/** Every target against the rows of a run. */
export function verdicts(rows: readonly Row[]): Verdict[] {
  const ours = (workload: string) => rows.find((r) => r.workload === workload && r.system === "papergrad");
  const gemm = rows.find(
    (r) =>
      r.workload === "gemm 512×512×512" &&
      r.system === "papergrad" &&
      r.mode === "deterministic" &&
      r.dtype === "float32" &&
      r.threads === 1,
  );
  return [
    ...ratioTargets.map((target) => judge(rows, target)),
    limit(ours("mnist-time 97.92 %"), "mnist-time", "97.92 %", "s", 6, 3),
    limit(ours("mnist-time 98.00 %"), "mnist-time", "98 %", "s", 9, 5),
    limit(gemm, "gemm 512³", "float32, one thread", "%", 75, 75),
    limit(ours("first step"), "first step", "compiled and run", "ms", 10, 10),
    limit(ours("import"), "import", "dist/index.js", "ms", 30, 30),
  ];
}
