/** The context of the running process: its streams, its environment, its Ctrl-C. */
import type { Context, Library } from "./context.ts";
import type { Language } from "./language.ts";

/** Tables are no wider than this where the width is unknown (output to a file). */
const WIDTH = 120;

/** Reads and writes the process's own streams. */
export function processContext(language: Language, library: Library): Context {
  const { stdout, stderr, env } = process;
  // A reader such as `head` may close the pipe early: that is no error.
  stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit(0);
  });
  return {
    out: (text) => stdout.write(text),
    err: (text) => stderr.write(text),
    get columns() {
      return Math.max(40, stdout.columns ?? stderr.columns ?? (Number(env.COLUMNS) || WIDTH));
    },
    colour: stdout.isTTY === true && env.TERM !== "dumb" && !env.NO_COLOR,
    live: stderr.isTTY === true && env.TERM !== "dumb",
    language,
    env,
    library,
    onInterrupt,
  };
}

/** The first Ctrl-C calls the listener, the second ends the process at once. */
function onInterrupt(listener: () => void): () => void {
  let pressed = 0;
  const handle = () => {
    pressed++;
    if (pressed > 1) process.exit(130);
    listener();
  };
  process.on("SIGINT", handle);
  return () => process.off("SIGINT", handle);
}
