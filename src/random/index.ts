/** Seeded random numbers: NumPy's legacy generator. Re-exports only. */
export type { ChoiceOptions } from "./choice.ts";
export { type RandomSnapshot, RandomState, randomFrom, type Seed } from "./random-state.ts";
export { type NumberArray, type Rows, rowCount, takeRows } from "./rows.ts";
export type { Draw, Size } from "./size.ts";
