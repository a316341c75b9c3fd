import { describe, expect, it } from "vitest";
import type { Graph } from "../../src/graph/graph.ts";
import type { BufferLeaf, Node } from "../../src/graph/nodes.ts";
import { activation } from "../../src/nn/activation-layer.ts";
import { batchNormalization } from "../../src/nn/batch-normalization.ts";
import { dense } from "../../src/nn/dense.ts";
import { dropout } from "../../src/nn/dropout.ts";
import type { Layer } from "../../src/nn/layer.ts";
import { layerNormalization } from "../../src/nn/layer-normalization.ts";
import { forward, planNetwork } from "../../src/nn/network.ts";
import { rescaling } from "../../src/nn/rescaling.ts";
import { RandomState } from "../../src/random/index.ts";
import { matrix, type Tensor } from "../../src/tensor/tensor.ts";
import golden from "../golden/nn-values.json" with { type: "json" };
import { close, evaluated, weighted, worstError } from "./finite-difference.ts";

type Any = Tensor<ArrayLike<number>>;

/** x and random values for every weight of a layer; state keeps its first values. */
function materials(layer: Layer, inputs: number): Record<string, Any> {
  const random = new RandomState(11);
  const plan = layer.plan(inputs);
  return {
    x: random.normal(0.3, 1, [6, inputs]),
    ...Object.fromEntries(plan.parameters.map((p) => [p.name, random.normal(0.5, 1, p.shape)])),
  };
}

function applied(layer: Layer, g: Graph, leaves: Record<string, Node>, training: boolean): Node {
  const { x } = leaves;
  const plan = layer.plan(x!.shape[1]);
  const state = (name: string) => g.parameter(name, plan.state.find((s) => s.name === name)!.shape);
  const z = plan.apply(g, x!, {
    training,
    weight: (name) => (leaves[name] as BufferLeaf | undefined) ?? state(name),
  });
  return plan.activation ? plan.activation(g, z) : z;
}

const layers: [string, Layer][] = [
  ["dense", dense(4, { activation: "tanh" })],
  ["dense without bias", dense(2, { useBias: false })],
  ["dense softmax", dense(3, { activation: "softmax" })],
  ["dropout with its mask fixed by seed and step", dropout(0.4)],
  ["batch normalization", batchNormalization({ epsilon: 1e-2 })],
  ["layer normalization", layerNormalization()],
  ["rescaling", rescaling(0.5, { offset: -2 })],
  ["activation", activation("gelu")],
];

describe("layers", () => {
  it.each(layers)("%s: gradients of inputs and parameters are those of finite differences", (_, layer) => {
    const error = worstError(materials(layer, 3), (g, leaves) =>
      weighted(g, applied(layer, g, leaves, true)),
    );
    expect(error).toBeLessThan(1e-7);
  });

  it("layer normalization has PyTorch's values", () => {
    const values = { x: matrix(golden.z), gamma: matrix([[1, 1, 1]]), beta: matrix([[0, 0, 0]]) };
    const got = evaluated(values, (g, leaves) => applied(layerNormalization(), g, leaves, true));
    expect(close(got, golden.layerNormalization.flat(), 1e-13)).toBe(true);
  });

  it("dropout drops its share, rescales the rest, and rests when predicting", () => {
    const x = { x: matrix(Array.from({ length: 100 }, () => new Array(50).fill(3))) };
    const trained = evaluated(x, (g, leaves) => applied(dropout(0.25), g, leaves, true));
    const kept = trained.filter((v) => v !== 0);
    expect(new Set(kept.map((v) => v.toFixed(12)))).toEqual(new Set(["4.000000000000"]));
    // 5000 draws: a standard deviation of 0.006.
    expect(kept.length / trained.length).toBeGreaterThan(0.72);
    expect(kept.length / trained.length).toBeLessThan(0.78);
    const layer = dropout(0.25);
    const predicted = evaluated(x, (g, leaves) => g.add(applied(layer, g, leaves, false), 0));
    expect(new Set(predicted)).toEqual(new Set([3]));
  });

  it("refuse options out of range", () => {
    expect(() => dense(0)).toThrow("dense: expected units to be a whole number ≥ 1, received 0.");
    expect(() => dropout(1)).toThrow("dropout: expected 0 ≤ rate < 1");
    expect(() => batchNormalization({ momentum: 1 })).toThrow("0 ≤ momentum < 1, received 1");
    expect(() => layerNormalization({ epsilon: 0 })).toThrow("epsilon > 0, received 0");
    expect(() => dense(3, { kernelInitializer: "heUnifrom" as "heUniform" })).toThrow(
      'Did you mean "heUniform"?',
    );
  });
});

describe("forward", () => {
  it("lets a dense layer take over a rescaling, to the same values and gradients", () => {
    const random = new RandomState(1);
    const x = random.uniform(0, 255, [5, 3]);
    const parameters = random.normal(0, 1, [1, 16]);
    const run = (layers: Layer[]) =>
      evaluated({ x, parameters }, (g, leaves) => {
        const { output } = forward(g, planNetwork(layers, 3), leaves.x!, { training: true });
        return g.gradient(weighted(g, output), [leaves.x!])[0]!;
      });
    const taken = run([rescaling(1 / 255), dense(4, { activation: "tanh" })]);
    // An activation in between keeps the rescaling a step of its own.
    const apart = run([rescaling(1 / 255), activation("linear"), dense(4, { activation: "tanh" })]);
    expect(taken.some((v) => v !== 0)).toBe(true);
    expect(close(taken, apart, 1e-13)).toBe(true);
  });
});

describe("planNetwork", () => {
  it("gives every parameter its place in one flat vector", () => {
    const net = planNetwork([dense(4), batchNormalization(), dropout(0.5), dense(2, { name: "out" })], 3);
    expect(net.weights.map((w) => [w.path, w.label, w.offset, w.trainable])).toEqual([
      ["dense_0/kernel", "W1", 0, true],
      ["dense_0/bias", "b1", 12, true],
      ["batchNormalization_1/gamma", "γ2", 16, true],
      ["batchNormalization_1/beta", "β2", 20, true],
      ["batchNormalization_1/movingMean", "μ2", 0, false],
      ["batchNormalization_1/movingVariance", "σ²2", 4, false],
      ["out/kernel", "W3", 24, true],
      ["out/bias", "b3", 32, true],
    ]);
    expect([net.parameterCount, net.stateCount, net.outputs]).toEqual([34, 8, 2]);
  });

  it("refuses no layers and equal names", () => {
    expect(() => planNetwork([], 2)).toThrow("at least one layer");
    expect(() => planNetwork([dense(1, { name: "a" }), dense(1, { name: "a" })], 2)).toThrow(
      'two layers are called "a"',
    );
  });
});
