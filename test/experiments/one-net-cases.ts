/** What the tests of AND, OR and NOT share. */

import { checkGradients } from "papergrad/inspect";
import { expect, test } from "vitest";
import type { Gate } from "../../experiments/one-net/gate.ts";
import {
  createOneNet,
  type Moment,
  type OneNetOptions,
  startValues,
  train,
} from "../../experiments/one-net/net.ts";
import { pacer } from "../../experiments/shared/pacer.ts";
import { weightsHash } from "../../experiments/shared/weights-hash.ts";
import type { Experiment, ProgramReport, RunOptions, Variant } from "../../experiments/types.ts";

export const VARIANTS = ["published", "derived"] as const satisfies readonly Variant[];

export const runOptions = (variant: Variant, more: Partial<RunOptions> = {}): RunOptions => ({
  variant,
  backend: "wasm",
  dtype: "float64",
  progress: () => {},
  ...more,
});

/** Weights after so many steps from RandomState(1). */
export async function trained(
  gate: Gate,
  steps: number,
  options: Partial<OneNetOptions> = {},
): Promise<Moment> {
  const net = createOneNet(gate, { variant: "published", backend: "wasm", dtype: "float64", ...options });
  const { history } = await train(net, startValues(gate, 1, net.columns), steps, pacer());
  return history.at(-1)!;
}

/** Every value within `tolerance` of the expected one. */
export function expectClose(ours: ArrayLike<number>, expected: readonly number[], tolerance: number): void {
  expect(ours.length).toBe(expected.length);
  expected.forEach((v, i) => {
    expect(Math.abs(ours[i]! - v), `value ${i}: ${ours[i]} against ${v}`).toBeLessThanOrEqual(tolerance);
  });
}

/** The loss that a variant reports at given weights. */
export function lossAt(gate: Gate, variant: Variant, w: ArrayLike<number>, b: ArrayLike<number>): number {
  const net = createOneNet(gate, {
    variant,
    backend: "interpreter",
    dtype: "float64",
    biasColumns: b.length,
  });
  net.engine.write("w", w);
  net.engine.write("b", b);
  return net.step.run(1).metrics.loss![0]!;
}

/** What the decay subtracts from the weights `w` in one step of a variant, divided by αλ. */
export function pull(gate: Gate, variant: Variant, w: readonly number[], columns: number): number[] {
  const after = (decay: number) => {
    const net = createOneNet(gate, {
      variant,
      backend: "interpreter",
      dtype: "float64",
      biasColumns: columns,
      decay,
    });
    net.engine.write("w", w);
    net.step.run(1);
    return net.engine.read("w").data;
  };
  const [without, withDecay] = [after(0), after(1)];
  return Array.from(without, (v, i) => (v - withDecay[i]!) / 1e-3);
}

