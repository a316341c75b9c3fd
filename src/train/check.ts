/**
 * Checking options against a table: for each name what is expected, whether a value is that, and the cure.
 * A name that is not in the table is an error too, with the nearest name.
 */
import { nearest } from "../nn/lookup.ts";
import { UsageError } from "../tensor/errors.ts";

export interface OptionCheck {
  /** Reads after "expected": "epochs ≥ 1, a whole number". */
  readonly expected: string;
  readonly accepts: (value: unknown) => boolean;
  /** How to fix it, a sentence. */
  readonly cure: string;
}

export type OptionTable = Readonly<Record<string, OptionCheck>>;

/**
 * Throws at the first option that is unknown or not what the table says. `undefined` counts as left out.
 * @throws {UsageError} e.g. "fit: expected epochs ≥ 1, a whole number, received 0. …"
 */
export function checkOptions(where: string, table: OptionTable, options: object): void {
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(table, name)) {
      const near = nearest(name, Object.keys(table));
      const hint = near ? `Did you mean "${near}"?` : `Known: ${Object.keys(table).join(", ")}.`;
      throw new UsageError(`${where}: no option is called "${name}". ${hint}`);
    }
    const { expected, accepts, cure } = table[name]!;
    if (value === undefined || accepts(value)) continue;
    throw new UsageError(`${where}: expected ${expected}, received ${show(value)}. ${cure}`);
  }
}

function show(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "function") return "a function";
  if (Array.isArray(value)) return `[${value.map(show).join(", ")}]`;
  return typeof value === "object" && value !== null ? "an object" : String(value);
}

export const isWhole =
  (low: number) =>
  (v: unknown): boolean =>
    Number.isInteger(v) && (v as number) >= low;
export const isObject = (v: unknown): boolean => typeof v === "object" && v !== null;
export const isBoolean = (v: unknown): boolean => typeof v === "boolean";
