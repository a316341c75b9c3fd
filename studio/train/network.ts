/**
 * From an experiment to papergrad's objects: layers, loss, optimizer with its schedule.
 *
 * The last layer follows from the task and the loss: one sigmoid unit for two classes, softmax for more, a linear unit
 * for values.
 */
import {
  adagrad,
  adam,
  adamW,
  conjugateGradient,
  cosineDecay,
  dense,
  dropout,
  exponentialDecay,
  type Layer,
  type LearningRate,
  type LossName,
  l1l2,
  lbfgs,
  type Minimizer,
  type Optimizer,
  rescaling,
  rmsprop,
  sgd,
  stepDecay,
  warmup,
} from "papergrad";
import { Refusal } from "../data/refusal.ts";
import type { Experiment, Settings } from "../state/experiment.ts";
import type { Rows } from "./data.ts";

/** What comes out of the network, and what it is measured by. */
export interface Head {
  readonly units: number;
  readonly activation: "linear" | "sigmoid" | "softmax";
  readonly loss: LossName;
  /** Number of columns of one-hot targets; 0: targets as they are. */
  readonly oneHot: number;
}

const refuse = (en: string, zh: string): never => {
  throw new Refusal({ en, zh });
};

/** @throws {Refusal} for a loss that is not for the task. */
export function headOf(loss: Experiment["loss"], classes: number): Head {
  if (classes === 0) {
    if (loss === "hinge" || loss === "binaryCrossentropy" || loss === "categoricalCrossentropy")
      return refuse(
        `Loss: ${loss} is for classes, but the data hold values. Choose meanSquaredError, meanAbsoluteError or huber.`,
        `损失函数 ${loss} 用于分类，而这份数据的目标是数值。请改用 meanSquaredError、meanAbsoluteError 或 huber。`,
      );
    return { units: 1, activation: "linear", loss: loss === "auto" ? "meanSquaredError" : loss, oneHot: 0 };
  }
  if (classes === 2 && loss !== "categoricalCrossentropy")
    return {
      units: 1,
      activation: loss === "hinge" ? "linear" : "sigmoid",
      loss: loss === "auto" ? "binaryCrossentropy" : loss,
      oneHot: 0,
    };
  if (loss === "hinge")
    return refuse(
      `Loss: hinge is for two classes, the data have ${classes}. Choose categoricalCrossentropy.`,
      `损失函数 hinge 只用于两类，而这份数据有 ${classes} 类。请改用 categoricalCrossentropy。`,
    );
  const name = loss === "auto" ? "categoricalCrossentropy" : loss;
  const activation = name === "binaryCrossentropy" ? "sigmoid" : "softmax";
  return { units: classes, activation, loss: name, oneHot: name === "categoricalCrossentropy" ? 0 : classes };
}

/** All layers, the last one included. Bytes are brought to 0…1 first. */
export function layersOf(experiment: Experiment, rows: Rows, head: Head): Layer[] {
  const { l1, l2 } = experiment.regularization;
  const weights = {
    kernelInitializer: experiment.initializer,
    ...(l1 + l2 > 0 && { kernelRegularizer: l1l2({ l1, l2 }) }),
  };
  return [
    ...(rows.train.x.data instanceof Uint8Array ? [rescaling(1 / 255)] : []),
    ...experiment.layers.flatMap(({ units, activation, dropout: rate }) => [
      dense(units, { activation, ...weights }),
      ...(rate > 0 ? [dropout(rate)] : []),
    ]),
    dense(head.units, { activation: head.activation, ...weights }),
  ];
}

/** The learning rate: a number, or a function of the step. */
export function rateOf({ optimizer: { learningRate: initial }, schedule }: Settings): LearningRate {
  const { kind, steps, rate } = schedule;
  const after =
    kind === "exponential"
      ? exponentialDecay({ initial, rate, steps })
      : kind === "step"
        ? stepDecay({ initial, rate, steps })
        : kind === "cosine"
          ? cosineDecay({ initial, steps })
          : initial;
  return schedule.warmup > 0 ? warmup({ steps: schedule.warmup, after }) : after;
}

/** The optimizer of an experiment; the full-batch minimizers have no learning rate. */
export function optimizerOf(settings: Settings): Optimizer | Minimizer {
  const { name, momentum, nesterov, beta1, beta2, rho, weightDecay, memory } = settings.optimizer;
  const learningRate = rateOf(settings);
  switch (name) {
    case "sgd":
      return sgd({ learningRate, momentum, nesterov: nesterov && momentum > 0, weightDecay });
    case "adam":
      return adam({ learningRate, beta1, beta2 });
    case "adamW":
      return adamW({ learningRate, beta1, beta2, weightDecay });
    case "rmsprop":
      return rmsprop({ learningRate, rho, momentum });
    case "adagrad":
      return adagrad({ learningRate });
    case "conjugateGradient":
      return conjugateGradient();
    case "lbfgs":
      return lbfgs({ memory });
  }
}
