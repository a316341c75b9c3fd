/**
 * What compiled products may use of the machine: the size of register tiles, and fused multiply-adds.
 *
 * The size changes no bit, only the time. Fused multiply-adds round once where `program.ts` states two roundings:
 * they are for the mode "fast" alone (`fast.ts`).
 */

/** Register tiles of sums: a product's results are cut into them. */
export interface Tiles {
  /** Usual width, in vectors. */
  readonly width: number;
  /** Height in rows by width in vectors, from 0 on. */
  readonly heights: readonly number[];
}

/** What code is written for. */
export interface Target {
  /** In words, to be recorded with a run. */
  readonly name: string;
  readonly tiles: Tiles;
  /** Whether a·b + c may be one operation with one rounding. */
  readonly fused: boolean;
  /** Whether the engine joins neighbouring vectors to wider ones, which it does where tiles do nothing but add up. */
  readonly joined: boolean;
}

/**
 * Separate roundings, sixteen registers of 128 bits: tiles that leave room for the factors, so that nothing is
 * spilled. Measured on x86-64: decision 7.
 */
export const EXACT: Target = {
  name: "multiply, add",
  tiles: { width: 2, heights: [0, 6, 4, 2, 2, 1, 1, 1, 1] },
  fused: false,
  joined: false,
};

/** The same with fused multiply-adds, which need no register for the product. */
export const FUSED: Target = {
  name: "fused multiply-add",
  tiles: { width: 2, heights: [0, 8, 6, 3, 3, 1, 1, 1, 1] },
  fused: true,
  joined: false,
};

/** An engine that joins neighbouring vectors into registers of 256 bits: half as many for a tile. */
export const FUSED_WIDE: Target = {
  name: "fused multiply-add, 256 bits",
  tiles: { width: 4, heights: [0, 6, 6, 3, 4, 1, 1, 1, 1] },
  fused: true,
  joined: true,
};
