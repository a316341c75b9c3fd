/**
 * Data elements, the building block of level 5 `.mat` files: a number type, a byte count, bytes, padding to 8.
 *
 * An element of at most 4 bytes may be written small: count and type share the first 4 bytes, the data the next 4.
 * Source: MathWorks, "MAT-File Format".
 */
import { FormatError } from "../tensor/errors.ts";

/** Where bytes stand in the file: from `offset` on, or unpacked from the compressed element at `offset`. */
export interface Place {
  readonly offset: number;
  readonly packed: boolean;
}

/** One data element. */
export interface Element {
  readonly type: number;
  readonly bytes: Uint8Array;
  readonly place: Place;
}

/** Element type of a compressed variable, the only one that is not padded. */
export const compressed = 15;

const readers: Readonly<
  Record<number, [size: number, read: (v: DataView, at: number, little: boolean) => number]>
> = {
  1: [1, (v, at) => v.getInt8(at)],
  2: [1, (v, at) => v.getUint8(at)],
  3: [2, (v, at, little) => v.getInt16(at, little)],
  4: [2, (v, at, little) => v.getUint16(at, little)],
  5: [4, (v, at, little) => v.getInt32(at, little)],
  6: [4, (v, at, little) => v.getUint32(at, little)],
  7: [4, (v, at, little) => v.getFloat32(at, little)],
  9: [8, (v, at, little) => v.getFloat64(at, little)],
  12: [8, (v, at, little) => Number(v.getBigInt64(at, little))],
  13: [8, (v, at, little) => Number(v.getBigUint64(at, little))],
};

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/**
 * The elements of `bytes` one after the other; `next` is undefined at the end.
 * @throws {FormatError} (from `next`) with the file offset, if an element is longer than what is left.
 */
export function elements(bytes: Uint8Array, little: boolean, place: Place): () => Element | undefined {
  const view = viewOf(bytes);
  let at = 0;
  return () => {
    if (at >= bytes.length) return undefined;
    const offset = place.packed ? place.offset : place.offset + at;
    const left = bytes.length - at;
    if (left < 8) throw short(offset, 8, left);
    const word = view.getUint32(at, little);
    const small = word >>> 16;
    const type = small > 0 ? word & 0xffff : word;
    const length = small > 0 ? small : view.getUint32(at + 4, little);
    const start = at + (small > 0 ? 4 : 8);
    if (small > 4 || length > bytes.length - start) throw short(offset, length, bytes.length - start);
    at = small > 0 ? at + 8 : start + (type === compressed ? length : Math.ceil(length / 8) * 8);
    const inner = place.packed ? place.offset : place.offset + start;
    return {
      type,
      bytes: bytes.subarray(start, start + length),
      place: { offset: inner, packed: place.packed },
    };
  };
}

const short = (offset: number, expected: number, received: number): FormatError =>
  new FormatError(
    `readMat: byte ${offset}: expected an element of ${expected} bytes, received ${Math.max(received, 0)} bytes up to the end: the file is cut short or damaged. Get it again.`,
    offset,
  );

/**
 * The content of an element as numbers.
 * @throws {FormatError} if its type is not numeric, its length does not fit, or a 64-bit integer is beyond ±2⁵³.
 */
export function numbersOf({ type, bytes, place }: Element, little: boolean): Float64Array {
  const { offset } = place;
  const reader = readers[type];
  if (reader === undefined || bytes.length % reader[0] !== 0)
    throw new FormatError(
      `readMat: byte ${offset}: expected whole numbers of type 1 to 7, 9, 12 or 13, received type ${type} with ${bytes.length} bytes. Save the file again with -v6 or -v7.`,
      offset,
    );
  const [size, read] = reader;
  const view = viewOf(bytes);
  const values = Float64Array.from({ length: bytes.length / size }, (_, i) => read(view, i * size, little));
  const large = type >= 12 ? values.find((value) => !Number.isSafeInteger(value)) : undefined;
  if (large !== undefined)
    throw new FormatError(
      `readMat: byte ${offset}: expected 64-bit integers within ±(2^53 − 1), received ${large}. Save the variable as double.`,
      offset,
    );
  return values;
}
