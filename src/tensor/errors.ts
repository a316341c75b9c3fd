/**
 * The three kinds of error papergrad throws on purpose.
 *
 * Every message is one sentence or two: where, expected what, received what, how to fix it. The command line
 * prints the message alone (no stack) and exits with 2 for a `UsageError`, 1 for the others.
 */

/** A wrong option, name or value. @example throw new UsageError("fit: epochs must be ≥ 1, received 0.") */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Two shapes that do not go together. */
export class ShapeError extends Error {
  override readonly name = "ShapeError";
}

/** A file or byte string that is not what it says it is; `offset` is the byte where that was noticed. */
export class FormatError extends Error {
  override readonly name = "FormatError";
  readonly offset: number | undefined;
  constructor(message: string, offset?: number) {
    super(message);
    this.offset = offset;
  }
}
