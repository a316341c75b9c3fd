/**
 * The reference runs of tutorial 002 repeated from their own start values, in float64.
 *
 * The check and plain gradient descent on the 3-5-3 net, the start of the 400-25-10 net, and every cost of
 * conjugate gradients. Where the reference has no `sens`, a few ulp are asked for.
 */
import type { BackendName } from "papergrad/engine";
import { agreement, type Compared } from "../shared/agreement.ts";
import type { Agreement, Variant } from "../types.ts";
import { type Check, checkGradient, debugDescent } from "./debug-net.ts";
import { golden, goldenName, goldenRun } from "./golden.ts";

const exact = (ours: ArrayLike<number>, reference: ArrayLike<number>): Compared => ({
  ours,
  golden: reference,
  sensitivity: 0,
});

/** A cost is exact to an ulp; its central difference divides that by 2·10⁻⁴. */
const DIFFERENCE_NOISE = (2 * Number.EPSILON) / 2e-4;

export function checkReplays(variant: Variant, backend: BackendName): Agreement[] {
  const analytic: Compared[] = [];
  const differences: Compared[] = [];
  for (const c of golden.debug_cases) {
    const check: Check = checkGradient(variant, backend, c.lam);
    analytic.push(exact([check.cost], [c.cost]));
    analytic.push(
      exact(check.gradient, variant === "published" ? c.gradient_as_published : c.gradient_corrected),
    );
    if (variant === "published") {
      analytic.push(exact(check.parametersAfter, c.params_after_published_gradient));
      analytic.push(exact([check.costAfter], [c.cost_after_published_gradient]));
    }
    differences.push({
      ours: check.numeric,
      golden: variant === "published" ? c.numeric_as_seen_by_published_check : c.gradient_numeric,
      sensitivity: DIFFERENCE_NOISE,
    });
  }
  const name = goldenName(variant);
  return [
    agreement(`bp_digits.json 3-5-3 net ${name}, λ 0, 1, 3`, analytic),
    {
      ...agreement(`bp_digits.json 3-5-3 net ${name}, finite differences`, differences),
      note: {
        en: "A difference of two costs divided by 2·10⁻⁴ keeps about 11 digits.",
        zh: "两个代价之差除以 2·10⁻⁴，只能保留约 11 位。",
      },
    },
  ];
}

export function descentReplay(variant: Variant, backend: BackendName): Agreement {
  const name = goldenName(variant);
  const run = golden.gradient_descent_debug.find((r) => r.variant === name)!;
  const entry = debugDescent(variant, { backend, dtype: "float64", lr: run.lr, lambda: run.lam });
  const costs = entry.run(run.iters).metrics.cost!;
  return agreement(`bp_digits.json gradient descent ${name}`, [
    ...Object.entries(run.costs).map(([step, cost]) => exact([costs[Number(step)]!], [cost])),
    exact(entry.engine.read("theta").data, run.after),
  ]);
}

/** The start: weights, cost, gradient. */
export function startReplay(
  variant: Variant,
  theta: Float64Array,
  at: { value: number; gradient: Float64Array },
): Agreement {
  const run = goldenRun(variant);
  const { gradient } = at;
  const norm = Math.sqrt(gradient.reduce((s, v) => s + v * v, 0));
  const sum = theta.reduce((s, v) => s + v, 0);
  return agreement(`bp_digits.json 400-25-10 net ${goldenName(variant)}, start`, [
    exact(theta.subarray(0, 5), run.theta_first5),
    // The sum of 10,285 weights is a check of all of them; added one after the other it is exact to some ulp.
    { ours: [sum], golden: [run.theta_sum], sensitivity: 1e-14 },
    exact([at.value], [run.cost0]),
    { ours: [norm], golden: [run.grad0_norm], sensitivity: 1e-15 },
    ...(
      [
        [0, run.grad0_first],
        [200, run.grad0_at_200_to_205],
        [gradient.length - 5, run.grad0_last5],
      ] as const
    ).map(([from, reference]) => exact(gradient.subarray(from, from + 5), reference)),
  ]);
}

/**
 * Every cost of conjugate gradients. `sens_cost` is one sample of noise and 0 at some early iterations by luck;
 * an iteration goes on from all those before it, so the largest `sens_cost` so far is what counts.
 */
export function descentCosts(variant: Variant, history: readonly number[]): Agreement {
  const run = goldenRun(variant);
  let noise = 0;
  const compared = run.cost_after_each_cg_iteration.map((cost, i): Compared => {
    noise = Math.max(noise, run.sens_cost[i]!);
    return { ours: [history[i] ?? Number.NaN], golden: [cost], sensitivity: noise };
  });
  return agreement(`bp_digits.json conjugate gradients ${goldenName(variant)}, seed 0`, compared);
}
