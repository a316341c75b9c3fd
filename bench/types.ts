/**
 * What the parts of the benchmark say to each other: jobs, answers of a live system, rows of the result.
 *
 * A job is pure data, so that the same JSON goes to systems in TypeScript, JavaScript and Python.
 */
export type Precision = "float32" | "float64";

/** A matrix in the data file of a job; offsets are multiples of 64. */
export interface StoredArray {
  readonly offset: number;
  readonly shape: readonly [rows: number, cols: number];
  readonly type: "float64" | "int32" | "uint8";
}

/**
 * A dense network that is trained by plain gradient descent on J = loss + ½·decay·Σ‖W‖², all hidden layers relu.
 *
 * `logistic`: one output, loss = mean of softplus(z) − y·z. `softmax`: mean of log Σ exp z − z[class]. What is
 * recorded at each step is that loss, without the decay, before the update.
 */
export interface Net {
  readonly sizes: readonly number[];
  readonly loss: "logistic" | "softmax";
  readonly rate: number;
  readonly decay: number;
  readonly batch: number;
}

/** What a system is asked to do over and over. One step of `epoch` is a pass over all rows in a new order. */
export type JobKind = "train" | "epoch" | "predict" | "gemm";

/** Everything a system needs to begin: x, y (class numbers), W1, b1, W2, … are in the file. */
export interface Job {
  readonly workload: string;
  readonly kind: JobKind;
  readonly net: Net;
  readonly dtype: Precision;
  /** 0: what the system takes by itself. */
  readonly threads: number;
  readonly file: string;
  readonly arrays: Readonly<Record<string, StoredArray>>;
}

/** One way of running one system. */
export interface Configuration {
  readonly system: string;
  /** How: "deterministic", "eager", "layers", … */
  readonly mode: string;
  readonly dtype: Precision;
  readonly threads: number;
}

/** Separate roundings, or relaxed operations on the widest registers that V8 uses when it is allowed to. */
export type PeakMode = "deterministic" | "fast";

/** GFLOP/s of independent multiply-adds in registers (`peak.ts`), all threads together. */
export interface Peak {
  /** Version of Node. */
  readonly node: string;
  readonly mode: PeakMode;
  readonly dtype: Precision;
  readonly threads: number;
  readonly gflops: number;
}

/** A row of `--json`. `null`: has no meaning for this workload. */
export interface Row {
  readonly workload: string;
  readonly system: string;
  readonly mode: string;
  readonly dtype: Precision | null;
  /** 0: what the system takes by itself. */
  readonly threads: number;
  /** "Node 20.20.2" for systems in JavaScript; then the versions the system tells. */
  readonly node: string;
  /** Median over the rounds, in microseconds. */
  readonly usPerStep: number | null;
  /** Half the distance between the quartiles, over the median. */
  readonly spread: number | null;
  /** Multiplications and additions of the dense products in one step. */
  readonly flops: number | null;
  /** Of what multiply-adds in registers reach in the same mode, on the same Node, with as many threads. */
  readonly shareOfPeak: number | null;
  /** Loss (or another number computed by all systems) after the same few steps from the same start. */
  readonly lossAfter: number | null;
  /** What else is worth knowing: resident bytes, accuracies, a remark. */
  readonly note?: string;
  /** Why there is no time, or why the time does not count. */
  readonly error?: string;
}

/** The file of `--json`. */
export interface Results {
  readonly machine: string;
  readonly node: string;
  readonly load: readonly number[];
  readonly peak: readonly Peak[];
  readonly results: readonly Row[];
  readonly notMeasured: readonly { readonly system: string; readonly why: string }[];
}
