import { RandomState } from "papergrad";
import type { Mnist } from "papergrad/data";
import { checkGradients } from "papergrad/inspect";
import { loadMnist } from "papergrad/node";
import { beforeAll, describe, expect, test } from "vitest";
import { worstMistakes } from "../../experiments/mnist/figures.ts";
import { mnist } from "../../experiments/mnist/index.ts";
import {
  BATCH,
  batchStarts,
  epoch,
  load,
  measure,
  mnistEngine,
  NET,
  type Setting,
  shuffledOrder,
} from "../../experiments/mnist/net.ts";
import { goldenCase, goldenStart } from "../../experiments/mnist/replay.ts";
import { maxDifference } from "../../experiments/shared/agreement.ts";
import { pacer } from "../../experiments/shared/pacer.ts";
import { readParameters, startValues } from "../../experiments/shared/three-net.ts";
import { weightsHash } from "../../experiments/shared/weights-hash.ts";
import type { Variant } from "../../experiments/types.ts";
import { proofTest } from "./proofs.ts";

const variants: readonly Variant[] = ["published", "derived"];
const float64 = { backend: "wasm", dtype: "float64" } as const;
const float32 = { backend: "wasm", dtype: "float32" } as const;
const pace = pacer();

let data: Mnist;
beforeAll(async () => {
  data = await loadMnist();
});

/** A net loaded as published for a seed. */
function ready(
  variant: Variant,
  options: Parameters<typeof mnistEngine>[1],
  of = data,
  setting: Setting = {},
) {
  const net = mnistEngine(variant, options, of, setting);
  const random = new RandomState(0);
  const order = shuffledOrder(of.train.labels, random);
  const values = startValues(random, setting.net ?? NET);
  load(net, order, values);
  return { net, order, values };
}

/** The first images of both parts. */
const few = (count: number): Mnist => {
  const part = ({ images, labels }: Mnist["train"]) => ({
    images: { shape: [count, 784] as const, data: images.data.subarray(0, count * 784) },
    labels: labels.subarray(0, count),
  });
  return { train: part(data.train), test: part(data.test) };
};

describe.each(variants)("mnist %s", (variant) => {
  test("repeats the golden losses of the first 20 batches in float64 and float32", () => {
    const golden = goldenCase(variant).first_20_minibatch_losses;
    for (const [options, allowed] of [
      [float64, 4.5e-15],
      [float32, 1.9e-6],
    ] as const) {
      const net = mnistEngine(variant, options, data);
      const { order, values } = goldenStart(60_000);
      load(net, order, values);
      expect(maxDifference(net.step.run(20).metrics.loss!, golden)).toBeLessThan(allowed);
    }
  });

  test("gives the same bits on the interpreter and in WebAssembly", async () => {
    const small = { net: { ...NET, hidden1: 8, hidden2: 6 } };
    const hash = async (backend: "wasm" | "interpreter") => {
      const { net } = ready(variant, { backend, dtype: "float32" }, few(2000), small);
      await epoch(net, pace);
      return weightsHash(readParameters(net.engine));
    };
    const wasm = await hash("wasm");
    expect(await hash("wasm")).toBe(wasm);
    expect(await hash("interpreter")).toBe(wasm);
  });
});

test("mnist: the derived gradients are right, all of them", async () => {
  const check = checkGradients(await mnist.gradientProblem("derived"));
  expect(check.entries).toBe(49 * 6 + 6 + 6 * 5 + 5 + 5 * 10 + 10);
  expect(check.rows.filter((r) => r.kink).length).toBeLessThan(20);
  expect(check.worst).toBeLessThan(1e-7);
});

test("mnist: the published b2 and b3 directions are no gradients", async () => {
  const { rows } = checkGradients(await mnist.gradientProblem("published"), { samples: 40 });
  const worst = (name: string) =>
    Math.max(...rows.filter((r) => r.parameter === name && !r.kink).map((r) => r.relativeError));
  for (const name of ["W1", "b1", "W2", "W3"]) expect(worst(name), name).toBeLessThan(1e-7);
  for (const name of ["b2", "b3"]) expect(worst(name), name).toBeGreaterThan(0.5);
});

