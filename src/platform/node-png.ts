/**
 * Digits as PNG files sorted into folders by class: `train/0/…png` to `test/9/…png`.
 *
 * Class after class, files by name (operating systems list folders in any order). PNG files are decoded by the
 * optional package fast-png; every picture has to have the same size.
 */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { toGrey } from "../data/images.ts";
import type { DigitImages, Mnist } from "../data/mnist.ts";
import { FormatError, UsageError } from "../tensor/errors.ts";
import { readBytes } from "./node-files.ts";

type Decode = typeof import("fast-png").decode;

/**
 * Both parts of a folder of PNG files.
 * @throws {UsageError} if a class folder or fast-png is missing; {FormatError} if a picture is damaged or of
 * another size than the first.
 */
export async function readPngMnist(folder: string): Promise<Mnist> {
  const { decode } = await import("fast-png").catch(() => {
    throw new UsageError(
      `loadMnist: expected the package fast-png for reading PNG files; it is not installed. Run "npm install fast-png".`,
    );
  });
  return {
    train: await readPart(join(folder, "train"), decode),
    test: await readPart(join(folder, "test"), decode),
  };
}

async function readPart(folder: string, decode: Decode): Promise<DigitImages> {
  const files: { path: string; label: number }[] = [];
  for (let label = 0; label < 10; label++) {
    const own = join(folder, String(label));
    const names = await readdir(own).catch((error: NodeJS.ErrnoException) => {
      throw new UsageError(
        `loadMnist: expected a folder ${own} with the PNG files of class ${label}, received ${error.code ?? error.message}. Make a folder for each class 0 to 9, empty if need be.`,
      );
    });
    const pictures = names.filter((name) => name.toLowerCase().endsWith(".png")).sort();
    files.push(...pictures.map((name) => ({ path: join(own, name), label })));
  }
  const rows: Uint8Array[] = [];
  for (const { path } of files) rows.push(await readPicture(path, decode, rows[0]?.length));
  const pixels = rows[0]?.length ?? 0;
  const data = new Uint8Array(rows.length * pixels);
  for (const [i, row] of rows.entries()) data.set(row, i * pixels);
  return {
    images: { shape: [rows.length, pixels], data },
    labels: Uint8Array.from(files, ({ label }) => label),
  };
}

async function readPicture(path: string, decode: Decode, expected: number | undefined): Promise<Uint8Array> {
  const bytes = await readBytes(path);
  let pixels: Uint8Array;
  try {
    pixels = toGrey(decode(bytes));
  } catch (error) {
    throw new FormatError(
      `${path}: byte 0: expected a PNG picture, received ${bytes.length} bytes that do not decode (${String(error)}). Get the file again.`,
      0,
    );
  }
  if (expected !== undefined && pixels.length !== expected)
    throw new FormatError(
      `${path}: byte 16: expected ${expected} pixels as in the first picture, received ${pixels.length}. Bring all pictures to one size.`,
      16,
    );
  return pixels;
}
