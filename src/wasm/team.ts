/**
 * The workers of one memory, seen from the thread that leads them: starting them, giving orders, noticing that one
 * has died. The leader is thread 0 and computes its own shares.
 *
 * An order is given through the cells of the memory (`cells.ts`), with no message. Once a worker has failed, every
 * later order is refused: matrices may be half written.
 */
import { CELLS } from "./cells.ts";
import { spawn } from "./spawn.ts";
import { MESSAGE_BYTES } from "./worker.ts";

/** A Program as the workers know it: its number, and the address of its table of modules. */
export interface TeamProgram {
  readonly number: number;
  readonly table: number;
}

/** The leader's own `run` of a Program. */
export type Run = (first: number, from: number, steps: number) => number;

/** Seconds to wait for workers that should be done already. */
const PATIENCE = 20;

const cell = (name: keyof typeof CELLS): number => CELLS[name] / 4;

/** Bytes of the table of modules: (address, length) for each thread, then room for the text of an error. */
export const tableBytes = (threads: number): number => 8 * threads + MESSAGE_BYTES;

function orderEnd(cells: Int32Array): void {
  cells[cell("program")] = -1;
  Atomics.add(cells, cell("order"), 1);
  Atomics.notify(cells, cell("order"));
}

/** Workers whose team nobody can reach any more are told to end. */
const forgotten = new FinalizationRegistry<Int32Array>(orderEnd);

export class Team {
  readonly threads: number;
  private readonly memory: WebAssembly.Memory;
  private readonly cells: Int32Array;
  /** Shared with the workers' events, which must not keep the team alive. */
  private readonly start: { impossible: boolean };
  private table = 0;
  private ordered = false;

  /** Starts threads − 1 workers on a shared memory, whose cells are 0. */
  constructor(memory: WebAssembly.Memory, threads: number) {
    this.memory = memory;
    this.threads = threads;
    const cells = new Int32Array(memory.buffer, 0, 16);
    for (const name of Object.keys(CELLS) as (keyof typeof CELLS)[]) cells[cell(name)] = 0;
    const start = { impossible: false };
    for (let thread = 1; thread < threads; thread++)
      spawn({ memory, thread, threads }, () => {
        if (Atomics.load(cells, cell("ready")) < threads - 1) start.impossible = true;
        Atomics.compareExchange(cells, cell("failed"), 0, thread);
      });
    this.cells = cells;
    this.start = start;
    forgotten.register(this, cells);
  }

  /** Whether all workers are there; false for ever if one could not start. */
  get isReady(): boolean {
    return !this.start.impossible && Atomics.load(this.cells, cell("ready")) === this.threads - 1;
  }

  /** Resolves when all workers are there, or when one could not start. */
  async ready(): Promise<void> {
    while (!this.isReady && !this.start.impossible) await new Promise((resolve) => setTimeout(resolve, 1));
  }

  /**
   * Runs a Program on all threads; returns the steps done.
   * @throws {Error} if a thread has failed, now or before.
   */
  run(program: TeamProgram, own: Run, first: number, from: number, steps: number): number {
    const { cells } = this;
    this.awaitIdle();
    this.table = program.table;
    cells[cell("program")] = program.number;
    cells[cell("code")] = program.table;
    cells[cell("first")] = first;
    cells[cell("from")] = from;
    cells[cell("steps")] = steps;
    cells[cell("stop")] = steps;
    cells[cell("arrived")] = 0;
    cells[cell("finished")] = 0;
    this.ordered = true;
    Atomics.add(cells, cell("order"), 1);
    Atomics.notify(cells, cell("order"));
    let done: number;
    try {
      done = own(first, from, steps);
    } catch (error) {
      Atomics.compareExchange(cells, cell("failed"), 0, -1);
      Atomics.notify(cells, cell("arrived"));
      throw error;
    }
    if (done < 0) throw this.failure();
    return done;
  }

  /** Waits until all workers have come back from the order before; mostly they have. */
  private awaitIdle(): void {
    const { cells } = this;
    const until = performance.now() + PATIENCE * 1000;
    while (Atomics.load(cells, cell("failed")) === 0) {
      const finished = Atomics.load(cells, cell("finished"));
      if (!this.ordered || finished === this.threads - 1) return;
      if (performance.now() > until) Atomics.store(cells, cell("failed"), -1);
      Atomics.wait(cells, cell("finished"), finished, 0.05);
    }
    throw this.failure();
  }

  private failure(): Error {
    const thread = Atomics.load(this.cells, cell("failed"));
    const what =
      thread > 0 ? `thread ${thread} ${this.lastWords() || "has ended"}` : "one did not do its share";
    return new Error(
      `engine: expected all ${this.threads} threads to finish the step, but ${what}. The matrices may be half written: make a new engine, or use threads: 1.`,
    );
  }

  /** What a failed worker wrote behind the table. */
  private lastWords(): string {
    if (this.table === 0) return "";
    const room = new Uint16Array(this.memory.buffer, this.table + 8 * this.threads, MESSAGE_BYTES / 2);
    const text = String.fromCharCode(...room.subarray(0, Math.max(0, room.indexOf(0))));
    return text && `failed (${text})`;
  }
}
