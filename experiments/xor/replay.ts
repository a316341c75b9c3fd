/** The golden NumPy runs of XOR, repeated from their own start values in float64. */
import type { BackendName } from "papergrad/engine";
import golden from "../golden/xor.json" with { type: "json" };
import { agreement, type Compared } from "../shared/agreement.ts";
import type { Pacer } from "../shared/pacer.ts";
import type { Agreement, Variant } from "../types.ts";
import { createTwoNet, evaluate, train, type Weights, weights } from "./net.ts";
import { PARAMETERS } from "./step.ts";

interface Layer {
  readonly w: number[][];
  readonly b: number[][];
}
/** One case of xor.json. */
export interface GoldenCase {
  readonly H: number;
  readonly seed: number;
  readonly variant: string;
  readonly iters: number;
  readonly layers0: readonly Layer[];
  readonly losses: Readonly<Record<string, number>>;
  readonly after: { readonly layers: readonly Layer[]; readonly probs: number[][] };
  readonly sens: { readonly losses: Readonly<Record<string, number>>; readonly params: number };
}

export function goldenCases(variant: Variant): GoldenCase[] {
  const name = variant === "published" ? "as_published" : "corrected";
  return (golden.cases as unknown as GoldenCase[]).filter((c) => c.variant === name);
}

export const weightsOf = ([one, two]: readonly Layer[]): Weights => ({
  W1: one!.w.flat(),
  b1: one!.b.flat(),
  W2: two!.w.flat(),
  b2: two!.b.flat(),
});

/** Repeats one case: all recorded losses, the final weights and scores. */
export async function replay(
  variant: Variant,
  c: GoldenCase,
  backend: BackendName,
  breathe: Pacer,
  each?: (done: number, loss: number) => void,
): Promise<Agreement> {
  const net = createTwoNet(c.H, { variant, backend, dtype: "float64" });
  const losses = await train(net, weightsOf(c.layers0), breathe, {
    steps: c.iters,
    ...(each ? { each } : {}),
  });
  const arrays: Compared[] = [];
  let sensitivity = 0;
  for (const [step, loss] of Object.entries(c.losses)) {
    // Differences add up, so a loss may differ by what an earlier one may.
    sensitivity = Math.max(sensitivity, c.sens.losses[step]!);
    arrays.push({ ours: [losses[Number(step)]!], golden: [loss], sensitivity });
  }
  const [ours, then] = [weights(net), weightsOf(c.after.layers)];
  for (const name of PARAMETERS)
    arrays.push({ ours: ours[name], golden: then[name], sensitivity: c.sens.params });
  arrays.push({ ours: evaluate(net).h, golden: c.after.probs.flat(), sensitivity: c.sens.params });
  return agreement(`xor.json H=${c.H} seed ${c.seed} ${c.variant}`, arrays);
}
