/**
 * The contract of a backend with a BLAS: with a library made of JavaScript, which adds in the interpreter's order, the
 * bits of the interpreter, so that every address, stride and transposition is right; with the system's library nearly
 * the same numbers. Where there is none the second part is skipped, and its title says why.
 */
import { describe, expect, test } from "vitest";
import { createEngine } from "../../src/engine.ts";
import { dense, sequential } from "../../src/index.ts";
import { nativeBlas } from "../../src/platform/node.ts";
import { openBlas } from "../../src/platform/node-blas.ts";
import type { Blas } from "../../src/wasm/blas.ts";
import { blasBackend } from "../../src/wasm/runtime.ts";
import { fakeKoffi } from "../platform/fake-koffi.ts";
import { cases, difference, dtypes } from "./cases.ts";
import { network } from "./network.ts";

const fake = () => openBlas(fakeKoffi({ libblas: {} }), { library: "libblas" }, "linux");
/** Everything that can be handed over is. */
const always = (blas: Blas): Blas => ({ ...blas, fewest: 1 });

test.each(dtypes)("a library of JavaScript gives the interpreter's bits, %s", (dtype) => {
  for (const { name, received, expected } of cases(blasBackend(always(fake())), dtype, false))
    expect(received, name).toEqual(expected);
});

test.each(dtypes)("so it does where only some products are large enough, %s", (dtype) => {
  const backend = blasBackend({ ...fake(), fewest: 500 });
  for (const { name, received, expected } of cases(backend, dtype, false))
    expect(received, name).toEqual(expected);
});

test("no copy and no list is made for a product that is handed over, and both for others", () => {
  const kinds = (fewest: number) => {
    const engine = createEngine({ blas: { ...fake(), fewest } });
    const [build] = network({ sparse: true });
    const { kernels } = engine.entry("step", build).program;
    return {
      copies: kernels.filter(({ name }) => name.startsWith("copy")).length,
      sparse: kernels.filter((kernel) => "sparse" in kernel && kernel.sparse).length,
    };
  };
  expect(kinds(1)).toEqual({ copies: 0, sparse: 0 });
  expect(kinds(1e9)).toEqual({ copies: 2, sparse: 3 });
});

describe("what a BLAS does not go with", () => {
  test("is said in one sentence", () => {
    const blas = fake();
    expect(() => createEngine({ blas, threads: 2 })).toThrow(/expected threads: 1, received 2.*nativeBlas/);
    expect(() => createEngine({ blas, backend: "interpreter" })).toThrow('expected the backend "wasm"');
    const layers = [dense(1)];
    expect(() => sequential(layers, { inputShape: [1], blas, threads: 2 })).toThrow("expected threads: 1");
    expect(() => sequential(layers, { inputShape: [1], blas: "openblas" as never })).toThrow("nativeBlas()");
    expect(() => createEngine({ blas: {} as never })).toThrow("expected what nativeBlas()");
  });
  test("an engine says which it has; without one it has none", () => {
    expect(createEngine().blas).toBeNull();
    const model = sequential([dense(1)], { inputShape: [1], blas: fake() });
    expect([model.state.engine.blas, sequential([dense(1)], { inputShape: [1] }).options.blas]).toEqual([
      "BLAS",
      null,
    ]);
  });
});

/** The system's library, or why there is none. */
function ofTheSystem(): Blas | string {
  try {
    return nativeBlas();
  } catch (error) {
    return (error as Error).message;
  }
}

const system = ofTheSystem();
if (typeof system === "string") console.info(`The system's BLAS is not tested. ${system}`);

describe.skipIf(typeof system === "string")(
  `the system's BLAS (${typeof system === "string" ? system : system.name})`,
  () => {
    test.each([
      ["float32", 2e-4],
      ["float64", 1e-12],
    ] as const)("gives the interpreter's numbers, %s within %d", (dtype, tolerance) => {
      let worst = 0;
      for (const { name, received, expected } of cases(blasBackend(always(system as Blas)), dtype, true))
        for (const [i, values] of received.entries()) {
          const d = difference(values, expected[i]!);
          expect(d, name).toBeLessThan(tolerance);
          worst = Math.max(worst, d);
        }
      expect(worst).toBeGreaterThan(0);
    });
  },
);
