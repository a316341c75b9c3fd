/**
 * What differs between the tutorial's AND, OR and NOT: the truth table, the bias it starts with, what it prints.
 *
 * The order of the rows is the tutorial's (NOT: 1 before 0).
 */
export interface Gate {
  readonly name: "and" | "or" | "not";
  readonly inputs: readonly (readonly number[])[];
  readonly targets: readonly number[];
  /** Columns of the start bias: 2 makes the program grow a second output at its first update. */
  readonly publishedBias: 1 | 2;
  /** Weights (row after row), bias and first-column scores that the tutorial prints. */
  readonly printed: {
    readonly w: readonly number[];
    readonly b: readonly number[];
    readonly scores: readonly number[];
  };
}

const PAIRS = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
] as const;

export const AND: Gate = {
  name: "and",
  inputs: PAIRS,
  targets: [0, 0, 0, 1],
  publishedBias: 2,
  printed: {
    w: [3.58627447, 3.58664415, 3.58627445, 3.58664413],
    b: [-5.69865399, -5.69921649],
    scores: [0.003339284003451103, 0.1078994052700841, 0.1078994065762308, 0.8136486739472225],
  },
};

export const OR: Gate = {
  name: "or",
  inputs: PAIRS,
  targets: [0, 1, 1, 1],
  publishedBias: 1,
  printed: {
    w: [4.63629047, 4.63636187],
    b: [-1.87568775],
    scores: [0.1328849727549866, 0.9405133604748699, 0.9405093656227651, 0.9993872646847757],
  },
};

export const NOT: Gate = {
  name: "not",
  inputs: [[1], [0]],
  targets: [0, 1],
  publishedBias: 1,
  printed: { w: [-6.79010254], b: [3.26280938], scores: [0.02854555463398659, 0.9631306816639573] },
};

/** Steps of the published program, and the number its text gives. */
export const STEPS = 200_000;
export const STEPS_IN_TEXT = 20_000;
/** Learning rate α and decay λ. */
export const RATE = 1e-3;
export const DECAY = 1e-3;
/** Added inside both logarithms by the published loss. */
export const LOG_GUARD = 1e-4;
/** Losses are printed as means of so many steps. */
export const BLOCK = 500;
