import { describe, expect, it } from "vitest";
import { probeFeatures } from "../../src/wasm/features.ts";

describe("probeFeatures", () => {
  it("finds what every supported Node has", () => {
    const features = probeFeatures();
    expect(features).toMatchObject({ simd: true, threads: true });
    expect(typeof features.relaxedSimd).toBe("boolean");
  });
  it("asks the engine each time", () => {
    const { validate } = WebAssembly;
    try {
      WebAssembly.validate = () => false;
      expect(probeFeatures()).toEqual({ simd: false, relaxedSimd: false, threads: false });
    } finally {
      WebAssembly.validate = validate;
    }
  });
});
