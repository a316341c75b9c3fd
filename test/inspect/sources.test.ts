/** Every label of every program's trace, and of networks of the library, names a function that stands in a file. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { loadExperiment, programNames } from "../../experiments/index.ts";
import { labelSources, mark } from "../../scripts/label-sources.ts";
import {
  activation,
  batchNormalization,
  dense,
  dropout,
  type Layer,
  l2,
  layerNormalization,
  rescaling,
  sequential,
} from "../../src/index.ts";
import { type TracedValue, traceStep } from "../../src/inspect/index.ts";

const sources = labelSources();

/** Labels whose function is not found, or whose text does not stand in the file where it is said to. */
function unresolved(values: readonly TracedValue[]): string[] {
  return values
    .filter(({ source }) => {
      const found = source === null ? undefined : sources[source];
      if (!found) return true;
      const lines = readFileSync(new URL(`../../${found.file}`, import.meta.url), "utf8").split("\n");
      const [first = ""] = found.text.split("\n");
      return !lines[found.line - 1]?.includes(first);
    })
    .map(({ label, source }) => `${label}: ${source}`);
}

const sourceOf = (values: readonly TracedValue[], label: string) =>
  values.find((v) => v.label === label)?.source;

describe.each(programNames)("%s", (name) => {
  test.each(["published", "derived"] as const)("%s: every label resolves", async (variant) => {
    const experiment = await loadExperiment(name);
    const values = traceStep(await experiment.prepare(variant, { backend: "wasm", dtype: "float64" }));
    expect(values.length).toBeGreaterThan(10);
    expect(unresolved(values)).toEqual([]);
  });
});

test("the function is the one that computes the value, not the one that names it", async () => {
  const xor = await loadExperiment("xor");
  const trace = async (variant: "published" | "derived") =>
    traceStep(await xor.prepare(variant, { backend: "interpreter", dtype: "float64" }));
  const published = await trace("published");
  expect(sourceOf(published, "z1")).toBe("experiments/xor/step.ts#forward");
  expect(sourceOf(published, "dW2")).toBe("experiments/xor/step.ts#publishedStep");
  expect(sourceOf(published, "W1'")).toBe("experiments/xor/step.ts#update");
  expect(sourceOf(published, "W1")).toBe("experiments/xor/step.ts#leaves");
  const derived = await trace("derived");
  expect(sourceOf(derived, "h")).toBe("src/graph/compositions.ts#softmax");
  expect(sourceOf(derived, "da1")).toBe("src/graph/grad.ts#matmulParts");
  expect(sourceOf(derived, "dz1")).toBe("src/graph/grad.ts#mapParts");
  expect(sourceOf(derived, "db1")).toBe("src/graph/grad.ts#reduceTo");
});

const networks: Readonly<Record<string, readonly Layer[]>> = {
  plain: [dense(3, { activation: "tanh" }), dense(2, { activation: "softmax" })],
  normalized: [rescaling(0.5), dense(4), batchNormalization(), activation("gelu"), dropout(0.2), dense(2)],
  regularized: [
    dense(3, { activation: "leakyRelu", kernelRegularizer: l2(0.01) }),
    layerNormalization(),
    dense(2, { activation: "sigmoid", useBias: false }),
  ],
};

describe.each(Object.keys(networks))("sequential, %s", (name) => {
  test.each(["sgd", "adam", "adamW", "rmsprop", "adagrad"] as const)(
    "%s: every label resolves",
    (optimizer) => {
      const model = sequential([...networks[name]!], { inputShape: [2], seed: 1 });
      const x = [
        [0, 1],
        [1, 0],
        [1, 1],
      ];
      const y = name === "plain" ? [0, 1, 1] : x;
      const values = traceStep(model.trainingStep(x, y, { optimizer }));
      expect(unresolved(values)).toEqual([]);
      expect(sourceOf(values, "z1")).toBe("src/nn/dense.ts#dense.plan.apply");
      expect(sourceOf(values, "W1'") ?? sourceOf(values, "W2'")).toMatch(/^src\/nn\/optimizers\//);
    },
  );
});

test("marking moves no line, and leaves what builds no graph alone", () => {
  const path = "experiments/xor/step.ts";
  const text = readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
  const marked = mark(path, text);
  expect(marked).toContain('g.within("experiments/xor/step.ts#forward"');
  const line = (all: string, part: string) => all.split("\n").findIndex((l) => l.includes(part));
  expect(line(marked, 'g.label("z2"')).toBe(line(text, 'g.label("z2"'));
  expect(marked.split("\n")).toHaveLength(text.split("\n").length);
  expect(mark("src/plot/a.ts", "export const f = (g: Graph) => g.sum(x);")).not.toContain("within");
  expect(mark("src/nn/a.ts", "const f = (g, i) => g.toFixed(i);")).not.toContain("within");
  expect(mark("src/nn/a.ts", "async function f(g: Graph) { g.exp(x); }")).not.toContain("within");
});
