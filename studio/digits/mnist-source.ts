/**
 * Where the Digits room gets MNIST from: the server that serves the studio, once, or four files that a person picks.
 *
 * What the server sent is kept in the browser's cache storage where there is one. Nothing leaves the machine. A
 * server without the files is an answer, not an error: static hosting has none.
 */
import { type Mnist, type MnistFiles, mnistFileNames } from "papergrad/data";
import { readMnist } from "../data/mnist-files.ts";

/** The data, or what is missing. */
export type Source =
  | { readonly mnist: Mnist; readonly from: "cache" | "server" | "files" }
  | { readonly missing: readonly string[] };

/** Called with the bytes that are there and those expected. */
export type OnBytes = (received: number, expected: number) => void;

const CACHE = "papergrad-mnist";
/** Bytes of the four unpacked files. */
const EXPECTED = 47_040_016 + 60_008 + 7_840_016 + 10_008;

type Kind = keyof MnistFiles;
const kinds: readonly Kind[] = ["trainImages", "trainLabels", "testImages", "testLabels"];

async function eachFile<T>(get: (kind: Kind) => Promise<T>): Promise<MnistFiles<T>> {
  const [trainImages, trainLabels, testImages, testLabels] = await Promise.all([
    get("trainImages"),
    get("trainLabels"),
    get("testImages"),
    get("testLabels"),
  ]);
  return { trainImages, trainLabels, testImages, testLabels };
}

/** Loads the four files from `data/mnist/` beside the page, whose folder is `base`, or from the cache. */
export async function loadFromServer(base: string, onBytes: OnBytes): Promise<Source> {
  const cache = typeof caches === "undefined" ? null : await caches.open(CACHE).catch(() => null);
  let received = 0;
  let fetched = false;
  const responses = await eachFile(async (kind) => {
    const address = new URL(`data/mnist/${mnistFileNames[kind]}`, base).href;
    const kept = await cache?.match(address);
    if (kept) return { address, response: kept, fresh: false };
    return { address, response: await fetch(address).catch(() => null), fresh: true };
  });
  const missing = kinds.filter((kind) => !isFile(responses[kind].response));
  if (missing.length > 0) return { missing: missing.map((kind) => mnistFileNames[kind]) };
  const files = await eachFile(async (kind) => {
    const { address, response, fresh } = responses[kind];
    const bytes = await readAll(response!, (more) => {
      received += more;
      onBytes(received, EXPECTED);
    });
    if (fresh) {
      fetched = true;
      // A browser that may not keep so much just loads it again next time.
      await cache?.put(address, new Response(bytes)).catch(() => {});
    }
    return bytes;
  });
  try {
    return { mnist: readMnist(files), from: fetched ? "server" : "cache" };
  } catch (error) {
    if (cache) await caches.delete(CACHE);
    throw error;
  }
}

/** A page in place of a file is how some servers say that there is none. */
const isFile = (response: Response | null): boolean =>
  response?.ok === true && !(response.headers.get("content-type") ?? "").startsWith("text/html");

async function readAll(
  response: Response,
  onMore: (bytes: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const reader = response.body!.getReader();
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    chunks.push(piece.value);
    onMore(piece.value.length);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

/** Picks the four files out of those given by what their names contain, unpacking gzipped ones. */
export async function readPicked(picked: readonly File[]): Promise<Source> {
  const found = new Map(kinds.map((kind) => [kind, picked.find((file) => fits(file.name, kind))]));
  const missing = kinds.filter((kind) => found.get(kind) === undefined);
  if (missing.length > 0) return { missing: missing.map((kind) => mnistFileNames[kind]) };
  return { mnist: readMnist(await eachFile((kind) => unpacked(found.get(kind)!))), from: "files" };
}

/** `train-images-idx3-ubyte`, `train-images.idx3-ubyte`, either with `.gz`, with or without " (1)". */
const fits = (name: string, kind: Kind): boolean =>
  name.toLowerCase().includes(mnistFileNames[kind].slice(0, mnistFileNames[kind].indexOf("-idx")));

async function unpacked(file: File): Promise<Uint8Array> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
