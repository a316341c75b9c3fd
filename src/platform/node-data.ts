/** Data files that Node programs read in one call: Iris.csv, and the 20 × 20 digits of a `.mat` file. */
import type { ClassData, NamedClassData } from "../data/dataset.ts";
import { digitsFromMat } from "../data/digits20.ts";
import { readIrisCsv } from "../data/iris.ts";
import { type MatFile, readMat } from "../data/mat.ts";
import { inflate, readBytes, readText } from "./node-files.ts";

/** Kaggle's Iris.csv. @throws {UsageError} if it cannot be read; {FormatError} if it is another table. */
export const loadIrisCsv = async (path: string): Promise<NamedClassData> => readIrisCsv(await readText(path));

/** A level 5 `.mat` file, compressed or not. @throws {UsageError} if it cannot be read; {FormatError} if damaged. */
export const loadMat = async (path: string): Promise<MatFile> => readMat(await readBytes(path), { inflate });

/** The course file of 20 × 20 digits; see `digitsFromMat`. @example await loadDigitsMat("digits.mat") */
export const loadDigitsMat = async (
  path: string,
  options?: { pixels?: "columns" | "rows" },
): Promise<ClassData> => digitsFromMat(await loadMat(path), options);
