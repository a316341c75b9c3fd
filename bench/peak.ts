/**
 * What the multiply and add units give at best in WebAssembly: independent chains x ← x·f + t in registers, no memory.
 * The yardstick of `shareOfPeak`, for each mode, precision and number of threads; all threads run at the same time,
 * since two processors of a machine may share their arithmetic.
 *
 * Run as a program (`node FLAGS --import tsx bench/peak.ts MODE THREADS,…`) it prints a list of `Peak` as JSON: the
 * instructions that V8 makes depend on flags, so each mode has a process of its own.
 */
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { ModuleBuilder } from "../src/wasm/module-builder.ts";
import { simdOf } from "../src/wasm/simd.ts";
import type { Peak, PeakMode, Precision } from "./types.ts";

/** Chains enough to hide the latency of multiply and add, few enough for sixteen registers. */
const NARROW = 12;
/** As many in registers of twice the width, each of which holds two neighbours, where V8 makes such. */
const WIDE = 24;
const CHAINS: Readonly<Record<PeakMode, readonly number[]>> = {
  deterministic: [NARROW],
  fast: [NARROW, WIDE],
};
/** Steps of all chains in one call. */
const BATCH = 5000;
const SECONDS = 0.05;
const REPEATS = 6;

/** A module with spin(count): `chains` chains, `count` steps each. */
export function spinModule(dtype: Precision, mode: PeakMode, chains: number): Uint8Array<ArrayBuffer> {
  const { shape } = simdOf(dtype);
  const module = new ModuleBuilder();
  const ref = module.declare("spin", ["i32"], []);
  module.export(ref);
  module.define(ref, (f) => {
    const left = f.params[0]!;
    const loaded = (address: number) => {
      const local = f.local("v128");
      f.op("i32.const", 0).op("v128.load", address).set(local);
      return local;
    };
    const sums = Array.from({ length: chains }, (_, c) => loaded(64 + 16 * c));
    const factors = chains === WIDE ? [loaded(0), loaded(16)] : [loaded(0)];
    const terms = chains === WIDE ? [loaded(32), loaded(48)] : [loaded(32)];
    f.loop((again) => {
      for (const [c, x] of sums.entries()) {
        f.get(x).get(factors[c % factors.length]!);
        const term = terms[c % terms.length]!;
        if (mode === "fast") f.get(term).op(`${shape}.relaxed_madd`);
        else f.op(`${shape}.mul`).get(term).op(`${shape}.add`);
        f.set(x);
      }
      f.get(left).op("i32.const", 1).op("i32.sub").tee(left).branchIf(again);
    });
    for (const [c, x] of sums.entries())
      f.op("i32.const", 0)
        .get(x)
        .op("v128.store", 64 + 16 * c);
  });
  return module.build();
}

/** Waits until all threads are warm, then counts calls for a while. Plain JavaScript: it is started as text. */
const THREAD = `
const { workerData: { bytes, shared, threads, batch, seconds }, parentPort } = require("node:worker_threads");
const memory = new WebAssembly.Memory({ initial: 1 });
const { spin } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } }).exports;
for (const start = performance.now(); performance.now() - start < 1000 * seconds; ) spin(batch);
const ready = new Int32Array(shared);
Atomics.add(ready, 0, 1);
while (Atomics.load(ready, 0) < threads);
const start = performance.now();
let calls = 0;
do { spin(batch); calls++; } while (performance.now() - start < 1000 * seconds);
parentPort.postMessage((calls / (performance.now() - start)) * 1000);`;

/** Calls a second, all threads together. */
async function callsPerSecond(bytes: Uint8Array, threads: number): Promise<number> {
  const shared = new SharedArrayBuffer(4);
  const workerData = { bytes, shared, threads, batch: BATCH, seconds: SECONDS };
  const each = Array.from({ length: threads }, async () => {
    const worker = new Worker(THREAD, { eval: true, workerData, execArgv: [] });
    return new Promise<number>((resolve, reject) => worker.on("message", resolve).on("error", reject));
  });
  return (await Promise.all(each)).reduce((sum, calls) => sum + calls, 0);
}

/** The best of some repeats, over all numbers of chains. */
export async function measurePeak(dtype: Precision, mode: PeakMode, threads: number): Promise<Peak> {
  let best = 0;
  for (const chains of CHAINS[mode]) {
    const bytes = spinModule(dtype, mode, chains);
    const operations = 2 * simdOf(dtype).lanes * chains * BATCH;
    for (let r = 0; r < REPEATS; r++)
      best = Math.max(best, (operations * (await callsPerSecond(bytes, threads))) / 1e9);
  }
  return { node: process.versions.node, mode, dtype, threads, gflops: best };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [mode, counts] = process.argv.slice(2) as [PeakMode, string];
  const peaks: Peak[] = [];
  for (const dtype of ["float32", "float64"] as const)
    for (const threads of counts.split(",").map(Number)) peaks.push(await measurePeak(dtype, mode, threads));
  console.log(JSON.stringify(peaks));
}
