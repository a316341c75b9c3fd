/**
 * The workload `memory`: resident size before and after a million XOR steps in one process.
 */
import { Child } from "./child.ts";
import { nameOf } from "./measure.ts";
import type { Runner } from "./systems.ts";
import type { Row, StoredArray } from "./types.ts";
import type { Workload } from "./workloads.ts";

const PIECES = 10;
/** Pieces before the first look: until V8 collects as often as it produces, garbage looks like growth. */
const WARM_UP = 60;

/** MiB by which the resident size may change and still be flat: what the collector leaves for later varies so much. */
const FLAT = 8;

/** Resident MiB after the warm-up, and after so many steps more. */
export async function measureMemory(
  xor: Workload,
  file: string,
  arrays: Readonly<Record<string, StoredArray>>,
  runners: readonly Runner[],
  steps: number,
  say: (text: string) => void,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const runner of runners) {
    const { system, mode, dtype, threads, node } = runner;
    if (mode === "interpreter" || threads > 1 || !runner.takes(xor)) continue;
    if (!["papergrad", "typed-array loops"].includes(system)) continue;
    say(`memory: ${nameOf(runner)}`);
    const child = new Child(runner.command, runner.environment);
    const { name, kind, net } = xor;
    const resident = async () => (await child.ask({ op: "rss" })).value! / 2 ** 20;
    const run = () => child.ask({ op: "run", steps: steps / PIECES });
    try {
      await child.ask({ op: "setup", job: { workload: name, kind, net, dtype, threads, file, arrays } });
      for (let p = 0; p < WARM_UP; p++) await run();
      const before = await resident();
      let seconds = 0;
      for (let p = 0; p < PIECES; p++) seconds += (await run()).seconds!;
      const after = await resident();
      const note = `${before.toFixed(1)} MiB before, ${after.toFixed(1)} MiB after ${steps} steps more`;
      rows.push({
        workload: "memory",
        system,
        mode,
        dtype,
        threads,
        node: `Node ${node}`,
        usPerStep: (seconds / steps) * 1e6,
        spread: null,
        flops: xor.flops,
        shareOfPeak: null,
        lossAfter: null,
        note,
        ...(after - before > FLAT ? { error: `grew: ${note}` } : {}),
      });
    } finally {
      child.stop();
    }
  }
  return rows;
}
