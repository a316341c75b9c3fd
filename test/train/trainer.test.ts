/** A trainer: the bits of fit however the steps are cut, snapshots that come back, a stop before a loss that is not finite. */
import { describe, expect, it } from "vitest";
import {
  adam,
  batchNormalization,
  cosineDecay,
  dense,
  dropout,
  lbfgs,
  type Model,
  sequential,
  sgd,
} from "../../src/index.ts";
import { circle } from "./problems.ts";

const bits = (model: Model): number[][] => model.getWeights().map((w) => Array.from(w.data));
const { x, y } = circle(70);
const options = () => ({
  optimizer: adam({ learningRate: cosineDecay({ initial: 0.05, steps: 60 }) }),
  batchSize: 16,
});
const fresh = () =>
  sequential(
    [
      dense(6, { activation: "tanh" }),
      batchNormalization(),
      dropout(0.2),
      dense(1, { activation: "sigmoid" }),
    ],
    { inputShape: [2], seed: 9 },
  );

describe("trainer", () => {
  it.each([[[1]], [[3]], [[5]], [[7, 2]], [[100]]])("in pieces of %j: the bits of fit", async (pieces) => {
    const model = fresh();
    const trainer = model.trainer(x, y, options());
    expect(trainer.stepsPerEpoch).toBe(5); // 16 + 16 + 16 + 16 + 6 rows
    const losses: number[] = [];
    for (let i = 0; trainer.stepsDone < 40; i++) {
      const steps = Math.min(pieces[i % pieces.length]!, 40 - trainer.stepsDone);
      losses.push(...trainer.run(steps).metrics.loss!);
    }
    const fitted = fresh();
    const history = await fitted.fit(x, y, { ...options(), epochs: 8 });
    expect(bits(model)).toEqual(bits(fitted));
    const last = losses.slice(35).reduce((sum, v, i) => sum + v * (i < 4 ? 16 : 6), 0) / 70;
    expect(last).toBeCloseTo(history.columns.loss[7]!, 12);
  });

  it("a snapshot inside an epoch comes back: weights, slots, order of rows, dropout", () => {
    const model = fresh();
    const trainer = model.trainer(x, y, options());
    trainer.run(12);
    const middle = trainer.snapshot();
    expect([trainer.stepsIntoEpoch, trainer.stepsDone]).toEqual([2, 12]);
    const rows = trainer.nextRows();
    const first = trainer.run(20).metrics.loss;
    const there = bits(model);
    trainer.restore(middle);
    expect([trainer.stepsIntoEpoch, trainer.stepsDone]).toEqual([2, 12]);
    expect(trainer.nextRows()).toEqual(rows);
    expect(trainer.run(20).metrics.loss).toEqual(first);
    expect(bits(model)).toEqual(there);
    expect(first!.every((loss, i) => i === 0 || loss !== first![i - 1])).toBe(true);
  });

  it("the batches of an epoch are all rows, each once, in another order each time", () => {
    const trainer = fresh().trainer(x, y, options());
    const epoch = () =>
      Array.from({ length: 5 }, () => {
        const rows = [...trainer.nextRows()];
        trainer.run(1);
        return rows;
      }).flat();
    const [one, two] = [epoch(), epoch()];
    const all = Array.from({ length: 70 }, (_, i) => i);
    expect([...one].sort((a, b) => a - b)).toEqual(all);
    expect([...two].sort((a, b) => a - b)).toEqual(all);
    expect(one).not.toEqual(two);
  });

  it("a loss that is not finite: stops before that step, again and again", () => {
    const model = sequential([dense(1)], { inputShape: [1], seed: 1 });
    const trainer = model.trainer([[1e3], [2e3]], [0, 0], { optimizer: sgd({ learningRate: 1 }) });
    const result = trainer.run(100);
    expect(result.halted).toBe(true);
    expect(result.steps).toBe(trainer.stepsDone);
    expect(result.metrics.loss!.every(Number.isFinite)).toBe(true);
    expect(result.metrics.loss).toHaveLength(result.steps);
    expect(bits(model).flat().every(Number.isFinite)).toBe(true);
    expect(trainer.run(5)).toMatchObject({ steps: 0, halted: true });
    const again = sequential([dense(1)], { inputShape: [1], seed: 1 });
    again.trainer([[1e3], [2e3]], [0, 0], { optimizer: sgd({ learningRate: 1 }) }).run(result.steps);
    expect(bits(again)).toEqual(bits(model));
  });

  it("refuses what has no steps, and options that are none of its own", () => {
    const model = fresh();
    expect(() => model.trainer(x, y, { optimizer: lbfgs() })).toThrow(
      "model.trainer: expected an optimizer with a step of its own, received lbfgs.",
    );
    expect(() => model.trainer(x, y, { epochs: 3 } as never)).toThrow("no option is called");
  });
});
