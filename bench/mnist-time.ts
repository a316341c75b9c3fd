/**
 * The workload `mnist-time`: seconds from the start of `fit` until the test accuracy is first reached at the end of
 * an epoch, for several seeds. The evaluations count.
 */
import { availableParallelism } from "node:os";
import type { Mnist } from "papergrad/data";
import { modelOf, type Recipe, recipes, TARGETS } from "./recipes.ts";
import { median, spread } from "./stats.ts";
import type { Row } from "./types.ts";

interface Reached {
  /** Seconds to each of TARGETS; NaN if never. */
  readonly seconds: number[];
  readonly accuracy: number;
}

async function once(recipe: Recipe, { train, test }: Mnist, seed: number, threads: number): Promise<Reached> {
  const model = modelOf(recipe, seed, threads);
  const seconds: number[] = TARGETS.map(() => Number.NaN);
  let accuracy = 0;
  const start = performance.now();
  await model.fit(train.images, train.labels, {
    ...recipe.options(train.labels.length),
    seed,
    metrics: [],
    callbacks: [
      {
        onEpochEnd: (_log, run) => {
          accuracy = model.evaluate(test.images, test.labels, { metrics: ["accuracy"] }).accuracy!;
          for (const [i, target] of TARGETS.entries())
            if (Number.isNaN(seconds[i]) && accuracy >= target)
              seconds[i] = (performance.now() - start) / 1000;
          if (!seconds.some(Number.isNaN)) run.stop("every accuracy reached");
        },
      },
    ],
  });
  return { seconds, accuracy };
}

/** A row for each recipe, number of threads and accuracy. `quick`: all cores and one seed, else three. */
export async function measureMnistTime(
  mnist: Mnist,
  quick: boolean,
  say: (text: string) => void,
): Promise<Row[]> {
  const rows: Row[] = [];
  const cores = availableParallelism();
  for (const recipe of recipes)
    for (const threads of quick ? [cores] : new Set([1, cores])) {
      const runs: Reached[] = [];
      for (const seed of quick ? [0] : [0, 1, 2]) {
        say(`mnist-time: ${recipe.name}, ${threads} threads, seed ${seed}`);
        runs.push(await once(recipe, mnist, seed, threads));
      }
      for (const [i, target] of TARGETS.entries()) rows.push(rowOf(recipe, threads, target, runs, i));
    }
  return rows;
}

function rowOf(recipe: Recipe, threads: number, target: number, runs: readonly Reached[], i: number): Row {
  const reached = runs.map((r) => r.seconds[i]!).filter((s) => !Number.isNaN(s));
  const accuracies = runs.map((r) => `${(100 * r.accuracy).toFixed(2)} %`).join(", ");
  const base = {
    workload: `mnist-time ${(100 * target).toFixed(2)} %`,
    system: "papergrad",
    mode: "deterministic",
    dtype: "float32" as const,
    threads,
    node: `Node ${process.versions.node}`,
    flops: null,
    shareOfPeak: null,
    lossAfter: null,
    note: `${recipe.name}; reached by ${reached.length} of ${runs.length} seeds, which ended at ${accuracies}`,
  };
  if (reached.length < runs.length)
    return { ...base, usPerStep: null, spread: null, error: "not reached with every seed" };
  return { ...base, usPerStep: median(reached) * 1e6, spread: spread(reached) };
}
