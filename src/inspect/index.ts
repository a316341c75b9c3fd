/** papergrad/inspect: look into a training step, check its gradients, ask the doctor what is wrong. */

export { formula, symbol } from "../graph/latex.ts";
export { graphDot, graphText } from "../graph/print.ts";
export type { TracedCell, UsedCells } from "./cell.ts";
export { dataFindings, diagnose, doctor } from "./doctor/doctor.ts";
export type { Change, Finding, FindingKind, Place, Severity } from "./doctor/finding.ts";
export { type EntryOptions, snapshotOfEntry } from "./doctor/of-entry.ts";
export { type DoctorOptions, snapshotOfModel } from "./doctor/of-model.ts";
export type {
  ConstantLoss,
  DataSnapshot,
  LayerSnapshot,
  NetworkSnapshot,
  NotFinite,
  Squashing,
  Trial,
  WeightSnapshot,
} from "./doctor/snapshot.ts";
export { type UnitUse, unitUse } from "./doctor/unit-findings.ts";
export { type Watched, watch } from "./doctor/watch.ts";
export {
  checkGradients,
  type GradientCheck,
  type GradientProblem,
  type GradientRow,
} from "./gradcheck.ts";
export { type OpenStep, openStep, type TracedValue, type TraceStage, traceStep } from "./trace.ts";
export { type Answer, checkAnswer, decimalsFor, type Exercise, worksheet } from "./worksheet.ts";
