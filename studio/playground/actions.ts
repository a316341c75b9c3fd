/** What the playground's controls do to the record. A run that was going goes on with what was changed. */
import { type Experiment, effective } from "../state/experiment.ts";
import { playground } from "./play.ts";

/** The record with the settings of the step that is shown. */
export function shownRecord(): Experiment {
  const { session } = playground();
  return effective(session.experiment.value, session.frame.value?.step ?? session.experiment.value.step);
}

let last: Promise<unknown> = Promise.resolve();

/** Does things one after the other: what is asked for while another change is made comes after it, with its result. */
export function inOrder(work: () => Promise<void>): Promise<void> {
  const done = last.then(work, work);
  last = done;
  return done;
}

/** Changes the record by what it is when its turn comes; view options change nothing that is trained. */
export const change = (patch: (record: Experiment) => Partial<Experiment>): Promise<void> =>
  inOrder(async () => {
    const { session } = playground();
    const going = session.running.value;
    await session.change(patch(shownRecord()));
    if (going && !session.running.value && session.problem.value === null) await session.run();
  });

export const changeData = (patch: Partial<Experiment["data"]>): Promise<void> =>
  change(({ data }) => ({ data: { ...data, ...patch } }));

export const changeView = (patch: Partial<Experiment["view"]>): Promise<void> =>
  change(({ view }) => ({ view: { ...view, ...patch } }));

export const changeOptimizer = (patch: Partial<Experiment["optimizer"]>): Promise<void> =>
  change(({ optimizer }) => ({ optimizer: { ...optimizer, ...patch } }));

export const changeSchedule = (patch: Partial<Experiment["schedule"]>): Promise<void> =>
  change(({ schedule }) => ({ schedule: { ...schedule, ...patch } }));

export const changeRegularization = (patch: Partial<Experiment["regularization"]>): Promise<void> =>
  change(({ regularization }) => ({ regularization: { ...regularization, ...patch } }));

type LayerChoice = Experiment["layers"][number];

const changeLayers = (next: (layers: readonly LayerChoice[]) => LayerChoice[]): Promise<void> =>
  change(({ layers }) => ({ layers: next(layers) }));

/** Changes one hidden layer; `at` counts from 0. */
export const changeLayer = (at: number, patch: Partial<LayerChoice>): Promise<void> =>
  changeLayers((layers) => layers.map((layer, i) => (i === at ? { ...layer, ...patch } : layer)));

/** One more hidden layer at the end, like the last one. */
export const addLayer = (): Promise<void> =>
  changeLayers((layers) => [
    ...layers,
    { ...(layers.at(-1) ?? { units: 4, activation: "tanh", dropout: 0 }) },
  ]);

export const removeLayer = (at: number): Promise<void> =>
  changeLayers((layers) => layers.filter((_, i) => i !== at));

/** Moves a hidden layer to another place. */
export const moveLayer = (from: number, to: number): Promise<void> =>
  changeLayers((layers) => layers.toSpliced(from, 1).toSpliced(to, 0, layers[from]!));

/** The most layers and units that can be made by hand. */
export const MOST_LAYERS = 8;
export const MOST_UNITS = 64;
