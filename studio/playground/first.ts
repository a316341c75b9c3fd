/** What an empty link means in the playground; links to it are written as differences from this. */
import { type Experiment, experimentOf } from "../state/experiment.ts";

/** Two spirals that a small network learns while the reader watches. */
export const FIRST: Experiment = experimentOf({
  data: { kind: "spirals", count: 400, noise: 0.02, testShare: 0.3, seed: 1 },
  layers: [{ units: 8 }, { units: 8 }, { units: 4 }],
  optimizer: { name: "adam", learningRate: 0.01 },
  batchSize: 20,
  view: { speed: 200, goal: 0.99 },
});
