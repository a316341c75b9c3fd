import { describe, expect, it } from "vitest";
import { backendByName } from "../../src/backends.ts";
import { Engine } from "../../src/compile/engine.ts";
import {
  adagrad,
  adam,
  adamW,
  OPTIMIZERS,
  type Optimizer,
  optimizerOf,
  rmsprop,
  sgd,
} from "../../src/nn/optimizers/index.ts";
import type { DType } from "../../src/tensor/tensor.ts";
import golden from "../golden/optimizers.json" with { type: "json" };

/** w after each step of an optimizer on the function of make_optimizers.py. */
function trace(optimizer: Optimizer, backend: "interpreter" | "wasm", dtype: DType = "float64"): number[][] {
  const engine = new Engine(backendByName(backend), { dtype });
  const shape = [1, 5] as const;
  const step = engine.entry("step", (g) => {
    const w = g.parameter("w", shape);
    const distance = g.sub(w, g.constant([golden.c]));
    const bowl = g.mul(0.5, g.sum(g.mul(g.constant([golden.a]), g.square(distance))));
    const loss = g.add(bowl, g.sum(g.cos(g.mul(3, w))));
    const [dw] = g.gradient(loss, [w]);
    const update = optimizer.begin(g, {
      learningRate: g.hyper("learningRate"),
      scalar: (name) => g.parameter(`scalar ${name}`, [1, 1]),
    });
    update(w, dw, (name) => g.parameter(`slot ${name}`, shape));
  });
  engine.write("w", golden.start);
  engine.write("learningRate", [optimizer.learningRate as number]);
  return golden.cases[0]!.weights.map(() => {
    step.run(1);
    return Array.from(engine.read("w").data);
  });
}

const cases = golden.cases.map((c) => [`${c.optimizer} ${JSON.stringify(c.options)}`, c] as const);

describe.each(["interpreter", "wasm"] as const)("optimizers on the %s", (backend) => {
  it.each(cases)("%s follows PyTorch for 20 steps", (_, c) => {
    const make = OPTIMIZERS[c.optimizer as keyof typeof OPTIMIZERS] as (o: object) => Optimizer;
    const got = trace(make(c.options), backend);
    c.weights.forEach((row, t) => {
      row.forEach((w, i) => {
        expect(Math.abs(got[t]![i]! - w), `step ${t + 1}, element ${i}`).toBeLessThan(
          1e-12 * Math.max(1, Math.abs(w)),
        );
      });
    });
  });
});

describe("optimizers", () => {
  it("adam in float32 stays within float32's precision of PyTorch's float64", () => {
    const c = golden.cases.find((x) => x.optimizer === "adam")!;
    const got = trace(adam(c.options), "interpreter", "float32");
    c.weights.forEach((row, t) => {
      row.forEach((w, i) => {
        expect(Math.abs(got[t]![i]! - w)).toBeLessThan(2e-5);
      });
    });
  });

  it("are found by name, with help for a wrong one", () => {
    expect(optimizerOf("fit", "adam").config).toEqual(adam().config);
    expect(() => optimizerOf("fit", "adamm" as "adam")).toThrow(
      'fit: no optimizer is called "adamm". Did you mean "adam"?',
    );
  });

  it("refuse options out of range", () => {
    expect(() => sgd({ learningRate: -1 })).toThrow(
      "sgd: expected learningRate to be a finite number ≥ 0, received -1.",
    );
    expect(() => sgd({ momentum: 1 })).toThrow("sgd: expected 0 ≤ momentum < 1, received 1.");
    expect(() => adam({ beta2: 1.5 })).toThrow("adam: expected 0 ≤ beta2 < 1, received 1.5.");
    expect(() => adam({ epsilon: 0 })).toThrow(
      "adam: expected epsilon to be a finite number > 0, received 0.",
    );
    expect(() => adamW({ weightDecay: Number.NaN })).toThrow("adamW: expected weightDecay");
    expect(() => rmsprop({ rho: -0.1 })).toThrow("rmsprop: expected 0 ≤ rho < 1, received -0.1.");
    expect(() => adagrad({ epsilon: -1 })).toThrow("adagrad: expected epsilon");
  });
});
