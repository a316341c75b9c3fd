/** Full-batch minimisers on a flat float64 vector: conjugate gradients and L-BFGS. */
export { conjugateGradient } from "./conjugate-gradient.ts";
export { lbfgs } from "./lbfgs.ts";
export type {
  Evaluation,
  JointObjective,
  LbfgsOptions,
  MinimizeOptions,
  MinimizeResult,
  MinimizeStatus,
  Objective,
  SplitObjective,
} from "./types.ts";
