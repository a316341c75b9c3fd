import { describe, expect, test } from "vitest";
import { defineStep } from "../../src/engine.ts";
import { ShapeError, UsageError } from "../../src/tensor/errors.ts";

describe.each(["interpreter", "wasm"] as const)("an engine on %s", (backend) => {
  const options = { backend, dtype: "float64" } as const;

  test("stores see the values from before the step: a swap swaps", () => {
    const step = defineStep(options, (g) => {
      const a = g.parameter("a", [1, 3]);
      const b = g.parameter("b", [1, 3]);
      g.store(a, b);
      g.store(b, a);
    });
    step.engine.write("a", [1, 2, 3]);
    step.engine.write("b", [4, 5, 6]);
    step.run(3);
    expect([...step.engine.read("a").data]).toEqual([4, 5, 6]);
    expect([...step.engine.read("b").data]).toEqual([1, 2, 3]);
  });

  test("an update does not overwrite W before dz·Wᵀ has read it", () => {
    const step = defineStep(options, (g) => {
      const x = g.parameter("x", [1, 2]);
      const w = g.parameter("w", [2, 2]);
      g.store(w, g.mul(0, w));
      g.store(x, g.matmul(x, w, { transposeB: true }));
    });
    step.engine.write("x", [1, 10]);
    step.engine.write("w", [1, 2, 3, 4]);
    step.run(1);
    expect([...step.engine.read("x").data]).toEqual([21, 43]);
    expect([...step.engine.read("w").data]).toEqual([0, 0, 0, 0]);
  });

  test("a view of a parameter is read and written in place", () => {
    const step = defineStep(options, (g) => {
      const theta = g.parameter("theta", [1, 6]);
      const bias = g.view(theta, { shape: [1, 2], colStride: 3 });
      const rest = g.view(theta, { offset: 1, shape: [2, 2], rowStride: 3 });
      g.store(bias, 0);
      g.store(rest, g.mul(10, rest));
      g.metric("sum", g.sum(theta));
    });
    step.engine.write("theta", [1, 2, 3, 4, 5, 6]);
    const { metrics } = step.run(1);
    expect(metrics.sum![0]).toBe(21);
    expect([...step.engine.read("theta").data]).toEqual([0, 20, 30, 0, 50, 60]);
  });

  test("halt ends a run after the stores of its step, and says how many steps were done", () => {
    const step = defineStep(options, (g) => {
      const n = g.parameter("n", [1, 1]);
      const next = g.add(n, 1);
      g.store(n, next);
      g.metric("n", n);
      g.halt(g.lessEqual(5, next));
    });
    const result = step.run(100);
    expect(result).toMatchObject({ steps: 5, halted: true });
    expect([...result.metrics.n!]).toEqual([0, 1, 2, 3, 4]);
    expect(step.engine.read("n").data[0]).toBe(5);
  });

  test("metrics of more steps than the ring holds arrive in order", () => {
    const step = defineStep(options, (g) => g.metric("step", g.step()));
    const { metrics } = step.run(10_000);
    expect(metrics.step!.length).toBe(10_000);
    expect(metrics.step!.every((v, i) => v === i)).toBe(true);
  });

  test("entries of one engine share its parameters, however the memory grows", () => {
    const step = defineStep(options, (g) =>
      g.store(g.parameter("w", [1, 4]), g.add(g.parameter("w", [1, 4]), 1)),
    );
    step.engine.write("w", [1, 2, 3, 4]);
    const wide = step.engine.entry("wide", (g) => {
      const big = g.parameter("big", [300, 300]);
      g.store(big, g.add(g.matmul(big, big), g.sum(g.parameter("w", [1, 4]))));
    });
    step.run(2);
    wide.run(1);
    expect([...step.engine.read("w").data]).toEqual([3, 4, 5, 6]);
    expect(step.engine.read("big").data.every((v) => v === 18)).toBe(true);
  });
});

describe("an engine refuses, in one sentence,", () => {
  const step = defineStep({ backend: "interpreter" }, (g) => {
    const x = g.gather(g.input("table", [4, 2]), g.index("rows", 3), 3);
    g.store(g.parameter("w", [1, 2]), g.sum(x, "rows"));
  });
  test.each([
    [
      "too few values",
      () => step.engine.write("table", [1, 2]),
      ShapeError,
      /table: expected 8 values .* received 2/,
    ],
    [
      "NaN",
      () => step.engine.write("w", [0, Number.NaN]),
      UsageError,
      /w: expected finite numbers, received NaN at row 0, column 1/,
    ],
    [
      "a number too large for float32",
      () => step.engine.write("w", [0, 1e39]),
      UsageError,
      /fit float32, received 1e\+39/,
    ],
    [
      "a missing value",
      () => step.engine.write("w", [null, 1] as never),
      UsageError,
      /received null at row 0, column 0/,
    ],
    [
      "an unknown option",
      () => defineStep({ dtyp: "float64" } as never, () => {}),
      UsageError,
      /received dtyp/,
    ],
    [
      "an unknown precision",
      () => defineStep({ dtype: "float16" as never }, () => {}),
      UsageError,
      /"float16"/,
    ],
    [
      "no build function",
      () => step.engine.entry("e", undefined as never),
      UsageError,
      /expected a function/,
    ],
    [
      "an async build function",
      () => step.engine.entry("e", async () => {}),
      UsageError,
      /must not be async/,
    ],
    [
      "a row number outside the table",
      () => step.engine.write("rows", [0, 1, 4]),
      UsageError,
      /from 0 to 3, received 4 at position 2/,
    ],
    ["an unknown name", () => step.engine.read("nope"), UsageError, /no matrix is named "nope"/],
    ["half a step", () => step.run(0.5), UsageError, /whole number of steps/],
    [
      "another shape for a known name",
      () => step.engine.entry("e", (g) => g.store(g.parameter("w", [2, 2]), 0)),
      ShapeError,
      /"w" is \[1,2\]/,
    ],
    [
      "shapes that do not multiply",
      () => step.engine.entry("e", (g) => void g.matmul(g.parameter("w", [1, 2]), g.parameter("w", [1, 2]))),
      ShapeError,
      /matmul: w has 2 columns but w has 1 rows/,
    ],
    [
      "two stores to one place",
      () =>
        step.engine.entry("e", (g) => {
          const w = g.parameter("w", [1, 2]);
          g.store(w, 0);
          g.store(w, 1);
        }),
      UsageError,
      /two stores of one step/,
    ],
    [
      "computing with row numbers",
      () => step.engine.entry("e", (g) => void g.add(g.index("rows", 3), 1)),
      UsageError,
      /only be used by gather/,
    ],
    [
      "a backend that does not exist",
      () => defineStep({ backend: "gpu" as never }, () => {}),
      UsageError,
      /expected one of wasm, interpreter, received "gpu"/,
    ],
  ] as const)("%s", (_, act, type, message) => {
    expect(act).toThrow(type);
    expect(act).toThrow(message);
  });
});
