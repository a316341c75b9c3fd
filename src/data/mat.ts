/**
 * MATLAB level 5 `.mat` files, as MATLAB's `save -v6`/`-v7`, Octave and SciPy write them: real numeric matrices.
 *
 * Text, cells, structs, sparse and complex matrices are listed as skipped, not read. Version 7.3 files are HDF5
 * and are refused. Compressed variables need an `inflate` (zlib) function from the caller.
 * Source: MathWorks, "MAT-File Format", chapter "Level 5 MAT-File Format".
 */
import { FormatError } from "../tensor/errors.ts";
import { checkBytes, checkOptions, names } from "../tensor/options.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { compressed, type Element, elements, numbersOf } from "./mat-element.ts";

/** A real matrix, first dimension fastest (column after column), as the file has it. */
export interface MatMatrix {
  readonly dims: readonly number[];
  /** Class in MATLAB: double, single, int8 … uint64. */
  readonly kind: string;
  readonly data: Float64Array;
}

/** Variables of a file by name. */
export interface MatFile {
  readonly variables: Readonly<Record<string, MatMatrix>>;
  /** What is in the file but was not read. */
  readonly skipped: readonly { readonly name: string; readonly kind: string }[];
}

/** How to read. */
export interface MatOptions {
  /** Unpacks a zlib stream, e.g. node:zlib's inflateSync or fflate's unzlibSync. */
  readonly inflate?: (bytes: Uint8Array) => Uint8Array;
}

const headerBytes = 128;
const matrixType = 14;
const kinds = [
  "unknown",
  "cell",
  "struct",
  "object",
  "char",
  "sparse",
  "double",
  "single",
  "int8",
  "uint8",
  "int16",
  "uint16",
  "int32",
  "uint32",
  "int64",
  "uint64",
];
const firstNumeric = 6;
const complexFlag = 0x0800;

/**
 * Reads every real numeric matrix of a file.
 * @throws {FormatError} with the byte offset, if the file is of another version, damaged, or compressed and no
 * `inflate` was given.
 * @example
 * const bytes = await readBytes("digits.mat");
 * readMat(bytes, { inflate }).variables.X?.kind // "double"
 */
export function readMat(bytes: Uint8Array, options: MatOptions = {}): MatFile {
  checkBytes("readMat", bytes);
  checkOptions("readMat", names("inflate"), options);
  const little = byteOrder(bytes);
  const variables: Record<string, MatMatrix> = {};
  const skipped: { name: string; kind: string }[] = [];
  const next = elements(bytes.subarray(headerBytes), little, { offset: headerBytes, packed: false });
  for (let element = next(); element !== undefined; element = next()) {
    const plain = unpacked(element, little, options);
    if (plain.type !== matrixType) continue;
    const { name, kind, matrix } = readMatrix(plain, little);
    if (matrix === undefined) skipped.push({ name, kind });
    else variables[name] = matrix;
  }
  return { variables, skipped };
}

/**
 * A two-dimensional variable as a tensor, rows one after the other.
 * @throws {FormatError} if it has not two dimensions, or not as many values as they say.
 * @example matToTensor({ dims: [2, 2], kind: "double", data: Float64Array.of(1, 2, 3, 4) }).data // [1, 3, 2, 4]
 */
export function matToTensor({ dims, data }: MatMatrix): Tensor<Float64Array> {
  const [rows = 0, cols = 0] = dims;
  if (dims.length !== 2)
    throw new FormatError(
      `matToTensor: expected 2 dimensions, received ${dims.join(" × ")}. Reshape the variable first.`,
    );
  if (data.length !== rows * cols)
    throw new FormatError(
      `matToTensor: expected ${rows * cols} values for ${dims.join(" × ")}, received ${data.length}. Give rows × columns values.`,
    );
  const out = new Float64Array(rows * cols);
  for (let c = 0; c < cols; c++) for (let r = 0; r < rows; r++) out[r * cols + c] = data[c * rows + r]!;
  return { shape: [rows, cols], data: out };
}

/** True for little-endian. The two last bytes of the header are "MI" as the writer's 16-bit number. */
function byteOrder(bytes: Uint8Array): boolean {
  const text = new TextDecoder("latin1").decode(bytes.subarray(0, headerBytes));
  if (text.startsWith("MATLAB 7.3") || (bytes[0] === 0x89 && text.startsWith("HDF", 1)))
    throw new FormatError(
      `readMat: byte 0: expected a level 5 file, received version 7.3 (HDF5). Save it again with -v7.`,
      0,
    );
  if (bytes.length < headerBytes)
    throw new FormatError(
      `readMat: byte ${bytes.length}: expected a header of ${headerBytes} bytes, received ${bytes.length}. Get the file again.`,
      bytes.length,
    );
  const mark = text.slice(126);
  const version = mark === "IM" ? bytes[125] : bytes[124];
  if ((mark !== "IM" && mark !== "MI") || version !== 1)
    throw new FormatError(
      `readMat: byte 124: expected version 1 and the mark "IM" or "MI" of a level 5 file, received bytes ${bytes.slice(124, 128).join(", ")}. Save the file with -v6 or -v7.`,
      124,
    );
  return mark === "IM";
}

/** The element itself, or the one inside it if it is compressed. */
function unpacked(element: Element, little: boolean, { inflate }: MatOptions): Element {
  if (element.type !== compressed) return element;
  const at = element.place.offset;
  if (inflate === undefined)
    throw new FormatError(
      `readMat: byte ${at}: expected a plain variable, received a compressed one. Give readMat an inflate function, or save with -v6.`,
      at,
    );
  let plain: Uint8Array;
  try {
    plain = inflate(element.bytes);
  } catch (error) {
    throw new FormatError(
      `readMat: byte ${at}: expected a zlib stream of ${element.bytes.length} bytes, received bytes that do not unpack (${String(error)}). Get the file again.`,
      at,
    );
  }
  return part(elements(plain, little, { offset: at, packed: true }), at);
}

interface Variable {
  readonly name: string;
  readonly kind: string;
  readonly matrix?: MatMatrix;
}

/** Flags, dimensions, name, then the values if they are real numbers. */
function readMatrix({ bytes, place }: Element, little: boolean): Variable {
  const next = elements(bytes, little, place);
  const flags = numbersOf(part(next, place.offset), little)[0] ?? 0;
  const code = flags & 0xff;
  const kind = kinds[code] ?? `class ${code}`;
  // What lies beyond the numeric classes (function handles, newer objects) has no dimensions here.
  if (code >= kinds.length) return { name: "?", kind };
  const dims = [...numbersOf(part(next, place.offset), little)];
  const name = new TextDecoder("latin1").decode(part(next, place.offset).bytes);
  if (flags & complexFlag) return { name, kind: `complex ${kind}` };
  if (code < firstNumeric) return { name, kind };
  const values = part(next, place.offset);
  const data = numbersOf(values, little);
  const count = dims.reduce((product, dim) => product * dim, 1);
  if (data.length !== count)
    throw new FormatError(
      `readMat: byte ${values.place.offset}: variable ${name}: expected ${count} numbers for ${dims.join(" × ")}, received ${data.length}. Get the file again.`,
      values.place.offset,
    );
  return { name, kind, matrix: { dims, kind, data } };
}

/** The next element, which has to be there. */
function part(next: () => Element | undefined, offset: number): Element {
  const element = next();
  if (element !== undefined) return element;
  throw new FormatError(
    `readMat: byte ${offset}: expected a variable with flags, dimensions, name and values, received fewer parts. Get the file again.`,
    offset,
  );
}
