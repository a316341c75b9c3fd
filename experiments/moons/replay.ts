/**
 * The golden run beside ours: the costs at the recorded steps, and after all 10,000 of them the parameters and the
 * test probabilities.
 *
 * `sens` is what one ulp of noise changes. The file has none for the test probabilities (each depends on all
 * parameters) and takes that of the parameters; for `derived` it keeps no parameters, only how far they are
 * from the published ones, which is added.
 */
import golden from "../golden/moons.json" with { type: "json" };
import { agreement, type Compared } from "../shared/agreement.ts";
import type { Agreement, Variant } from "../types.ts";
import { NN_ARCHITECTURE, type Params, transposed } from "./architecture.ts";
import { STEPS, type Trained } from "./train.ts";

interface GoldenLayer {
  readonly w: readonly (readonly number[])[];
  readonly b: readonly (readonly number[])[];
}
interface GoldenCase {
  readonly variant: string;
  readonly losses: Readonly<Record<string, number>>;
  readonly after: {
    readonly test_probs: readonly number[];
    readonly train_accuracy: number;
    readonly test_accuracy: number;
    readonly params?: readonly GoldenLayer[];
    readonly max_param_difference_to_as_published?: number;
  };
  readonly sens: { readonly losses: Readonly<Record<string, number>>; readonly params: number };
}
interface Golden {
  readonly x: readonly (readonly number[])[];
  readonly y: readonly number[];
  readonly train_index: readonly number[];
  readonly test_index: readonly number[];
  readonly params0: readonly GoldenLayer[];
  readonly cases: readonly GoldenCase[];
}

export const GOLDEN: Golden = golden as unknown as Golden;

/** Golden layers in our names and layout. */
export const goldenParams = (layers: readonly GoldenLayer[]): Params =>
  Object.fromEntries(
    layers.flatMap(({ w, b }, k) => {
      const { input_dim, output_dim } = NN_ARCHITECTURE[k]!;
      return [
        [`W${k + 1}`, transposed(w.flat(), output_dim, input_dim)],
        [`b${k + 1}`, Float64Array.from(b.flat())],
      ];
    }),
  );

/** The start values the golden runs had. */
export const goldenStart = (): Params => goldenParams(GOLDEN.params0);
/** The parameters after 10,000 published steps. */
export const goldenEnd = (): Params => goldenParams(GOLDEN.cases[0]!.after.params!);

/** Compares a float64 run from the golden start values; a shorter run is compared as far as it goes. */
export function replay(variant: Variant, run: Pick<Trained, "losses" | "params" | "testP">): Agreement {
  const name = variant === "published" ? "as_published" : "corrected";
  const found = GOLDEN.cases.find((c) => c.variant === name)!;
  const steps = run.losses.length;
  const recorded = Object.keys(found.losses).filter((i) => Number(i) < steps);
  const arrays: Compared[] = recorded.map((i) => ({
    ours: [run.losses[Number(i)]!],
    golden: [found.losses[i]!],
    sensitivity: found.sens.losses[i]!,
  }));
  if (steps === STEPS) {
    const sensitivity = found.sens.params + (found.after.max_param_difference_to_as_published ?? 0);
    for (const [parameter, values] of Object.entries(goldenEnd()))
      arrays.push({ ours: run.params[parameter]!, golden: values, sensitivity });
    arrays.push({ ours: run.testP, golden: found.after.test_probs, sensitivity });
  }
  const result = agreement(`moons.json ${name}`, arrays);
  if (steps === STEPS) return result;
  return {
    ...result,
    note: { en: `the first ${steps} steps, costs only`, zh: `前 ${steps} 步，仅比较代价` },
  };
}
