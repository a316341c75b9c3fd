/**
 * The contract of the mode "fast": nearly the interpreter's numbers, with every kind of code that it may choose and any
 * number of threads; and what it runs on is recorded. Without fused operations the bits are the interpreter's.
 */
import { describe, expect, test } from "vitest";
import { createEngine } from "../../src/engine.ts";
import { dense, sequential } from "../../src/index.ts";
import { fastTarget } from "../../src/wasm/fast.ts";
import { fastBackend } from "../../src/wasm/runtime.ts";
import { EXACT, FUSED, FUSED_WIDE } from "../../src/wasm/target.ts";
import { threadedBackend } from "../../src/wasm/threads.ts";
import { cases, difference, dtypes, networks } from "./cases.ts";

const chosen = fastTarget(); // also turns on what the engine needs for the others
const TOLERANCE = { float32: 2e-4, float64: 1e-12 } as const;

describe.each([FUSED, FUSED_WIDE])("$name", (target) => {
  test.each(dtypes)("gives nearly the interpreter's numbers, %s", (dtype) => {
    let worst = 0;
    for (const { name, received, expected } of cases(fastBackend(target), dtype, true))
      for (const [i, values] of received.entries()) {
        const d = difference(values, expected[i]!);
        expect(d, name).toBeLessThan(TOLERANCE[dtype]);
        worst = Math.max(worst, d);
      }
    expect(worst).toBeGreaterThan(0);
  });
});

test.each(dtypes)("tiles of another size change no bit, %s", (dtype) => {
  const backend = fastBackend({ ...FUSED_WIDE, fused: false });
  for (const { name, received, expected } of cases(backend, dtype, false))
    expect(received, name).toEqual(expected);
});

test.each([2, 3])("%i threads give the bits of one", (threads) => {
  const together = threadedBackend(threads, { mode: "fast", always: true });
  for (const dtype of dtypes) expect(networks(together, dtype)).toEqual(networks(fastBackend(), dtype));
});

describe("what a run was computed with", () => {
  test("is one value of the engine", () => {
    expect(createEngine().features).toEqual({
      backend: "wasm",
      mode: "deterministic",
      instructions: EXACT.name,
      threads: 1,
      blas: null,
    });
    expect(createEngine({ mode: "fast" }).features).toMatchObject({
      mode: "fast",
      instructions: chosen.name,
    });
    expect(createEngine({ backend: "interpreter" }).features.backend).toBe("interpreter");
  });
  test("is kept with the history", async () => {
    const model = sequential([dense(1)], { inputShape: [1], mode: "fast" });
    const { features } = await model.fit([[0], [1]], [0, 1], { epochs: 1 });
    expect(features).toEqual(model.state.engine.features);
    expect(features.mode).toBe("fast");
  });
  test("cannot be fast on the interpreter, and has no third mode", () => {
    expect(() => createEngine({ mode: "fast", backend: "interpreter" })).toThrow(/expected "deterministic"/);
    expect(() => createEngine({ mode: "quick" as never })).toThrow(
      /"deterministic" or "fast", received "quick"/,
    );
    expect(() => sequential([dense(1)], { inputShape: [1], mode: "quick" as never })).toThrow(/mode/);
  });
});
