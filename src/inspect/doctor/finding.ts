/**
 * What the doctor finds: plain data that the command line, the studio and tests read alike.
 *
 * A finding says where it is, with which numbers, in both languages, and what to change. Rows, columns and units
 * count from 0, steps from 1.
 */
import type { ActivationName } from "../../nn/activations.ts";
import type { InitializerName } from "../../nn/initializers.ts";
import type { LossName } from "../../nn/losses.ts";
import type { Words } from "../../tensor/words.ts";

/** What can be found. */
export type FindingKind =
  /** A number that is NaN or infinite: in the data, the weights, or first computed in a step. */
  | "not-finite"
  | "labels-outside"
  | "unscaled-inputs"
  | "unscaled-targets"
  | "constant-columns"
  | "class-imbalance"
  | "duplicate-rows"
  /** Units of a relu that are 0 on every row. */
  | "dead-units"
  /** Units whose slope has vanished on nearly every row, on the same side: they say nothing about the row. */
  | "saturated-units"
  /** Units of a layer that all compute the same and will go on so. */
  | "equal-units"
  | "learning-rate-high"
  | "learning-rate-low"
  /** The loss stays where a constant answer would have it. */
  | "plateau"
  /** The test loss rises while the training loss falls. */
  | "overfitting";

/** error: training cannot succeed so; warning: it is slower or worse than it need be; note: worth knowing. */
export type Severity = "error" | "warning" | "note";

/** Where something was found; what does not apply is left out. */
export interface Place {
  /** Which data: "x" or "y" of the training rows, or "test". */
  readonly data?: "x" | "y" | "test";
  /** Name of the layer. */
  readonly layer?: string;
  /** Units of that layer. */
  readonly units?: readonly number[];
  /** Rows of the data; the first is the one to look at. */
  readonly rows?: readonly number[];
  readonly columns?: readonly number[];
  /** Which step, from 1. */
  readonly step?: number;
  /** Label of the value in the trace of the step, e.g. "z1". */
  readonly value?: string;
  /** LaTeX of how that value is computed. */
  readonly formula?: string;
}

/** An option to change, with the value it should have. */
export type Change =
  | { readonly option: "learningRate"; readonly value: number }
  | { readonly option: "activation"; readonly layer: string; readonly value: ActivationName }
  | { readonly option: "kernelInitializer"; readonly layer: string; readonly value: InitializerName }
  | { readonly option: "loss"; readonly value: LossName }
  /** λ of an L2 penalty on the kernels. */
  | { readonly option: "l2"; readonly value: number }
  | { readonly option: "dtype"; readonly value: "float64" }
  /** (x − shift) / scale for these columns. */
  | {
      readonly option: "scaling";
      readonly data: "x" | "y";
      readonly columns: readonly number[];
      readonly shift: readonly number[];
      readonly scale: readonly number[];
    };

/** One thing found. */
export interface Finding {
  readonly kind: FindingKind;
  readonly severity: Severity;
  readonly where: Place;
  /** The numbers it rests on, by name. */
  readonly evidence: Readonly<Record<string, number>>;
  /** What is the matter, in one or two sentences. */
  readonly message: Words;
  /** What to do about it. */
  readonly cure: Words;
  readonly change?: Change;
}