/** The tests that are the same for the three gates. */
export function sharedTests(gate: Gate, experiment: Experiment): void {
  const { name } = gate;
  const reports = new Map<Variant, Promise<ProgramReport>>();
  const report = (variant: Variant) => {
    const known = reports.get(variant) ?? experiment.run(runOptions(variant));
    reports.set(variant, known);
    return known;
  };

  for (const variant of VARIANTS) {
    test(`${name}, ${variant}: the golden runs are met to 13 digits`, async () => {
      const { replays } = await report(variant);
      expect(replays.map((r) => r.golden)).toHaveLength(name === "and" && variant === "published" ? 2 : 1);
      for (const r of replays) {
        expect(r.withinSensitivity, r.golden).toBe(true);
        expect(r.digits, r.golden).toBeGreaterThan(13);
      }
    });

    test(`${name}, ${variant}: a step has the same bits on interpreter and wasm`, async () => {
      const run = async (backend: "interpreter" | "wasm") => {
        const net = createOneNet(gate, { variant, backend, dtype: "float64" });
        const { losses } = await train(net, startValues(gate, 1, net.columns), 300, pacer());
        return weightsHash([losses, net.engine.read("w").data, net.engine.read("b").data]);
      };
      expect(await run("interpreter")).toBe(await run("wasm"));
    });

    test(`${name}, ${variant}: two runs are equal, and another seed is another run`, async () => {
      const run = async (seed: number) => {
        const net = createOneNet(gate, { variant, backend: "wasm", dtype: "float32" });
        await train(net, startValues(gate, seed, net.columns), 1000, pacer());
        return weightsHash([net.engine.read("w").data, net.engine.read("b").data]);
      };
      expect(await run(1)).toBe(await run(1));
      expect(await run(2)).not.toBe(await run(1));
    });

    test(`${name}, ${variant}: the report is complete`, async () => {
      const r = await report(variant);
      expect(r.steps).toBe(200_000);
      expect(r.weightsHash).toMatch(/^[0-9a-f]{8}$/);
      expect(r.result.trainAccuracy).toBe(1);
      for (const key of Object.keys(r.published)) expect(r.result).toHaveProperty(key);
      expect(r.headline.length).toBeGreaterThanOrEqual(5);
      expect(r.console).toMatch(/^epoch: 500 loss: 0\.6\d{3}\n/);
      expect(r.console).toContain("epoch: 200000 loss: 0.");
      expect(r.blocks.filter((b) => b.kind === "figure")).toHaveLength(5);
      for (const f of r.files) expect(f.content.length, f.name).toBeGreaterThan(100);
    });
  }

  test(`${name}: the published headline meets the printed weights to the third digit`, async () => {
    const { result, published } = await report("published");
    for (const [key, printed] of Object.entries(published))
      expect(Math.abs(result[key]! - printed), key).toBeLessThan(6e-4);
  });

  test(`${name}: the derived gradient is right, the published one is not`, async () => {
    expect(checkGradients(await experiment.gradientProblem("derived")).worst).toBeLessThan(1e-7);
    const { rows } = checkGradients(await experiment.gradientProblem("published"));
    const worst = (p: string) =>
      Math.max(...rows.filter((r) => r.parameter === p).map((r) => r.relativeError));
    // The bias follows the exact cross-entropy, the printed loss has 1e-4 in its logarithms.
    expect(worst("b")).toBeGreaterThan(1e-4);
    if (name === "not") expect(worst("w")).toBeLessThan(1e-3);
    else expect(worst("w")).toBeGreaterThan(0.4);
  });

  test(`${name}: prepare gives a step that is ready to run`, async () => {
    for (const variant of VARIANTS) {
      const step = await experiment.prepare(variant, { backend: "interpreter", dtype: "float64" });
      const { loss } = step.run(2).metrics;
      expect(loss![0]).toBeGreaterThan(0.68);
      expect(loss![1]).toBeLessThan(loss![0]!);
    }
  });

  test(`${name}: an aborted signal ends the run with its reason`, async () => {
    const stop = new AbortController();
    const progress = () => stop.abort(new Error("enough"));
    await expect(experiment.run(runOptions("published", { signal: stop.signal, progress }))).rejects.toThrow(
      "enough",
    );
  });

  const [guarded, exact] = {
    and: ["0.109369", "0.109481"],
    or: ["0.066358", "0.066465"],
    not: ["0.033160", "0.033264"],
  }[name] as [string, string];
  test(`${name}: 1e-4 inside the logarithms makes a perfect loss negative and shifts ${exact} to ${guarded}`, () => {
    const { w, b } = gate.printed;
    const first = w.filter((_, i) => i % b.length === 0);
    expect(lossAt(gate, "published", first, [b[0]!]).toFixed(6)).toBe(guarded);
    expect(lossAt(gate, "derived", first, [b[0]!]).toFixed(6)).toBe(exact);
    const [sure, bias] = { and: [[100, 100], -150], or: [[100, 100], -50], not: [[-100], 50] }[name] as [
      number[],
      number,
    ];
    expect(lossAt(gate, "published", sure, [bias])).toBeCloseTo(-1e-4, 8);
    expect(lossAt(gate, "derived", sure, [bias])).toBeGreaterThanOrEqual(0);
  });
}