describe("mnist: one epoch of the published program, seed 0", () => {
  let first: Awaited<ReturnType<typeof run>>;
  const run = async () => {
    const { net, order, values } = ready("published", float32);
    const ran = await epoch(net, pace);
    const b2 = net.engine.read("b2").data;
    const b3 = net.engine.read("b3").data;
    const [test, all] = [await measure(net, "test", pace), await measure(net, "train", pace)];
    return { ran, b2, b3, order, values, test, all };
  };
  beforeAll(async () => {
    first = await run();
  });

  test("mnist: the first epoch gives the known losses and accuracies", () => {
    expect(first.ran.losses).toHaveLength(234);
    expect(first.ran.meanLoss.toFixed(4)).toBe("1.3176");
    expect(first.test.accuracy).toBe(0.8671);
    expect(first.test.loss).toBeLessThan(0.6);
    expect(worstMistakes(data.test, first.test, "en", 3)).toContain("→");
  });

  test("mnist: the printed train accuracy is that of the last batch", () => {
    expect(first.ran.lastBatchAccuracy).toBe(232 / 256);
    expect(first.all.accuracy).toBeLessThan(first.ran.lastBatchAccuracy - 0.01);
  });

  test("mnist: b2 and b3 only shrink", () => {
    for (const [b, index] of [
      [first.b2, 3],
      [first.b3, 5],
    ] as const) {
      const expected = first.values[index]!.map((v) => v * 0.999 ** 234);
      expect(maxDifference(b, expected) / Math.max(...expected.map(Math.abs))).toBeLessThan(2e-5);
    }
  });

  test("mnist: the order is one shuffle of the images grouped by class", () => {
    const { order } = first;
    expect([...order].sort((a, b) => a - b).every((v, i) => v === i)).toBe(true);
    const grouped = shuffledOrder(data.train.labels, { shuffle: () => {} } as unknown as RandomState);
    const labels = [...grouped].map((i) => data.train.labels[i]!);
    expect(labels.every((label, i) => i === 0 || label >= labels[i - 1]!)).toBe(true);
    const random = new RandomState(0);
    expect([...order.subarray(0, 5)]).toEqual(
      [...random.permutation(60_000).subarray(0, 5)].map((i) => grouped[i]),
    );
  });
});

test("mnist: pixels divided by 255 learn nothing at the printed learning rate", async () => {
  const scaled = async (learningRate: number) => {
    const setting = { scale: 1 / 255, net: { ...NET, learningRate } };
    const { net } = ready("published", float32, data, setting);
    const { meanLoss } = await epoch(net, pace);
    return { loss: meanLoss.toFixed(4), accuracy: (await measure(net, "test", pace)).accuracy };
  };
  expect(await scaled(1e-3)).toEqual({ loss: "2.3025", accuracy: 0.1064 });
  expect((await scaled(0.1)).accuracy).toBe(0.4166);
});

test("mnist: the batch rule drops the tail, or a whole batch", () => {
  const starts = batchStarts(60_000);
  expect(starts).toHaveLength(234);
  expect(60_000 - (starts.at(-1)! + BATCH)).toBe(96);
  expect(batchStarts(512)).toEqual([0]);
  expect(batchStarts(513)).toEqual([0, 256]);
});

test("mnist: exp without the row maximum overflows at start values of 0.1", () => {
  const losses = (variant: Variant, scale: number) => {
    const { net, order } = ready(variant, float64, few(2000));
    load(net, order, startValues(new RandomState(0), NET, scale));
    return [...net.step.run(2).metrics.loss!];
  };
  expect(losses("published", 0.1)[0]).toBe(Number.POSITIVE_INFINITY);
  expect(losses("derived", 0.1).every(Number.isFinite)).toBe(true);
  expect(losses("published", 0.05).every(Number.isFinite)).toBe(true);
  expect(losses("derived", 0.05).every(Number.isFinite)).toBe(true);
});

test("mnist: the step ready to run starts at ln 10", async () => {
  const step = await mnist.prepare("derived", float32);
  expect(step.run(1).metrics.loss![0]).toBeCloseTo(Math.log(10), 1);
});

test("mnist: refuses a number of epochs that is none", async () => {
  const running = mnist.run({ variant: "published", ...float32, epochs: 0, progress: () => {} });
  await expect(running).rejects.toThrow("epochs must be a whole number ≥ 1, received 0");
});

test("mnist: ends with the signal's reason", async () => {
  const control = new AbortController();
  let calls = 0;
  const running = mnist.run({
    variant: "published",
    ...float32,
    epochs: 1,
    signal: control.signal,
    progress: () => {
      if (++calls === 3) control.abort(new Error("stopped by hand"));
    },
  });
  await expect(running).rejects.toThrow("stopped by hand");
  expect(calls).toBeLessThan(20);
});

proofTest(mnist, new URL(import.meta.url));
