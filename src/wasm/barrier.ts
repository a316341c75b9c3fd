/**
 * A barrier in shared memory: all threads wait for all.
 *
 * Each thread adds 1 to one counter that only grows; the barrier is open when the counter has reached the number
 * that the thread knows it must have then. A thread looks again and again for some microseconds, then sleeps; the
 * last to come wakes the sleepers. Who sleeps wakes up once a second to see whether a thread has failed.
 */
import type { Plan } from "../compile/phases.ts";
import type { FunctionBuilder, FunctionRef } from "./assembler.ts";
import { CELLS } from "./cells.ts";
import type { ModuleBuilder } from "./module-builder.ts";

/** How often the counter is looked at before going to sleep: about 20 µs. */
const LOOKS = 6000;
const SECOND = 1_000_000_000;

/** Seconds to wait for a thread that gives no sign of life: far more than its work can take. */
export const patienceFor = (plan: Plan): number => 20 + Math.ceil((plan.cost * 1000) / SECOND);

/** Declares and writes barrier(target) → 1, or 0 if a thread has failed or not come for so many seconds. */
export function writeBarrier(module: ModuleBuilder, seconds: number): FunctionRef {
  const ref = module.declare("barrier", ["i32"], ["i32"]);
  module.define(ref, (f) => write(f, seconds));
  return ref;
}

const load = (f: FunctionBuilder, cell: number) => f.op("i32.const", 0).op("i32.atomic.load", cell);

const add = (f: FunctionBuilder, cell: number, value: number) =>
  f.op("i32.const", 0).op("i32.const", value).op("i32.atomic.rmw.add", cell);

function write(f: FunctionBuilder, seconds: number): void {
  const target = f.params[0]!;
  const seen = f.local("i32");
  const left = f.local("i32");
  const ok = f.local("i32");
  const ignored = f.local("i32");
  /** Whether the counter, in `seen`, has reached the target; it may have run over 2³¹. */
  const isOpen = () => f.get(seen).get(target).op("i32.sub").op("i32.const", 0).op("i32.ge_s");
  f.op("i32.const", 1).set(ok);
  f.block((open) => {
    add(f, CELLS.arrived, 1).op("i32.const", 1).op("i32.add").set(seen);
    f.get(seen).get(target).op("i32.eq");
    f.if(() => {
      load(f, CELLS.asleep);
      f.if(() => {
        f.op("i32.const", 0).op("i32.const", -1).op("memory.atomic.notify", CELLS.arrived).set(ignored);
      });
    });
    f.get(seen).get(target).op("i32.eq").branchIf(open);
    f.op("i32.const", LOOKS).set(left);
    f.loop((again) => {
      load(f, CELLS.arrived).set(seen);
      isOpen().branchIf(open);
      f.get(left).op("i32.const", 1).op("i32.sub").tee(left).branchIf(again);
    });
    add(f, CELLS.asleep, 1).set(ignored);
    f.op("i32.const", seconds).set(left);
    f.block((awake) => {
      f.loop((again) => {
        load(f, CELLS.arrived).set(seen);
        isOpen().branchIf(awake);
        load(f, CELLS.failed).op("i32.eqz").set(ok);
        f.get(ok).op("i32.eqz").branchIf(awake);
        // 2: the second is over, and nobody has come.
        f.op("i32.const", 0).get(seen).op("i64.const", SECOND).op("memory.atomic.wait32", CELLS.arrived);
        f.op("i32.const", 2).op("i32.ne").branchIf(again);
        f.get(left).op("i32.const", 1).op("i32.sub").tee(left).branchIf(again);
      });
      f.op("i32.const", 0).set(ok);
      f.op("i32.const", 0).op("i32.const", -1).op("i32.atomic.store", CELLS.failed);
    });
    add(f, CELLS.asleep, -1).set(ignored);
  });
  f.get(ok);
}
