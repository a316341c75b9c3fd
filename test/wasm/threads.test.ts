/** Workers: where they are used, that they die in good order, and that they keep nobody from leaving. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it, vi } from "vitest";
import { Engine } from "../../src/compile/engine.ts";
import { createEngine } from "../../src/engine.ts";
import type { Graph } from "../../src/graph/graph.ts";
import { dense, dropout, matrix, RandomState, sequential } from "../../src/index.ts";
import { traceStep } from "../../src/inspect/trace.ts";
import { CELLS } from "../../src/wasm/cells.ts";
import { wasmBackend } from "../../src/wasm/runtime.ts";
import { threadedBackend } from "../../src/wasm/threads.ts";

/** w ← w + gathered rows: the second thread gathers the later rows. */
const gathering = (g: Graph) => {
  const x = g.gather(g.input("table", [50, 30]), g.index("rows", 40), 40);
  const w = g.parameter("w", [40, 30]);
  g.store(w, g.add(w, x));
};
const always = (threads: number, patience?: number) =>
  new Engine(
    threadedBackend(threads, patience === undefined ? { always: true } : { always: true, patience }),
  );

describe("threads", () => {
  it("are as many as asked for, and 1 by default and on the interpreter", () => {
    expect(createEngine().threads).toBe(1);
    expect(createEngine({ threads: 3 }).threads).toBe(3);
    expect(createEngine({ threads: 3, backend: "interpreter" }).threads).toBe(1);
    expect(createEngine({ threads: 1 }).backend).toBe(wasmBackend);
    expect(() => createEngine({ threads: 0 })).toThrow(/threads: expected a whole number from 1 to 64/);
    expect(() => createEngine({ threads: 1.5 })).toThrow(/received 1.5/);
    const layers = [dense(3)];
    expect(sequential(layers, { inputShape: [2], threads: 2 }).state.engine.threads).toBe(2);
    expect(() => sequential(layers, { inputShape: [2], threads: -1 })).toThrow(/threads/);
  });
  it("are not used for what is quicker without", () => {
    const engine = createEngine({ threads: 2 });
    const small = engine.entry("small", (g) => {
      const w = g.parameter("w", [4, 4]);
      g.store(w, g.matmul(w, w));
    });
    const large = engine.entry("large", (g) => {
      const v = g.parameter("v", [512, 512]);
      g.store(v, g.matmul(v, v));
    });
    expect([small.threads, large.threads]).toEqual([1, 2]);
  });
  it("are 1 where memory cannot be shared, and in the main thread of a page", () => {
    const { process } = globalThis;
    try {
      vi.stubGlobal("SharedArrayBuffer", undefined);
      expect(createEngine({ threads: 2 }).threads).toBe(1);
      vi.unstubAllGlobals();
      vi.stubGlobal("process", { ...process, getBuiltinModule: undefined });
      vi.stubGlobal("document", {});
      vi.stubGlobal("Worker", class {});
      const engine = createEngine({ threads: 2 });
      expect([engine.threads, engine.backend]).toEqual([1, wasmBackend]);
    } finally {
      vi.unstubAllGlobals();
    }
  });
  it("need not have started: until then a run goes on alone", () => {
    const engine = always(2);
    const entry = engine.entry("step", gathering);
    engine.write("table", new Array(1500).fill(1));
    entry.run(5);
    expect(engine.read("w").data.every((v) => v === 5)).toBe(true);
  });
  it("run entries that are made later, in a memory that has grown, on as many threads as pay", async () => {
    const run = async (threads: number) => {
      const engine = createEngine({ threads, dtype: "float64" });
      const square = (name: string, size: number) =>
        engine.entry(name, (g) => {
          const v = g.parameter(name, [size, size]);
          g.store(v, g.mul(1 / size, g.tanh(g.matmul(v, v))));
        });
      const first = square("a", 160);
      await engine.ready();
      engine.write(
        "a",
        Array.from({ length: 160 * 160 }, (_, i) => Math.sin(i)),
      );
      first.run(2);
      // 20 columns are enough for two threads, not for three.
      const second = engine.entry("narrow", (g) => {
        const w = g.parameter("w", [40000, 20]);
        g.store(g.parameter("sum", [1, 20]), g.sum(g.mul(w, w), "rows"));
      });
      engine.write(
        "w",
        Array.from({ length: 800_000 }, (_, i) => Math.cos(i)),
      );
      second.run(2);
      first.run(1);
      return { threads: [first.threads, second.threads], a: engine.read("a"), sum: engine.read("sum") };
    };
    const expected = await run(1);
    expect(expected.threads).toEqual([1, 1]);
    expect(await run(3)).toEqual({ ...expected, threads: [3, 2] });
  });
  it("train a model to the same weights, with a shorter last batch and dropout", async () => {
    const rs = new RandomState(1);
    const x = matrix(Array.from({ length: 300 }, () => [...(rs.normal(0, 1, 40) as Float64Array)]));
    const y = Array.from({ length: 300 }, () => rs.below(4));
    const train = async (threads: number) => {
      const layers = [dense(120, { activation: "tanh" }), dropout(0.2), dense(5, { activation: "softmax" })];
      const model = sequential(layers, { inputShape: [40], threads, seed: 3 });
      // The first epochs begin while the workers start, the others have them.
      const first = await model.fit(x, y, { epochs: 2, batchSize: 128 });
      await model.state.engine.ready();
      const more = await model.fit(x, y, { epochs: 3, batchSize: 128 });
      const orders = new Int32Array(model.state.engine.memory.buffer, 0, 16)[CELLS.order / 4]!;
      const losses = [...first.columns.loss, ...more.columns.loss];
      return {
        losses,
        weights: model.state.engine.read("parameters").data,
        outputs: model.predict(x),
        orders,
      };
    };
    const alone = await train(1);
    const two = await train(2);
    expect(two).toEqual({ ...alone, orders: two.orders });
    expect(alone.orders).toBe(0);
    expect(two.orders).toBeGreaterThan(2);
  });
  it("run alone for ever if a worker cannot start", async () => {
    const { process } = globalThis;
    try {
      const Worker = class {
        constructor() {
          throw new Error("not allowed");
        }
      };
      vi.stubGlobal("process", { ...process, getBuiltinModule: () => ({ Worker }) });
      const engine = always(2);
      const entry = engine.entry("step", gathering);
      engine.write("table", new Array(1500).fill(1));
      await engine.ready();
      entry.run(50);
      expect(engine.read("w").data.every((v) => v === 50)).toBe(true);
    } finally {
      vi.unstubAllGlobals();
    }
  });
  it("do not disturb a trace, which works on a copy of the memory", () => {
    const engine = always(2);
    const entry = engine.entry("step", (g) => {
      const w = g.parameter("w", [40, 30]);
      g.store(w, g.label("next", g.add(w, 1)));
    });
    expect(traceStep(entry).find((v) => v.label === "next")!.data[7]).toBe(1);
    expect(engine.read("w").data[7]).toBe(0);
  });
  it("take part in long runs", async () => {
    const engine = always(2);
    const entry = engine.entry("step", gathering);
    await engine.ready();
    entry.run(1000);
    const cells = new Int32Array(engine.memory.buffer, 0, 16);
    expect(cells[CELLS.arrived / 4]).toBe(2 * 1000);
  });
});

