/** A graph as text (one line a node) and as DOT for Graphviz. */
import { exprKey } from "./expr.ts";
import type { Graph } from "./graph.ts";
import { type Node, operands } from "./nodes.ts";

const name = (n: Node): string => (n.label ? `%${n.id}:${n.label}` : `%${n.id}`);

/** What a node does, e.g. `matmul %0:x %1:W`. */
export function operation(n: Node): string {
  switch (n.kind) {
    case "leaf":
      return n.source.type === "buffer" ? `${n.source.role} ${n.source.name}` : n.source.type;
    case "map":
      return `map ${exprKey(n.expr)}`;
    case "matmul":
      return `matmul${n.transposeA ? " aᵀ" : ""}${n.transposeB ? " bᵀ" : ""}`;
    case "reduce":
      return `${n.op} over ${n.over}`;
    case "gather":
      return "gather";
    case "store":
      return `store → ${n.target.source.name}`;
  }
}

/**
 * One line a node: number and label, shape, operation, operands.
 * @example
 * const g = new Graph();
 * g.exp(g.input("x", [4, 2]));
 * graphText(g) // "%0:x [4,2] = input x\n%1 [4,2] = map exp(#0) %0:x"
 */
export function graphText(g: Graph): string {
  const lines = g.nodes.map((n) =>
    `${name(n)} [${n.shape}] = ${operation(n)} ${operands(n).map(name).join(" ")}`.trimEnd(),
  );
  for (const m of g.metrics) lines.push(`metric ${m.name} = ${name(m.node)}`);
  if (g.haltNode) lines.push(`halt = ${name(g.haltNode)}`);
  return lines.join("\n");
}

/**
 * The same as a Graphviz digraph.
 * @example
 * const g = new Graph("step");
 * g.exp(g.input("x", [4, 2]));
 * graphDot(g).startsWith("digraph") // true
 */
export function graphDot(g: Graph): string {
  const quote = (s: string) => `"${s.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
  const lines = g.nodes.flatMap((n) => [
    `  n${n.id} [label=${quote(`${n.label ?? ""}\\n${operation(n)}\\n[${n.shape}]`.replace(/^\\n/, ""))}];`.replaceAll(
      "\\\\n",
      "\\n",
    ),
    ...operands(n).map((o) => `  n${o.id} -> n${n.id};`),
  ]);
  return [`digraph ${quote(g.name)} {`, "  node [shape=box];", ...lines, "}"].join("\n");
}
