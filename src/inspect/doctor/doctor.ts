/**
 * The doctor: what is wrong with a network, its data or its training, and what to change.
 *
 * `diagnose` is pure: a snapshot in, findings out. `doctor` takes the snapshot of a model or of a step of one's own
 * and diagnoses it.
 */
import { Entry } from "../../compile/engine.ts";
import type { Model } from "../../nn/model.ts";
import { UsageError } from "../../tensor/errors.ts";
import { show } from "../../tensor/show.ts";
import type { Examples, Targets } from "../../train/data.ts";
import { classFindings } from "./class-findings.ts";
import { columnFindings } from "./column-findings.ts";
import { spoiltData } from "./data-findings.ts";
import { duplicateFindings } from "./duplicate-findings.ts";
import type { Finding, Severity } from "./finding.ts";
import { notFiniteFindings } from "./not-finite-finding.ts";
import { type EntryOptions, snapshotOfEntry } from "./of-entry.ts";
import { type DoctorOptions, snapshotOfModel } from "./of-model.ts";
import { overfittingFindings } from "./overfitting-finding.ts";
import { plateauFindings } from "./plateau-finding.ts";
import { rateFindings } from "./rate-findings.ts";
import type { DataSnapshot, NetworkSnapshot } from "./snapshot.ts";
import { unitFindings } from "./unit-findings.ts";

const ORDER: readonly Severity[] = ["error", "warning", "note"];

/** What is to be mended first: a bad number, then the data, which cause much of the rest. */
function rank({ kind, severity, where }: Finding): number {
  if (kind === "not-finite") return 0;
  return where.data !== undefined && kind !== "overfitting" && severity !== "note"
    ? 1
    : 2 + ORDER.indexOf(severity);
}

/**
 * What a snapshot shows, what is to be mended first coming first.
 * @example
 * const model = sequential([dense(8, { activation: "relu", biasInitializer: constant(-9) }), dense(1)], { inputShape: [2] });
 * const snapshot = snapshotOfModel(model, [[0, 1], [1, 0]], [0, 1]);
 * diagnose(snapshot).map((f) => f.kind) // ["dead-units"]
 */
export function diagnose(snapshot: NetworkSnapshot): Finding[] {
  const { data } = snapshot;
  const given = data === null ? [] : dataFindings(data);
  const unscaled = given.find((f) => f.kind === "unscaled-inputs");
  const findings = [
    ...given,
    ...notFiniteFindings(snapshot, unscaled),
    ...unitFindings(snapshot),
    ...rateFindings(snapshot, unscaled),
    ...plateauFindings(snapshot),
    ...overfittingFindings(snapshot),
  ];
  return findings.sort((a, b) => rank(a) - rank(b));
}

/**
 * What the data show by themselves, without a network.
 * @example
 * const y = { shape: [2, 1] as const, data: [0, 1] };
 * const x = { shape: [2, 1] as const, data: [0, 2000] };
 * const rest = { targets: "binary", outputs: 1, dtype: "float32", test: null, columns: null, scaled: false } as const;
 * dataFindings({ x, y, ...rest })[0]?.kind // "unscaled-inputs"
 */
export function dataFindings(data: DataSnapshot): Finding[] {
  const spoilt = spoiltData(data);
  if (spoilt.length > 0) return spoilt;
  return [...columnFindings(data), ...classFindings(data), ...duplicateFindings(data)];
}

/**
 * Examines a model with its data, or a step of one's own, and says what is wrong and what to change. Neither is
 * changed: a training under way goes on as if nobody had looked.
 * @throws {UsageError | ShapeError} for data that do not fit the model; bad values in them are findings.
 * @example
 * const model = sequential([dense(1, { activation: "sigmoid" })], { inputShape: [2] });
 * const [finding] = doctor(model, [[0, 5000], [1, 9000]], [0, 1], { optimizer: "sgd" });
 * finding?.kind // "unscaled-inputs"
 * finding?.where.columns // [1]
 * finding?.change // { option: "scaling", shift: [7000], scale: [2000] }
 */
export function doctor(entry: Entry, options?: EntryOptions): Finding[];
export function doctor(model: Model, x: Examples, y: Targets, options?: DoctorOptions): Finding[];
export function doctor(
  patient: Entry | Model,
  x?: Examples | EntryOptions,
  y?: Targets,
  options?: DoctorOptions,
): Finding[] {
  if (patient instanceof Entry) return diagnose(snapshotOfEntry(patient, x as EntryOptions | undefined));
  if (x === undefined || y === undefined)
    throw new UsageError(
      `doctor: expected a model with its data x and y, or an entry, received ${show(patient)}. Write doctor(model, x, y).`,
    );
  return diagnose(snapshotOfModel(patient, x as Examples, y, options));
}
