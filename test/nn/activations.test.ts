import { describe, expect, it } from "vitest";
import {
  ACTIVATIONS,
  type ActivationFunction,
  type ActivationName,
  activationFunction,
  activationName,
  eluWith,
  leakyReluWith,
  reluWith,
} from "../../src/nn/activations.ts";
import { RandomState } from "../../src/random/index.ts";
import { matrix } from "../../src/tensor/tensor.ts";
import golden from "../golden/nn-values.json" with { type: "json" };
import { close, evaluated, weighted, worstError } from "./finite-difference.ts";

const names = Object.keys(ACTIVATIONS) as ActivationName[];

describe("activations", () => {
  it.each(names)("%s has PyTorch's values", (name) => {
    const got = evaluated({ z: matrix(golden.z) }, (g, { z }) =>
      g.map({ op: "arg", index: 0 }, [ACTIVATIONS[name](g, z!)]),
    );
    expect(close(got, golden.activations[name].flat(), 1e-13)).toBe(true);
  });

  const others: Record<string, ActivationFunction> = {
    "relu with slope 1 at 0": reluWith({ slopeAtZero: 1 }),
    "leaky relu 0.01": leakyReluWith({ slope: 0.01 }),
    "elu 0.5": eluWith({ alpha: 0.5 }),
  };
  it.each([...names.map((n) => [n, ACTIVATIONS[n]] as const), ...Object.entries(others)])(
    "%s has the gradient of finite differences",
    (_, f) => {
      // Away from 0 by construction: |z| ≥ 0.05, where every activation is smooth.
      const z = new RandomState(3).uniform(-4, 4, [4, 5]);
      const away = { shape: z.shape, data: z.data.map((v) => v + 0.05 * Math.sign(v)) };
      expect(worstError({ z: away }, (g, { z }) => weighted(g, f(g, z!)))).toBeLessThan(1e-7);
    },
  );

  it("has the slope at 0 that it says", () => {
    const slope = (f: ActivationFunction) =>
      evaluated({ z: matrix([[0]]) }, (g, { z }) => g.gradient(g.sum(f(g, z!)), [z!])[0])[0];
    expect(slope(ACTIVATIONS.relu)).toBe(0);
    expect(slope(reluWith({ slopeAtZero: 1 }))).toBe(1);
    expect(slope(ACTIVATIONS.leakyRelu)).toBe(0.2);
    expect(slope(eluWith({ alpha: 0.5 }))).toBe(0.5);
    expect(slope(ACTIVATIONS.selu)).toBeCloseTo(1.0507009873554805 * 1.6732632423543772, 14);
  });

  it("stays finite far out, with its gradient", () => {
    for (const name of names) {
      const far = { z: matrix([[-800, -40, 40, 800]]) };
      const f = ACTIVATIONS[name];
      expect(evaluated(far, (g, { z }) => g.add(f(g, z!), 0)).every(Number.isFinite), name).toBe(true);
      const d = evaluated(far, (g, { z }) => g.gradient(weighted(g, f(g, z!)), [z!])[0]);
      expect(d.every(Number.isFinite), name).toBe(true);
    }
  });

  it("are found by name, with help for a wrong one", () => {
    expect(activationName(activationFunction("dense", "gelu"))).toBe("gelu");
    expect(activationName((g, z) => g.sin(z))).toBe("custom");
    expect(() => activationFunction("dense", "rleu" as ActivationName)).toThrow(
      'dense: no activation is called "rleu". Did you mean "relu"?',
    );
  });
});
