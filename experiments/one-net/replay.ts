/** The golden NumPy runs of AND, OR and NOT, repeated from their own start values in float64. */
import type { BackendName } from "papergrad/engine";
import golden from "../golden/onenet.json" with { type: "json" };
import { agreement, type Compared } from "../shared/agreement.ts";
import type { Pacer } from "../shared/pacer.ts";
import type { Agreement, Variant } from "../types.ts";
import { type Gate, STEPS_IN_TEXT } from "./gate.ts";
import { createOneNet, type Moment, type Start, scoresAt, train } from "./net.ts";

/** One case of onenet.json. */
export interface GoldenCase {
  readonly task: string;
  readonly variant: string;
  readonly w0: number[][];
  readonly b0: number[][];
  readonly iters: number;
  readonly losses: Readonly<Record<string, number>>;
  readonly after_20000: { readonly w: number[][]; readonly b: number[][] };
  readonly after: { readonly w: number[][]; readonly b: number[][]; readonly scores: number[][] };
  readonly sens: { readonly losses: Readonly<Record<string, number>>; readonly params: number };
}

/** The cases of a gate in one variant. AND as published has two: bias (1,2) and (1,1). */
export function goldenCases(gate: Gate, variant: Variant): GoldenCase[] {
  const name = variant === "published" ? "as_published" : "corrected";
  return (golden.cases as unknown as GoldenCase[]).filter((c) => c.task === gate.name && c.variant === name);
}

export const startOf = (c: GoldenCase): Start => ({ w: c.w0.flat(), b: c.b0.flat() });

/** Repeats one case: all recorded losses, the weights after 20,000 and 200,000 steps, the scores. */
export async function replay(
  gate: Gate,
  variant: Variant,
  c: GoldenCase,
  backend: BackendName,
  breathe: Pacer,
  each: (done: number, loss: number) => void = () => {},
): Promise<Agreement> {
  const biasColumns = c.b0[0]!.length;
  const net = createOneNet(gate, { variant, backend, dtype: "float64", biasColumns });
  const { losses, history } = await train(net, startOf(c), c.iters, breathe, each);
  const arrays: Compared[] = [];
  let sensitivity = 0;
  for (const [step, loss] of Object.entries(c.losses)) {
    // Differences add up, so a loss may differ by what an earlier one may.
    sensitivity = Math.max(sensitivity, c.sens.losses[step]!);
    arrays.push({ ours: [losses[Number(step)]!], golden: [loss], sensitivity });
  }
  const compare = (at: Moment | undefined, then: { w: number[][]; b: number[][] }) => {
    if (at === undefined) throw new RangeError("replay: no weights were kept at that step.");
    arrays.push({ ours: at.w, golden: then.w.flat(), sensitivity: c.sens.params });
    arrays.push({ ours: at.b, golden: then.b.flat(), sensitivity: c.sens.params });
  };
  compare(
    history.find((m) => m.step === STEPS_IN_TEXT),
    c.after_20000,
  );
  compare(history.at(-1), c.after);
  arrays.push({
    ours: scoresAt(net, gate.inputs),
    golden: c.after.scores.flat(),
    sensitivity: c.sens.params,
  });
  return agreement(`onenet.json ${gate.name} bias (1,${biasColumns}) ${c.variant}`, arrays);
}
