/** The record of the Race room: the race itself, and how it is run. */
import * as v from "valibot";
import { flatLink } from "../state/flat-link.ts";
import { BACKENDS, RACE_ACTIVATIONS, RACE_DATA, RACE_OPTIMIZERS, RACE_SETTING } from "./terms.ts";

const whole = (low: number, high: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(low), v.maxValue(high));

/** Most hidden layers, and most units of one. */
export const MOST = { layers: 6, units: 256 };

const schema = v.object({
  data: v.optional(v.picklist(RACE_DATA), RACE_SETTING.data),
  hidden: v.optional(v.pipe(v.array(whole(1, MOST.units)), v.minLength(1), v.maxLength(MOST.layers)), [
    ...RACE_SETTING.hidden,
  ]),
  activation: v.optional(v.picklist(RACE_ACTIVATIONS), RACE_SETTING.activation),
  optimizer: v.optional(v.picklist(RACE_OPTIMIZERS), RACE_SETTING.optimizer),
  learningRate: v.optional(v.pipe(v.number(), v.minValue(1e-6), v.maxValue(1e12)), RACE_SETTING.learningRate),
  batchSize: v.optional(whole(1, 900), RACE_SETTING.batchSize),
  epochs: v.optional(whole(1, 1000), RACE_SETTING.epochs),
  seed: v.optional(whole(0, 0xffffffff), RACE_SETTING.seed),
  /** Where TensorFlow.js computes. */
  backend: v.optional(v.picklist(BACKENDS), "cpu"),
  /** Both at once, or one after the other. */
  together: v.optional(v.boolean(), true),
});

export type RaceRecord = Readonly<v.InferOutput<typeof schema>>;

/** How a link writes it. */
export const raceLink = flatLink(schema);
