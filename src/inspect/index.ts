/** papergrad/inspect: look into a training step, check its gradients. */

export { formula, symbol } from "../graph/latex.ts";
export { graphDot, graphText } from "../graph/print.ts";
export type { TracedCell, UsedCells } from "./cell.ts";
export {
  checkGradients,
  type GradientCheck,
  type GradientProblem,
  type GradientRow,
} from "./gradcheck.ts";
export { type OpenStep, openStep, type TracedValue, type TraceStage, traceStep } from "./trace.ts";
export { type Answer, checkAnswer, decimalsFor, type Exercise, worksheet } from "./worksheet.ts";
