/**
 * What a program of the tutorials is to papergrad: a short program against the public API, its published result,
 * its derivation and its errata in two languages, and two variants.
 */
import type { BackendName, Entry } from "papergrad/engine";
import type { GradientProblem } from "papergrad/inspect";
import type { Block, Words } from "papergrad/plot";

/** English and Chinese. */
export type Text = Words;

/** `published` does what the published code does, mistakes included; `derived` what a right derivation says. */
export type Variant = "published" | "derived";

export type ProgramName = "and" | "or" | "not" | "xor" | "iris" | "mnist" | "moons" | "digits" | "pencil";

/** One place where a tutorial's text, code and printed results disagree. */
export interface Erratum {
  /** e.g. "xor-bias-decays". */
  readonly id: string;
  /** A changes the result or stops the program, B is wrong without visible effect here, C is text only. */
  readonly effect: "A" | "B" | "C";
  /** Labels of the training step in whose values it can be seen. */
  readonly shows?: readonly string[];
  /** What is wrong and what it does, with the measured figure. */
  readonly text: Text;
  /** Name of the test that computes the figure, or why it cannot be shown. */
  readonly proof: { readonly test: string } | { readonly reason: Text };
}

export interface Progress {
  /** e.g. "headline", "replay xor H=6 seed 0". */
  readonly stage: string;
  readonly done: number;
  readonly total: number;
  readonly loss?: number;
  readonly accuracy?: number;
}

export interface RunOptions {
  readonly variant: Variant;
  readonly backend: BackendName;
  /** Precision of the headline; replays are always float64. */
  readonly dtype: "float32" | "float64";
  /** Replaces the program's own seed. */
  readonly seed?: number;
  /** MNIST: number of epochs. */
  readonly epochs?: number;
  /** Called often; may be slow to return. */
  readonly progress: (p: Progress) => void;
  /** Ends the run at the next pause with the reason of the signal. */
  readonly signal?: AbortSignal;
}

/** A golden run repeated from its own start values in float64. */
export interface Agreement {
  /** Which golden case, e.g. "xor.json H=6 seed 0 as_published". */
  readonly golden: string;
  /** How many numbers were compared. */
  readonly values: number;
  /** −log10(max |a−b| / max(max |b|, 1e-12)), the worst of all arrays; at most 16. */
  readonly digits: number;
  /** Digits expected from what one ulp of noise changes (10 × `sens`), and whether every array is within it. */
  readonly withinSensitivity: boolean;
  /** What the digits are about, where it needs saying (iris: the first 2,000 steps). */
  readonly note?: Text;
}

/** One line of "published beside ours". */
export interface Comparison {
  readonly what: Text;
  readonly published: string;
  readonly ours: string;
}

export interface ProgramReport {
  readonly program: ProgramName;
  readonly variant: Variant;
  readonly dtype: "float32" | "float64";
  readonly backend: BackendName;
  readonly seed: number;
  /** Steps of the headline run. */
  readonly steps: number;
  /** Of the headline run alone. */
  readonly seconds: number;
  /** loss, trainAccuracy, testAccuracy (fractions of 1), …: plain numbers of the headline. */
  readonly result: Readonly<Record<string, number>>;
  /** The same names where the tutorial prints them. */
  readonly published: Readonly<Record<string, number>>;
  readonly headline: readonly Comparison[];
  readonly replays: readonly Agreement[];
  /** Of the parameters after the headline run. */
  readonly weightsHash: string;
  /** What the tutorial's program prints: mean losses, tables, weights. */
  readonly console: string;
  /** Pictures and tables of this run for the report. */
  readonly blocks: readonly Block[];
  /** Files to write beside the report, e.g. { name: "xor-published-loss.svg", … }. */
  readonly files: readonly { readonly name: string; readonly content: string | Uint8Array }[];
}

export interface PrepareOptions {
  readonly backend: BackendName;
  readonly dtype: "float32" | "float64";
  readonly seed?: number;
}

export interface Experiment {
  readonly name: ProgramName;
  /** Number of the tutorial. */
  readonly tutorial: "000" | "001" | "002" | "003";
  readonly defaultSeed: number;
  /** Precision of the headline where none is asked for. */
  readonly defaultDtype: "float32" | "float64";
  readonly title: Text;
  /** Two or three sentences: what it learns, with what network and setting. */
  readonly summary: Text;
  /** Formulas and derivation, forward, loss, backward, update. */
  readonly derivation: readonly Block[];
  readonly errata: readonly Erratum[];
  run(options: RunOptions): Promise<ProgramReport>;
  /** The training step with data and start values in place, ready to run: what `explain` writes out. */
  prepare(variant: Variant, options: PrepareOptions): Promise<Entry>;
  /** What `check` compares with central differences. */
  gradientProblem(variant: Variant): Promise<GradientProblem>;
}
