/**
 * The bytes of modules, as hashes: whoever makes the assembler faster must not change what it writes. A kernel that is
 * written in another way on purpose gets a new hash here. Products are not here: their kernels are tuned often.
 */
import { expect, it } from "vitest";
import { Engine } from "../../src/compile/engine.ts";
import { interpreter } from "../../src/compile/interpret.ts";
import { planThreads } from "../../src/compile/phases.ts";
import { hashBytes } from "../../src/engine.ts";
import type { Graph } from "../../src/graph/graph.ts";
import { compileModule, compilePlan } from "../../src/wasm/module.ts";

const steps: Record<string, (g: Graph) => void> = {
  elementwise: (g) => {
    const [w, c] = [g.parameter("w", [13, 7]), g.parameter("c", [1, 7])];
    g.store(w, g.select(g.less(w, c), g.mul(w, 0.5), g.tanh(g.add(w, g.sigmoid(c)))));
  },
  reduce: (g) => {
    const w = g.parameter("w", [33, 5]);
    g.store(g.parameter("rows", [1, 5]), g.sum(g.square(w), "rows"));
    g.store(g.parameter("cols", [33, 1]), g.maximum(w, "cols"));
    g.metric("mean", g.mean(g.exp(w)));
  },
  gather: (g) => {
    const index = g.index("order", 12);
    g.store(g.parameter("x", [4, 21]), g.gather(g.bytes("table", [50, 21]), index, 4));
    g.store(g.parameter("y", [4, 3]), g.gather(g.input("targets", [50, 3]), index, 4));
  },
  random: (g) => {
    const w = g.parameter("w", [40, 40]);
    g.store(w, g.mul(w, g.less(g.random([40, 40]), 0.5)));
    g.halt(g.less(1, g.maximum(w)));
  },
};

const known: Record<string, readonly string[]> = {
  elementwise: ["3164fdc5", "c790e2cc", "4e22e36c", "e881b457", "cf049f4e", "25f20fbc"],
  reduce: ["7a83cd52", "5d4c54fd", "6affc9b1", "4874bc64", "7a46f3a0", "795e5123"],
  gather: ["90b7190e", "6b5b035f", "0e053be9", "89f3ab83", "3b95d08d", "c89b58b0"],
  random: ["14082fe0", "d0519ecf", "6f80a5e3", "83e79ad7", "8b98d55e", "ce58187f"],
};

it.each(Object.entries(steps))("%s", (name, build) => {
  const hashes = (["float32", "float64"] as const).flatMap((dtype) => {
    const { program } = new Engine({ ...interpreter, threads: 2 }, { dtype }).entry(name, build);
    const { modules } = compilePlan(program, planThreads(program, 2), { shared: true, patience: 20 });
    return [compileModule(program).bytes, ...modules].map(hashBytes);
  });
  expect(hashes).toEqual(known[name]);
});
