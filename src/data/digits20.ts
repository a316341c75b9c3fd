/**
 * 20 × 20 digits: 5 000 of them cut from MNIST, or the file of a well-known course read from a `.mat` file.
 *
 * The course's own images were cut from MNIST as well, but its choice of 5 000 is not published elsewhere; the
 * stand-in takes the first ones of every class in file order.
 */
import { FormatError, ShapeError, UsageError } from "../tensor/errors.ts";
import { checkOptions, oneOf } from "../tensor/options.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { ClassData } from "./dataset.ts";
import { type MatFile, type MatMatrix, matToTensor } from "./mat.ts";
import type { DigitImages } from "./mnist.ts";

const [full, margin, side] = [28, 4, 20] as const;

/**
 * The middle 20 × 20 pixels (rows and columns 4…23) of 28 × 28 images, divided by 255: [n, 784] → [n, 400] in [0, 1].
 * @throws {ShapeError} unless the images have 784 pixels each.
 * @example
 * const { images } = (await loadMnist()).test;
 * crop20(images).shape // [10000, 400]
 */
export function crop20(images: Tensor<Uint8Array>): Tensor<Float64Array> {
  const [count, pixels] = images.shape;
  if (pixels !== full * full)
    throw new ShapeError(
      `crop20: expected images of ${full * full} pixels, received ${pixels}. Give MNIST's images.`,
    );
  if (images.data.length !== count * pixels)
    throw new ShapeError(
      `crop20: expected ${count * pixels} bytes for shape [${images.shape}], received ${images.data.length}. Give rows × columns bytes.`,
    );
  const data = new Float64Array(count * side * side);
  for (let i = 0, to = 0; i < count; i++)
    for (let row = margin; row < margin + side; row++)
      for (let col = margin; col < margin + side; col++)
        data[to++] = images.data[i * pixels + row * full + col]! / 255;
  return { shape: [count, side * side], data };
}

/**
 * The first `perClass` training images of every class, cropped, grouped 0…9.
 * `index` holds their row numbers in MNIST's training set.
 * @throws {UsageError} if a class has fewer images than that.
 * @example digits20(await loadMnist()).x.shape // [5000, 400]
 */
export function digits20(
  mnist: { readonly train: DigitImages },
  perClass = 500,
): ClassData & { readonly index: Int32Array } {
  const { images, labels } = mnist.train;
  const index: number[] = [];
  for (let digit = 0; digit < 10; digit++) {
    const rows = Array.from(labels.keys()).filter((row) => labels[row] === digit);
    if (!Number.isInteger(perClass) || perClass < 1 || perClass > rows.length)
      throw new UsageError(
        `digits20: perClass must be an integer from 1 to ${rows.length} (images of class ${digit}), received ${perClass}. Give e.g. 500.`,
      );
    index.push(...rows.slice(0, perClass));
  }
  const pixels = images.shape[1];
  const chosen = new Uint8Array(index.length * pixels);
  for (const [i, row] of index.entries())
    chosen.set(images.data.subarray(row * pixels, (row + 1) * pixels), i * pixels);
  const x = crop20({ shape: [index.length, pixels], data: chosen });
  return { x, y: Int32Array.from(index, (row) => labels[row]!), index: Int32Array.from(index) };
}

/**
 * The digits of a course file with variables `X` [n, 400] and `y` (n labels, 10 meaning the digit 0).
 * @param options.pixels "columns" (default) leaves each image column by column, as in the file; "rows" turns it
 * into row by row, the order of `digits20`.
 * @throws {FormatError} if a variable is missing, has another shape, or a label is not 0…9 or 1…10.
 * @example
 * const file = readMat(await readBytes("digits.mat"), { inflate });
 * digitsFromMat(file).x.shape[1] // 400
 */
export function digitsFromMat(
  file: MatFile,
  options: { readonly pixels?: "columns" | "rows" } = {},
): ClassData {
  checkOptions("digitsFromMat", oneOf("pixels", "columns", "rows"), options);
  const x = matToTensor(variable(file, "X"));
  const labels = variable(file, "y").data;
  if (x.shape[1] !== side * side || labels.length !== x.shape[0])
    throw new FormatError(
      `digitsFromMat: expected X with ${side * side} columns and one y for each row, received X ${x.shape.join(" × ")} and ${labels.length} labels. Give the file of 20 × 20 digits.`,
    );
  const tens = labels.includes(10);
  for (const [row, label] of labels.entries())
    if (!Number.isInteger(label) || label < (tens ? 1 : 0) || label > 10)
      throw new FormatError(
        `digitsFromMat: expected labels 0 to 9, or 1 to 10 with 10 meaning 0, received ${label} at row ${row} (from 0)${tens ? " beside a 10" : ""}. Use one of the two numberings.`,
      );
  const y = Int32Array.from(labels, (label) => label % 10);
  return { x: options.pixels === "rows" ? transposeImages(x) : x, y };
}

/** Mirrors every 20 × 20 image at its diagonal: column by column becomes row by row, and back. */
function transposeImages({ shape, data }: Tensor<Float64Array>): Tensor<Float64Array> {
  const out = data.map((_, i) => {
    const pixel = i % (side * side);
    return data[i - pixel + (pixel % side) * side + Math.floor(pixel / side)]!;
  });
  return { shape, data: out };
}

function variable(file: MatFile, name: string): MatMatrix {
  const found = file.variables[name];
  if (found !== undefined) return found;
  const names = Object.keys(file.variables).join(", ") || "none";
  const skipped = file.skipped.map((other) => `${other.name} (${other.kind})`).join(", ");
  throw new FormatError(
    `digitsFromMat: expected a numeric variable ${name}, received ${names}${skipped ? `; not numeric: ${skipped}` : ""}. Give the file of 20 × 20 digits with X and y.`,
  );
}
