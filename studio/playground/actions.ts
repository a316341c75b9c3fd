/** What the playground's controls do to the record. A run that was going goes on with what was changed. */
import { type Experiment, effective } from "../state/experiment.ts";
import { playground } from "./play.ts";

/** The record with the settings of the step that is shown. */
export function shownRecord(): Experiment {
  const { session } = playground();
  return effective(session.experiment.value, session.frame.value?.step ?? session.experiment.value.step);
}

/** Changes the record; view options change nothing that is trained. */
export async function change(patch: Partial<Experiment>): Promise<void> {
  const { session } = playground();
  const going = session.running.value;
  await session.change(patch);
  if (going && session.problem.value === null) await session.run();
}

export const changeData = (patch: Partial<Experiment["data"]>): Promise<void> =>
  change({ data: { ...shownRecord().data, ...patch } });

export const changeView = (patch: Partial<Experiment["view"]>): Promise<void> =>
  playground().session.change({ view: { ...shownRecord().view, ...patch } });

export const changeOptimizer = (patch: Partial<Experiment["optimizer"]>): Promise<void> =>
  change({ optimizer: { ...shownRecord().optimizer, ...patch } });

export const changeSchedule = (patch: Partial<Experiment["schedule"]>): Promise<void> =>
  change({ schedule: { ...shownRecord().schedule, ...patch } });

type LayerChoice = Experiment["layers"][number];

/** Changes one hidden layer; `at` counts from 0. */
export const changeLayer = (at: number, patch: Partial<LayerChoice>): Promise<void> =>
  change({ layers: shownRecord().layers.map((layer, i) => (i === at ? { ...layer, ...patch } : layer)) });

/** One more hidden layer at the end, like the last one. */
export function addLayer(): Promise<void> {
  const { layers } = shownRecord();
  const like = layers.at(-1) ?? { units: 4, activation: "tanh", dropout: 0 };
  return change({ layers: [...layers, { ...like }] });
}

export const removeLayer = (at: number): Promise<void> =>
  change({ layers: shownRecord().layers.filter((_, i) => i !== at) });

/** Moves a hidden layer to another place. */
export function moveLayer(from: number, to: number): Promise<void> {
  const layers = [...shownRecord().layers];
  const [moved] = layers.splice(from, 1);
  layers.splice(to, 0, moved!);
  return change({ layers });
}

/** The most layers and units that can be made by hand. */
export const MOST_LAYERS = 8;
export const MOST_UNITS = 64;
