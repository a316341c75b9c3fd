/**
 * A measured system as a live process: started once, asked over lines of JSON, ended by closing its input.
 */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createInterface } from "node:readline";

export interface Answer {
  readonly versions?: string;
  /** Threads that a system uses, where it may use fewer than it was allowed. */
  readonly threads?: number;
  /** What else a reader should know of the row. */
  readonly remark?: string;
  readonly seconds?: number;
  readonly value?: number;
}

export class Child {
  private readonly process: ChildProcessWithoutNullStreams;
  private readonly lines: AsyncIterator<string>;
  private lastWords = "";
  /** Settles when the process is gone and all its output has been read. */
  private readonly gone: Promise<{ readonly done: true }>;

  constructor(command: readonly string[], environment: Readonly<Record<string, string>> = {}) {
    const [program, ...args] = command;
    this.process = spawn(program!, args, { env: { ...process.env, ...environment } });
    this.process.stderr.on("data", (text: Buffer) => {
      this.lastWords = (this.lastWords + text.toString()).slice(-2000);
    });
    // A program that cannot be started, or ends before it is asked: `ask` finds its output at an end.
    this.process.on("error", (error) => {
      this.lastWords += error.message;
    });
    this.process.stdin.on("error", () => {});
    this.gone = new Promise((resolve) => this.process.once("close", () => resolve({ done: true })));
    this.lines = createInterface({ input: this.process.stdout })[Symbol.asyncIterator]();
  }

  /** One question, one answer. @throws {Error} with what the system says, or its last words if it ended. */
  async ask(question: object, seconds = 600): Promise<Answer> {
    this.process.stdin.write(`${JSON.stringify(question)}\n`);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${seconds} s`)), seconds * 1000);
    });
    const line = await Promise.race([this.lines.next(), late, this.gone]).finally(() => clearTimeout(timer));
    if (line.done) throw new Error(`ended: ${lastLine(this.lastWords)}`);
    const answer = JSON.parse(line.value) as Answer & { error?: string };
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer;
  }

  stop(): void {
    this.process.stdin.end();
    this.process.kill();
  }
}

/** The line of an error message that says most: the last one that is not indented. */
function lastLine(text: string): string {
  const lines = text.split("\n").filter((l) => l.trim() !== "" && !/^\s/.test(l) && !/^Node\.js v/.test(l));
  return (lines.findLast((l) => /error/i.test(l)) ?? lines.at(-1) ?? "without a word").slice(0, 200);
}
