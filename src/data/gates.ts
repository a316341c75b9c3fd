/**
 * Truth tables: the sixteen gates with two inputs, and NOT with one.
 *
 * A gate is written as its four answers for the inputs 00, 01, 10, 11, in this order.
 */
import { UsageError } from "../tensor/errors.ts";
import type { ClassData } from "./dataset.ts";

const tables = {
  false: "0000",
  and: "0001",
  "a-and-not-b": "0010",
  a: "0011",
  "b-and-not-a": "0100",
  b: "0101",
  xor: "0110",
  or: "0111",
  nor: "1000",
  xnor: "1001",
  "not-b": "1010",
  "a-or-not-b": "1011",
  "not-a": "1100",
  "b-or-not-a": "1101",
  nand: "1110",
  true: "1111",
} as const;

/** Name of a gate; all but "not" have two inputs. */
export type GateName = keyof typeof tables | "not";

/** All names, "not" last. */
export const gateNames: readonly GateName[] = [...(Object.keys(tables) as GateName[]), "not"];

/**
 * The truth table of a gate: x [4, 2] with rows 00, 01, 10, 11 and y its four answers; for "not" x [2, 1] with
 * rows 0, 1.
 * @throws {UsageError} if there is no such gate.
 * @example gate("xor").y // Int32Array [0, 1, 1, 0]
 */
export function gate(name: GateName): ClassData {
  if (name === "not") return { x: { shape: [2, 1], data: Float64Array.of(0, 1) }, y: Int32Array.of(1, 0) };
  if (!Object.hasOwn(tables, name))
    throw new UsageError(
      `gate: expected one of ${gateNames.join(", ")}, received ${JSON.stringify(name)}. Give one of these names.`,
    );
  return {
    x: { shape: [4, 2], data: Float64Array.of(0, 0, 0, 1, 1, 0, 1, 1) },
    y: Int32Array.from(tables[name], Number),
  };
}
