/**
 * Which function is which, as text for cache keys. Compiled entries are shared between losses (or optimizers) that do
 * the same; a name and options say so only for those of papergrad itself. Functions of users are told apart by
 * identity: each gets a number when it is first seen.
 */

const keys = new WeakMap<object, string>();
let issued = 0;

/** `f`, known from now on by the plain data it was made of: made twice of the same data it is the same. */
export function madeOf<F extends object>(f: F, ...data: readonly unknown[]): F {
  keys.set(f, JSON.stringify(data));
  return f;
}

/** Text that stands for this function or object, and for no other unless both were made of the same data. */
export function identityOf(f: object): string {
  const known = keys.get(f) ?? `#${++issued}`;
  keys.set(f, known);
  return known;
}

/**
 * The identity of what has `method`: the method alone if papergrad made it, else the object as well, as its method
 * may read the object.
 */
export const ownerIdentity = (owner: object, method: object): string =>
  keys.get(method)?.startsWith("[") ? identityOf(method) : `${identityOf(owner)} ${identityOf(method)}`;
