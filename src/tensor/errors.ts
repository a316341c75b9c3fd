/**
 * The three kinds of error papergrad throws on purpose.
 *
 * Every message is one sentence or two: where, expected what, received what, how to fix it. The command line
 * prints the message alone (no stack) and exits with 2 for a `UsageError`, 1 for the others.
 */

/**
 * A wrong option, name or value.
 * @example new UsageError("fit: expected epochs ≥ 1, received 0. Give e.g. 10.").name // "UsageError"
 */
export class UsageError extends Error {
  /** The name of the class. */
  override readonly name = "UsageError";
}

/**
 * Two shapes that do not go together.
 * @example new ShapeError("matrix: row 1 has 2 values, row 0 has 3.") instanceof Error // true
 */
export class ShapeError extends Error {
  /** The name of the class. */
  override readonly name = "ShapeError";
}

/**
 * A file or byte string that is not what it says it is; `offset` is the byte where that was noticed.
 * @example new FormatError("parseIdx: byte 4: expected 8 bytes, received 4.", 4).offset // 4
 */
export class FormatError extends Error {
  /** The name of the class. */
  override readonly name = "FormatError";
  /** The byte where it was noticed, from 0. */
  readonly offset: number | undefined;
  constructor(message: string, offset?: number) {
    super(message);
    this.offset = offset;
  }
}
