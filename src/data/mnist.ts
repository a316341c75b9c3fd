/**
 * The MNIST digits as bytes: 60 000 training and 10 000 test images of 28 × 28 pixels, 0 (black) to 255.
 *
 * Works on the four IDX files wherever they came from; `papergrad/node` finds and reads them.
 * Source: Y. LeCun, C. Cortes, C. Burges, the MNIST database.
 */
import { FormatError } from "../tensor/errors.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { idxImages, idxLabels } from "./idx.ts";

/** One part of MNIST: `images` [n, 784] row by row, and `labels` 0…9. */
export interface DigitImages {
  readonly images: Tensor<Uint8Array>;
  readonly labels: Uint8Array;
}

/** Training and test part. */
export interface Mnist {
  readonly train: DigitImages;
  readonly test: DigitImages;
}

/** The four files, unpacked. */
export interface MnistFiles<T = Uint8Array> {
  readonly trainImages: T;
  readonly trainLabels: T;
  readonly testImages: T;
  readonly testLabels: T;
}

/** The names the files have had from the beginning. */
export const mnistFileNames: MnistFiles<string> = {
  trainImages: "train-images-idx3-ubyte",
  trainLabels: "train-labels-idx1-ubyte",
  testImages: "t10k-images-idx3-ubyte",
  testLabels: "t10k-labels-idx1-ubyte",
};

/** MD5 of the unpacked original files. */
export const mnistMd5: MnistFiles<string> = {
  trainImages: "6bbc9ace898e44ae57da46a324031adb",
  trainLabels: "a25bea736e30d166cdddb491f175f624",
  testImages: "2646ac647ad5339dbf082846283269ea",
  testLabels: "27ae3e4e09519cfbb04c329615203637",
};

/**
 * Puts the four files together.
 * @throws {FormatError} if a file is no IDX file of its kind, or images and labels differ in number.
 * @example
 * const images = Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 28, 0, 0, 0, 28, ...new Uint8Array(784));
 * const labels = Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 1, 5);
 * const files = { trainImages: images, trainLabels: labels, testImages: images, testLabels: labels };
 * mnistFromIdx(files).train.images.shape // [1, 784]
 */
export function mnistFromIdx(files: MnistFiles): Mnist {
  return {
    train: part(files.trainImages, files.trainLabels, "train"),
    test: part(files.testImages, files.testLabels, "test"),
  };
}

function part(imageBytes: Uint8Array, labelBytes: Uint8Array, name: string): DigitImages {
  const { shape, data } = idxImages(imageBytes, `mnist: ${name} images`);
  const labels = idxLabels(labelBytes, `mnist: ${name} labels`);
  if (labels.length !== shape[0])
    throw new FormatError(
      `mnist: ${name} labels: byte 4: expected ${shape[0]} labels, one for each image, received ${labels.length}. Give files that belong together.`,
      4,
    );
  return { images: { shape, data }, labels };
}
