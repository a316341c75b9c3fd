/** A context that records what is written, and two tiny experiments made for the tests of the command line. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import type { Experiment, ProgramName, ProgramReport, RunOptions } from "../../experiments/types.ts";
import type { Context, Library } from "../../src/cli/context.ts";
import { defineStep, type Graph } from "../../src/engine.ts";
import { UsageError } from "../../src/index.ts";

/** One weight, one sample: loss (w·x)², with a gradient that is right (derived) or half of it (published). */
function step(g: Graph, right: boolean): void {
  const x = g.input("x", [1, 1]);
  const w = g.parameter("w", [1, 1]);
  const z1 = g.label("z1", g.matmul(x, w));
  const loss = g.label("loss", g.square(z1));
  const dw = g.label("dw", right ? g.gradient(loss, [w])[0]! : g.mul(z1, x));
  g.store(w, g.sub(w, g.mul(0.1, dw)));
  g.metric("loss", loss);
}

function report(program: ProgramName, options: RunOptions): ProgramReport {
  return {
    program,
    variant: options.variant,
    dtype: options.dtype,
    backend: options.backend,
    seed: options.seed ?? 7,
    steps: 3,
    seconds: 1.25,
    result: { loss: 0.5, trainAccuracy: 1 },
    published: { trainAccuracy: 1 },
    headline: [
      { what: { en: "training accuracy", zh: "训练准确率" }, published: "100 %", ours: "100 %" },
      { what: { en: "loss", zh: "损失" }, published: "–", ours: "0.5" },
    ],
    replays: [
      { golden: "tiny.json a", values: 4, digits: 15.5, withinSensitivity: true },
      { golden: "tiny.json b", values: 6, digits: 12.34, withinSensitivity: program !== "iris" },
    ],
    weightsHash: "0badf00d",
    console: "epoch: 1 loss: 0.5000",
    blocks: [{ kind: "paragraph", en: `seed ${options.seed}`, zh: `种子 ${options.seed}` }],
    files: [{ name: `${program}-${options.variant}.csv`, content: "a,b\n1,2\n" }],
  };
}

/** What the experiment called `name` does: "xor" works, "mnist" has no data, "moons" runs until interrupted. */
export function fakeExperiment(name: ProgramName): Experiment {
  return {
    name,
    tutorial: "000",
    defaultSeed: 7,
    defaultDtype: "float64",
    title: { en: `Tiny ${name}`, zh: `小小的 ${name}` },
    summary: { en: "One weight.", zh: "一个权重。" },
    derivation: [{ kind: "formula", text: "dw = 2 w x²" }],
    errata: [
      { id: `${name}-one`, effect: "A", text: { en: "Half.", zh: "一半。" }, proof: { test: "halves" } },
      {
        id: `${name}-two`,
        effect: "C",
        text: { en: "A slip.", zh: "笔误。" },
        proof: { reason: { en: "Nothing to compute.", zh: "无可计算。" } },
      },
    ],
    async run(options) {
      if (name === "mnist") throw new UsageError("loadMnist: expected the package, it is not installed.");
      options.progress({ stage: "headline", done: 1, total: 3, loss: 0.7, accuracy: 0.5 });
      if (name === "moons")
        await new Promise((_, reject) => {
          options.signal?.addEventListener("abort", () => reject(options.signal?.reason));
        });
      options.progress({ stage: "headline", done: 3, total: 3, loss: 0.5, accuracy: 1 });
      return report(name, options);
    },
    async prepare(variant, options) {
      const entry = defineStep(options, (g) => step(g, variant === "derived"));
      entry.engine.write("x", [2]);
      entry.engine.write("w", [0.5]);
      return entry;
    },
    gradientProblem: async (variant) => ({
      name: `${name}: tiny`,
      values: { x: [2], w: [0.5] },
      build: (g) => {
        const x = g.input("x", [1, 1]);
        const w = g.parameter("w", [1, 1]);
        const z = g.matmul(x, w);
        return {
          loss: g.square(z),
          gradients: { w: g.mul(variant === "derived" ? 2 : 1, z, x) },
        };
      },
    }),
  };
}

export const fakeLibrary: Library = {
  names: ["xor", "iris", "mnist", "moons", "pencil"],
  load: async (name) => fakeExperiment(name),
};

export interface Recorded extends Context {
  readonly written: { out: string; err: string };
  /** Presses Ctrl-C. */
  interrupt(): void;
}

/** A context for tests; options replace its parts. */
export function recorded(options: Partial<Context> = {}): Recorded {
  const written = { out: "", err: "" };
  const listeners = new Set<() => void>();
  return {
    out: (text) => {
      written.out += text;
    },
    err: (text) => {
      written.err += text;
    },
    columns: 100,
    live: false,
    colour: false,
    language: "en",
    env: {},
    library: fakeLibrary,
    onInterrupt: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    written,
    interrupt: () => {
      for (const listener of listeners) listener();
    },
    ...options,
  };
}

/** A folder that is gone after the tests. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "papergrad-cli-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
