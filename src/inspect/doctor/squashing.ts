/** Which values of a graph are activations that can die or saturate: told by what they compute, not by their names. */
import { exprKey } from "../../graph/expr.ts";
import type { Node } from "../../graph/nodes.ts";
import type { Squashing } from "./snapshot.ts";

const BY_KEY: Readonly<Record<string, Squashing>> = {
  "sigmoid(#0)": "sigmoid",
  "tanh(#0)": "tanh",
  "select(le(#0,0),0,#0)": "relu",
  "select(lt(#0,0),0,#0)": "relu",
  "max(#0,0)": "relu",
  "max(0,#0)": "relu",
};

/** The activation that a node is, and its pre-activation; null for anything else. */
export function squashing(node: Node): { readonly kind: Squashing; readonly of: Node } | null {
  if (node.kind !== "map") return null;
  const [a, b] = node.args;
  const kind = BY_KEY[exprKey(node.expr)];
  if (kind && node.args.length === 1) return { kind, of: a! };
  const isShare =
    b?.kind === "reduce" && b.op === "sum" && b.over === "cols" && b.arg === a && a?.kind === "map";
  if (!isShare || exprKey(node.expr) !== "div(#0,#1)") return null;
  return { kind: "softmax", of: logitsOf(a) };
}

/** z of exp(z − max z), or of exp(z). */
function logitsOf(e: Node): Node {
  const inner = e.kind === "map" ? e.args[0]! : e;
  return inner.kind === "map" && inner.label === null ? inner.args[0]! : inner;
}
