/** What the tests of the doctor share: a training that keeps its losses, and a look at what was found. */
import {
  type Callback,
  type FitOptions,
  type Model,
  NotFiniteError,
  type Targets,
} from "../../../src/index.ts";
import { type DoctorOptions, doctor, type Finding, type FindingKind } from "../../../src/inspect/index.ts";
import type { Examples } from "../../../src/train/data.ts";

/** Trains, stopping at a loss that is not finite, and asks the doctor. */
export async function trainAndAsk(
  model: Model,
  x: Examples,
  y: Targets,
  fit: FitOptions,
  ask: DoctorOptions = {},
): Promise<{ findings: Finding[]; losses: readonly number[]; failure: NotFiniteError | undefined }> {
  const losses: number[] = [];
  const keep: Callback = { onEpochEnd: (log) => void losses.push(log.values.loss!) };
  let failure: NotFiniteError | undefined;
  await model.fit(x, y, { batchSize: 32, ...fit, callbacks: [keep] }).catch((error: unknown) => {
    if (!(error instanceof NotFiniteError)) throw error;
    failure = error;
  });
  const { loss, optimizer } = fit;
  const findings = doctor(model, x, y, {
    losses,
    failure,
    ...(loss && { loss }),
    ...(optimizer && { optimizer }),
    ...ask,
  });
  return { findings, losses, failure };
}

export const kinds = (findings: readonly Finding[]): FindingKind[] => findings.map((f) => f.kind);

/** What has to be acted on. */
export const grave = (findings: readonly Finding[]): Finding[] =>
  findings.filter((f) => f.severity !== "note");

/** The finding of a kind. */
export function one(findings: readonly Finding[], kind: FindingKind): Finding {
  const found = findings.filter((f) => f.kind === kind);
  if (found.length !== 1)
    throw new Error(`expected one finding ${kind}, received ${kinds(findings).join(", ") || "none"}`);
  return found[0]!;
}
