/**
 * Checking options against a table: for each name what is expected, whether a value is that, and the cure.
 * A name that is not in the table is an error too, with the nearest name. Every function of papergrad that takes
 * options starts with it.
 */
import { UsageError } from "./errors.ts";
import { suggestion } from "./names.ts";
import { show } from "./show.ts";

/** What one option has to be. */
export interface OptionCheck {
  /** Reads after "expected": "epochs ≥ 1, a whole number". */
  readonly expected: string;
  readonly accepts: (value: unknown) => boolean;
  /** How to fix it, a sentence. */
  readonly cure: string;
}

/** The options of a function by their names. */
export type OptionTable = Readonly<Record<string, OptionCheck>>;

/**
 * Throws at the first option that is unknown or not what the table says. `undefined` counts as left out.
 * @throws {UsageError} e.g. "fit: expected epochs ≥ 1, a whole number, received 0. …"
 * @example checkOptions("sgd", names("learningRate"), { learningRate: 0.1 })
 */
export function checkOptions(where: string, table: OptionTable, options: unknown): void {
  const known = Object.keys(table);
  if (!isObject(options) || Array.isArray(options))
    throw new UsageError(
      `${where}: expected its options as an object, received ${show(options)}. Write { ${known[0]}: … }; known: ${known.join(", ")}.`,
    );
  for (const [name, value] of Object.entries(options as object)) {
    if (!Object.hasOwn(table, name))
      throw new UsageError(`${where}: no option is called ${show(name)}. ${suggestion(name, known)}`);
    const { expected, accepts, cure } = table[name]!;
    if (value === undefined || accepts(value)) continue;
    throw new UsageError(`${where}: expected ${expected}, received ${show(value)}. ${cure}`);
  }
}

/** Options that the function itself checks: only their names are looked at. */
export const names = (...list: string[]): OptionTable =>
  table(list, () => ({ expected: "", accepts: () => true, cure: "" }));

/** Options that are true or false. */
export const flags = (...list: string[]): OptionTable =>
  table(list, (name) => ({
    expected: `${name} true or false`,
    accepts: (v) => typeof v === "boolean",
    cure: "Leave it out for the default.",
  }));

/** An option that is one of a few values. */
export const oneOf = (name: string, ...values: unknown[]): OptionTable =>
  table([name], () => ({
    expected: `${name} ${values.map(show).join(" or ")}`,
    accepts: (v) => values.includes(v),
    cure: "Give one of these.",
  }));

/** The name of a layer. */
export const layerName: OptionTable = table(["name"], () => ({
  expected: "name as a text that is not empty",
  accepts: (v) => typeof v === "string" && v !== "",
  cure: `Give e.g. "hidden".`,
}));

function table(list: readonly string[], check: (name: string) => OptionCheck): OptionTable {
  return Object.fromEntries(list.map((name) => [name, check(name)]));
}

/** Whether v is a number (not a text that reads as one) with low ≤ v < below, NaN never. */
export const isNumber = (v: unknown, low = -Infinity, below = Infinity): v is number =>
  typeof v === "number" && v >= low && v < below && v !== -Infinity;
/** Whether v is a whole number ≥ low. */
export const isWhole =
  (low: number) =>
  (v: unknown): boolean =>
    Number.isSafeInteger(v) && (v as number) >= low;
/** Whether v is an object, arrays included. */
export const isObject = (v: unknown): boolean => typeof v === "object" && v !== null;
/** Whether v is an object with functions of these names, as what a call of e.g. `heNormal()` gives. */
export const hasMethods =
  (...list: string[]) =>
  (v: unknown): boolean =>
    isObject(v) && list.every((name) => typeof (v as Record<string, unknown>)[name] === "function");

/** @throws {UsageError} unless `bytes` are a Uint8Array (a Buffer is one). */
export function checkBytes(where: string, bytes: unknown): asserts bytes is Uint8Array {
  if (bytes instanceof Uint8Array) return;
  throw new UsageError(
    `${where}: expected bytes as a Uint8Array, received ${show(bytes)}. Wrap an ArrayBuffer with new Uint8Array(buffer).`,
  );
}
