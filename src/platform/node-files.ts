/**
 * Reading files in Node: bytes, text, unpacking. Nothing here knows what is in a file.
 *
 * A missing file is a `UsageError` that names the path; damaged compressed bytes are a `FormatError`.
 */
import { readFile } from "node:fs/promises";
import { gunzipSync, inflateSync } from "node:zlib";
import { FormatError, UsageError } from "../tensor/errors.ts";
import { checkBytes } from "../tensor/options.ts";

/**
 * The bytes of a file; a gzipped one (first bytes 1f 8b) is unpacked.
 * @throws {UsageError} if it cannot be read; {FormatError} if it is gzipped and damaged.
 * @example idxImages(await readBytes("train-images-idx3-ubyte.gz")).shape[1] // 784
 */
export async function readBytes(path: string): Promise<Uint8Array> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(
      `readBytes: expected a readable file at ${path}, received ${error.code ?? error.message}. Check the path and the permissions.`,
    );
  });
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzip(bytes, path) : bytes;
}

/**
 * The text of a UTF-8 file.
 * @throws {UsageError} if it cannot be read.
 * @example readIrisCsv(await readText("Iris.csv")).y.length // 150
 */
export const readText = async (path: string): Promise<string> =>
  new TextDecoder().decode(await readBytes(path));

/**
 * Unpacks gzip.
 * @throws {FormatError} if the bytes are damaged.
 * @example
 * const packed = Uint8Array.from(atob("H4sIAAAAAAACA0sEAEO+t+gBAAAA"), (c) => c.charCodeAt(0));
 * gunzip(packed) // [97]
 */
export const gunzip = (bytes: Uint8Array, where = "gunzip"): Uint8Array =>
  unpack(where, "gzip", gunzipSync, bytes);

/**
 * Unpacks a zlib stream, as compressed variables of `.mat` files need.
 * @throws {FormatError} if the bytes are damaged.
 * @example inflate(Uint8Array.from(atob("eJxLBAAAYgBi"), (c) => c.charCodeAt(0))) // [97]
 */
export const inflate = (bytes: Uint8Array): Uint8Array => unpack("inflate", "zlib", inflateSync, bytes);

function unpack(
  where: string,
  kind: string,
  work: (bytes: Uint8Array) => Uint8Array,
  bytes: Uint8Array,
): Uint8Array {
  checkBytes(where, bytes);
  try {
    return work(bytes);
  } catch (error) {
    throw new FormatError(
      `${where}: byte 0: expected a ${kind} stream of ${bytes.length} bytes, received one that does not unpack (${String(error)}). Get the file again.`,
      0,
    );
  }
}
