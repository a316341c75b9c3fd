/**
 * Softmax and log-sum-exp of each row: compositions of the graph's operations with gradients of their own, because
 * the chain rule through the maximum and the quotient is longer than the result and less exact.
 */
import type { Graph } from "./graph.ts";
import type { Node } from "./nodes.ts";

/** p = e^(x − max x) / Σ e^(x − max x). */
export function softmax(g: Graph, x: Node): Node {
  const e = g.exp(g.sub(x, g.maximum(x, "cols")));
  const p = g.div(e, g.sum(e, "cols"));
  p.rule = {
    inputs: [x],
    // dx = p·(up − Σ up·p): Goodfellow, Bengio & Courville (2016), section 6.2.2.3.
    gradient: (up) => [g.mul(p, g.sub(up, g.sum(g.mul(up, p), "cols")))],
  };
  return p;
}

/** max x + log Σ e^(x − max x); its gradient is the softmax. */
export function logSumExp(g: Graph, x: Node): Node {
  const top = g.maximum(x, "cols");
  const out = g.add(top, g.log(g.sum(g.exp(g.sub(x, top)), "cols")));
  out.rule = { inputs: [x], gradient: (up) => [g.mul(up, softmax(g, x))] };
  return out;
}
