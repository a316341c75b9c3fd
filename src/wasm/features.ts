/**
 * What the WebAssembly engine at hand can do, found by letting it validate tiny modules; nothing is run.
 *
 * papergrad needs `simd` (every engine since 2021). `relaxedSimd` and `threads` are recorded with a run and are
 * not used where bits must be the same everywhere.
 * Source: WebAssembly feature proposals (SIMD, relaxed SIMD, threads), binary format.
 */
import { MODULE_HEADER } from "./encode.ts";

/** Features of an engine, as plain values. */
export interface Features {
  readonly simd: boolean;
  readonly relaxedSimd: boolean;
  readonly threads: boolean;
}

/** A section of at most 127 bytes. */
const section = (id: number, content: readonly number[]): number[] => [id, content.length, ...content];

/** A module with one function () → v128 made of `code`. */
function returningVector(code: readonly number[]): Uint8Array<ArrayBuffer> {
  const body = [0, ...code, 0x0b];
  return Uint8Array.from([
    ...MODULE_HEADER,
    ...section(1, [1, 0x60, 0, 1, 0x7b]),
    ...section(3, [1, 0]),
    ...section(10, [1, body.length, ...body]),
  ]);
}

const zero = [0xfd, 0x0c, ...new Array<number>(16).fill(0)];
const probes = {
  simd: () => returningVector(zero),
  // f32x4.relaxed_madd
  relaxedSimd: () => returningVector([...zero, ...zero, ...zero, 0xfd, 0x85, 0x02]),
  // a shared memory of 1 to 1 pages
  threads: () => Uint8Array.from([...MODULE_HEADER, ...section(5, [1, 0x03, 1, 1])]),
};

/**
 * Probes the engine.
 * @example probeFeatures().simd // true
 */
export const probeFeatures = (): Features => ({
  simd: WebAssembly.validate(probes.simd()),
  relaxedSimd: WebAssembly.validate(probes.relaxedSimd()),
  threads: WebAssembly.validate(probes.threads()),
});
