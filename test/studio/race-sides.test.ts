/** The two sides of a race, in Node: the same losses, the same network at the end. */
import { sequential } from "papergrad";
import { describe, expect, test } from "vitest";
import { preparePapergrad } from "../../studio/race/papergrad-side.ts";
import { prepareTensorFlow } from "../../studio/race/tensorflow-side.ts";
import {
  batchesOf,
  layersOf,
  parametersOf,
  RACE_DATA,
  RACE_OPTIMIZERS,
  RACE_SETTING,
  type RaceSetting,
  stepsPerEpoch,
  termsOf,
} from "../../studio/race/terms.ts";

async function race(setting: RaceSetting, steps: number) {
  const terms = termsOf(setting);
  const ours = await preparePapergrad(terms);
  const theirs = (await prepareTensorFlow(terms, "cpu"))!;
  const losses = { ours: await ours.run(steps), theirs: await theirs.run(steps) };
  const apart = losses.ours.reduce((most, v, i) => Math.max(most, Math.abs(v - losses.theirs[i]!)), 0);
  return { ours, theirs, losses, apart };
}

describe("the two sides", () => {
  for (const data of RACE_DATA)
    for (const optimizer of RACE_OPTIMIZERS)
      test(`${data}, ${optimizer}: the losses of 3 epochs agree`, async () => {
        const setting = { ...RACE_SETTING, data, optimizer, hidden: [16, 8], activation: "tanh" } as const;
        const steps = 3 * stepsPerEpoch(termsOf(setting));
        const { losses, apart } = await race(setting, steps);
        expect(losses.ours.length).toBe(steps);
        expect(apart).toBeLessThan(1e-5);
        expect(losses.ours.at(-1)).not.toBe(losses.ours[0]);
      });

  test("the tutorial's network: the losses of 15 epochs agree, weights and accuracy too", async () => {
    const { ours, theirs, losses, apart } = await race(RACE_SETTING, 15 * 29);
    expect(apart).toBeLessThan(1e-5);
    expect(losses.ours.at(-1)).toBeLessThan(losses.ours[0]!);
    const weights = theirs.weights();
    for (const [i, w] of ours.weights().entries())
      for (const [k, v] of w.entries()) expect(Math.abs(v - weights[i]![k]!)).toBeLessThan(1e-3);
    expect(Math.abs(ours.accuracy() - theirs.accuracy())).toBeLessThan(0.011);
    expect(ours.name).toMatch(/^papergrad \d/);
    expect(theirs.name).toMatch(/^TensorFlow\.js 4.*cpu$/);
  });
});

describe("the terms", () => {
  test("are the tutorial's: 2-25-50-50-25-1, 900 points, batches of 32", () => {
    const terms = termsOf(RACE_SETTING);
    expect(parametersOf(terms)).toBe(5226);
    expect([terms.train.y.length, terms.test.y.length, stepsPerEpoch(terms)]).toEqual([900, 100, 29]);
  });

  test("their batches are those that papergrad's trainer takes, epoch after epoch", () => {
    const terms = termsOf(RACE_SETTING);
    const { features, train, outputs, setting } = terms;
    const model = sequential(layersOf(setting, outputs), { inputShape: [features] });
    const x = { shape: [train.y.length, features], data: train.x } as const;
    const trainer = model.trainer(x, train.y, { batchSize: setting.batchSize, seed: setting.seed });
    const batches = batchesOf(terms);
    for (let s = 0; s < 60; s++) {
      expect(trainer.nextRows()).toEqual(batches.next().value);
      trainer.run(1);
    }
  });
});
