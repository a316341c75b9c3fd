/** The network of the Digits room, without a page: it learns, repeats itself to the bit, and its saliency is a gradient. */
import { loadMnist } from "papergrad/node";
import { beforeAll, describe, expect, test } from "vitest";
import { PIXELS } from "../../studio/digits/centre.ts";
import { DIGITS_SETTING, DigitsNet, type DigitsSetting } from "../../studio/digits/net.ts";
import { CLASSES } from "../../studio/digits/predictions.ts";

type Mnist = Awaited<ReturnType<typeof loadMnist>>;
let mnist: Mnist;
beforeAll(async () => {
  mnist = await loadMnist();
});

const small: DigitsSetting = { ...DIGITS_SETTING, pictures: 6000 };
const picture = (index: number) => mnist.test.images.data.subarray(index * PIXELS, (index + 1) * PIXELS);

function trained(setting: DigitsSetting, steps: number, piece: number, threads = 1): DigitsNet {
  const net = new DigitsNet(mnist, setting, { threads });
  while (net.step < steps) net.train(Math.min(piece, steps - net.step));
  return net;
}

describe("training", () => {
  test("a tenth of the pictures gives more than 90 % of the test pictures after 2 epochs", () => {
    const net = trained(small, 92, 10);
    const before = new DigitsNet(mnist, small).measure();
    const after = net.measure();
    expect(before.accuracy).toBeLessThan(0.3);
    expect(after.accuracy).toBeGreaterThan(0.9);
    expect(after.loss).toBeLessThan(before.loss / 4);
    const right = mnist.test.labels.reduce((n, label, i) => {
      const row = after.probabilities.subarray(i * CLASSES, (i + 1) * CLASSES);
      return n + Number(row.indexOf(Math.max(...row)) === label);
    }, 0);
    expect(after.accuracy).toBeCloseTo(right / 10_000, 10);
  });

  test("the weights do not depend on how the steps are cut, nor on threads", () => {
    const weights = (net: DigitsNet) => net.model.getWeights().map((w) => [...w.data]);
    const once = weights(trained(small, 60, 60));
    expect(weights(trained(small, 60, 7))).toEqual(once);
    expect(weights(trained(small, 60, 13, 2))).toEqual(once);
    expect(weights(trained({ ...small, seed: 2 }, 60, 60))).not.toEqual(once);
  });

  test("a rate far too high ends the run, with the weights of the last step that had a loss", () => {
    const net = new DigitsNet(mnist, { ...small, learningRate: 1e30 });
    const { losses, diverged } = net.train(40);
    expect(diverged).toBe(true);
    expect(losses.length).toBeLessThan(40);
    expect(losses.every(Number.isFinite)).toBe(true);
    expect(net.step).toBe(losses.length);
  });
});

describe("the answer to one picture", () => {
  test("is what the model predicts, layer by layer", () => {
    const net = trained(small, 40, 40);
    const { hidden, probabilities, digit } = net.answer(picture(0), null);
    expect(hidden.map((h) => h.length)).toEqual([200, 80]);
    const predicted = net.model.predict({ shape: [1, PIXELS], data: picture(0) });
    expect([...probabilities]).toEqual([...predicted.data]);
    expect(digit).toBe(7);
    const [W1, b1] = net.model.getWeights();
    const unit = 3;
    let z = b1!.data[unit]!;
    for (const [p, v] of picture(0).entries()) z += (v / 255) * W1!.data[p * 200 + unit]!;
    expect(hidden[0]![unit]!).toBeCloseTo(Math.max(0, z), 4);
    expect([...net.firstLayer().subarray(unit * PIXELS, unit * PIXELS + 5)]).toEqual(
      [0, 1, 2, 3, 4].map((p) => W1!.data[p * 200 + unit]!),
    );
  });

  test("its saliency equals central differences of the score, for the likeliest digit and for another", () => {
    const net = new DigitsNet(
      mnist,
      { ...small, hidden: [30, 20], activation: "tanh" },
      { dtype: "float64" },
    );
    for (let i = 0; i < 5; i++) net.train(20);
    const start = Float64Array.from(picture(5));
    // Scores are the logarithms of the probabilities but for a number common to all, which a difference loses.
    const lead = (pixels: Float64Array) => {
      const p = net.model.predict({ shape: [1, PIXELS], data: pixels }).data;
      return Math.log(p[3]! / p[8]!);
    };
    const first = net.answer(start, 3);
    const second = net.answer(start, 8);
    expect(net.answer(start, null).digit).toBe(1);
    let largest = 0;
    for (const p of [210, 295, 350, 406, 460, 517, 571]) {
      const moved = (by: number) => lead(start.with(p, start[p]! + by));
      const expected = (moved(0.5) - moved(-0.5)) * 255;
      expect(first.saliency[p]! - second.saliency[p]!).toBeCloseTo(expected, 4);
      largest = Math.max(largest, Math.abs(expected));
    }
    expect(largest).toBeGreaterThan(0.05);
  });
});
