import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { float, signed, sized, text, unsigned, vector } from "../../src/wasm/encode.ts";

/** Decoders as the specification defines the formats. */
function readUnsigned(bytes: readonly number[]): bigint {
  return bytes.reduce((sum, byte, i) => sum + (BigInt(byte & 0x7f) << BigInt(7 * i)), 0n);
}
function readSigned(bytes: readonly number[]): bigint {
  const value = readUnsigned(bytes);
  const bits = BigInt(7 * bytes.length);
  return (bytes.at(-1)! & 0x40) !== 0 ? value - (1n << bits) : value;
}
const endsOnce = (bytes: readonly number[]) => bytes.every((b, i) => b >= 0x80 === i < bytes.length - 1);

describe("LEB128", () => {
  it("writes unsigned numbers so that they read back, in the fewest bytes", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (n) => {
        const bytes = unsigned(n);
        expect(readUnsigned(bytes)).toBe(BigInt(n));
        expect(endsOnce(bytes)).toBe(true);
        expect(bytes.length).toBe(Math.max(1, Math.ceil(n.toString(2).length / 7)));
      }),
    );
  });
  it("writes signed numbers of up to 64 bits so that they read back", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (n) => {
        const bytes = signed(n);
        expect(readSigned(bytes)).toBe(n);
        expect(endsOnce(bytes)).toBe(true);
        expect(bytes.length).toBeLessThanOrEqual(10);
      }),
    );
  });
  it("writes a number as it writes the same BigInt", () => {
    const edges = [0, 1, -1, 63, 64, -64, -65, 8191, 8192, -8193, 2 ** 31 - 1, -(2 ** 31), 2 ** 31, 2 ** 40];
    for (const n of edges) expect(signed(n)).toEqual(signed(BigInt(n)));
    fc.assert(
      fc.property(fc.integer(), (n) => {
        expect(signed(n)).toEqual(signed(BigInt(n)));
      }),
    );
  });
  it("agrees with the specification's examples", () => {
    expect(unsigned(624485)).toEqual([0xe5, 0x8e, 0x26]);
    expect(signed(-123456)).toEqual([0xc0, 0xbb, 0x78]);
    expect(signed(64)).toEqual([0xc0, 0x00]);
    expect(signed(-64)).toEqual([0x40]);
  });
});

describe("other pieces", () => {
  it("writes floats lowest byte first", () => {
    expect(float(1, 4)).toEqual([0, 0, 0x80, 0x3f]);
    expect(float(-2, 8)).toEqual([0, 0, 0, 0, 0, 0, 0, 0xc0]);
  });
  it("counts the bytes of names, not the letters", () => {
    expect(text("Σ")).toEqual([2, 0xce, 0xa3]);
    expect(vector([[7], [8, 9]])).toEqual([2, 7, 8, 9]);
    expect(sized([5, 6])).toEqual([2, 5, 6]);
  });
});
