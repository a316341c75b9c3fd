/**
 * The whole state of an experiment as one typed record: data, network, training, what has been edited on the way, and
 * the step to show. Everything that is trained, drawn or linked follows from it, to the bit.
 *
 * The schema checks it, fills in defaults, and is the only place that lists what there is. `url.ts` writes it into
 * links, `train/` makes rows and models of it.
 */
import type { LossName, OptimizerName } from "papergrad";
import * as v from "valibot";
import { featureNames } from "../data/features.ts";
import { setNames } from "../data/sets.ts";

const whole = (low: number, high: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(low), v.maxValue(high));
const real = (low: number, high: number) => v.pipe(v.number(), v.finite(), v.minValue(low), v.maxValue(high));
const seed = whole(0, 0xffffffff);

/** Data that are no set of the table: points drawn by hand, a pasted table, the MNIST digits. */
const OTHER_KINDS = ["drawn", "csv", "mnist"] as const;

export const ACTIVATION_CHOICES = [
  "linear",
  "sigmoid",
  "tanh",
  "relu",
  "leakyRelu",
  "elu",
  "selu",
  "softplus",
  "silu",
  "gelu",
] as const;
export type ActivationChoice = (typeof ACTIVATION_CHOICES)[number];

export const INITIALIZER_CHOICES = [
  "glorotUniform",
  "glorotNormal",
  "heUniform",
  "heNormal",
  "lecunUniform",
  "lecunNormal",
  "normal",
  "uniform",
  "zeros",
  "ones",
] as const;

export const LOSS_CHOICES = [
  "auto",
  "binaryCrossentropy",
  "categoricalCrossentropy",
  "meanSquaredError",
  "meanAbsoluteError",
  "huber",
  "hinge",
] as const satisfies readonly ("auto" | LossName)[];

export const OPTIMIZER_CHOICES = [
  "sgd",
  "adam",
  "adamW",
  "rmsprop",
  "adagrad",
  "conjugateGradient",
  "lbfgs",
] as const satisfies readonly (OptimizerName | "conjugateGradient" | "lbfgs")[];

export const SCHEDULE_CHOICES = ["constant", "exponential", "step", "cosine"] as const;

/** x₁, x₂ and the class (or the value) of a point drawn by hand. */
const point = v.tuple([real(-1e6, 1e6), real(-1e6, 1e6), real(-1e6, 1e6)]);
export type DrawnPoint = readonly [x1: number, x2: number, y: number];

const data = v.object({
  /** A name of `SETS`, or one of `OTHER_KINDS`. */
  kind: v.optional(v.picklist([...setNames, ...OTHER_KINDS]), "moons"),
  /** Points made, test points included; of MNIST, training digits. Drawn points and tables have their own number. */
  count: v.optional(whole(4, 60_000), 500),
  noise: v.optional(real(0, 2), 0.2),
  /** Share of the points kept for testing. */
  testShare: v.optional(real(0, 0.9), 0.3),
  seed: v.optional(seed, 1),
  points: v.optional(v.pipe(v.array(point), v.maxLength(5000)), []),
  /** What the third number of a drawn point is. */
  drawn: v.optional(v.picklist(["classes", "values"]), "classes"),
  csv: v.optional(v.pipe(v.string(), v.maxLength(500_000)), ""),
  /** Whether the columns of a table are brought to −1…1. */
  scale: v.optional(v.boolean(), true),
});

const layer = v.object({
  units: whole(1, 512),
  activation: v.optional(v.picklist(ACTIVATION_CHOICES), "tanh"),
  dropout: v.optional(real(0, 0.95), 0),
});
export type LayerChoice = Experiment["layers"][number];

