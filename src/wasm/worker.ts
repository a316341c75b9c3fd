/**
 * The program of a worker: plain JavaScript as text, because it must run as it is, whatever the library was built
 * with, in Node (given to a worker thread as code) and in a browser (as a Blob). `team.ts` gives the orders.
 *
 * A worker gets the memory once. Then it sleeps on the cell `order`; each order names a Program and the arguments of
 * its `run`. Modules are read out of the memory when they are first needed. No message is sent for a run.
 */
import { CELLS } from "./cells.ts";

/** Bytes of the text that a failed worker leaves behind the table of modules. */
export const MESSAGE_BYTES = 512;

const at = (cell: number): string => String(cell / 4);

/** `start({ memory, thread, threads })` does not return before the order to end. */
const START = `
function start({ memory, thread, threads }) {
  const cells = new Int32Array(memory.buffer, 0, 16);
  const runs = [];
  const load = (table) => {
    // The buffer may still be the one from before another thread made the memory longer.
    memory.grow(0);
    const [offset, length] = new Int32Array(memory.buffer, table + 8 * thread, 2);
    // A Program that is quickest on fewer threads leaves nothing to do for the others.
    if (length === 0) return () => 0;
    const module = new WebAssembly.Module(new Uint8Array(memory.buffer, offset, length).slice());
    return new WebAssembly.Instance(module, { env: { memory } }).exports.run;
  };
  let order = 0;
  Atomics.add(cells, ${at(CELLS.ready)}, 1);
  for (;;) {
    Atomics.wait(cells, ${at(CELLS.order)}, order);
    const now = Atomics.load(cells, ${at(CELLS.order)});
    if (now === order) continue;
    order = now;
    const program = cells[${at(CELLS.program)}];
    if (program < 0) return;
    const table = cells[${at(CELLS.code)}];
    try {
      runs[program] ??= load(table);
      const done = runs[program](cells[${at(CELLS.first)}], cells[${at(CELLS.from)}], cells[${at(CELLS.steps)}]);
      if (done < 0) return;
    } catch (error) {
      const text = String(error).slice(0, ${MESSAGE_BYTES / 2 - 2});
      const room = new Uint16Array(memory.buffer, table + 8 * threads, ${MESSAGE_BYTES / 2});
      for (let i = 0; i <= text.length; i++) room[i] = text.charCodeAt(i) || 0;
      Atomics.compareExchange(cells, ${at(CELLS.failed)}, 0, thread);
      Atomics.notify(cells, ${at(CELLS.arrived)});
      return;
    }
    Atomics.add(cells, ${at(CELLS.finished)}, 1);
  }
}`;

export const NODE_SOURCE = `${START}
start(require("node:worker_threads").workerData);`;

export const BROWSER_SOURCE = `${START}
onmessage = ({ data }) => { start(data); close(); };`;