describe("a thread that dies", () => {
  it("is reported with its error, and nothing hangs, now or later", async () => {
    const engine = always(3);
    const entry = engine.entry("step", gathering);
    await engine.ready();
    entry.run(3);
    // Past every check: a row number far outside the memory, in the last thread's share.
    (engine.live("rows") as Int32Array)[39] = 2 ** 24;
    const message =
      /all 3 threads .* thread 2 failed \(RuntimeError: memory access out of bounds\).*new engine/;
    expect(() => entry.run(3)).toThrow(message);
    expect(() => entry.run(3)).toThrow(message);
  });
  it("is reported if it is the first", async () => {
    const engine = always(2);
    const entry = engine.entry("step", gathering);
    await engine.ready();
    (engine.live("rows") as Int32Array)[0] = 2 ** 24;
    expect(() => entry.run(3)).toThrow(/out of bounds/);
    expect(() => entry.run(3)).toThrow(/did not do its share/);
  });
  it("is reported if it ends between runs", async () => {
    const engine = always(2);
    const entry = engine.entry("step", gathering);
    await engine.ready();
    const cells = new Int32Array(engine.memory.buffer, 0, 16);
    // An order to end that its leader did not give.
    cells[CELLS.program / 4] = -1;
    Atomics.add(cells, CELLS.order / 4, 1);
    Atomics.notify(cells, CELLS.order / 4);
    await vi.waitUntil(() => Atomics.load(cells, CELLS.failed / 4) !== 0, { timeout: 10_000 });
    expect(() => entry.run(1)).toThrow(/thread 1 has ended/);
  });
  it("is given up after some time if it says nothing at all", async () => {
    const engine = always(2, 1);
    const entry = engine.entry("step", gathering);
    await engine.ready();
    const cells = new Int32Array(engine.memory.buffer, 0, 16);
    cells[CELLS.program / 4] = -1;
    Atomics.add(cells, CELLS.order / 4, 1);
    Atomics.notify(cells, CELLS.order / 4);
    // Its end is not known here before the event loop turns.
    Atomics.wait(cells, CELLS.finished / 4, 0, 200);
    const began = performance.now();
    expect(() => entry.run(1)).toThrow(/did not do its share/);
    expect(performance.now() - began).toBeGreaterThan(900);
  });
});

describe("a process", () => {
  it("ends when its own work is done, whatever its threads wait for", async () => {
    const script = `
      import { createEngine } from ${JSON.stringify(fileURLToPath(new URL("../../src/engine.ts", import.meta.url)))};
      const engine = createEngine({ threads: 3 });
      const entry = engine.entry("step", (g) => {
        const v = g.parameter("v", [512, 512]);
        g.store(v, g.matmul(v, v));
      });
      engine.ready().then(() => { entry.run(2); console.log(entry.threads, "done"); });
    `;
    const child = promisify(execFile)(
      process.execPath,
      ["--import", "tsx", "--input-type=module", "-e", script],
      {
        timeout: 60_000,
        env: { ...process.env, NODE_NO_WARNINGS: "1" },
      },
    );
    expect((await child).stdout.trim()).toBe("3 done");
  });
});
