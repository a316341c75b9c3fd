/** Data files that Node programs read in one call: Iris.csv, and the 20 × 20 digits of a `.mat` file. */
import type { ClassData, NamedClassData } from "../data/dataset.ts";
import { digitsFromMat } from "../data/digits20.ts";
import { readIrisCsv } from "../data/iris.ts";
import { type MatFile, readMat } from "../data/mat.ts";
import { inflate, readBytes, readText } from "./node-files.ts";

/**
 * Kaggle's Iris.csv; see `readIrisCsv`.
 * @throws {UsageError} if it cannot be read; {FormatError} if it is another table.
 * @example (await loadIrisCsv("Iris.csv")).x.shape // [150, 4]
 */
export const loadIrisCsv = async (path: string): Promise<NamedClassData> => readIrisCsv(await readText(path));

/**
 * A level 5 `.mat` file, compressed or not; see `readMat`.
 * @throws {UsageError} if it cannot be read; {FormatError} if damaged.
 * @example Object.keys((await loadMat("digits.mat")).variables) // ["X", "y"]
 */
export const loadMat = async (path: string): Promise<MatFile> => readMat(await readBytes(path), { inflate });

/**
 * The course file of 20 × 20 digits; see `digitsFromMat`.
 * @throws {UsageError} if it cannot be read; {FormatError} if it is damaged or holds something else.
 * @example (await loadDigitsMat("digits.mat")).x.shape[1] // 400
 */
export const loadDigitsMat = async (
  path: string,
  options?: { pixels?: "columns" | "rows" },
): Promise<ClassData> => digitsFromMat(await loadMat(path), options);
