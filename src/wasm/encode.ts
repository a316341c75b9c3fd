/**
 * The byte level of the WebAssembly binary format: LEB128 numbers, vectors, names, sections.
 *
 * Nothing here knows what an instruction is; `assembler.ts` and `module-builder.ts` put these pieces together.
 * Source: WebAssembly Core Specification 2.0, chapter 5 (Binary Format).
 */

/** Unsigned LEB128 of an integer in 0…2^32−1: seven bits a byte, lowest first, the top bit says "more follows". */
export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value >>> 0;
  while (rest >= 0x80) {
    bytes.push((rest & 0x7f) | 0x80);
    rest >>>= 7;
  }
  bytes.push(rest);
  return bytes;
}

/** Signed LEB128 of an integer of at most 64 bits: like unsigned, but bit 6 of the last byte is the sign. */
export function signed(value: number | bigint): number[] {
  const bytes: number[] = [];
  // Nearly all constants are 32 bits wide, and BigInt is slow.
  if (typeof value === "number" && value === (value | 0)) {
    let left = value;
    while (left < -0x40 || left > 0x3f) {
      bytes.push((left & 0x7f) | 0x80);
      left >>= 7;
    }
    bytes.push(left & 0x7f);
    return bytes;
  }
  let rest = BigInt(value);
  for (;;) {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    const done = (rest === 0n && (low & 0x40) === 0) || (rest === -1n && (low & 0x40) !== 0);
    bytes.push(done ? low : low | 0x80);
    if (done) return bytes;
  }
}

/** The 4 or 8 bytes of a float, lowest first. */
export function float(value: number, size: 4 | 8): number[] {
  const view = new DataView(new ArrayBuffer(size));
  if (size === 4) view.setFloat32(0, value, true);
  else view.setFloat64(0, value, true);
  return [...new Uint8Array(view.buffer)];
}

/** A name: its length in UTF-8 bytes, then the bytes. */
export function text(value: string): number[] {
  const bytes = new TextEncoder().encode(value);
  return [...unsigned(bytes.length), ...bytes];
}

/** A vector: the number of items, then the items. */
export const vector = (items: readonly (readonly number[])[]): number[] =>
  unsigned(items.length).concat(...items);

/** A block of bytes led by its length: a function body, a section, a sub-section. */
export const sized = (bytes: readonly number[]): number[] => unsigned(bytes.length).concat(bytes);

/** A section of a module. */
export const section = (id: number, content: readonly number[]): number[] => [id].concat(sized(content));
