/** What the page of a race and its two workers say to each other. */
import type { TensorFlowBackend, Terms } from "./terms.ts";

/** From the page. */
export type Ask =
  /** Load the library, make the network ready, warm up. `backend`: of TensorFlow.js. */
  | { readonly type: "prepare"; readonly terms: Terms; readonly backend: TensorFlowBackend }
  /** Train until so many steps are done. */
  | { readonly type: "go"; readonly steps: number };

/** From a worker. */
export type Tell =
  /** `seconds`: from the start of the worker to here, warm-up not counted. */
  | { readonly type: "ready"; readonly name: string; readonly seconds: number }
  /** The backend asked for cannot start in this browser. */
  | { readonly type: "missing" }
  /** Losses of the steps after number `from`, and the seconds that they took. */
  | { readonly type: "steps"; readonly from: number; readonly losses: Float64Array; readonly seconds: number }
  /** Accuracy on the test points and the weights after the last step. */
  | { readonly type: "finished"; readonly accuracy: number; readonly weights: readonly Float32Array[] }
  /** The loss is no finite number any more. */
  | { readonly type: "diverged" }
  | { readonly type: "failed"; readonly message: string };
