/**
 * Random numbers without a state: one uniform number for each (seed, stream, step, index), all 32-bit unsigned.
 *
 * Dropout draws its masks here: any element can be computed by any thread in any order, and every backend writes
 * the same 32-bit operations. All arithmetic is modulo 2³²; ^ is exclusive or, >> shifts zeros in:
 *
 *     mix(x):  x ← x ^ (x >> 17);  x ← x·0xed5ad4bb;  x ← x ^ (x >> 11);  x ← x·0xac4c1b51;
 *              x ← x ^ (x >> 15);  x ← x·0x31848bab;  x ← x ^ (x >> 14)
 *     key      = mix(step ^ mix(stream ^ mix(seed + 0x9e3779b9)))
 *     uniform  = (mix(index ^ key) >> 8) / 2²⁴
 *
 * mix is the bijection "triple32" of Chris Wellons ("Prospecting for Hash Functions", 2018, public domain). The
 * constant added to the seed (2³²/golden ratio) keeps seed 0 off its fixed point 0. Not for cryptography.
 */

const SEED_OFFSET = 0x9e3779b9;

/** Scatters the bits of a 32-bit number; one-to-one. Returns 0…2³² − 1. */
export function mix32(x: number): number {
  x ^= x >>> 17;
  x = Math.imul(x, 0xed5ad4bb);
  x ^= x >>> 11;
  x = Math.imul(x, 0xac4c1b51);
  x ^= x >>> 15;
  x = Math.imul(x, 0x31848bab);
  x ^= x >>> 14;
  return x >>> 0;
}

/** The part that is the same for every index of one step: compute it once, outside the loop. */
export const counterKey = (seed: number, stream: number, step: number): number =>
  mix32(step ^ mix32(stream ^ mix32((seed + SEED_OFFSET) | 0)));

/** Uniform in [0, 1), a multiple of 2^−24, so that float32 and float64 hold the same number. */
export const counterUniform = (key: number, index: number): number => (mix32(index ^ key) >>> 8) / 2 ** 24;

/**
 * The uniform number of (seed, stream, step, index), each an integer taken modulo 2³².
 * @example counterRandom(1, 0, 0, 0) < 0.5 ? 0 : 1 // keeps one half
 */
export const counterRandom = (seed: number, stream: number, step: number, index: number): number =>
  counterUniform(counterKey(seed, stream, step), index);
