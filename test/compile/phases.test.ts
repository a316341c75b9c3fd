/** How work is cut and ordered for threads. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Engine } from "../../src/compile/engine.ts";
import { regionOf, regionsMeet } from "../../src/compile/footprint.ts";
import { interpreter } from "../../src/compile/interpret.ts";
import { planAlone, planBest, planThreads } from "../../src/compile/phases.ts";
import type { Program, View } from "../../src/compile/program.ts";
import { ranges } from "../../src/compile/share.ts";
import { overlap } from "../../src/compile/view.ts";
import type { Node } from "../../src/graph/nodes.ts";

/** A training step of dense layers, with scratch matrices as an engine with threads places them. */
function networkProgram(widths: readonly number[], batch: number, sparse = false): Program {
  const engine = new Engine({ ...interpreter, threads: 2 });
  return engine.entry("step", (g) => {
    const index = g.index("rows", batch);
    const y = g.gather(g.input("y", [batch, widths.at(-1)!]), index, batch);
    let a: Node = g.gather(g.input("x", [batch, widths[0]!], { sparse }), index, batch);
    const parameters = widths.slice(1).flatMap((n, l) => {
      const w = g.parameter(`w${l}`, [widths[l]!, n]);
      const b = g.parameter(`b${l}`, [1, n]);
      a = g.tanh(g.add(g.matmul(a, w), b));
      return [w, b];
    });
    const loss = g.mean(g.square(g.sub(a, y)));
    g.gradient(loss, parameters).forEach((d, i) => {
      g.store(parameters[i]!, g.sub(parameters[i]!, g.mul(0.1, d)));
    });
    g.metric("loss", loss);
  }).program;
}

test("ranges cut a length without gaps, about evenly", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 8 }), (length, parts) => {
      const cut = ranges(length, parts);
      expect(cut.length).toBe(parts);
      expect(cut[0]![0]).toBe(0);
      expect(cut.at(-1)![1]).toBe(length);
      cut.forEach(([from, to], i) => {
        expect(from).toBe(i === 0 ? 0 : cut[i - 1]![1]);
        expect(Math.abs(to - from - length / parts)).toBeLessThan(Math.max(1.01, 0.35 * (length / parts)));
      });
    }),
  );
});

describe("regions", () => {
  const view = fc
    .record({
      at: fc.integer({ min: 0, max: 60 }),
      rows: fc.integer({ min: 1, max: 6 }),
      cols: fc.integer({ min: 1, max: 6 }),
      rowStride: fc.integer({ min: 0, max: 12 }),
      colStride: fc.integer({ min: 0, max: 12 }),
    })
    .map(({ at, ...rest }): View => ({ byteOffset: at * 4, ...rest }));

  test("never seem apart where views share an element", () => {
    fc.assert(
      fc.property(view, view, (a, b) => {
        if (!overlap(a, b, 4)) return;
        expect(regionsMeet(regionOf(a, 4), regionOf(b, 4))).toBe(true);
        expect(regionsMeet(regionOf(b, 4), regionOf(a, 4))).toBe(true);
      }),
      { numRuns: 5000 },
    );
  });
  test("are exact for parts of one matrix: rows, columns, and a transposed matrix", () => {
    const part = (row: number, col: number, rows: number, cols: number): View => ({
      byteOffset: (row * 40 + col) * 8,
      rows,
      cols,
      rowStride: 40,
      colStride: 1,
    });
    const turned = (v: View): View => ({
      ...v,
      rows: v.cols,
      cols: v.rows,
      rowStride: v.colStride,
      colStride: v.rowStride,
    });
    const parts = [part(0, 0, 10, 40), part(10, 0, 10, 40), part(0, 0, 20, 16), part(0, 16, 20, 24)];
    for (const a of parts)
      for (const b of parts)
        for (const [x, y] of [
          [a, b],
          [turned(a), b],
          [turned(a), turned(b)],
        ] as const)
          expect(regionsMeet(regionOf(x, 8), regionOf(y, 8))).toBe(overlap(x, y, 8));
  });
});

describe("a plan", () => {
  test("needs two or three phases for a training step, however deep the network is", () => {
    const phases = (program: Program) => planThreads(program, 2).schedules[0]!.length;
    expect(phases(networkProgram([784, 200, 80, 10], 256))).toBe(3);
    expect(phases(networkProgram([784, 200, 80, 10], 256, true))).toBe(3);
    expect(phases(networkProgram(new Array(12).fill(64), 128))).toBe(3);
    expect(phases(networkProgram([20, 1], 128))).toBe(2);
  });
  test("computes every element of every result once", () => {
    const program = networkProgram([50, 30, 20, 3], 40, true);
    for (const threads of [2, 3, 4]) {
      const tasks = planThreads(program, threads).schedules.flat(2);
      const size = (kernel: Program["kernels"][number]) =>
        kernel.kind === "gemm" ? kernel.m * kernel.n : kernel.rows * kernel.cols;
      for (const [number, kernel] of program.kernels.entries()) {
        const parts = tasks.filter((task) => task.number === number);
        expect(parts.reduce((sum, task) => sum + size(task.kernel), 0)).toBe(size(kernel));
      }
    }
  });
  test("takes one thread where more would lose, and more where they win", () => {
    const threads = (widths: readonly number[], batch: number) =>
      planBest(networkProgram(widths, batch), 4).schedules.length;
    expect(threads([2, 6, 2], 4)).toBe(1);
    expect(threads([4, 20, 20, 3], 30)).toBe(1);
    expect(threads([784, 200, 80, 10], 256)).toBe(4);
  });
  test("costs less with more threads, but not less than its share", () => {
    const program = networkProgram([784, 200, 80, 10], 256);
    const alone = planAlone(program).cost;
    for (const threads of [2, 3, 4]) {
      const { cost } = planThreads(program, threads);
      expect(cost).toBeGreaterThan(alone / threads);
      expect(cost).toBeLessThan((alone / threads) * 1.25);
    }
  });
});
