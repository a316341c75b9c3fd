/**
 * The byte level of the WebAssembly binary format: LEB128 numbers, floats, names, blocks led by their length.
 *
 * Bytes go straight into one growing array: a first step is mostly code that runs for the first time, and small
 * arrays of numbers would be most of its garbage. Nothing here knows what an instruction is.
 * Source: WebAssembly Core Specification 2.0, chapter 5 (Binary Format).
 */

const scratch = new DataView(new ArrayBuffer(8));

export class ByteWriter {
  private data: Uint8Array<ArrayBuffer>;
  /** Bytes written so far. */
  length = 0;

  /** `room`: bytes that are likely to be enough. */
  constructor(room = 256) {
    this.data = new Uint8Array(room);
  }

  byte(value: number): this {
    if (this.length === this.data.length) this.makeRoom(1);
    this.data[this.length++] = value;
    return this;
  }

  /** Unsigned LEB128 of an integer in 0…2^32−1: seven bits a byte, lowest first, the top bit says "more follows". */
  unsigned(value: number): this {
    let rest = value >>> 0;
    while (rest > 0x7f) {
      this.byte((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    return this.byte(rest);
  }

  /** Signed LEB128 of an integer of at most 64 bits: like unsigned, but bit 6 of the last byte is the sign. */
  signed(value: number | bigint): this {
    // Nearly all constants are 32 bits wide, and BigInt is slow.
    if (typeof value === "number" && value === (value | 0)) {
      let left = value;
      while (left < -0x40 || left > 0x3f) {
        this.byte((left & 0x7f) | 0x80);
        left >>= 7;
      }
      return this.byte(left & 0x7f);
    }
    let rest = BigInt(value);
    while (rest < -0x40n || rest > 0x3fn) {
      this.byte(Number(rest & 0x7fn) | 0x80);
      rest >>= 7n;
    }
    return this.byte(Number(rest & 0x7fn));
  }

  /** The 4 bytes of a float, lowest first. */
  float32(value: number): this {
    scratch.setFloat32(0, value, true);
    return this.scratchBytes(4);
  }

  /** The 8 bytes of a float, lowest first. */
  float64(value: number): this {
    scratch.setFloat64(0, value, true);
    return this.scratchBytes(8);
  }

  bytes(values: ArrayLike<number>): this {
    if (this.length + values.length > this.data.length) this.makeRoom(values.length);
    this.data.set(values, this.length);
    this.length += values.length;
    return this;
  }

  /** A name: its length in UTF-8 bytes, then the bytes. */
  text(value: string): this {
    const bytes = new TextEncoder().encode(value);
    return this.unsigned(bytes.length).bytes(bytes);
  }

  /** A block led by its length: a function body, a section, a sub-section. */
  sized(content: ByteWriter): this {
    return this.unsigned(content.length).bytes(content.view());
  }

  /** A section of a module. */
  section(id: number, content: ByteWriter): this {
    return this.byte(id).sized(content);
  }

  /** What is written, without a copy: valid until more is written. */
  view(): Uint8Array<ArrayBuffer> {
    return this.data.subarray(0, this.length);
  }

  private scratchBytes(count: number): this {
    for (let i = 0; i < count; i++) this.byte(scratch.getUint8(i));
    return this;
  }

  private makeRoom(bytes: number): void {
    const larger = new Uint8Array(Math.max(2 * this.data.length, this.length + bytes));
    larger.set(this.data);
    this.data = larger;
  }
}

/** The first eight bytes of every module: magic number and version. */
export const MODULE_HEADER: readonly number[] = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
