/**
 * The life of a measured system in JavaScript: one JSON object a line on stdin, one a line on stdout.
 *
 *   {"op":"ready"}         → {}                  once everything is imported
 *   {"op":"rss"}           → {"value":bytes}     resident size
 *   {"op":"setup","job":…} → {"versions":"…","threads":n,"remark":"…"}    data, start values, compiled; any number of times
 *   {"op":"reset"}         → {}                  start values again
 *   {"op":"run","steps":n} → {"seconds":s,"value":v}   v: loss recorded at the last step, before its update
 *
 * A failure is answered with {"error":"…"}. Everything a system prints itself goes to stderr.
 */
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

/** The arrays of a job: { W1: Float64Array, … }. */
export function readJobArrays(job) {
  const bytes = readFileSync(job.file);
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const types = { float64: Float64Array, int32: Int32Array, uint8: Uint8Array };
  return Object.fromEntries(
    Object.entries(job.arrays).map(([name, { offset, shape, type }]) => [
      name,
      new types[type](buffer, offset, shape[0] * shape[1]),
    ]),
  );
}

/** Answers until stdin ends. `setup(job, arrays)` gives `{ versions, reset(), run(steps) → value }`. */
export async function serve(setup) {
  const answer = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);
  console.log = console.error;
  let system;
  for await (const line of createInterface({ input: process.stdin })) {
    try {
      const { op, job, steps } = JSON.parse(line);
      if (op === "setup") {
        system = undefined;
        const arrays = readJobArrays(job);
        system = await setup(job, arrays);
        const { versions, threads, remark } = system;
        answer({ versions, threads, remark });
      } else if (op === "ready") answer({});
      else if (op === "rss") answer({ value: process.memoryUsage.rss() });
      else if (op === "reset") {
        await system.reset();
        answer({});
      } else {
        const start = performance.now();
        const value = await system.run(steps);
        answer({ seconds: (performance.now() - start) / 1000, value });
      }
    } catch (error) {
      answer({ error: String(error?.message ?? error).split("\n")[0] });
    }
  }
}
