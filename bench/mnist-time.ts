/**
 * The workload `mnist-time`: seconds from the start of `fit` until the test accuracy is first reached at the end of
 * an epoch, for several seeds. The evaluations count.
 */
import { availableParallelism } from "node:os";
import type { Mnist } from "papergrad/data";
import type { Blas } from "papergrad/engine";
import { findBlas } from "./blas.ts";
import { modelOf, type Recipe, recipes, TARGETS } from "./recipes.ts";
import { median, spread } from "./stats.ts";
import type { Row } from "./types.ts";

interface Reached {
  /** Seconds to each of TARGETS; NaN if never. */
  readonly seconds: number[];
  readonly accuracy: number;
}

/** How the engine computes. */
interface Way {
  readonly mode: "deterministic" | "fast" | "with BLAS";
  readonly threads: number;
  readonly blas?: Blas;
}

/** All there is to be had here: one thread and all of them, and a BLAS. */
function waysOf(quick: boolean): Way[] {
  const cores = availableParallelism();
  const ways: Way[] = [...new Set(quick ? [cores] : [1, cores])].map((threads) => ({
    mode: "deterministic",
    threads,
  }));
  ways.push({ mode: "fast", threads: cores });
  const blas = findBlas(cores);
  return typeof blas === "string" ? ways : [...ways, { mode: "with BLAS", threads: cores, blas }];
}

async function once(recipe: Recipe, { train, test }: Mnist, seed: number, way: Way): Promise<Reached> {
  const { mode, threads, blas } = way;
  const how = blas
    ? { mode: "fast" as const, blas }
    : { mode: mode === "fast" ? mode : ("deterministic" as const), threads };
  const model = modelOf(recipe, seed, how);
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

/** A row for each recipe, way and accuracy. `quick`: one seed, else three. */
export async function measureMnistTime(
  mnist: Mnist,
  quick: boolean,
  say: (text: string) => void,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const recipe of recipes)
    for (const way of waysOf(quick)) {
      const runs: Reached[] = [];
      for (const seed of quick ? [0] : [0, 1, 2]) {
        say(`mnist-time: ${recipe.name}, ${way.mode}, ${way.threads} threads, seed ${seed}`);
        runs.push(await once(recipe, mnist, seed, way));
      }
      for (const [i, target] of TARGETS.entries()) rows.push(rowOf(recipe, way, target, runs, i));
    }
  return rows;
}

function rowOf(
  recipe: Recipe,
  { mode, threads }: Way,
  target: number,
  runs: readonly Reached[],
  i: number,
): Row {
  const reached = runs.map((r) => r.seconds[i]!).filter((s) => !Number.isNaN(s));
  const accuracies = runs.map((r) => `${(100 * r.accuracy).toFixed(2)} %`).join(", ");
  const base = {
    workload: `mnist-time ${(100 * target).toFixed(2)} %`,
    system: "papergrad",
    mode,
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
