/**
 * The Mersenne Twister MT19937: a stream of 32-bit words from one integer seed.
 *
 * Nothing here knows about distributions; `random-state.ts` turns the words into numbers.
 * Source: M. Matsumoto, T. Nishimura, "Mersenne Twister", ACM TOMACS 8 (1998), with the 2002 seeding
 * (s_i = 1812433253·(s_{i−1} ⊕ s_{i−1} ≫ 30) + i), which NumPy uses for integer seeds.
 */
import { UsageError } from "../tensor/errors.ts";
import { show } from "../tensor/show.ts";

/** Words of state. */
export const stateWords = 624;
const shift = 397;

/** A word generator: `key` is its state, `position` the next word of it to hand out (624: refill first). */
export class MersenneTwister {
  readonly key = new Uint32Array(stateWords);
  position = stateWords;

  /** @throws {UsageError} unless `seed` is an integer from 0 to 2³² − 1. */
  constructor(seed: number) {
    if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff)
      throw new UsageError(
        `RandomState: seed must be an integer from 0 to 4294967295 (2^32 − 1), received ${show(seed)}. Give such an integer.`,
      );
    let word = seed >>> 0;
    this.key[0] = word;
    for (let i = 1; i < stateWords; i++) {
      word = (Math.imul(1812433253, word ^ (word >>> 30)) + i) >>> 0;
      this.key[i] = word;
    }
  }

  /** The next word, an integer from 0 to 2³² − 1. */
  next(): number {
    if (this.position === stateWords) this.#refill();
    let y = this.key[this.position++]!;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  #refill(): void {
    const key = this.key;
    for (let k = 0; k < stateWords; k++) {
      const y = (key[k]! & 0x80000000) | (key[(k + 1) % stateWords]! & 0x7fffffff);
      key[k] = key[(k + shift) % stateWords]! ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
    }
    this.position = 0;
  }
}
