/**
 * Values in error messages: short, and true to their kind. The string "1" is written with its quotes, so that nobody
 * reads "expected a number, received 1".
 */

/**
 * A value of any kind in a few words.
 * @example
 * show("1") // "\"1\""
 * show([1, null]) // "[1, null]"
 * show(new Uint8Array(2)) // "a Uint8Array"
 */
export function show(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function") return value.name ? `a function (${value.name})` : "a function";
  if (Array.isArray(value)) {
    const first = value.slice(0, 4).map((v) => (Array.isArray(v) ? "[…]" : show(v)));
    return `[${first.join(", ")}${value.length > 4 ? ", …" : ""}]`;
  }
  if (typeof value !== "object" || value === null) return String(value);
  const kind = Object.getPrototypeOf(value)?.constructor?.name ?? "Object";
  if (kind !== "Object") return `${/^[AEIO]/.test(kind) ? "an" : "a"} ${kind}`;
  const names = Object.keys(value);
  return names.length === 0 ? "an empty object" : `an object with ${names.slice(0, 6).join(", ")}`;
}
