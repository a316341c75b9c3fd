/** The record of the Digits room: what a link can say, and the network that a record asks for. */
import * as v from "valibot";
import { ACTIVATION_CHOICES } from "../state/experiment.ts";
import { flatLink } from "../state/flat-link.ts";
import { DIGITS_SETTING, type DigitsSetting } from "./net.ts";

const whole = (low: number, high: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(low), v.maxValue(high));

/** Most hidden layers. */
export const MOST_LAYERS = 4;

const schema = v.object({
  hidden: v.optional(v.pipe(v.array(whole(1, 512)), v.minLength(1), v.maxLength(MOST_LAYERS)), [
    ...DIGITS_SETTING.hidden,
  ]),
  activation: v.optional(v.picklist(ACTIVATION_CHOICES), DIGITS_SETTING.activation),
  learningRate: v.optional(
    v.pipe(v.number(), v.minValue(1e-6), v.maxValue(1e12)),
    DIGITS_SETTING.learningRate,
  ),
  batchSize: v.optional(whole(1, 10_000), DIGITS_SETTING.batchSize),
  pictures: v.optional(whole(1, 60_000), DIGITS_SETTING.pictures),
  seed: v.optional(whole(0, 0xffffffff), DIGITS_SETTING.seed),
  /** What one start trains. */
  epochs: v.optional(whole(1, 1000), 5),
  /** What stands on the pad, as `drawing.ts` writes it. At first a test picture, so that there is something to see. */
  drawing: v.optional(v.pipe(v.string(), v.maxLength(20_000)), "test:0"),
});

/** Network, training, and what is on the pad. */
export type DigitsRecord = Readonly<v.InferOutput<typeof schema>>;

/** How a link writes it. */
export const digitsLink = flatLink(schema);

/** The part of a record that decides the weights. */
export const settingOf = ({
  hidden,
  activation,
  learningRate,
  batchSize,
  pictures,
  seed,
}: DigitsRecord): DigitsSetting => ({ hidden, activation, learningRate, batchSize, pictures, seed });
