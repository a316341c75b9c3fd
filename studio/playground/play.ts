/**
 * The playground's run: one session for as long as the page lives, its record tied to the link, and what the reader
 * points at. Components read these signals and call the session.
 */
import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { linkedExperiment } from "../state/location.ts";
import { createSession, type Session } from "../train/session.ts";
import { FIRST } from "./first.ts";
import { type Scene, scenesOf } from "./scene.ts";

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
