/** What a run is, in a few words: its data, its network, its training. */
import { FEATURES } from "../data/features.ts";
import { SETS } from "../data/sets.ts";
import { both, type Text } from "../language.ts";
import type { Experiment } from "../state/experiment.ts";
import type { KeptRun } from "./kept.ts";

const OTHER: Readonly<Record<string, Text>> = {
  drawn: { en: "Drawn points", zh: "手绘点" },
  csv: { en: "Pasted table", zh: "粘贴的表格" },
  mnist: { en: "MNIST digits", zh: "MNIST 手写数字" },
};

/** "Moons", "Pasted table". */
export const dataTitle = ({ data }: Experiment): Text => SETS[data.kind]?.title ?? OTHER[data.kind]!;

/** "2–6–4–1 tanh": widths, and the activations of the hidden layers where there are any. */
export function networkTitle({ about, experiment }: KeptRun): string {
  const activations = [...new Set(experiment.layers.map((l) => l.activation))];
  return [[about.inputs, ...about.units].join("–"), ...activations].join(" ");
}

/** "adam 0.03, batches of 32". */
export const trainingTitle = ({ optimizer, batchSize }: Experiment): Text => {
  const minimizes = optimizer.name === "lbfgs" || optimizer.name === "conjugateGradient";
  return minimizes
    ? both(() => optimizer.name)
    : {
        en: `${optimizer.name} ${optimizer.learningRate}, batches of ${batchSize}`,
        zh: `${optimizer.name} ${optimizer.learningRate}，批大小 ${batchSize}`,
      };
};

/** x₁, x₂, sin πx₁ */
export const featureTitle = ({ features }: Experiment): string =>
  features.map((name) => FEATURES[name].symbol).join(", ");
