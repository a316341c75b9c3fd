import { describe, expect, test } from "vitest";
import { defineStep } from "../../src/engine.ts";
import { traceStep } from "../../src/inspect/trace.ts";

const build = (backend: "wasm" | "interpreter") => {
  const step = defineStep({ dtype: "float64", backend }, (g) => {
    const x = g.input("x", [3, 2]);
    const y = g.input("y", [3, 1]);
    const W1 = g.parameter("W1", [2, 4]);
    const b1 = g.parameter("b1", [1, 4]);
    const W2 = g.parameter("W2", [4, 1]);
    const z1 = g.label("z1", g.add(g.matmul(x, W1), b1));
    const a1 = g.label("a1", g.tanh(z1));
    const z2 = g.label("z2", g.matmul(a1, W2));
    const loss = g.label("J", g.mean(g.square(g.sub(z2, y))));
    const [dW1, db1, dW2] = g.gradient(loss, [W1, b1, W2]);
    g.store(W1, g.sub(W1, g.mul(0.1, dW1)));
    g.store(b1, g.sub(b1, g.mul(0.1, db1)));
    g.store(W2, g.sub(W2, g.mul(0.1, dW2)));
    g.metric("loss", loss);
  });
  step.engine.write(
    "x",
    [1, 2, 3, 4, 5, 6].map((v) => v / 10),
  );
  step.engine.write("y", [1, 0, 1]);
  step.engine.write(
    "W1",
    [1, -2, 3, -4, 5, -6, 7, -8].map((v) => v / 8),
  );
  step.engine.write("b1", [0.1, 0.2, 0.3, 0.4]);
  step.engine.write("W2", [1, 2, 3, 4]);
  return step;
};

describe.each(["wasm", "interpreter"] as const)("a trace on %s", (backend) => {
  test("holds every labelled value, gradients labelled by themselves, and leaves the engine as it was", () => {
    const step = build(backend);
    const before = [...step.engine.read("W1").data];
    const trace = traceStep(step);
    const by = new Map(trace.map((v) => [v.label, v]));
    expect([...step.engine.read("W1").data]).toEqual(before);
    expect(step.stepNumber).toBe(0);
    for (const label of [
      "x",
      "y",
      "W1",
      "b1",
      "W2",
      "z1",
      "a1",
      "z2",
      "J",
      "dz2",
      "da1",
      "dz1",
      "dW1",
      "db1",
      "dW2",
      "W1'",
      "b1'",
      "W2'",
    ])
      expect(by.has(label), label).toBe(true);
    expect(by.get("z1")!.shape).toEqual([3, 4]);
    expect(by.get("z1")!.data[0]).toBeCloseTo(0.1 * (1 / 8) + 0.2 * (5 / 8) + 0.1, 14);
    expect(by.get("W1'")!.stage).toBe("update");
    expect(by.get("dz1")!.stage).toBe("backward");
    expect(by.get("z1")!.stage).toBe("forward");
    expect(by.get("J")!.stage).toBe("loss");
  });

  test("is the step that runs: its updates are the engine's next parameters, to the bit", () => {
    const step = build(backend);
    step.run(5);
    const trace = traceStep(step);
    const { metrics } = step.run(1);
    for (const name of ["W1", "b1", "W2"])
      expect([...step.engine.read(name).data]).toEqual([...trace.find((v) => v.label === `${name}'`)!.data]);
    expect(trace.find((v) => v.label === "J")!.data[0]).toBe(metrics.loss![0]);
  });

  test("says how each value was made and from which", () => {
    const trace = traceStep(build(backend));
    const id = (label: string) => trace.find((v) => v.label === label)!.id;
    const value = (label: string) => trace.find((v) => v.label === label)!;
    expect(value("z1").formula).toBe("z_{1} = x \\cdot W_{1} + b_{1}");
    expect(value("a1").formula).toBe("a_{1} = \\tanh\\left(z_{1}\\right)");
    expect(value("dW2").formula).toBe("\\mathrm{d}W_{2} = a_{1}^{\\top} \\cdot \\mathrm{d}z_{2}");
    expect(value("W2'").formula).toBe("W_{2}' = W_{2} - 0.1 \\cdot \\mathrm{d}W_{2}");
    expect(value("z1").from).toEqual([id("x"), id("W1"), id("b1")]);
    expect(value("dW2").from).toEqual([id("a1"), id("dz2")]);
  });
});
