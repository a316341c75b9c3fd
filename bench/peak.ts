/**
 * What the multiply and add units give at best in 128-bit WebAssembly SIMD: independent chains x ← x·f + t in
 * registers, two roundings each, no memory. One thread. The yardstick of `shareOfPeak`.
 */
import { ModuleBuilder } from "../src/wasm/module-builder.ts";
import { simdOf } from "../src/wasm/simd.ts";
import type { Precision } from "./types.ts";

/** Chains enough to hide the latency of multiply and add, few enough for sixteen registers. */
const CHAINS = 12;
const BATCH = 2000;

/** GFLOP/s: best of `repeats` runs of about `seconds`. */
export function peakOf(dtype: Precision, seconds = 0.03, repeats = 8): number {
  const { shape, lanes } = simdOf(dtype);
  const module = new ModuleBuilder();
  const ref = module.declare("spin", ["i32"], []);
  module.export(ref);
  module.define(ref, (f) => {
    const acc = Array.from({ length: CHAINS }, () => f.local("v128"));
    const factor = f.local("v128");
    const term = f.local("v128");
    const left = f.params[0]!;
    for (const local of [factor, term]) f.op("i32.const", 0).op("v128.load", 16).set(local);
    f.loop((again) => {
      for (const a of acc) f.get(a).get(factor).op(`${shape}.mul`).get(term).op(`${shape}.add`).set(a);
      f.get(left).op("i32.const", 1).op("i32.sub").tee(left).branchIf(again);
    });
    for (const a of acc) f.op("i32.const", 0).get(a).op("v128.store", 0);
  });
  const memory = new WebAssembly.Memory({ initial: 1 });
  const instance = new WebAssembly.Instance(new WebAssembly.Module(module.build()), { env: { memory } });
  const spin = instance.exports.spin as (count: number) => void;
  const time = (calls: number): number => {
    const start = performance.now();
    for (let i = 0; i < calls; i++) spin(BATCH);
    return (performance.now() - start) / 1000;
  };
  let calls = 1;
  while (time(calls) < seconds) calls *= 2;
  let best = Number.POSITIVE_INFINITY;
  for (let r = 0; r < repeats; r++) best = Math.min(best, time(calls) / calls);
  return (2 * lanes * CHAINS * BATCH) / best / 1e9;
}
