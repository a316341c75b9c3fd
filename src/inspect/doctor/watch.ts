/**
 * Runs a step of one's own many times and keeps what the doctor wants to know: mean losses at regular intervals, and
 * the entry as it was before the first step that made a number that is not finite.
 */
import type { Entry } from "../../compile/engine.ts";
import { UsageError } from "../../tensor/errors.ts";
import { isWhole } from "../../tensor/options.ts";
import type { FloatArray } from "../../tensor/tensor.ts";

/** What `watch` saw. */
export interface Watched {
  /** Steps done; the entry stands before the next one. */
  readonly steps: number;
  /** Mean losses of up to twenty stretches of equal length. */
  readonly losses: readonly number[];
  /** "steps": all were done; "halted": the program ended itself; "notFinite": the next step would make a bad number. */
  readonly stoppedBy: "steps" | "halted" | "notFinite";
}

const STRETCHES = 20;

/**
 * Runs at most `steps` steps of an entry whose first metric, or the one called "loss", is its loss.
 * @throws {UsageError} for an entry without a metric, or a number of steps that is none.
 * @example
 * const step = defineStep({ dtype: "float64" }, (g) => {
 *   const w = g.parameter("w", [1, 1]);
 *   g.metric("loss", g.square(w));
 *   g.store(w, g.mul(w, -1e30));
 * });
 * step.engine.write("w", [1]);
 * watch(step, 1000) // { steps: 6, stoppedBy: "notFinite" }
 */
export function watch(entry: Entry, steps: number): Watched {
  const { metrics, nodes } = entry.graph;
  const loss = (metrics.find((m) => m.name === "loss") ?? metrics[0])?.name;
  if (loss === undefined)
    throw new UsageError(
      `watch: expected an entry that records its loss, received "${entry.graph.name}" without a metric. Add g.metric("loss", loss).`,
    );
  if (!isWhole(1)(steps))
    throw new UsageError(`watch: expected a whole number of steps ≥ 1, received ${steps}. Give e.g. 1000.`);
  const stored = [...new Set(nodes.flatMap((n) => (n.kind === "store" ? [n.target.source.name] : [])))];
  const live = (name: string) => entry.engine.live(name) as FloatArray;
  const isSound = (values: Float64Array) =>
    values.every(Number.isFinite) && stored.every((name) => live(name).every(Number.isFinite));
  const stretch = Math.ceil(steps / STRETCHES);
  const losses: number[] = [];
  let done = 0;
  const piece = (length: number) => {
    const before = stored.map((name) => [name, live(name).slice()] as const);
    const { stepNumber } = entry;
    const result = entry.run(length);
    if (isSound(result.metrics[loss]!)) return result;
    for (const [name, values] of before) live(name).set(values);
    entry.stepNumber = stepNumber;
    return null;
  };
  while (done < steps) {
    const length = Math.min(stretch, steps - done);
    const result = piece(length);
    if (result === null) {
      // Somewhere in this stretch: gone once more, step by step.
      while (piece(1) !== null) done++;
      return { steps: done, losses, stoppedBy: "notFinite" };
    }
    done += result.steps;
    if (result.steps > 0) losses.push(result.metrics[loss]!.reduce((a, b) => a + b, 0) / result.steps);
    if (result.halted) return { steps: done, losses, stoppedBy: "halted" };
  }
  return { steps: done, losses, stoppedBy: "steps" };
}
