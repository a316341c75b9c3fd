/**
 * Tutorial 001: a network described by a list of layers learns the two moons, beside a framework.
 *
 * The headline run is the golden one (float64, seed 2, 10,000 steps), so one run serves both.
 */
import type { GradientProblem } from "papergrad/inspect";
import type { Experiment, Variant } from "../types.ts";
import { initLayers, NN_ARCHITECTURE } from "./architecture.ts";
import { moonsData } from "./data.ts";
import { errata } from "./errata.ts";
import { run, SEED } from "./run.ts";
import { costAndGradients } from "./step.ts";
import { derivation, summary, title } from "./texts.ts";
import { fullBatchStep } from "./train.ts";

/** Points in the gradient check: few, because each of the 5,226 parameters costs several forward passes. */
const CHECKED = 8;

function gradientProblem(variant: Variant): GradientProblem {
  const { train } = moonsData();
  return {
    name: `moons, ${variant}: dW and db of all five layers, ${CHECKED} points`,
    build: (g) => {
      const X = g.input("X", [CHECKED, 2]);
      const Y = g.input("Y", [CHECKED, 1]);
      const { loss, gradients } = costAndGradients(g, variant, NN_ARCHITECTURE, X, Y);
      return {
        loss,
        gradients: Object.fromEntries(
          gradients.flatMap(({ dW, db }, k) => [
            [`W${k + 1}`, dW],
            [`b${k + 1}`, db],
          ]),
        ),
      };
    },
    values: {
      ...initLayers(NN_ARCHITECTURE, SEED),
      X: train.X.slice(0, 2 * CHECKED),
      Y: train.Y.slice(0, CHECKED),
    },
  };
}

export const moons: Experiment = {
  name: "moons",
  tutorial: "001",
  defaultSeed: SEED,
  defaultDtype: "float64",
  title,
  summary,
  derivation,
  errata,
  run: (options) => run(options),
  prepare: async (variant, { backend, dtype, seed = SEED }) =>
    fullBatchStep({ variant, backend, dtype, params: initLayers(NN_ARCHITECTURE, seed) }),
  gradientProblem: async (variant) => gradientProblem(variant),
};
