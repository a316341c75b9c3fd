/** The headline of tutorial 002: conjugate gradients from a random start, the state after 50 iterations kept. */
import type { MinimizeResult } from "papergrad/minimize";
import { pause } from "../shared/pause.ts";
import { type DigitsNet, type Predictions, randomStart } from "./digits-net.ts";
import { minimizeInPieces } from "./minimize-in-pieces.ts";
import type { Net } from "./step.ts";

export interface Trained {
  readonly net: Net;
  readonly start: Float64Array;
  readonly atStart: { readonly value: number; readonly gradient: Float64Array };
  readonly result: MinimizeResult;
  /** Null if the descent ended before. A longer descent takes the same path, so one run serves both numbers. */
  readonly at50: {
    readonly value: number;
    readonly trainAccuracy: number;
    readonly testAccuracy: number;
  } | null;
  readonly end: { readonly train: Predictions; readonly test: Predictions };
}

export async function train(
  digits: DigitsNet,
  seed: number,
  maxIterations: number,
  options: { signal?: AbortSignal; each?: (iteration: number, cost: number) => void } = {},
): Promise<Trained> {
  const { net, objective } = digits;
  const start = randomStart(seed, net);
  let middle: { theta: Float64Array; value: number } | null = null;
  const callback = (theta: Float64Array, value: number, iteration: number) => {
    if (iteration === 50) middle = { theta, value };
    options.each?.(iteration, value);
  };
  const atStart = objective(start);
  const result = await minimizeInPieces(objective, start, { maxIterations, callback }, () =>
    pause(options.signal),
  );
  const both = async (theta: Float64Array) => {
    await pause(options.signal);
    const onTrain = digits.predict(theta, "train");
    await pause(options.signal);
    return { train: onTrain, test: digits.predict(theta, "test") };
  };
  const end = await both(result.x);
  const kept = middle as { theta: Float64Array; value: number } | null;
  const at = kept && maxIterations > 50 ? await both(kept.theta) : null;
  return {
    net,
    start,
    atStart,
    result,
    at50:
      kept && at
        ? { value: kept.value, trainAccuracy: at.train.accuracy, testAccuracy: at.test.accuracy }
        : null,
    end,
  };
}
