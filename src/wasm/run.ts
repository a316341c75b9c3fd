/**
 * run(first, from, steps) → steps done: the loop over steps of one thread.
 *
 *     for (done = from; done ≠ steps; done++) { for each phase { its kernels(first + done); barrier } }
 *
 * The first thread also copies the metrics to the ring and looks at the halt value. With more threads it tells the
 * others where to stop; −1 then says that a thread has failed.
 */
import type { Program } from "../compile/program.ts";
import type { FunctionBuilder, FunctionRef, Local } from "./assembler.ts";
import { CELLS } from "./cells.ts";
import { advance } from "./grid.ts";
import type { Simd } from "./simd.ts";

/** What one thread runs. */
export interface Part {
  /** Its kernels, by phase. */
  readonly phases: readonly (readonly FunctionRef[])[];
  /** Phase after which it records; null if another thread does. */
  readonly recordAfter: number | null;
  readonly threads: number;
  /** barrier(target) → 1 or 0; null on one thread. */
  readonly barrier: FunctionRef | null;
}

export function writeRun(f: FunctionBuilder, simd: Simd, program: Program, part: Part): void {
  const [first, from, steps] = f.params as [Local, Local, Local];
  const done = f.local("i32");
  const slot = f.local("i32");
  const stop = f.local("i32");
  const target = f.local("i32");
  const result = f.local("i32");
  const slotBytes = program.metrics.length * simd.bytes;
  f.get(from).set(done);
  f.get(from).op("i32.const", slotBytes).op("i32.mul").set(slot);
  f.get(steps).set(stop);
  f.op("i32.const", -1).set(result);
  f.block((failed) => {
    f.block((end) => {
      f.get(done).get(steps).op("i32.eq").branchIf(end);
      f.loop((again) => {
        for (const [phase, kernels] of part.phases.entries()) {
          for (const kernel of kernels) f.get(first).get(done).op("i32.add").call(kernel);
          if (phase === part.recordAfter) record(f, simd, program, part, { slot, done, stop });
          if (part.barrier) {
            f.get(target).op("i32.const", part.threads).op("i32.add").tee(target);
            f.call(part.barrier).op("i32.eqz").branchIf(failed);
          }
        }
        advance(f, slot, slotBytes);
        advance(f, done, 1);
        if (part.barrier && program.halt) f.op("i32.const", 0).op("i32.atomic.load", CELLS.stop).set(stop);
        f.get(done).get(stop).op("i32.ne").branchIf(again);
      });
    });
    f.get(done).set(result);
  });
  f.get(result);
}

/** Copies the metrics to the ring; where the halt value is not 0, this step is the last. */
function record(
  f: FunctionBuilder,
  simd: Simd,
  { metrics, ring, halt }: Program,
  part: Part,
  { slot, done, stop }: { slot: Local; done: Local; stop: Local },
): void {
  const [load, store, notEqual] =
    simd.bytes === 4
      ? (["f32.load", "f32.store", "f32.ne"] as const)
      : (["f64.load", "f64.store", "f64.ne"] as const);
  for (const [m, { view }] of metrics.entries()) {
    f.get(slot).op("i32.const", 0).op(load, view.byteOffset);
    f.op(store, ring.byteOffset + m * simd.bytes);
  }
  if (!halt) return;
  f.op("i32.const", 0).op(load, halt.byteOffset);
  f.op(simd.bytes === 4 ? "f32.const" : "f64.const", 0).op(notEqual);
  f.if(() => {
    f.get(done).op("i32.const", 1).op("i32.add").set(stop);
    if (part.barrier) f.op("i32.const", 0).get(stop).op("i32.atomic.store", CELLS.stop);
  });
}
