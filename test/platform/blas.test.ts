/** Opening a BLAS, and calling it: with a library made of JavaScript everywhere, with the system's where there is one. */
import { expect, test } from "vitest";
import { defineStep } from "../../src/engine.ts";
import { nativeBlas } from "../../src/platform/node.ts";
import { openBlas } from "../../src/platform/node-blas.ts";
import { fakeKoffi } from "./fake-koffi.ts";

const open = {
  openblas_get_config: () => "OpenBLAS 9.8.7 DYNAMIC_ARCH MAX_THREADS=64",
  openblas_get_corename: () => "Abacus",
  openblas_get_num_threads: () => 8,
  openblas_set_num_threads: () => undefined,
};

test("the first library that is there is taken, and says what it is", () => {
  const koffi = fakeKoffi({
    "libopenblas.so": open,
    "libmkl_rt.so": { MKL_Set_Num_Threads: () => undefined },
  });
  expect(openBlas(koffi, {}, "linux").name).toBe("OpenBLAS 9.8.7 (Abacus)");
  expect(koffi.tried).toEqual(["libopenblas.so.0", "libopenblas.so"]);
  expect(openBlas(koffi, { library: "libmkl_rt.so", threads: 3 }, "linux").name).toBe("MKL");
  expect(koffi.calls.filter(({ name }) => name === "MKL_Set_Num_Threads")).toEqual([
    { name: "MKL_Set_Num_Threads", args: [3] },
  ]);
  const accelerate = "/System/Library/Frameworks/Accelerate.framework/Accelerate";
  const mac = fakeKoffi({ [accelerate]: { appleblas_sgeadd: () => undefined } });
  expect(openBlas(mac, {}, "darwin").name).toBe("Accelerate");
  expect(openBlas(fakeKoffi({ "libopenblas.dll": open }), {}, "win32").name).toContain("OpenBLAS");
});

test("without a library, the message says what was looked for and how to get one", () => {
  const nothing = fakeKoffi({});
  expect(() => openBlas(nothing, {}, "linux")).toThrow(/libopenblas\.so\.0, .*apt install libopenblas0/);
  expect(() => openBlas(nothing, {}, "darwin")).toThrow(/Accelerate.*brew install openblas/);
  expect(() => openBlas(nothing, {}, "win32")).toThrow(/mkl_rt\.2\.dll.*PATH/);
  expect(() => openBlas(nothing, { library: "mine.so" }, "linux")).toThrow("found none of mine.so");
});

test("a library that cannot do it is refused before anybody computes with it", () => {
  const other = fakeKoffi({ "libm.so": { "no cblas": () => undefined } });
  expect(() => openBlas(other, { library: "libm.so" }, "linux")).toThrow("without cblas_sgemm");
  const wrong = fakeKoffi({ "libopenblas.so.0": open }, true);
  expect(() => openBlas(wrong, {}, "linux")).toThrow("expected a product 58, 64, 139, 154");
  const mac = fakeKoffi({ libaccelerate: {} });
  expect(() => openBlas(mac, { library: "libaccelerate", threads: 2 }, "darwin")).toThrow(
    "Leave out threads",
  );
});

test("options are checked", () => {
  expect(() => nativeBlas({ threads: 0 })).toThrow("nativeBlas: expected threads as a whole number");
  expect(() => nativeBlas({ library: "" })).toThrow("nativeBlas: expected library as the name or path");
});

/** A step with a large product and a small one. */
const twoProducts = (blas: ReturnType<typeof nativeBlas>, size: number) =>
  defineStep({ blas }, (g) => {
    const x = g.input("x", [size, size]);
    const v = g.input("v", [2, 2]);
    g.store(g.parameter("large", [size, size]), g.matmul(x, g.input("w", [size, size])));
    g.store(g.parameter("small", [2, 2]), g.matmul(v, v));
  });

test("large products are handed over, with one thread while they are not very large", () => {
  for (const [size, threads] of [
    [40, 1],
    [150, 5],
  ] as const) {
    const koffi = fakeKoffi({ "libopenblas.so.0": open });
    const step = twoProducts(openBlas(koffi, { threads: 5 }, "linux"), size);
    koffi.calls.length = 0;
    step.run(2);
    const [set, product, ...again] = koffi.calls;
    expect(set).toEqual({ name: "openblas_set_num_threads", args: [threads] });
    expect([product!.name, ...product!.args.slice(3, 6)]).toEqual(["cblas_sgemm", size, size, size]);
    expect(again.map(({ name }) => name)).toEqual(["openblas_set_num_threads", "cblas_sgemm"]);
    expect(step.engine.blas).toBe("OpenBLAS 9.8.7 (Abacus)");
  }
});

test("a memory that has grown is found at its new place", () => {
  const koffi = fakeKoffi({ "libopenblas.so.0": open });
  const step = twoProducts(openBlas(koffi, {}, "linux"), 40);
  const ones = new Float32Array(1600).fill(1);
  step.engine.write("x", ones);
  step.engine.write("w", ones);
  step.run();
  const before = step.engine.memory.buffer;
  step.engine.entry("more", (g) => g.store(g.parameter("more", [500, 500]), g.constant(1)));
  expect(step.engine.memory.buffer).not.toBe(before);
  step.engine.live("large").fill(0);
  step.run();
  expect(step.engine.read("large").data).toEqual(ones.map(() => 40));
});
