/** How often the network learns XOR: the same training from 200 start values. */
import type { Pacer } from "../shared/pacer.ts";
import type { PrepareOptions, Variant } from "../types.ts";
import { createTwoNet, evaluate, startValues, train } from "./net.ts";

export const SEEDS = 200;
/** Below this final loss all four answers are sure. */
export const LEARNED = 0.01;

export interface SeedSummary {
  readonly hidden: number;
  /** Final loss and number of right answers of each seed 0, 1, … */
  readonly losses: readonly number[];
  readonly right: readonly number[];
  /** Seeds with 4/4, and seeds with a final loss below 0.01. */
  readonly solved: number;
  readonly learned: number;
}

/** Trains from the seeds 0 … 199, all with one engine. */
export async function trySeeds(
  hidden: number,
  options: Omit<PrepareOptions, "seed"> & { readonly variant: Variant },
  breathe: Pacer,
  each: (done: number) => void = () => {},
): Promise<SeedSummary> {
  const net = createTwoNet(hidden, options);
  const losses: number[] = [];
  const right: number[] = [];
  for (let seed = 0; seed < SEEDS; seed++) {
    losses.push((await train(net, startValues(hidden, seed), breathe)).at(-1)!);
    right.push(4 * evaluate(net).accuracy);
    each(seed + 1);
  }
  const solved = right.filter((r) => r === 4).length;
  return { hidden, losses, right, solved, learned: losses.filter((l) => l < LEARNED).length };
}
