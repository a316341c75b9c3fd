/**
 * A network: layers planned one after the other, every parameter given its place in one flat vector, and the
 * forward pass as graph code. No engine here; `fit` reaches this through `train/step`.
 */
import type { Graph } from "../graph/graph.ts";
import type { BufferLeaf, Node } from "../graph/nodes.ts";
import { ShapeError, UsageError } from "../tensor/errors.ts";
import { hasMethods } from "../tensor/options.ts";
import { show } from "../tensor/show.ts";
import { sizeOf } from "../tensor/tensor.ts";
import type { Layer, LayerPlan, WeightSpec } from "./layer.ts";

/** A weight and where it lies in its flat vector. */
export interface PlacedWeight extends WeightSpec {
  /** Layer name + "/" + weight name, e.g. "dense_0/kernel". */
  readonly path: string;
  /** Name in traces: letter and number of the layer among those with weights, e.g. W1. */
  readonly label: string;
  readonly trainable: boolean;
  /** Element of `parameters` (trainable) or `state` where it starts, rows one after the other. */
  readonly offset: number;
}

/** A layer in its place. */
export interface PlannedLayer {
  readonly name: string;
  readonly layer: Layer;
  readonly plan: LayerPlan;
  readonly inputs: number;
  /** In the order of `getWeights`: parameters, then state. */
  readonly weights: readonly PlacedWeight[];
}

/** Planned layers one after the other, and the layout of their weights. */
export interface Network {
  readonly inputs: number;
  readonly outputs: number;
  readonly layers: readonly PlannedLayer[];
  readonly weights: readonly PlacedWeight[];
  /** Elements of the flat vector of trained numbers; may be 0. */
  readonly parameterCount: number;
  /** Elements of the flat vector of kept but not trained numbers; may be 0. */
  readonly stateCount: number;
}

/** @throws {UsageError} unless `layers` is a list of what `dense(…)` and the like return. */
export function checkLayers(layers: unknown): asserts layers is readonly Layer[] {
  if (!Array.isArray(layers))
    throw new UsageError(
      `sequential: expected a list of layers, received ${show(layers)}. Write sequential([dense(8), dense(1)], { inputShape: [2] }).`,
    );
  const odd = layers.findIndex((l) => !hasMethods("plan")(l) || typeof l.kind !== "string");
  if (odd < 0) return;
  const cure = typeof layers[odd] === "function" ? "Call it" : "Give";
  throw new UsageError(
    `sequential: expected a layer at position ${odd}, received ${show(layers[odd])}. ${cure}, e.g. dense(1).`,
  );
}

/**
 * Plans layers for rows of `inputs` numbers.
 * @throws {UsageError} for no layers, or two of the same name; {ShapeError} if a layer cannot take its inputs.
 * @example
 * const network = planNetwork([dense(4), dense(1)], 2);
 * network.weights.map((w) => w.path) // ["dense_0/kernel", "dense_0/bias", "dense_1/kernel", "dense_1/bias"]
 * network.weights.map((w) => w.offset) // [0, 8, 12, 16]
 */
export function planNetwork(layers: readonly Layer[], inputs: number): Network {
  checkLayers(layers);
  if (layers.length === 0)
    throw new UsageError("sequential: expected at least one layer, received none. Add e.g. dense(1).");
  if (!Number.isInteger(inputs) || inputs < 1)
    throw new ShapeError(
      `sequential: expected inputShape [features] with a whole number ≥ 1, received [${inputs}]. Give the number of columns of x.`,
    );
  const used = { parameters: 0, state: 0 };
  let width = inputs;
  let numbered = 0;
  const names = new Set<string>();
  const planned = layers.map((layer, at): PlannedLayer => {
    const name = layer.name ?? `${layer.kind}_${at}`;
    if (names.has(name))
      throw new UsageError(`sequential: two layers are called "${name}". Give each a name of its own.`);
    names.add(name);
    const plan = layer.plan(width);
    if (plan.parameters.length + plan.state.length > 0) numbered++;
    const place = (spec: WeightSpec, trainable: boolean): PlacedWeight => {
      const pool = trainable ? "parameters" : "state";
      const offset = used[pool];
      used[pool] += sizeOf(spec.shape);
      return { ...spec, path: `${name}/${spec.name}`, label: `${spec.letter}${numbered}`, trainable, offset };
    };
    const weights = [
      ...plan.parameters.map((s) => place(s, true)),
      ...plan.state.map((s) => place(s, false)),
    ];
    const inputsHere = width;
    width = plan.outputs;
    return { name, layer, plan, inputs: inputsHere, weights };
  });
  return {
    inputs,
    outputs: width,
    layers: planned,
    weights: planned.flatMap((l) => l.weights),
    parameterCount: used.parameters,
    stateCount: used.state,
  };
}

/**
 * The matrix of a placed weight: a view of the flat vector it lies in.
 * @example
 * const network = planNetwork([dense(4)], 2);
 * weightLeaf(new Graph(), network, network.weights[1]!).shape // [1, 4]
 */
export function weightLeaf(g: Graph, network: Network, weight: PlacedWeight): BufferLeaf {
  const [vector, length] = weight.trainable
    ? (["parameters", network.parameterCount] as const)
    : (["state", network.stateCount] as const);
  const leaf = g.view(g.parameter(vector, [1, length]), { offset: weight.offset, shape: weight.shape });
  // A view of all of its vector is the vector's own leaf: it takes the better name.
  leaf.label = weight.label;
  return leaf;
}

/** Two values of the last layer; the same node where it has no activation. */
export interface ForwardResult {
  /** Before the last activation. Shapes: [B, outputs]. */
  readonly logits: Node;
  /** After it: what `predict` returns. */
  readonly output: Node;
}

/**
 * Appends the whole forward pass. Labels z1, a1, … count the layers that have weights.
 * @throws {ShapeError} if x does not have `network.inputs` columns.
 * @example
 * const g = new Graph();
 * const network = planNetwork([dense(4, { activation: "tanh" }), dense(3)], 2);
 * forward(g, network, g.input("x", [10, 2]), { training: false }).output.shape // [10, 3]
 */
export function forward(
  g: Graph,
  network: Network,
  x: Node,
  options: { readonly training: boolean },
): ForwardResult {
  if (x.shape[1] !== network.inputs)
    throw new ShapeError(`forward: expected x [B, ${network.inputs}], received [${x.shape}].`);
  let logits = x;
  let output = x;
  let number = 0;
  let inputScale = 1;
  for (const [at, { name, plan, weights }] of network.layers.entries()) {
    if (plan.scale !== undefined && network.layers[at + 1]?.plan.scalesInput) {
      inputScale = plan.scale;
      continue;
    }
    const byName = new Map(weights.map((w) => [w.name, w]));
    const own = {
      training: options.training,
      inputScale,
      weight: (weight: string) => weightLeaf(g, network, byName.get(weight)!),
    };
    const before = output;
    logits = plan.apply(g, before, own);
    inputScale = 1;
    if (weights.length > 0) number++;
    if (weights.length > 0 && logits.label === null) g.label(`z${number}`, logits);
    output = plan.activation ? plan.activation(g, logits) : logits;
    if (output?.shape?.[0] !== logits.shape[0] || output.shape[1] !== logits.shape[1])
      throw new ShapeError(
        `layer ${name}: expected its activation to return a node of shape [${logits.shape}], received ${output?.shape ? `[${output.shape}]` : show(output)}. Return what g's operations give.`,
      );
    if (output.label === null && number > 0 && output !== before)
      g.label(weights.length > 0 ? `a${number}` : `a${number}'`, output);
  }
  return { logits, output };
}
