/**
 * What the WebAssembly engine at hand can do, found by letting it validate tiny modules; nothing is run.
 *
 * papergrad needs `simd` (every engine since 2021). `relaxedSimd` and `threads` are recorded with a run and are
 * not used where bits must be the same everywhere.
 * Source: WebAssembly feature proposals (SIMD, relaxed SIMD, threads), binary format.
 */
import { section, sized, unsigned, vector } from "./encode.ts";

/** Features of an engine, as plain values. */
export interface Features {
  readonly simd: boolean;
  readonly relaxedSimd: boolean;
  readonly threads: boolean;
}

const header = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];

/** A module with one function () → v128 made of `code`. */
function returningVector(code: readonly number[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from([
    ...header,
    ...section(1, vector([[0x60, 0, 1, 0x7b]])),
    ...section(3, vector([[0]])),
    ...section(10, vector([sized([0, ...code, 0x0b])])),
  ]);
}

const zero = [0xfd, 0x0c, ...new Array<number>(16).fill(0)];
const probes = {
  simd: returningVector(zero),
  // f32x4.relaxed_madd
  relaxedSimd: returningVector([...zero, ...zero, ...zero, 0xfd, ...unsigned(0x105)]),
  // a shared memory of 1 to 1 pages
  threads: Uint8Array.from([...header, ...section(5, vector([[0x03, 1, 1]]))]),
};

/**
 * Probes the engine.
 * @example probeFeatures().simd // true
 */
export const probeFeatures = (): Features => ({
  simd: WebAssembly.validate(probes.simd),
  relaxedSimd: WebAssembly.validate(probes.relaxedSimd),
  threads: WebAssembly.validate(probes.threads),
});
