/** The race on papergrad: `model.trainer`, float32, one thread. */
import { adam, type Optimizer, sequential, sgd } from "papergrad";
import { probeFeatures } from "papergrad/engine";
import packageJson from "../../package.json" with { type: "json" };
import type { Runner } from "./runner.ts";
import { EPSILON, layersOf, MOMENTUM, type RaceSetting, type Terms, testAccuracy } from "./terms.ts";

function optimizerOf({ optimizer, learningRate }: RaceSetting): Optimizer {
  if (optimizer === "adam") return adam({ learningRate, epsilon: EPSILON });
  return sgd({ learningRate, momentum: optimizer === "momentum" ? MOMENTUM : 0 });
}

/** papergrad's side. */
export async function preparePapergrad(terms: Terms): Promise<Runner> {
  const { setting, features, outputs, train, test } = terms;
  const { seed, batchSize } = setting;
  const model = sequential(layersOf(setting, outputs), { inputShape: [features], seed });
  model.setWeights(model.weights.map(({ shape }, i) => ({ shape, data: terms.start[i]! })));
  const x = { shape: [train.y.length, features], data: train.x } as const;
  const trainer = model.trainer(x, train.y, {
    optimizer: optimizerOf(setting),
    metrics: [],
    batchSize,
    seed,
  });
  return {
    name: `papergrad ${packageJson.version}, WebAssembly${probeFeatures().simd ? " SIMD" : ""}`,
    run: async (steps) => trainer.run(steps).metrics.loss!,
    accuracy: () =>
      testAccuracy(terms, model.predict({ shape: [test.y.length, features], data: test.x }).data),
    weights: () => model.getWeights().map((w) => Float32Array.from(w.data)),
  };
}
