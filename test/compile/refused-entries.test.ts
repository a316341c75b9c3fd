/** Mistakes that used to compute something else: each has a repro that once gave a wrong number. */
import { describe, expect, test } from "vitest";
import { createEngine, defineStep } from "../../src/engine.ts";
import { checkGradients } from "../../src/inspect/gradcheck.ts";
import { ShapeError, UsageError } from "../../src/tensor/errors.ts";

describe.each(["interpreter", "wasm"] as const)("on %s", (backend) => {
  test("infinities, NaN and both zeros are different constants", () => {
    const step = defineStep({ backend, dtype: "float64" }, (g) => {
      g.store(g.parameter("high", [1, 2]), g.constant([[0, Infinity]]));
      g.store(g.parameter("low", [1, 2]), g.constant([[-0, -Infinity]]));
    });
    step.run(1);
    expect([...step.engine.read("high").data]).toEqual([0, Infinity]);
    expect([...step.engine.read("low").data]).toEqual([-0, -Infinity]);
  });

  test("gathered rows are stored through a strided view", () => {
    const step = defineStep({ backend, dtype: "float64" }, (g) => {
      const p = g.parameter("p", [4, 6]);
      const rows = g.gather(g.input("table", [3, 3]), g.index("rows", 4), 4);
      g.store(g.view(p, { shape: [4, 3], rowStride: 6, colStride: 2 }), rows);
    });
    step.engine.write("table", [1, 2, 3, 4, 5, 6, 7, 8, 9]);
    step.engine.write("rows", [2, 0, 1, 0]);
    step.run(1);
    const p = step.engine.read("p").data;
    expect([...p].filter((_, i) => i % 2 === 0)).toEqual([7, 8, 9, 1, 2, 3, 4, 5, 6, 1, 2, 3]);
    expect([...p].filter((_, i) => i % 2 === 1)).toEqual(new Array(12).fill(0));
  });
});

test("one name has one kind of number", () => {
  const engine = createEngine({ backend: "interpreter" });
  engine.entry("a", (g) =>
    g.store(g.parameter("w", [1, 5]), g.sum(g.gather(g.bytes("x", [4, 5]), g.index("i", 2), 2), "rows")),
  );
  expect(() => engine.entry("b", (g) => g.store(g.parameter("x", [4, 5]), 1))).toThrow(UsageError);
});

test("a refused entry leaves the engine as it was", () => {
  const engine = createEngine({ backend: "wasm" });
  expect(() => engine.entry("big", (g) => g.store(g.parameter("x", [40_000, 40_000]), 0))).toThrow(/4 GiB/);
  expect(engine.has("x")).toBe(false);
  engine.entry("small", (g) => g.store(g.parameter("x", [1, 2]), 3)).run(1);
  expect([...engine.read("x").data]).toEqual([3, 3]);
});

test("views that are gathered by or stored to must be plain", () => {
  const engine = createEngine({ backend: "interpreter" });
  const refuse = (build: Parameters<typeof engine.entry>[1], type: new (m: string) => Error) =>
    expect(() => engine.entry("e", build)).toThrow(type);
  refuse((g) => {
    const t = g.view(g.input("t", [3, 4]), { shape: [4, 3], rowStride: 1, colStride: 4 });
    g.gather(t, g.index("i", 2), 2);
  }, UsageError);
  refuse((g) => g.store(g.view(g.parameter("w", [1, 4]), { shape: [3, 2], rowStride: 1 }), 1), UsageError);
  refuse((g) => void g.view(g.parameter("w", [1, 4]), { shape: [0, 2] }), ShapeError);
  refuse((g) => {
    const table = g.parameter("table", [4, 1]);
    g.gradient(g.sum(g.square(g.gather(table, g.index("i", 2), 2))), [table]);
  }, UsageError);
});

test("a gradient check uses the same mini-batch every time, and says when nothing was checked", () => {
  const values = { table: [1, 2, 3, 4, 5, 6], i: [0, 1, 2, 3, 4, 5], w: [0.3] };
  const claim = (factor: number) =>
    checkGradients({
      name: "batch",
      values,
      build(g) {
        const w = g.parameter("w", [1, 1]);
        const x = g.gather(g.input("table", [6, 1]), g.index("i", 6), 2);
        const loss = g.mean(g.square(g.mul(x, w)));
        return { loss, gradients: { w: g.mul(factor, g.gradient(loss, [w])[0]) } };
      },
    }).worst;
  expect(claim(1)).toBeLessThan(1e-7);
  expect(claim(1.01)).toBeGreaterThan(1e-3);
  const kinks = checkGradients({
    name: "kink",
    values: { w: [0] },
    build(g) {
      const w = g.parameter("w", [1, 1]);
      return { loss: g.abs(g.add(w, 1e-4)), gradients: { w: g.constant(7) } };
    },
  });
  expect(kinks.worst).toBeNaN();
});

test("a value may have three names", () => {
  const step = defineStep({ backend: "interpreter" }, (g) => {
    const v = g.square(g.parameter("w", [1, 1]));
    expect([g.label("a", v), g.label("b", v), g.label("c", v)].map((n) => n.label)).toEqual(["a", "b", "c"]);
    g.store(g.parameter("w", [1, 1]), v);
  });
  step.run(1);
});
