import { setFlagsFromString } from "node:v8";
import { describe, expect, it } from "vitest";
import wabtInit from "wabt";
import type { FunctionBuilder } from "../../src/wasm/assembler.ts";
import { instructionOf, ops, type ValueType } from "../../src/wasm/instructions.ts";
import { ModuleBuilder } from "../../src/wasm/module-builder.ts";

// Node 20 has the relaxed instructions behind a flag.
setFlagsFromString("--experimental-wasm-relaxed-simd");
const wabt = await wabtInit();

function moduleOf(
  params: readonly ValueType[],
  results: readonly ValueType[],
  write: (f: FunctionBuilder) => void,
): Uint8Array<ArrayBuffer> {
  const module = new ModuleBuilder();
  const ref = module.declare("f", params, results);
  module.export(ref);
  module.define(ref, write);
  return module.build();
}
const instantiate = (bytes: Uint8Array<ArrayBuffer>, memory = new WebAssembly.Memory({ initial: 1 })) =>
  new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } }).exports;

function textOf(bytes: Uint8Array): string {
  const module = wabt.readWasm(bytes, { readDebugNames: true, threads: true, relaxed_simd: true });
  module.validate();
  return module.toText({ foldExprs: false, inlineExport: false });
}

describe("every instruction", () => {
  it.each(ops)("%s is read back under its name, with its types", (name) => {
    const { pops, pushes } = instructionOf(name);
    const bytes = moduleOf(pops, pushes, (f) => {
      for (const param of f.params) f.get(param);
      if (name === "v128.const" || name === "i8x16.shuffle") f.bytes(name, [...Array(16).keys()]);
      else f.op(name, 1, 1);
    });
    expect(WebAssembly.validate(bytes)).toBe(true);
    const words = textOf(bytes).split(/[\s()]+/);
    expect(words).toContain(name);
  });
});

describe("FunctionBuilder", () => {
  it("writes loops, blocks, branches and calls", () => {
    const module = new ModuleBuilder();
    const square = module.declare("square", ["i32"], ["i32"]);
    const sum = module.declare("sumOfSquares", ["i32"], ["i32"]);
    module.export(sum);
    module.define(sum, (f) => {
      const [n] = f.params;
      const total = f.local("i32");
      f.op("i32.const", 0).set(total);
      f.block((end) => {
        f.get(n!).op("i32.eqz").branchIf(end);
        f.loop((again) => {
          f.get(total).get(n!).call(square).op("i32.add").set(total);
          f.get(n!).op("i32.const", 1).op("i32.sub").tee(n!).branchIf(again);
        });
      });
      f.get(total);
    });
    module.define(square, (f) => f.get(f.params[0]!).get(f.params[0]!).op("i32.mul"));
    const { sumOfSquares } = instantiate(module.build()) as { sumOfSquares(n: number): number };
    expect([0, 1, 2, 10].map(sumOfSquares)).toEqual([0, 1, 5, 385]);
    expect(textOf(module.build())).toContain("$square");
  });

  it("uses locals again after their scope, of the right type only", () => {
    const indices: number[] = [];
    moduleOf([], [], (f) => {
      f.scope(() => indices.push(f.local("i32").index, f.local("v128").index));
      f.scope(() => indices.push(f.local("v128").index, f.local("f64").index));
    });
    expect(indices).toEqual([0, 1, 1, 2]);
  });

  it("refuses wrong types where they are written", () => {
    const wrong = (write: (f: FunctionBuilder) => void) => () => moduleOf(["i32", "v128"], [], write);
    expect(wrong((f) => f.get(f.params[0]!).op("f32x4.neg"))).toThrow(
      "f: f32x4.neg expects [v128], the stack has [i32]",
    );
    expect(wrong((f) => f.op("i32.add"))).toThrow("expects [i32,i32], the stack has []");
    expect(wrong((f) => f.get(f.params[1]!).set(f.params[0]!))).toThrow("local.set expects [i32]");
    expect(wrong((f) => f.get(f.params[0]!))).toThrow("1 values left on the stack");
    expect(wrong((f) => f.op("v128.const"))).toThrow("v128.const is followed by 16 bytes");
    expect(wrong((f) => f.loop(() => f.get(f.params[0]!)))).toThrow("must leave the stack as it was");
  });

  it("copies and fills memory", () => {
    const memory = new WebAssembly.Memory({ initial: 1 });
    const bytes = moduleOf([], [], (f) => {
      f.op("i32.const", 8).op("i32.const", 7).op("i32.const", 3).fillMemory();
      f.op("i32.const", 20).op("i32.const", 8).op("i32.const", 2).copyMemory();
    });
    (instantiate(bytes, memory) as { f(): void }).f();
    expect([...new Uint8Array(memory.buffer, 8, 16)]).toEqual([
      7, 7, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7, 7, 0, 0,
    ]);
  });
});
