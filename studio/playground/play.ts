/**
 * The playground's run: one session for as long as the page lives, its record tied to the link, and what the reader
 * points at. Components read these signals and call the session.
 */
import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { type Experiment, experimentOf } from "../state/experiment.ts";
import { linkedExperiment } from "../state/location.ts";
import { createSession, type Session } from "../train/session.ts";
import { type Scene, scenesOf } from "./scene.ts";

/** What an empty link means: two spirals that a small network learns while the reader watches. */
export const FIRST: Experiment = experimentOf({
  data: { kind: "spirals", count: 400, noise: 0.02, testShare: 0.3, seed: 1 },
  layers: [{ units: 8 }, { units: 8 }, { units: 4 }],
  optimizer: { name: "adam", learningRate: 0.01 },
  batchSize: 20,
  view: { speed: 200, goal: 0.99 },
});

/** A unit that the reader has opened. */
export interface OpenUnit {
  /** 0 are the features. */
  readonly layer: number;
  readonly index: number;
  /** The incoming weight to go to at once, if one was clicked. */
  readonly from: number | null;
}

export interface Play {
  readonly session: Session;
  readonly scene: ReadonlySignal<Scene | null>;
  /** Scenes drawn so far. */
  readonly scenes: ReadonlySignal<number>;
  /** Where the pointer is in the plane. */
  readonly probe: Signal<readonly [number, number] | null>;
  readonly opened: Signal<OpenUnit | null>;
}

let only: Play | null = null;

/** The playground's run; started when it is first asked for. */
export function playground(): Play {
  if (only) return only;
  const record = linkedExperiment("playground", FIRST);
  const first = record.value;
  const session = createSession(record);
  // A link that names a step is shown at this step; any other starts to learn, unless the reader wants no motion.
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (first.step === 0 && !still) void session.run();
  const { scene, count } = scenesOf(session);
  only = { session, scene, scenes: count, probe: signal(null), opened: signal(null) };
  return only;
}