/** What may change while a network trains: the weights stay. */
const settings = {
  optimizer: v.optional(
    v.object({
      name: v.optional(v.picklist(OPTIMIZER_CHOICES), "adam"),
      learningRate: v.optional(real(0, 100), 0.03),
      momentum: v.optional(real(0, 0.999), 0),
      nesterov: v.optional(v.boolean(), false),
      beta1: v.optional(real(0, 0.9999), 0.9),
      beta2: v.optional(real(0, 0.99999), 0.999),
      rho: v.optional(real(0, 0.9999), 0.9),
      weightDecay: v.optional(real(0, 10), 0),
      memory: v.optional(whole(1, 100), 10),
    }),
    {},
  ),
  schedule: v.optional(
    v.object({
      kind: v.optional(v.picklist(SCHEDULE_CHOICES), "constant"),
      /** Steps until the rate has been multiplied by `rate` once; of a cosine, until its end. */
      steps: v.optional(whole(1, 1e7), 1000),
      rate: v.optional(real(0.001, 1), 0.5),
      warmup: v.optional(whole(0, 1e6), 0),
    }),
    {},
  ),
  regularization: v.optional(
    v.object({ l1: v.optional(real(0, 10), 0), l2: v.optional(real(0, 10), 0) }),
    {},
  ),
  batchSize: v.optional(whole(1, 60_000), 32),
};

const edit = v.variant("kind", [
  /** A trained number set by hand; `index` is its place in the flat vector of parameters. */
  v.object({
    kind: v.literal("weight"),
    step: whole(0, 1e9),
    index: whole(0, 1e7),
    value: real(-1e6, 1e6),
  }),
  /** Settings changed from this step on. */
  v.object({ kind: v.literal("settings"), step: whole(0, 1e9), settings: v.object(settings) }),
]);

/** The schema; `v.parse(schema, {})` is the record of defaults. */
export const schema = v.object({
  data: v.optional(data, {}),
  features: v.optional(v.pipe(v.array(v.picklist(featureNames)), v.minLength(1)), ["x1", "x2"]),
  layers: v.optional(v.pipe(v.array(layer), v.maxLength(8)), [{ units: 6 }, { units: 4 }]),
  initializer: v.optional(v.picklist(INITIALIZER_CHOICES), "glorotUniform"),
  loss: v.optional(v.picklist(LOSS_CHOICES), "auto"),
  ...settings,
  precision: v.optional(v.picklist(["float32", "float64"]), "float32"),
  /** Of weights, order of the rows and dropout. */
  seed: v.optional(seed, 1),
  /** Done by hand on the way, by rising step. */
  edits: v.optional(v.pipe(v.array(edit), v.maxLength(1000)), []),
  /** The step to show. */
  step: v.optional(whole(0, 1e9), 0),
  view: v.optional(
    v.object({
      /** The map in plain class colours instead of shades. */
      discretize: v.optional(v.boolean(), false),
      showTest: v.optional(v.boolean(), false),
      logScale: v.optional(v.boolean(), false),
      smoothing: v.optional(real(0, 0.99), 0),
      /** Steps a second; 0 is as fast as it goes. */
      speed: v.optional(real(0, 1e5), 0),
      /** Stop when the test accuracy (the training accuracy without test rows) is at least this share; 0 is off. */
      goal: v.optional(real(0, 1), 0),
      /** Controls that a teacher has hidden, by name. */
      hide: v.optional(v.array(v.string()), []),
    }),
    {},
  ),
});

type Frozen<T> = T extends object ? { readonly [K in keyof T]: Frozen<T[K]> } : T;

/** The record. Plain data; never changed in place. */
export type Experiment = Frozen<v.InferOutput<typeof schema>>;
/** Any part of a record. */
export type GivenExperiment = Frozen<v.InferInput<typeof schema>>;
export type Settings = Pick<Experiment, "optimizer" | "schedule" | "regularization" | "batchSize">;
export type Edit = Experiment["edits"][number];

/** A record from whatever is given, the rest filled in. @throws {v.ValiError} for values out of range. */
export const experimentOf = (given: GivenExperiment = {}): Experiment => v.parse(schema, given);

/** The settings of a record alone. */
export const settingsOf = ({ optimizer, schedule, regularization, batchSize }: Settings): Settings => ({
  optimizer,
  schedule,
  regularization,
  batchSize,
});

/** The record with the settings that hold at a step, and no edits of settings before it. */
export function effective(experiment: Experiment, step = experiment.step): Experiment {
  const changed = experiment.edits.filter((e) => e.kind === "settings" && e.step <= step).at(-1);
  return changed?.kind === "settings" ? { ...experiment, ...changed.settings } : experiment;
}
