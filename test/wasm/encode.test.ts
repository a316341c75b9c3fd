import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ByteWriter } from "../../src/wasm/encode.ts";

/** What is written, with room for one byte at first: it grows on the way. */
function written(write: (to: ByteWriter) => void): number[] {
  const to = new ByteWriter(1);
  write(to);
  return [...to.view()];
}
const unsigned = (value: number) => written((to) => to.unsigned(value));
const signed = (value: number | bigint) => written((to) => to.signed(value));

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
    expect(written((to) => to.float32(1))).toEqual([0, 0, 0x80, 0x3f]);
    expect(written((to) => to.float64(-2))).toEqual([0, 0, 0, 0, 0, 0, 0, 0xc0]);
  });
  it("counts the bytes of names, not the letters", () => {
    expect(written((to) => to.text("Σ"))).toEqual([2, 0xce, 0xa3]);
  });
  it("leads a block by its length, a section by its number too", () => {
    const content = new ByteWriter(1).byte(5).bytes([6, 7]);
    expect(written((to) => to.sized(content))).toEqual([3, 5, 6, 7]);
    expect(written((to) => to.byte(9).section(10, content))).toEqual([9, 10, 3, 5, 6, 7]);
  });
  it("keeps every byte while it grows", () => {
    const bytes = Array.from({ length: 1000 }, (_, i) => i % 256);
    expect(written((to) => to.bytes(bytes.slice(0, 7)).bytes(bytes.slice(7)))).toEqual(bytes);
    const oneByOne = written((to) => {
      for (const byte of bytes) to.byte(byte);
    });
    expect(oneByOne).toEqual(bytes);
  });
});
