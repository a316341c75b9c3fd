/**
 * The gradients of OneNet against central differences, with λ = 1 so that the decay shows.
 *
 * Published: the loss the code prints (1e-4 inside the logarithms) plus the L2 term of its update, with the
 * published shapes. Derived: J of the derivation.
 */
import type { GradientProblem } from "papergrad/inspect";
import type { Variant } from "../types.ts";
import type { Gate } from "./gate.ts";
import { derivedStep, leaves, publishedStep } from "./step.ts";

const WEIGHTS = [0.8, -0.3, -0.5, 0.6];
const BIAS = [0.1, -0.2];

export function gradientProblem(gate: Gate, variant: Variant): GradientProblem {
  const columns = variant === "published" ? gate.publishedBias : 1;
  return {
    name: `${gate.name}, ${variant}, λ = 1`,
    values: {
      x: gate.inputs.flat(),
      y: gate.targets,
      w: WEIGHTS.slice(0, gate.inputs[0]!.length * columns),
      b: BIAS.slice(0, columns),
      lambda: [1],
    },
    build: (g) => {
      const at = leaves(g, gate, "w", columns, columns);
      const lambda = g.hyper("lambda");
      const { loss, directions } = (variant === "published" ? publishedStep : derivedStep)(g, at, lambda);
      const J = g.add(loss, g.mul(g.mul(lambda, 0.5), g.sum(g.square(at.w))));
      return { loss: J, gradients: directions };
    },
  };
}
