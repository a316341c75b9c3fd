/**
 * Denormal numbers take a processor up to a hundred times as long. The benchmark's networks, in the derived form, must
 * have none in anything a step computes, however long they train. (The published XOR has: its b2 shrinks by a tenth at
 * every step, for ever.)
 */
import { describe, expect, it } from "vitest";
import type { Net } from "../../bench/types.ts";
import { type Arrays, workloads } from "../../bench/workloads.ts";
import type { Entry } from "../../src/compile/engine.ts";
import type { View } from "../../src/compile/program.ts";
import { createEngine } from "../../src/engine.ts";
import type { Graph } from "../../src/graph/graph.ts";
import type { Node } from "../../src/graph/nodes.ts";
import type { DType } from "../../src/tensor/tensor.ts";

const noMnist = () => Promise.reject(new Error("not here"));

function step(g: Graph, { sizes, loss: kind, decay, rate, batch }: Net): void {
  const [x, y] = [g.input("x", [batch, sizes[0]!]), g.input("y", [batch, 1])];
  let [a, z]: Node[] = [x, x];
  const kernels = sizes.slice(1).map((n, i) => {
    const [W, b] = [g.parameter(`W${i + 1}`, [sizes[i]!, n]), g.parameter(`b${i + 1}`, [1, n])];
    z = g.add(g.matmul(a!, W), b);
    a = g.relu(z);
    return { W, b };
  });
  const loss =
    kind === "logistic"
      ? g.mean(g.sub(g.softplus(z!), g.mul(y, z!)))
      : g.mean(g.sub(g.logSumExp(z!), g.sum(g.mul(g.oneHot(y, sizes.at(-1)!), z!), "cols")));
  const squares = kernels.map(({ W }) => g.sum(g.square(W))).reduce((s, q) => g.add(s, q));
  const parameters = kernels.flatMap(({ W, b }) => [W, b]);
  const gradients = g.gradient(g.add(loss, g.mul(decay / 2, squares)), parameters);
  for (const [i, p] of parameters.entries()) g.store(p, g.sub(p, g.mul(rate, gradients[i]!)));
  g.metric("loss", loss);
}

function trainer(net: Net, arrays: Arrays, dtype: DType): Entry {
  const engine = createEngine({ dtype });
  const entry = engine.entry("step", (g) => step(g, net));
  for (const [name, { data }] of Object.entries(arrays)) engine.write(name, data);
  return entry;
}

/** Denormal numbers in everything the kernels of a step wrote. */
function denormals({ engine, program }: Entry): number {
  const single = program.dtype === "float32";
  const values = new (single ? Float32Array : Float64Array)(engine.memory.buffer);
  const smallest = single ? 2 ** -126 : 2 ** -1022;
  const inView = ({ byteOffset, rows, cols, rowStride, colStride }: View) => {
    let found = 0;
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < cols; j++) {
        const v = Math.abs(values[byteOffset / (single ? 4 : 8) + i * rowStride + j * colStride]!);
        if (v > 0 && v < smallest) found++;
      }
    return found;
  };
  const outputs = program.kernels.flatMap((k) =>
    k.kind === "gather" ? [] : (k.kind === "elementwise" ? k : k.finish).outputs,
  );
  return outputs.reduce((sum, { view }) => sum + inView(view), 0);
}

describe.each(["float32", "float64"] as const)("no denormal numbers, %s", (dtype) => {
  it.each([
    ["and", 100_000],
    ["xor", 100_000],
    ["iris", 20_000],
    ["moons", 500],
  ])("%s, %i steps", async (name, steps) => {
    const { net, arrays } = workloads.find((w) => w.name === name)!;
    const entry = trainer(net, await arrays(noMnist), dtype);
    for (let piece = 0; piece < 5; piece++) {
      entry.run(steps / 5);
      expect(denormals(entry)).toBe(0);
    }
  });
  it("are found where there are some", () => {
    const entry = createEngine({ dtype }).entry("shrink", (g) => {
      const w = g.parameter("w", [1, 3]);
      g.store(w, g.mul(w, 0.9));
    });
    entry.engine.write("w", [1, 1, 0]);
    entry.run(dtype === "float32" ? 900 : 6900);
    expect(denormals(entry)).toBe(2);
  });
});
