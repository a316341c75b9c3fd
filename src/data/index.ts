/**
 * Data sets, generators, file formats and preprocessing: the entry point `papergrad/data`. Re-exports only.
 *
 * Everything works on values and bytes, in Node and in browsers; `papergrad/node` finds and reads files.
 */
export { type BlobOptions, makeBlobs, makeXor } from "./blobs.ts";
export { makeCircles } from "./circles.ts";
export { type CsvTable, columnMatrix, columnText, parseCsv } from "./csv.ts";
export type { ClassData, NamedClassData, RegressionData } from "./dataset.ts";
export { crop20, digits20, digitsFromMat } from "./digits20.ts";
export { type GateName, gate, gateNames } from "./gates.ts";
export { type IdxFile, idxImages, idxLabels, parseIdx } from "./idx.ts";
export { type Picture, toGrey } from "./images.ts";
export { iris, readIrisCsv } from "./iris.ts";
export { type MatFile, type MatMatrix, type MatOptions, matToTensor, readMat } from "./mat.ts";
export {
  type DigitImages,
  type Mnist,
  type MnistFiles,
  mnistFileNames,
  mnistFromIdx,
  mnistMd5,
} from "./mnist.ts";
export { makeMoons } from "./moons.ts";
export type { PointOptions } from "./points.ts";
export {
  applyScaler,
  assertFinite,
  classCounts,
  minMaxScale,
  oneHot,
  type Scaler,
  standardize,
} from "./preprocess.ts";
export { shuffle } from "./shuffle.ts";
export { makeSpirals } from "./spirals.ts";
export { type SplitOptions, splitIndex, trainTestSplit } from "./split.ts";
export { makeGaussian, makePlane, type SurfaceOptions } from "./surfaces.ts";
