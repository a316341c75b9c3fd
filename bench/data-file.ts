/**
 * The data of a job in one file of raw little-endian numbers, so that a process in any language reads it at once.
 */
import { readFileSync, writeFileSync } from "node:fs";
import type { StoredArray } from "./types.ts";
import type { Arrays } from "./workloads.ts";

const ALIGNMENT = 64;

/** Writes the arrays; returns where each lies. */
export function writeArrays(file: string, arrays: Arrays): Record<string, StoredArray> {
  const places: Record<string, StoredArray> = {};
  let size = 0;
  for (const [name, { data, shape }] of Object.entries(arrays)) {
    const type =
      data instanceof Float64Array ? "float64" : data instanceof Int32Array ? "int32" : ("uint8" as const);
    places[name] = { offset: size, shape, type };
    size = Math.ceil((size + data.byteLength) / ALIGNMENT) * ALIGNMENT;
  }
  const bytes = new Uint8Array(size);
  for (const [name, { data }] of Object.entries(arrays))
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), places[name]!.offset);
  writeFileSync(file, bytes);
  return places;
}

/** Reads them back as typed arrays. */
export function readArrays(
  file: string,
  places: Readonly<Record<string, StoredArray>>,
): Record<string, Float64Array | Int32Array | Uint8Array> {
  const bytes = readFileSync(file);
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const types = { float64: Float64Array, int32: Int32Array, uint8: Uint8Array };
  return Object.fromEntries(
    Object.entries(places).map(([name, { offset, shape, type }]) => [
      name,
      new types[type](buffer, offset, shape[0] * shape[1]),
    ]),
  );
}
