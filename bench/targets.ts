/**
 * What papergrad sets out to reach, as ratios of the peer's time over its own or as limits, and whether a run does.
 *
 * Of papergrad the fastest row allowed by the target counts, of the peer its fastest row. "TF.js" is the faster of
 * its two backends.
 */
import type { Precision, Row } from "./types.ts";

/** Restricts papergrad's rows; the interpreter never counts. */
export interface Limits {
  readonly dtype?: Precision;
  readonly modes?: readonly RegExp[];
  /** On a Node from this major version on; without it, on the oldest Node of the run. */
  readonly fromNode?: number;
}

export interface RatioTarget extends Limits {
  readonly workload: string;
  readonly peer: string;
  /** Rows of the peer. */
  readonly against: (row: Pick<Row, "system" | "mode" | "dtype">) => boolean;
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

type Against = RatioTarget["against"];
const is =
  (system: string, mode?: string): Against =>
  (r) =>
    r.system === system && (mode === undefined || r.mode === mode);
const tfjs: Against = (r) => r.system.startsWith("TF.js");
const published = is("NumPy", "as published");
const expert = is("NumPy", "by an expert");
const pytorch = is("PyTorch");
const jaxjs = is("jax-js");
const loops = is("typed-array loops");

const DETERMINISTIC = /^deterministic$/;
const FAST = /^fast$/;
/** Without BLAS. */
const WASM_ALONE = [DETERMINISTIC, FAST];
const BLAS = /BLAS/;

type Line = readonly [peer: string, against: Against, atLeast: number, aim: number];
const forWorkload = (workload: string, limits: Limits, ...lines: readonly Line[]): RatioTarget[] =>
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
    { dtype: "float32", modes: [FAST] },
    ["PyTorch's best (fast)", (r) => pytorch(r) && r.dtype === "float32", 1.5, 2.5],
    ["jax-js (fast)", jaxjs, 35, 60],
    ["TF.js (fast)", tfjs, 18, 35],
  ),
  ...forWorkload(
    "mnist",
    { modes: [DETERMINISTIC] },
    ["NumPy as published", published, 4, 6],
    ["NumPy by an expert", expert, 2, 3],
    ["jax-js", jaxjs, 7, 10],
    ["TF.js", tfjs, 40, 60],
  ),
  ...forWorkload("mnist", { modes: [FAST, BLAS] }, ["PyTorch's best (fast or with BLAS)", pytorch, 1, 2]),
  ...forWorkload("wide", { modes: [BLAS] }, ["PyTorch's best (with BLAS)", pytorch, 0.9, 1.1]),
  ...forWorkload("wide", { modes: WASM_ALONE }, ["PyTorch's best (WASM alone)", pytorch, 0.3, 0.4]),
  ...forWorkload("wide", { modes: [FAST], fromNode: 24 }, [
    "PyTorch's best (WASM alone, Node ≥ 24, fast)",
    pytorch,
    0.5,
    0.7,
  ]),
  ...forWorkload("deep", { modes: [BLAS] }, ["PyTorch's best (with BLAS)", pytorch, 0.9, 1.2]),
  ...forWorkload("deep", { modes: WASM_ALONE }, ["PyTorch's best (WASM alone)", pytorch, 0.35, 0.5]),
];

/** Whether the table of targets compares such a row of this workload. */
export function isTargeted(
  workload: string,
  row: Pick<Row, "system" | "mode" | "dtype"> & { readonly threads: number },
): boolean {
  if (workload === GEMM) return row.system === "papergrad" && row.dtype === "float32" && row.threads === 1;
  return ratioTargets
    .filter((t) => t.workload === workload)
    .some((t) =>
      row.system === "papergrad"
        ? row.mode !== "interpreter" && row.dtype === (t.dtype ?? "float32") && allows(t, row.mode)
        : t.against(row),
    );
}

const GEMM = "gemm 512×512×512";
const allows = ({ modes }: Limits, mode: string): boolean => modes?.some((m) => m.test(mode)) ?? true;

/** The row with the smallest time. */
const fastest = (rows: readonly Row[]): Row | undefined =>
  rows
    .filter((r) => r.usPerStep !== null && r.note?.includes("another algorithm") !== true)
    .sort((a, b) => a.usPerStep! - b.usPerStep!)[0];

const nodeOf = (row: Row): number => Number(/^Node (\d+)/.exec(row.node)?.[1] ?? 0);

/** papergrad's compiled rows of a workload, as the limits allow. */
function rowsFor(rows: readonly Row[], workload: string, limits: Limits): Row[] {
  const { dtype, fromNode } = limits;
  const compiled = rows.filter((r) => r.system === "papergrad" && r.mode !== "interpreter");
  const oldest = Math.min(...compiled.map(nodeOf));
  return compiled.filter(
    (r) =>
      r.workload === workload &&
      (dtype === undefined || r.dtype === dtype) &&
      allows(limits, r.mode) &&
      (fromNode === undefined ? nodeOf(r) === oldest : nodeOf(r) >= fromNode),
  );
}

/** The fastest of them. */
export const oursFor = (rows: readonly Row[], workload: string, limits: Limits = {}): Row | undefined =>
  fastest(rowsFor(rows, workload, limits));

const way = (r: Row): string =>
  [
    r.mode,
    r.dtype,
    r.threads > 0 ? `${r.threads} thread${r.threads > 1 ? "s" : ""}` : "",
    /^Node \d+/.exec(r.node)?.[0],
  ]
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

/** One thread's time over that of two, in the deterministic mode, float32. */
function twoThreads(rows: readonly Row[], workload: string): Verdict {
  const with_ = (threads: number) =>
    rowsFor(rows, workload, { dtype: "float32", modes: [DETERMINISTIC] }).find(
      (r) => r.threads === threads && r.usPerStep !== null,
    );
  const [one, two] = [with_(1), with_(2)];
  const base = { workload, what: "two threads against one", atLeast: 1.8, aim: 1.8, unit: "×" } as const;
  if (!one || !two) return { ...base, rows: "", value: null, met: "not measured" };
  const value = one.usPerStep! / two.usPerStep!;
  return { ...base, rows: `${way(two)} / ${way(one)}`, value, met: value >= base.aim ? "aim" : "no" };
}

/** Every target against the rows of a run. */
export function verdicts(rows: readonly Row[]): Verdict[] {
  const ours = (workload: string, limits: Limits = {}) =>
    oursFor(rows, workload, limits) ?? rowsFor(rows, workload, limits)[0];
  const product = (mode: RegExp) =>
    rowsFor(rows, GEMM, { dtype: "float32", modes: [mode] }).find((r) => r.threads === 1);
  return [
    ...ratioTargets.map((target) => judge(rows, target)),
    twoThreads(rows, "mnist"),
    twoThreads(rows, "wide"),
    limit(ours("mnist-time 97.92 %"), "mnist-time", "97.92 %", "s", 6, 3),
    limit(ours("mnist-time 98.00 %"), "mnist-time", "98 %", "s", 9, 5),
    limit(product(DETERMINISTIC), "gemm 512³", "of the peak, deterministic, one thread", "%", 75, 75),
    limit(product(FAST), "gemm 512³", "of the peak, fast, one thread", "%", 70, 70),
    limit(ours("first step"), "first step", "compiled and run", "ms", 10, 10),
    limit(ours("import"), "import", "dist/index.js", "ms", 30, 30),
  ];
}
