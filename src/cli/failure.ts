/** Errors as plain data, which survive the way between threads, and the exit code they lead to. */

export interface Failure {
  /** Of the error's class, e.g. "UsageError". */
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
}

export const failureOf = (error: unknown): Failure =>
  error instanceof Error
    ? { name: error.name, message: error.message, stack: error.stack }
    : { name: "Error", message: String(error), stack: undefined };

/** 2 for a mistake of the user, 1 for anything else. */
export const exitCodeOf = ({ name }: Failure): number => (name === "UsageError" ? 2 : 1);

/** The message in one line, with the name of errors nobody threw on purpose; the stack only on demand. */
export function failureText(failure: Failure, debug: boolean): string {
  if (debug && failure.stack !== undefined) return failure.stack;
  const meant = /^(UsageError|ShapeError|FormatError|Error)$/.test(failure.name);
  return `${meant ? "" : `${failure.name}: `}${failure.message}`.replaceAll(/\s*\n\s*/g, " ");
}
