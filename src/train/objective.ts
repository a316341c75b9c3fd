/**
 * The loss of a batch as graph code: forward pass, data loss, penalties. Shared by the training step, the
 * evaluation and the full-batch minimizers.
 */
import type { Graph } from "../graph/graph.ts";
import type { Node } from "../graph/nodes.ts";
import { activationFunction, linear } from "../nn/activations.ts";
import type { Loss } from "../nn/losses.ts";
import { METRICS, type MetricName } from "../nn/metrics.ts";
import { forward, type Network, weightLeaf } from "../nn/network.ts";
import { UsageError } from "../tensor/errors.ts";

export interface Objective {
  /** Data loss plus penalties, 1×1. */
  readonly loss: Node;
  readonly metrics: readonly { readonly name: MetricName; readonly node: Node }[];
}

/**
 * Appends the loss of the batch (x, y) and the metrics asked for.
 * @example
 * const g = new Graph();
 * const network = planNetwork([dense(1, { kernelRegularizer: l2(0.1) })], 2);
 * const options = { loss: meanSquaredError(), metrics: [], training: true };
 * const { loss } = objective(g, network, g.input("x", [4, 2]), g.input("y", [4, 1]), options);
 * loss.label // "loss"
 */
export function objective(
  g: Graph,
  network: Network,
  x: Node,
  y: Node,
  options: { readonly loss: Loss; readonly metrics: readonly MetricName[]; readonly training: boolean },
): Objective {
  const { loss } = options;
  const { logits, output } = forward(g, network, x, options);
  const dataLoss = loss.apply(g, loss.takes === "logits" ? logits : output, y);
  const penalties = network.weights.flatMap((w) =>
    w.regularizer ? [w.regularizer.apply(g, weightLeaf(g, network, w))] : [],
  );
  const total = penalties.reduce<Node>((sum, p) => g.add(sum, p), dataLoss);
  const batch = { logits, output, loss, target: y };
  const metrics = options.metrics.map((name) => ({ name, node: METRICS[name](g, batch) }));
  return { loss: g.label("loss", total), metrics };
}

/**
 * A loss on logits needs the last activation it was made for, or none.
 * @throws {UsageError} for any other.
 */
export function checkLink(where: string, loss: Loss, network: Network): void {
  if (loss.takes !== "logits") return;
  const last = network.layers.at(-1)!;
  const f = last.plan.activation ?? linear;
  const allowed = [linear, ...(loss.link ? [activationFunction(where, loss.link)] : [])];
  if (allowed.includes(f)) return;
  throw new UsageError(
    `${where}: ${loss.name} expects the last layer (${last.name}) to have the activation ${loss.link ? `"${loss.link}" or ` : ""}"linear". Change it, or use a loss on the output such as meanSquaredError.`,
  );
}

/** The loss that goes with the last activation: softmax, sigmoid, or any other. */
export function usualLoss(
  network: Network,
): "categoricalCrossentropy" | "binaryCrossentropy" | "meanSquaredError" {
  const f = network.layers.at(-1)!.plan.activation;
  if (f === activationFunction("fit", "softmax")) return "categoricalCrossentropy";
  return f === activationFunction("fit", "sigmoid") ? "binaryCrossentropy" : "meanSquaredError";
}

/**
 * Metrics reported without being asked for, and a check of those asked for.
 * @throws {UsageError} for a difference of columns that cannot be computed.
 */
export function metricsFor(
  where: string,
  asked: readonly MetricName[] | undefined,
  loss: Loss,
  columns: number,
  network: Network,
): readonly MetricName[] {
  const usual: readonly MetricName[] = loss.targets === "numbers" ? [] : ["accuracy"];
  const names = [...new Set(asked ?? usual)];
  const bad = names.find((n) => n !== "accuracy" && columns !== network.outputs);
  if (bad)
    throw new UsageError(
      `${where}: metric ${bad} expects y with ${network.outputs} columns, received class numbers. Give one-hot rows, or ask for accuracy.`,
    );
  return names;
}
