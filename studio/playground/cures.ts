/** The doctor's cures as changes of the record. Pure. */
import type { Change } from "papergrad/inspect";
import type { Experiment } from "../state/experiment.ts";
import { ACTIVATION_CHOICES, INITIALIZER_CHOICES, LOSS_CHOICES } from "../state/experiment.ts";
import type { About } from "../train/protocol.ts";

const among = <T extends string>(choices: readonly T[], value: string): T | undefined =>
  choices.find((choice) => choice === value);

/**
 * What to change in a record for a cure; null if no change of the record alone does it.
 * @example cureOf({ option: "learningRate", value: 0.01 }, record, about) // { optimizer: { …, learningRate: 0.01 } }
 */
export function cureOf(
  change: Change,
  record: Experiment,
  about: Pick<About, "weights">,
): Partial<Experiment> | null {
  switch (change.option) {
    case "learningRate":
      return { optimizer: { ...record.optimizer, learningRate: change.value } };
    case "l2":
      return { regularization: { ...record.regularization, l2: change.value } };
    case "dtype":
      return { precision: change.value };
    case "loss": {
      const loss = among(LOSS_CHOICES, change.value);
      return loss === undefined ? null : { loss };
    }
    case "kernelInitializer": {
      const initializer = among(INITIALIZER_CHOICES, change.value);
      return initializer === undefined || initializer === record.initializer ? null : { initializer };
    }
    case "activation": {
      const activation = among(ACTIVATION_CHOICES, change.value);
      // Dropout layers count in the library's names, but the record has one entry for each dense layer.
      const at = about.weights
        .filter(({ path }) => path.endsWith("/kernel"))
        .findIndex(({ path }) => path === `${change.layer}/kernel`);
      if (activation === undefined || at < 0 || at >= record.layers.length) return null;
      return { layers: record.layers.map((layer, i) => (i === at ? { ...layer, activation } : layer)) };
    }
    case "scaling":
      return record.data.kind === "csv" && change.data === "x" && !record.data.scale
        ? { data: { ...record.data, scale: true } }
        : null;
  }
}
