/**
 * IDX files, the format of the MNIST digits: big-endian header, then numbers.
 *
 * Bytes 0–1 are zero, byte 2 is the number type, byte 3 the number of dimensions, then each dimension in 4 bytes.
 * Compressed files have to be unpacked first. Source: Y. LeCun's description of the MNIST files.
 */
import { FormatError } from "../tensor/errors.ts";
import { checkBytes } from "../tensor/options.ts";
import type { Tensor } from "../tensor/tensor.ts";

type IdxValues = Uint8Array | Int8Array | Int16Array | Int32Array | Float32Array | Float64Array;

/** The content of an IDX file. */
export interface IdxFile<A extends IdxValues = IdxValues> {
  readonly dims: readonly number[];
  /** Last dimension fastest. */
  readonly data: A;
}

interface NumberType {
  readonly size: number;
  read(view: DataView, offset: number, count: number): IdxValues;
}

const fill = <A extends IdxValues>(out: A, value: (i: number) => number): A => {
  for (let i = 0; i < out.length; i++) out[i] = value(i);
  return out;
};

const types: Readonly<Record<number, NumberType>> = {
  8: { size: 1, read: (v, at, n) => new Uint8Array(v.buffer, v.byteOffset + at, n).slice() },
  9: { size: 1, read: (v, at, n) => fill(new Int8Array(n), (i) => v.getInt8(at + i)) },
  11: { size: 2, read: (v, at, n) => fill(new Int16Array(n), (i) => v.getInt16(at + 2 * i)) },
  12: { size: 4, read: (v, at, n) => fill(new Int32Array(n), (i) => v.getInt32(at + 4 * i)) },
  13: { size: 4, read: (v, at, n) => fill(new Float32Array(n), (i) => v.getFloat32(at + 4 * i)) },
  14: { size: 8, read: (v, at, n) => fill(new Float64Array(n), (i) => v.getFloat64(at + 8 * i)) },
};

/**
 * Reads an IDX file.
 * @param where who reads what, for error messages.
 * @throws {UsageError} unless given a Uint8Array; {FormatError} with the byte offset, if the bytes are no IDX file, too few or too many.
 * @example parseIdx(Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 2, 7, 9)).data // Uint8Array [7, 9]
 */
export function parseIdx(bytes: Uint8Array, where = "parseIdx"): IdxFile {
  checkBytes(where, bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  need(bytes, 4, where);
  const type = types[bytes[2]!];
  if (bytes[0] !== 0 || bytes[1] !== 0 || type === undefined || bytes[3] === 0)
    throw new FormatError(
      `${where}: byte 0: expected an IDX header (0, 0, a type 8, 9 or 11 to 14, a number of dimensions), received ${bytes.slice(0, 4).join(", ")}. ${bytes[0] === 0x1f && bytes[1] === 0x8b ? "The file is gzipped: unpack it first." : "Give the bytes of an IDX file."}`,
      0,
    );
  const header = 4 + 4 * bytes[3]!;
  need(bytes, header, where);
  const dims = Array.from({ length: bytes[3]! }, (_, i) => view.getUint32(4 + 4 * i));
  const count = dims.reduce((product, dim) => product * dim, 1);
  const expected = header + count * type.size;
  need(bytes, expected, where);
  if (bytes.length > expected)
    throw new FormatError(
      `${where}: byte ${expected}: expected the end of a file with dimensions ${dims.join(" × ")}, received ${bytes.length - expected} more bytes. Remove them or get the file again.`,
      expected,
    );
  return { dims, data: type.read(view, header, count) };
}

/**
 * Images or other tables of bytes: the first dimension becomes the rows, the others the columns.
 * @throws {FormatError} if the file does not hold bytes in at least two dimensions.
 * @example
 * const bytes = Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 7, 255);
 * idxImages(bytes) // { shape: [1, 2], dims: [1, 1, 2], data: [7, 255] }
 */
export function idxImages(
  bytes: Uint8Array,
  where = "idxImages",
): Tensor<Uint8Array> & { readonly dims: readonly number[] } {
  const { dims, data } = parseIdx(bytes, where);
  if (!(data instanceof Uint8Array) || dims.length < 2)
    throw new FormatError(
      `${where}: byte 2: expected unsigned bytes (type 8) in 2 or more dimensions, received type ${bytes[2]} with dimensions ${dims.join(" × ")}. Give an image file; labels have one dimension.`,
      2,
    );
  return { shape: [dims[0]!, dims.slice(1).reduce((product, dim) => product * dim, 1)], data, dims };
}

/**
 * Labels: bytes in one dimension.
 * @throws {FormatError} if the file holds something else.
 * @example idxLabels(Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 2, 7, 9)) // [7, 9]
 */
export function idxLabels(bytes: Uint8Array, where = "idxLabels"): Uint8Array {
  const { dims, data } = parseIdx(bytes, where);
  if (!(data instanceof Uint8Array) || dims.length !== 1)
    throw new FormatError(
      `${where}: byte 2: expected unsigned bytes (type 8) in 1 dimension, received type ${bytes[2]} with dimensions ${dims.join(" × ")}. Give a label file; images have three dimensions.`,
      2,
    );
  return data;
}

function need(bytes: Uint8Array, expected: number, where: string): void {
  if (bytes.length < expected)
    throw new FormatError(
      `${where}: byte ${bytes.length}: expected ${expected} bytes, received ${bytes.length}: the file is cut short. Get the file again.`,
      bytes.length,
    );
}
