/**
 * Kept runs put together: runs that differ in their seed alone are one group, drawn as one line (the median) in a band
 * from the lowest to the highest.
 */
import { type Experiment, experimentOf } from "../state/experiment.ts";
import { encode } from "../state/url.ts";
import type { CurvePoint, Values } from "../train/protocol.ts";
import type { KeptRun } from "./kept.ts";

export type Metric = keyof Values;

/** Runs of the same record but for the seed. */
export interface RunGroup {
  readonly key: string;
  /** One run for each seed: the longest. */
  readonly runs: readonly KeptRun[];
}

/** One line of the chart, with a band where there is more than one run. */
export interface Line {
  readonly steps: readonly number[];
  readonly middle: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
}

const { view } = experimentOf();

/** What is the same in all runs of a group. Edits still to come belong to no run. */
const groupKey = (experiment: Experiment): string =>
  encode({
    ...experiment,
    seed: 0,
    step: 0,
    view,
    edits: experiment.edits.filter((e) => e.step <= experiment.step),
  });

/** In the order in which their first run was kept. */
export function groupsOf(runs: readonly KeptRun[]): RunGroup[] {
  const groups = new Map<string, KeptRun[]>();
  for (const run of runs) {
    const key = groupKey(run.experiment);
    const own = groups.get(key) ?? [];
    const same = own.findIndex((other) => other.experiment.seed === run.experiment.seed);
    if (same < 0) own.push(run);
    else if (own[same]!.experiment.step < run.experiment.step) own[same] = run;
    groups.set(key, own);
  }
  return [...groups].map(([key, own]) => ({ key, runs: own }));
}

/** The line of a group at the steps that all its runs have; empty where the metric is not measured. */
export function lineOf({ runs }: RunGroup, metric: Metric): Line {
  const curves = runs.map(({ points }) => byStep(points, metric));
  const steps = [...curves[0]!.keys()]
    .filter((step) => curves.every((c) => c.has(step)))
    .sort((a, b) => a - b);
  const sorted = steps.map((step) => curves.map((c) => c.get(step)!).sort((a, b) => a - b));
  return {
    steps,
    middle: sorted.map(median),
    low: sorted.map((values) => values[0]!),
    high: sorted.map((values) => values.at(-1)!),
  };
}

const byStep = (points: readonly CurvePoint[], metric: Metric): Map<number, number> =>
  new Map(points.flatMap((p) => (p[metric] === undefined ? [] : [[p.step, p[metric]] as const])));

/** Of sorted values. */
function median(values: readonly number[]): number {
  const half = values.length / 2;
  return Number.isInteger(half) ? (values[half - 1]! + values[half]!) / 2 : values[Math.floor(half)]!;
}

/** The place of the last step that is not after this one; −1 if there is none. */
export function placeAt(steps: readonly number[], step: number): number {
  let [low, high] = [0, steps.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (steps[middle]! <= step) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
