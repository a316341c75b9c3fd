/** The table that `model.summary()` gives: one line for each layer, totals below. Text only. */
import { sizeOf } from "../tensor/tensor.ts";
import { activationName } from "./activations.ts";
import type { Network, PlannedLayer } from "./network.ts";

/** Layers, output shapes ([batch, units]) and numbers of parameters. */
export function summaryOf(network: Network): string {
  const rows = network.layers.map((l) => [
    `${l.name} (${kindOf(l)})`,
    `[batch, ${l.plan.outputs}]`,
    grouped(l.weights.reduce((sum, w) => sum + sizeOf(w.shape), 0)),
  ]);
  const table = [["Layer", "Output", "Parameters"], ...rows];
  const widths = [0, 1, 2].map((c) => Math.max(...table.map((r) => r[c]!.length)));
  const line = (r: readonly string[]) =>
    `${r[0]!.padEnd(widths[0]!)}  ${r[1]!.padEnd(widths[1]!)}  ${r[2]!.padStart(widths[2]!)}`;
  const rule = "─".repeat(widths.reduce((a, b) => a + b, 4));
  const { parameterCount, stateCount } = network;
  return [
    line(table[0]!),
    rule,
    ...rows.map(line),
    rule,
    `Parameters: ${grouped(parameterCount + stateCount)} (trained ${grouped(parameterCount)}, kept ${grouped(stateCount)})`,
  ].join("\n");
}

function kindOf({ layer, plan }: PlannedLayer): string {
  return plan.activation ? `${layer.kind}, ${activationName(plan.activation)}` : layer.kind;
}

/** 1234567 → "1,234,567", whatever the locale. */
const grouped = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ",");
