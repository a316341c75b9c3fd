/** The gradients of the XOR network against central differences, at weights drawn wide enough to be off the kinks. */

import { RandomState } from "papergrad";
import type { GradientProblem } from "papergrad/inspect";
import type { Variant } from "../types.ts";
import { derivedStep, HIDDEN_IN_TEXT, INPUTS, leaves, publishedStep, TARGETS } from "./step.ts";

/** J of the derivation, and what each variant subtracts: published takes b2 itself for its gradient. */
export function gradientProblem(variant: Variant): GradientProblem {
  const hidden = HIDDEN_IN_TEXT;
  const random = new RandomState(0);
  return {
    name: `xor, ${variant}, H = ${hidden}`,
    values: {
      x: INPUTS.flat(),
      y: TARGETS,
      W1: random.randn(2 * hidden),
      b1: random.randn(hidden),
      W2: random.randn(2 * hidden),
      b2: random.randn(2),
    },
    build: (g) => {
      const { J, directions } = (variant === "published" ? publishedStep : derivedStep)(g, leaves(g, hidden));
      return { loss: J, gradients: directions };
    },
  };
}
