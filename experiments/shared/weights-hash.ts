/** A short name for a set of weights: equal hashes mean equal bits. */
import { hashBytes } from "papergrad/engine";

/** FNV-1a (32 bits, hex) over the bytes of all arrays in order, little-endian. */
export function weightsHash(arrays: readonly (Float32Array | Float64Array)[]): string {
  const bytes = new Uint8Array(arrays.reduce((n, a) => n + a.byteLength, 0));
  let at = 0;
  for (const a of arrays) {
    bytes.set(new Uint8Array(a.buffer, a.byteOffset, a.byteLength), at);
    at += a.byteLength;
  }
  return hashBytes(bytes);
}
